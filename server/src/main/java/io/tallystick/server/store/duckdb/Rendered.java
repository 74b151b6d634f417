package io.tallystick.server.store.duckdb;

import java.util.List;

/**
 * A question in SQL.
 *
 * @param sql made of our own words and of numbers
 * @param parameters texts, in their order in the SQL; a list of numbers is one of them
 */
record Rendered(String sql, List<String> parameters) {
    Rendered {
        parameters = List.copyOf(parameters);
    }
}

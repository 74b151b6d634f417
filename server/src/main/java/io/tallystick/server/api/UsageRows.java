package io.tallystick.server.api;

import io.tallystick.server.json.Json;
import java.util.List;

/**
 * The rows of an answer.
 *
 * @param hasMore whether the limit cut some off
 */
record UsageRows(List<Json> rows, boolean hasMore) {
    UsageRows {
        rows = List.copyOf(rows);
    }
}

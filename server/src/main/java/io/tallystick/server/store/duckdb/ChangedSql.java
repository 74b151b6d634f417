package io.tallystick.server.store.duckdb;

import static java.util.stream.Collectors.joining;

import io.tallystick.usage.Micros;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Accounts of which something came or was voided between two commits. Rows stand in the order of their commits, so the
 * engine skips all that is older; few are voided, so it skips nearly all by their {@code seq_to} too.
 */
final class ChangedSql {
    private final Dialect dialect;
    private final Layout layout;

    ChangedSql(Dialect dialect, Layout layout) {
        this.dialect = dialect;
        this.layout = layout;
    }

    /**
     * Reads their numbers.
     *
     * @param since what this commit has seen is no change
     * @param until the last commit that matters
     */
    Set<Integer> read(Session session, int meter, Instant before, long since, long until) throws SQLException {
        List<Shape> shapes = layout.shapes(meter);
        if (shapes.isEmpty() || since >= until) {
            return Set.of();
        }
        String rows = shapes.stream()
                .flatMap(shape -> Stream.of(
                                "seq > " + since + " AND seq <= " + until + " AND seq_to > " + until,
                                "seq <= " + since + " AND seq_to > " + since + " AND seq_to <= " + until)
                        .map(changed -> "SELECT account FROM " + shape.table() + " WHERE meter = " + meter
                                + " AND ts < " + dialect.time(Micros.ceiling(before)) + " AND " + changed))
                .collect(joining(" UNION ALL "));
        return session.query(new Session.Rendered("SELECT DISTINCT account FROM (" + rows + ")", List.of()), found -> {
            Set<Integer> accounts = new HashSet<>();
            while (found.next()) {
                accounts.add(found.getInt(1));
            }
            return Set.copyOf(accounts);
        });
    }
}

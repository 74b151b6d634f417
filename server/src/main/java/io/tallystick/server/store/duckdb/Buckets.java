package io.tallystick.server.store.duckdb;

import io.tallystick.usage.Micros;
import java.time.Instant;
import java.util.List;

/** Which bucket a time lies in, as an expression: the engine needs neither a calendar nor a time zone. */
final class Buckets {
    private final Dialect dialect;
    private final long[] edges;

    Buckets(Dialect dialect, List<Instant> edges) {
        this.dialect = dialect;
        this.edges = edges.stream().mapToLong(Micros::ceiling).toArray();
    }

    /** The index of the bucket that the time of a column lies in, from 0. */
    String indexOf(String column) {
        String micros = dialect.micros(column);
        return isEven()
                ? "((" + micros + " - " + edges[0] + ") // " + (edges[1] - edges[0]) + ")"
                : tree(micros, 0, edges.length - 1);
    }

    private boolean isEven() {
        long width = edges[1] - edges[0];
        for (int i = 1; i < edges.length; i++) {
            if (edges[i] - edges[i - 1] != width) {
                return false;
            }
        }
        return width > 0;
    }

    /** The index among buckets from {@code first}, before {@code end}, by halving: ten comparisons for a thousand. */
    private String tree(String micros, int first, int end) {
        if (end - first == 1) {
            return Integer.toString(first);
        }
        int middle = (first + end) >>> 1;
        return "CASE WHEN " + micros + " < " + edges[middle] + " THEN " + tree(micros, first, middle) + " ELSE "
                + tree(micros, middle, end) + " END";
    }
}

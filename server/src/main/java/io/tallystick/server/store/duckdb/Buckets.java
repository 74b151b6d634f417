package io.tallystick.server.store.duckdb;

import io.tallystick.usage.Micros;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Which bucket a time lies in, as an expression: the engine needs neither a calendar nor a time zone. Neighbouring
 * buckets of one width are a {@link Stretch}, in which the bucket is found by division; the stretch is found by halving.
 * The 8,784 hours of a leap year are three stretches in a zone that changes its clocks twice.
 */
final class Buckets {
    private final Dialect dialect;
    private final List<Stretch> stretches;

    /**
     * Neighbouring buckets of one width.
     *
     * @param first index of the first of them
     * @param start of the first of them, in microseconds
     * @param widthMicros of each
     * @param count how many they are
     */
    private record Stretch(int first, long start, long widthMicros, int count) {
        String indexOf(String micros) {
            return count == 1
                    ? Integer.toString(first)
                    : "((" + micros + " - " + start + ") // " + widthMicros + " + " + first + ")";
        }
    }

    Buckets(Dialect dialect, List<Instant> edges) {
        this.dialect = dialect;
        stretches = stretches(edges.stream().mapToLong(Micros::ceiling).toArray());
    }

    /** The index of the bucket that the time of a column lies in, from 0. */
    String indexOf(String column) {
        return tree(dialect.micros(column), 0, stretches.size());
    }

    private static List<Stretch> stretches(long[] edges) {
        List<Stretch> stretches = new ArrayList<>();
        int first = 0;
        while (first < edges.length - 1) {
            long width = edges[first + 1] - edges[first];
            int end = first + 1;
            while (end < edges.length - 1 && edges[end + 1] - edges[end] == width) {
                end++;
            }
            // Edges less than a microsecond apart have nothing between them.
            if (width > 0) {
                stretches.add(new Stretch(first, edges[first], width, end - first));
            }
            first = end;
        }
        return stretches;
    }

    /** The index among stretches from {@code first}, before {@code end}: ten comparisons for a thousand. */
    private String tree(String micros, int first, int end) {
        if (end - first == 1) {
            return stretches.get(first).indexOf(micros);
        }
        int middle = (first + end) >>> 1;
        return "CASE WHEN " + micros + " < " + stretches.get(middle).start() + " THEN " + tree(micros, first, middle)
                + " ELSE " + tree(micros, middle, end) + " END";
    }
}

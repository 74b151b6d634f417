package io.tallystick.bench.measure;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.LongStream;

/** How long things took, each of them. */
public final class Latencies {
    private static final int HALF = 50;

    private final long[] sortedNanos;

    /**
     * Of measured times.
     *
     * @param nanos in any order
     */
    public Latencies(long[] nanos) {
        sortedNanos = nanos.clone();
        Arrays.sort(sortedNanos);
    }

    /** These and others together. */
    public Latencies and(Latencies others) {
        return new Latencies(LongStream.concat(Arrays.stream(sortedNanos), Arrays.stream(others.sortedNanos))
                .toArray());
    }

    public int count() {
        return sortedNanos.length;
    }

    /**
     * The time that so many percent of them did not exceed; zero where there are none.
     *
     * @param percent 1 to 100
     */
    public Duration percentile(int percent) {
        if (sortedNanos.length == 0) {
            return Duration.ZERO;
        }
        int rank = (int) Math.ceilDiv((long) sortedNanos.length * percent, 100);
        return Duration.ofNanos(sortedNanos[Math.max(1, rank) - 1]);
    }

    public Duration median() {
        return percentile(HALF);
    }
}

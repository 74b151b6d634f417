package io.tallystick.server.metrics;

import java.util.concurrent.atomic.LongAdder;

/** How many durations lay below which bound. Safe for use by many threads. */
public final class Histogram {
    /** Upper bounds in nanoseconds: 1, 2.5, 5, 10, ... ms up to 10 s; the last bucket has none. */
    private static final long[] BOUNDS_NANOS = {
        1_000_000L,
        2_500_000L,
        5_000_000L,
        10_000_000L,
        25_000_000L,
        50_000_000L,
        100_000_000L,
        250_000_000L,
        500_000_000L,
        1_000_000_000L,
        2_500_000_000L,
        5_000_000_000L,
        10_000_000_000L
    };

    private final LongAdder[] buckets = new LongAdder[BOUNDS_NANOS.length + 1];
    private final LongAdder sumNanos = new LongAdder();

    public Histogram() {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    public void record(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[bucket]) {
            bucket++;
        }
        buckets[bucket].increment();
        sumNanos.add(nanos);
    }

    static long boundNanos(int bucket) {
        return BOUNDS_NANOS[bucket];
    }

    /** How many lay in each bucket; the last is the one without a bound. */
    long[] counts() {
        long[] counts = new long[buckets.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = buckets[i].sum();
        }
        return counts;
    }

    long sumNanos() {
        return sumNanos.sum();
    }
}

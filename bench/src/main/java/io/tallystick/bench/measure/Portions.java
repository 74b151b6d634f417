package io.tallystick.bench.measure;

import java.time.Duration;

/** A run whose clock stands still between portions, while the next portion is made. */
public final class Portions {
    private long events;
    private Duration took = Duration.ZERO;
    private Duration cpu = Duration.ZERO;
    private Latencies latencies = new Latencies(new long[0]);

    /**
     * One more portion.
     *
     * @param sent events, duplicates included
     * @param lasted until the last of them was acknowledged
     * @param each how long each acknowledgement took
     * @param spent CPU time of the store meanwhile
     */
    public void add(long sent, Duration lasted, Latencies each, Duration spent) {
        events += sent;
        took = took.plus(lasted);
        latencies = latencies.and(each);
        cpu = cpu.plus(spent);
    }

    /**
     * All portions as one.
     *
     * @param peakBytes memory of the store at most; 0 where nobody can tell
     */
    public Rate rate(long peakBytes) {
        return Rate.of(events, took, latencies, cpu, peakBytes);
    }
}

package io.tallystick.bench.measure;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * How fast a store took events in.
 *
 * @param events sent while the clock ran, duplicates included
 * @param took until the last was acknowledged
 * @param median of the acknowledgements
 * @param slowest of a hundred acknowledgements, the slowest but one
 * @param cpu of the store's process meanwhile
 * @param peakBytes memory of that process at most; 0 where nobody can tell
 */
public record Rate(long events, Duration took, Duration median, Duration slowest, Duration cpu, long peakBytes) {
    private static final int FIELDS = 6;
    private static final int MICROS_NANOS = 1_000;
    private static final int PERCENT = 99;

    static Rate of(long events, Duration took, Latencies latencies, Duration cpu, long peakBytes) {
        return new Rate(events, took, latencies.median(), latencies.percentile(PERCENT), cpu, peakBytes);
    }

    public long perSecond() {
        return Math.round(events * (double) Duration.ofSeconds(1).toNanos() / took.toNanos());
    }

    /** CPU time of the store per event, in microseconds. */
    public double cpuMicros() {
        return (double) cpu.toNanos() / MICROS_NANOS / events;
    }

    /** The rate as one line, for the process that started this one. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%d %d %d %d %d %d",
                events,
                took.toNanos(),
                median.toNanos(),
                slowest.toNanos(),
                cpu.toNanos(),
                peakBytes);
    }

    public static Rate ofLine(String line) {
        long[] fields = Arrays.stream(line.strip().split(" ", -1))
                .mapToLong(Long::parseLong)
                .toArray();
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("Expected %d numbers, but was \"%s\".".formatted(FIELDS, line));
        }
        return new Rate(
                fields[0],
                Duration.ofNanos(fields[1]),
                Duration.ofNanos(fields[2]),
                Duration.ofNanos(fields[3]),
                Duration.ofNanos(fields[4]),
                fields[5]);
    }
}

package io.tallystick.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What one account used of AWS Lambda in December 2024, drawn from a seed: the same seed gives the same invocations, in
 * every run and on every machine.
 */
final class LambdaUsage {
    static final Instant FROM = Instant.parse("2024-12-01T00:00:00Z");
    static final Instant TO = Instant.parse("2025-01-01T00:00:00Z");

    private static final int MEMORY_MIN_GB = 1;
    private static final int MEMORY_MAX_GB = 100;
    private static final int TIME_MIN_S = 1_000;
    private static final int TIME_MAX_S = 5_000;

    private LambdaUsage() {}

    /**
     * One measurement.
     *
     * @param uid its name, by which the server knows it again when it is sent twice
     * @param memoryGb 1 to 100
     * @param timeS 1000 to 5000
     */
    record Invocation(String uid, Instant at, int memoryGb, int timeS) {}

    /** Draws the invocations of an account. */
    static List<Invocation> draw(String account, int count, long seed) {
        // java.util.Random, because its numbers are fixed by its specification
        Random random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(number -> invocation("%s-%03d".formatted(account, number), random))
                .toList();
    }

    private static Invocation invocation(String uid, Random random) {
        int december = Math.toIntExact(Duration.between(FROM, TO).toSeconds());
        return new Invocation(
                uid,
                FROM.plusSeconds(random.nextInt(december)),
                between(MEMORY_MIN_GB, MEMORY_MAX_GB, random),
                between(TIME_MIN_S, TIME_MAX_S, random));
    }

    private static int between(int min, int max, Random random) {
        return min + random.nextInt(max - min + 1);
    }
}

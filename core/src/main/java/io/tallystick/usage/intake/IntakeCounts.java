package io.tallystick.usage.intake;

import java.time.Duration;

/**
 * What became of measurements, over some time.
 *
 * @param late accepted ones whose time lay further back than {@link Tally#LATE_AFTER} when they came
 * @param lagTotal between the time of each accepted one and its receipt, at least 0 each
 * @param lagMax the largest of them
 */
public record IntakeCounts(
        long accepted, long duplicates, long conflicts, long refused, long late, Duration lagTotal, Duration lagMax) {
    IntakeCounts plus(IntakeCounts other) {
        return new IntakeCounts(
                accepted + other.accepted,
                duplicates + other.duplicates,
                conflicts + other.conflicts,
                refused + other.refused,
                late + other.late,
                lagTotal.plus(other.lagTotal),
                lagMax.compareTo(other.lagMax) >= 0 ? lagMax : other.lagMax);
    }

    /** Of an accepted one on average; 0 where there is none. */
    public Duration lagMean() {
        return accepted == 0 ? Duration.ZERO : lagTotal.dividedBy(accepted);
    }
}

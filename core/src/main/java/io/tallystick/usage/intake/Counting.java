package io.tallystick.usage.intake;

import java.time.Duration;

/** Counts on their way to an {@link IntakeCounts}. Used by one thread at a time. */
final class Counting {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long LATE_MICROS = Tally.LATE_AFTER.toMillis() * 1_000;

    private long accepted;
    private long duplicates;
    private long conflicts;
    private long refused;
    private long late;
    private long lagSeconds;
    // apart from the seconds: microseconds of a thousand lags of thousands of years do not fit into 64 bits
    private long lagRestMicros;
    private long lagMaxMicros;

    void add(Verdict verdict, long lagMicros) {
        switch (verdict) {
            case ACCEPTED -> {
                accepted++;
                long lag = Math.max(0, lagMicros);
                late += lag > LATE_MICROS ? 1 : 0;
                lagSeconds += lag / MICROS_PER_SECOND;
                lagRestMicros += lag % MICROS_PER_SECOND;
                lagMaxMicros = Math.max(lagMaxMicros, lag);
            }
            case DUPLICATE -> duplicates++;
            case CONFLICT, VOIDED -> conflicts++;
            case REFUSED -> refused++;
            case ALREADY_RESENT -> {} // counted when it was resent
        }
    }

    void add(Counting other) {
        accepted += other.accepted;
        duplicates += other.duplicates;
        conflicts += other.conflicts;
        refused += other.refused;
        late += other.late;
        lagSeconds += other.lagSeconds;
        lagRestMicros += other.lagRestMicros;
        lagMaxMicros = Math.max(lagMaxMicros, other.lagMaxMicros);
    }

    IntakeCounts counts() {
        return new IntakeCounts(
                accepted,
                duplicates,
                conflicts,
                refused,
                late,
                Duration.ofSeconds(lagSeconds).plusNanos(lagRestMicros * 1_000),
                Duration.ofSeconds(lagMaxMicros / MICROS_PER_SECOND, lagMaxMicros % MICROS_PER_SECOND * 1_000));
    }
}

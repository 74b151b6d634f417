package io.tallystick.usage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The one resolution of time: microseconds since 1970, UTC. Nanoseconds of a measurement are cut off here, and nowhere
 * else; the edges of a question are raised to the next microsecond, so that a cut time stands on the same side of an
 * edge as before if the edge has whole microseconds, and never counts in two buckets if it has not.
 */
public final class Micros {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
    private static final long PER_SECOND = 1_000_000;
    private static final int NANOS_EACH = 1_000;

    private Micros() {}

    /** Whether a measurement can have this time: years 1 to 9999. */
    public static boolean canHold(Instant instant) {
        return !instant.isBefore(FIRST) && instant.isBefore(END);
    }

    /** The microsecond an instant lies in. */
    public static long floor(Instant instant) {
        if (!canHold(instant)) {
            throw new IllegalArgumentException(
                    "Expected a time in the years 1 to 9999, but was %s.".formatted(instant));
        }
        return instant.getEpochSecond() * PER_SECOND + instant.getNano() / NANOS_EACH;
    }

    /** The same microseconds, in the years 1 to 9999. */
    static long checked(long micros) {
        if (micros < FIRST.getEpochSecond() * PER_SECOND || micros >= END.getEpochSecond() * PER_SECOND) {
            throw new IllegalArgumentException(
                    "Expected a time in the years 1 to 9999, but was %s.".formatted(instant(micros)));
        }
        return micros;
    }

    /** The first microsecond that is not before an instant; of one outside the years 1 to 9999, the nearest inside. */
    public static long ceiling(Instant instant) {
        if (instant.isBefore(FIRST)) {
            return floor(FIRST);
        }
        if (instant.isAfter(END)) {
            return END.getEpochSecond() * PER_SECOND;
        }
        return instant.getEpochSecond() * PER_SECOND + Math.ceilDiv(instant.getNano(), NANOS_EACH);
    }

    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}

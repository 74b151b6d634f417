package io.tallystick.time;

import java.time.Instant;

/**
 * A half-open stretch of time: {@code from} belongs to it, {@code to} does not.
 *
 * @param from first instant inside
 * @param to first instant after it; later than {@code from}
 */
public record Period(Instant from, Instant to) {
    public Period {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "Expected a period that ends after it starts, but was [%s, %s).".formatted(from, to));
        }
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }

    public boolean overlaps(Period other) {
        return from.isBefore(other.to) && other.from.isBefore(to);
    }

    @Override
    public String toString() {
        return "[" + from + ", " + to + ")";
    }
}

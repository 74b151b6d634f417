package io.tallystick.time;

import java.time.Instant;
import java.util.Optional;

/**
 * When something is in force: from {@code start} on, until just before {@code end} where it has one.
 *
 * @param start first instant in force
 * @param end first instant no longer in force; absent: open-ended
 */
public record Validity(Instant start, Optional<Instant> end) {
    public Validity {
        if (end.isPresent() && !start.isBefore(end.get())) {
            throw new IllegalArgumentException(
                    "Expected an end after the start %s, but was %s.".formatted(start, end.get()));
        }
    }

    public boolean isInForceAt(Instant instant) {
        return !instant.isBefore(start) && end.map(instant::isBefore).orElse(true);
    }

    public boolean overlaps(Period period) {
        return start.isBefore(period.to()) && end.map(period.from()::isBefore).orElse(true);
    }

    public boolean overlaps(Validity other) {
        return end.map(other.start::isBefore).orElse(true)
                && other.end.map(start::isBefore).orElse(true);
    }

    /** The part of a period in which it is in force, if there is one. */
    public Optional<Period> during(Period period) {
        if (!overlaps(period)) {
            return Optional.empty();
        }
        Instant from = start.isAfter(period.from()) ? start : period.from();
        Instant to = end.filter(last -> last.isBefore(period.to())).orElseGet(period::to);
        return Optional.of(new Period(from, to));
    }

    /** Whether nothing of it is in force from an instant on. */
    public boolean endsBy(Instant instant) {
        return end.map(last -> !last.isAfter(instant)).orElse(false);
    }

    /** Whether every instant of the period is inside. */
    public boolean covers(Period period) {
        return !start.isAfter(period.from())
                && end.map(last -> !last.isBefore(period.to())).orElse(true);
    }

    @Override
    public String toString() {
        return "[" + start + ", " + end.map(Instant::toString).orElse("open") + ")";
    }
}

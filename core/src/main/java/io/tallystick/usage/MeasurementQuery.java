package io.tallystick.usage;

import io.tallystick.time.Period;
import java.util.List;
import java.util.Optional;

/**
 * A page of one meter's measurements, by event time.
 *
 * @param meter number of the meter's document
 * @param period event times that count
 * @param accounts which accounts count
 * @param filters text fields that must have one of some values; all filters must hold
 * @param asOf only what had been committed then and was not voided then; pass the first page's watermark with every
 *     further page, so that what arrives meanwhile moves nothing
 * @param after where the page before ended; absent: from the beginning
 * @param direction which end is the beginning
 * @param limit at most so many, 1 to {@link #LIMIT_MAX}
 */
public record MeasurementQuery(
        int meter,
        Period period,
        UsageQuery.Accounts accounts,
        List<UsageQuery.TextFilter> filters,
        Optional<UsageWatermark> asOf,
        Optional<StoredMeasurement.Place> after,
        Direction direction,
        int limit) {
    public static final int LIMIT_MAX = 20_000;

    public MeasurementQuery {
        filters = List.copyOf(filters);
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("Expected a limit of 1 to %d, but was %d.".formatted(LIMIT_MAX, limit));
        }
    }

    /** Newest event first. */
    public MeasurementQuery(
            int meter,
            Period period,
            UsageQuery.Accounts accounts,
            List<UsageQuery.TextFilter> filters,
            Optional<UsageWatermark> asOf,
            Optional<StoredMeasurement.Place> after,
            int limit) {
        this(meter, period, accounts, filters, asOf, after, Direction.NEWEST_FIRST, limit);
    }

    /** By event time; of equals, by the order in which they were committed. */
    public enum Direction {
        NEWEST_FIRST,
        OLDEST_FIRST
    }
}

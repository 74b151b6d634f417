package io.tallystick.time;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.TemporalUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/** How long the time buckets of a usage question are. Source: m3ter API, TIME group {@code frequency}. */
public enum BucketSize {
    /**
     * An hour of the local clock. Where the clock is changed a new one begins, so that the two hours from 02:00 of an
     * autumn night stay two, and half an hour where the clock is changed by half an hour.
     */
    HOUR(ChronoUnit.HOURS),
    /** From the first instant of a local date to that of the next: 23 or 25 hours where the clock is changed. */
    DAY(ChronoUnit.DAYS),
    /** From Monday. */
    WEEK(ChronoUnit.WEEKS),
    /** From the first. */
    MONTH(ChronoUnit.MONTHS),
    /** From the first of January, April, July or October. */
    QUARTER(IsoFields.QUARTER_YEARS);

    private final TemporalUnit unit;

    BucketSize(TemporalUnit unit) {
        this.unit = unit;
    }

    /** About how many buckets a period has. */
    long estimate(Period period) {
        long seconds = period.to().getEpochSecond() - period.from().getEpochSecond();
        return Math.ceilDiv(seconds, unit.getDuration().toSeconds());
    }

    /** The start of the bucket in which an instant lies. */
    Instant start(Instant instant, ZoneId zone) {
        return this == HOUR
                ? startOfHour(instant, zone.getRules())
                : firstDay(LocalDate.ofInstant(instant, zone))
                        .atStartOfDay(zone)
                        .toInstant();
    }

    /** The start of the next bucket. */
    Instant next(Instant start, ZoneId zone) {
        return this == HOUR
                ? nextHour(start, zone.getRules())
                : firstDay(LocalDate.ofInstant(start, zone))
                        .plus(1, unit)
                        .atStartOfDay(zone)
                        .toInstant();
    }

    private LocalDate firstDay(LocalDate date) {
        return switch (this) {
            case HOUR, DAY -> date;
            case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> date.withDayOfMonth(1);
            case QUARTER -> date.with(IsoFields.DAY_OF_QUARTER, 1);
        };
    }

    private static Instant startOfHour(Instant instant, ZoneRules rules) {
        Instant full = fullHour(instant, rules).toInstant();
        @Nullable ZoneOffsetTransition change = rules.previousTransition(instant.plusNanos(1));
        return change == null || change.getInstant().isBefore(full) ? full : change.getInstant();
    }

    private static Instant nextHour(Instant start, ZoneRules rules) {
        Instant full = fullHour(start, rules).plusHours(1).toInstant();
        @Nullable ZoneOffsetTransition change = rules.nextTransition(start);
        return change == null || change.getInstant().isAfter(full) ? full : change.getInstant();
    }

    private static OffsetDateTime fullHour(Instant instant, ZoneRules rules) {
        return instant.atOffset(rules.getOffset(instant)).truncatedTo(ChronoUnit.HOURS);
    }
}

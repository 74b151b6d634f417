package io.tallystick.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A period that has ended and is to be billed. What has the same one shares a bill.
 *
 * @param zone the calendar it was cut in
 */
public record DuePeriod(Cycle cycle, Period period, ZoneId zone) {
    /** The last period of an organization's calendar that has ended by the bill date. */
    public static DuePeriod lastBy(LocalDate billDate, BillingCalendar calendar) {
        return new DuePeriod(calendar.cycle(), calendar.lastWholeBy(billDate), calendar.zone());
    }

    /**
     * The same for terms with an epoch of their own, which begins a calendar: nothing is due before it, and what was in
     * force before it is the first period. Where the terms begin after their epoch, it is like an organization's.
     *
     * <p>Example: monthly, in force from 1 January, epoch 15 February: [1 January, 15 February), [15 February, 15 March).
     *
     * @param start first instant of the terms
     */
    public static Optional<DuePeriod> lastBy(LocalDate billDate, BillingCalendar calendar, Instant start) {
        DuePeriod regular = lastBy(billDate, calendar);
        Instant epoch = calendar.midnight(calendar.epoch());
        if (!start.isBefore(epoch) || regular.period.to().isAfter(epoch)) {
            return Optional.of(regular);
        }
        Instant firstMidnight = calendar.midnight(LocalDate.ofInstant(start, calendar.zone()));
        return regular.period.to().equals(epoch)
                ? Optional.of(new DuePeriod(calendar.cycle(), new Period(firstMidnight, epoch), calendar.zone()))
                : Optional.empty();
    }

    /** The date of its bill: the first day after it. */
    public LocalDate billDate() {
        return LocalDate.ofInstant(period.to(), zone);
    }

    public LocalDate lastDay() {
        return LocalDate.ofInstant(period.to().minusNanos(1), zone);
    }
}

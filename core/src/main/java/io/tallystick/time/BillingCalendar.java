package io.tallystick.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Cuts time into billing periods: midnights of one zone, counted from an epoch. A bill stores the period it was cut, and
 * never cuts it again.
 *
 * <p>A period is named by its bill date, the first day after it: 2025-01-01 in UTC is the month [2024-12-01T00:00Z,
 * 2025-01-01T00:00Z). Source: m3ter API, section "Other rules" of billing; month epoch 2022-01-01, so that months begin
 * on the first.
 */
public final class BillingCalendar {
    private static final BillingCalendar STANDARD = new BillingCalendar(ZoneOffset.UTC);

    private final ZoneId zone;

    private BillingCalendar(ZoneId zone) {
        this.zone = zone;
    }

    /** The calendar of an organization that has set nothing: UTC and the documented epochs. */
    public static BillingCalendar standard() {
        return STANDARD;
    }

    /** Whose midnights begin and end the periods; stored with a bill. */
    public ZoneId zone() {
        return zone;
    }

    /** Whether a monthly period ends just before this day. */
    public boolean isMonthlyBillDate(LocalDate date) {
        return date.getDayOfMonth() == 1;
    }

    /** The latest bill date of a monthly period that is not after this day: 2025-01-31 gives 2025-01-01. */
    public LocalDate monthlyBillDateNotAfter(LocalDate date) {
        return date.withDayOfMonth(1);
    }

    /**
     * The month that ends just before the bill date.
     *
     * @throws IllegalArgumentException where no month ends there, see {@link #isMonthlyBillDate}
     */
    public Period monthlyPeriodEndingOn(LocalDate billDate) {
        if (!isMonthlyBillDate(billDate)) {
            throw new IllegalArgumentException("Expected a bill date on which a monthly period ends, such as "
                    + monthlyBillDateNotAfter(billDate) + ", but was " + billDate + ".");
        }
        return new Period(midnight(billDate.minusMonths(1)), midnight(billDate));
    }

    /** The month in which an instant lies. */
    public Period monthlyPeriodContaining(Instant instant) {
        LocalDate first = monthlyBillDateNotAfter(LocalDate.ofInstant(instant, zone));
        return monthlyPeriodEndingOn(first.plusMonths(1));
    }

    private Instant midnight(LocalDate date) {
        return date.atStartOfDay(zone).toInstant();
    }
}

package io.tallystick.billing;

import io.tallystick.account.Account;
import io.tallystick.id.Id;
import io.tallystick.time.BillFrequency;
import io.tallystick.time.BillingCalendar;
import io.tallystick.time.Cycle;
import io.tallystick.time.Epochs;
import io.tallystick.time.Period;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Which bills are wanted. Source: m3ter API, BillJob.
 *
 * @param accounts these, at most 100; empty: all of the organization
 * @param frequency of the bills; monthly is the only one so far
 * @param period the usage to bill
 * @param zone whose midnights bound the period
 * @param dueDate instead of the account's days after the date of the bill
 * @param externalInvoiceDate instead of the date of the bill
 */
public record BillOrder(
        List<Id<Account>> accounts,
        BillFrequency frequency,
        Period period,
        ZoneId zone,
        Optional<LocalDate> dueDate,
        Optional<LocalDate> externalInvoiceDate) {
    public static final int ACCOUNTS_MAX = 100;
    private static final BillingCalendar CALENDAR =
            new BillingCalendar(Cycle.MONTHLY, Epochs.STANDARD.month(), ZoneId.of("UTC"));

    public BillOrder {
        accounts = List.copyOf(accounts);
        if (accounts.size() > ACCOUNTS_MAX) {
            throw new IllegalArgumentException("Expected at most %d accountIds, but there were %d. None means all."
                    .formatted(ACCOUNTS_MAX, accounts.size()));
        }
        if (frequency != BillFrequency.MONTHLY) {
            throw new IllegalArgumentException(
                    "Expected a billingFrequency of MONTHLY, the only one so far, but was %s.".formatted(frequency));
        }
        if (!zone.equals(CALENDAR.zone())) {
            throw new IllegalArgumentException(
                    "Expected a timezone of %s, the only one so far, but was %s.".formatted(CALENDAR.zone(), zone));
        }
    }

    /**
     * An order for the last whole month that ends by a date. A bill date inside a month bills the month before, since
     * a bill is made in arrears; the bills are then dated on the first day after that month.
     *
     * <p>Example: bill dates 2025-01-01 and 2025-01-15 both bill [2024-12-01, 2025-01-01), and so does a last date of
     * 2024-12-31; a last date of 2024-12-30 bills November.
     *
     * @param billDate the usage before this day
     * @param lastDateInBillingPeriod the usage up to and including this day; where both dates are given they must mean
     *     the same period
     * @param today the bill date where neither is given: the present day in UTC
     * @throws IllegalArgumentException where the dates contradict each other; its message says how
     */
    public static BillOrder monthly(
            List<Id<Account>> accounts,
            Optional<LocalDate> billDate,
            Optional<LocalDate> lastDateInBillingPeriod,
            LocalDate today,
            Optional<LocalDate> dueDate,
            Optional<LocalDate> externalInvoiceDate) {
        Optional<Period> byLastDate =
                lastDateInBillingPeriod.map(date -> date.plusDays(1)).map(BillOrder::lastMonthBy);
        Optional<Period> byBillDate = billDate.map(BillOrder::lastMonthBy);
        if (byLastDate.isPresent() && byBillDate.isPresent() && !byLastDate.equals(byBillDate)) {
            throw new IllegalArgumentException(
                    ("Expected billDate and lastDateInBillingPeriod to mean the same period, but %s bills %s and %s bills "
                                    + "%s. Leave one of them out.")
                            .formatted(
                                    billDate.orElseThrow(),
                                    byBillDate.get(),
                                    lastDateInBillingPeriod.orElseThrow(),
                                    byLastDate.get()));
        }
        return new BillOrder(
                accounts,
                BillFrequency.MONTHLY,
                byLastDate.or(() -> byBillDate).orElseGet(() -> lastMonthBy(today)),
                CALENDAR.zone(),
                dueDate,
                externalInvoiceDate);
    }

    private static Period lastMonthBy(LocalDate date) {
        return CALENDAR.lastWholeBy(date);
    }

    /** The same order for one account alone. */
    BillOrder only(Id<Account> account) {
        return new BillOrder(List.of(account), frequency, period, zone, dueDate, externalInvoiceDate);
    }

    /** The date of the bills: the first day after the period. */
    public LocalDate billDate() {
        return LocalDate.ofInstant(period.to(), zone);
    }
}

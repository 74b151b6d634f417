package io.tallystick.billing;

import static java.util.Comparator.comparing;

import io.tallystick.account.Account;
import io.tallystick.id.Id;
import io.tallystick.time.BillingCalendar;
import io.tallystick.time.Calendars;
import io.tallystick.time.Period;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which bills are wanted: of each account plan the last period that has ended by the bill date. Source: m3ter API,
 * BillJob.
 *
 * @param accounts these, at most 100; empty: all of the organization
 * @param calendars of which frequencies, in which zone, counted from where; epochs of accounts and account plans go before
 * @param billDate the usage before this day; a bill is dated on the first day after its period, which may be earlier
 * @param dueDate instead of the account's days after the date of the bill
 * @param externalInvoiceDate instead of the organization's rule
 */
public record BillOrder(
        List<Id<Account>> accounts,
        Calendars calendars,
        LocalDate billDate,
        Optional<LocalDate> dueDate,
        Optional<LocalDate> externalInvoiceDate) {
    public static final int ACCOUNTS_MAX = 100;

    public BillOrder {
        accounts = List.copyOf(accounts);
        if (accounts.size() > ACCOUNTS_MAX) {
            throw new IllegalArgumentException("Expected at most %d accountIds, but there were %d. None means all."
                    .formatted(ACCOUNTS_MAX, accounts.size()));
        }
    }

    /**
     * The bill date that two ways of saying it mean. Example: months from the 1st, bill dates 2025-01-01 and 2025-01-15
     * both bill [2024-12-01, 2025-01-01), and so does a last date of 2024-12-31; a last date of 2024-12-30 bills November.
     *
     * @param billDate the usage before this day
     * @param lastDateInBillingPeriod the usage up to and including this day; where both dates are given they must mean
     *     the same period in each of the calendars
     * @param today the bill date where neither is given
     * @throws IllegalArgumentException where the dates contradict each other; its message says how
     */
    public static LocalDate billDate(
            Optional<LocalDate> billDate,
            Optional<LocalDate> lastDateInBillingPeriod,
            LocalDate today,
            Calendars calendars) {
        Optional<LocalDate> afterLastDate = lastDateInBillingPeriod.map(date -> date.plusDays(1));
        if (afterLastDate.isPresent() && billDate.isPresent()) {
            for (BillingCalendar calendar : calendars.examples()) {
                Period byBillDate = calendar.lastWholeBy(billDate.get());
                Period byLastDate = calendar.lastWholeBy(afterLastDate.get());
                if (!byBillDate.equals(byLastDate)) {
                    throw new IllegalArgumentException(
                            ("Expected billDate and lastDateInBillingPeriod to mean the same period, but %s, %s bills %s "
                                            + "and %s bills %s. Leave one of them out.")
                                    .formatted(
                                            calendar.cycle(),
                                            billDate.get(),
                                            byBillDate,
                                            lastDateInBillingPeriod.orElseThrow(),
                                            byLastDate));
                }
            }
        }
        return afterLastDate.or(() -> billDate).orElse(today);
    }

    /** The same order for some accounts alone; for all of them where it cannot name so many. */
    BillOrder only(Set<Id<Account>> some) {
        List<Id<Account>> named = some.size() > ACCOUNTS_MAX
                ? List.of()
                : some.stream().sorted(comparing(Id::value)).toList();
        return new BillOrder(named, calendars, billDate, dueDate, externalInvoiceDate);
    }
}

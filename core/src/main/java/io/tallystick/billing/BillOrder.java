package io.tallystick.billing;

import io.tallystick.account.Account;
import io.tallystick.id.Id;
import io.tallystick.time.BillFrequency;
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
    }

    /** The date of the bills: the first day after the period. */
    public LocalDate billDate() {
        return LocalDate.ofInstant(period.to(), zone);
    }
}

package io.tallystick.server.json;

import io.tallystick.account.Account;
import io.tallystick.id.Id;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Which bills somebody asks for. Source: m3ter API, BillJob.
 *
 * @param accounts only these; empty: all
 * @param billDate the date of the bills: the first day after their period; absent: today
 * @param lastDateInBillingPeriod the same said by the day before
 */
public record BillJobRequest(
        List<Id<Account>> accounts,
        Optional<LocalDate> billDate,
        Optional<LocalDate> lastDateInBillingPeriod,
        Optional<LocalDate> dueDate,
        Optional<LocalDate> externalInvoiceDate) {
    public BillJobRequest {
        accounts = List.copyOf(accounts);
    }
}

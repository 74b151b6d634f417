package io.tallystick.server.json;

import io.tallystick.account.Account;
import io.tallystick.id.Id;
import io.tallystick.time.BillFrequency;
import io.tallystick.time.Calendars;
import io.tallystick.time.Epochs;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Which bills somebody asks for. Source: m3ter API, BillJob.
 *
 * @param accounts only these; empty: all
 * @param billDate what ends by this day is billed; absent: today
 * @param lastDateInBillingPeriod the same said by the day before
 * @param calendar of which frequencies, counted how
 */
public record BillJobRequest(
        List<Id<Account>> accounts,
        Optional<LocalDate> billDate,
        Optional<LocalDate> lastDateInBillingPeriod,
        Calendar calendar,
        Optional<LocalDate> dueDate,
        Optional<LocalDate> externalInvoiceDate) {
    public BillJobRequest {
        accounts = List.copyOf(accounts);
    }

    /**
     * Which frequencies, counted how.
     *
     * @param frequency absent: all
     * @param interval absent: all
     * @param zone absent, as each epoch: the organization's
     */
    public record Calendar(
            Optional<BillFrequency> frequency,
            Optional<Integer> interval,
            Optional<ZoneId> zone,
            Optional<LocalDate> dayEpoch,
            Optional<LocalDate> weekEpoch,
            Optional<LocalDate> monthEpoch,
            Optional<LocalDate> yearEpoch) {
        /** With what the organization says where the request says nothing. */
        public Calendars or(ZoneId organizationsZone, Epochs organizations) {
            return new Calendars(
                    frequency,
                    interval,
                    new Epochs(
                            dayEpoch.orElseGet(organizations::day),
                            weekEpoch.orElseGet(organizations::week),
                            monthEpoch.orElseGet(organizations::month),
                            yearEpoch.orElseGet(organizations::year)),
                    zone.orElse(organizationsZone));
        }
    }
}

package io.tallystick.billing.calendar;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.time.BillingCalendar;
import io.tallystick.time.Calendars;
import io.tallystick.time.DuePeriod;
import io.tallystick.time.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What of an account plan is due, and what its charges are for.
 *
 * @param calendar that cuts its billing periods
 * @param due the billing period
 * @param instalments of its standing charge
 */
public record PlanCalendar(BillingCalendar calendar, DuePeriod due, Instalments instalments) {
    /**
     * The last period that has ended by a bill date; absent: none has yet.
     *
     * <p>An epoch of the account plan counts from its start. One of the account counts from the first start of any of its
     * account plans, so that they share the first bill as they share the later ones.
     *
     * @param firstStart of any account plan of the account
     */
    public static Optional<PlanCalendar> of(
            Calendars calendars,
            LocalDate billDate,
            PlanTemplate template,
            Account account,
            AccountPlan accountPlan,
            Instant firstStart) {
        Optional<LocalDate> ownEpoch = accountPlan.billEpoch().or(account::billEpoch);
        BillingCalendar calendar = calendars.of(template.cycle(), ownEpoch);
        Instant start = accountPlan.validity().start();
        Optional<DuePeriod> due = ownEpoch.isEmpty()
                ? Optional.of(DuePeriod.lastBy(billDate, calendar))
                : DuePeriod.lastBy(billDate, calendar, accountPlan.billEpoch().isPresent() ? start : firstStart);
        Instant epoch = calendar.midnight(calendar.epoch());
        long first =
                ownEpoch.isPresent() && start.isBefore(epoch) ? calendar.indexOf(epoch) - 1 : calendar.indexOf(start);
        Instalments instalments = new Instalments(
                calendar,
                first,
                template.recurrence().interval(),
                template.recurrence().offset());
        return due.map(period -> new PlanCalendar(calendar, period, instalments));
    }

    /** The billing period after the one that is due. */
    public Period next() {
        return calendar.periodContaining(due.period().to());
    }

    /** All time that a bill for the due period may charge for, in arrears or in advance. */
    public Period touched() {
        Period billed = due.period();
        Period instalment = instalments.of(billed).orElse(billed);
        return new Period(
                instalment.from().isBefore(billed.from()) ? instalment.from() : billed.from(),
                instalments.after(instalment).to());
    }
}

package io.tallystick.billing;

import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What being on a plan costs, whatever is used: for each instalment standing charge x days in force / days in the
 * instalment, less what other bills charge for it already.
 *
 * <p>Example: 31 for December, charged in advance on the bill of November; the plan ends on the 11th: the bill of December
 * gives back 10 - 31 = -21.
 */
record StandingCharges(Facts facts, EarlierBills earlier) {
    /** Of one plan: at most one line for the instalment that ends, and one for the next. */
    List<Charge> of(PlanTerms plan) {
        Period billed = plan.due().period();
        Optional<Period> instalment = plan.calendar().instalments().of(billed);
        List<Charge> charges = new ArrayList<>();
        instalment.ifPresent(present -> {
            boolean isOver = present.to().equals(billed.to());
            if (isOver || plan.endsBy(billed.to())) {
                charge(plan, present).ifPresent(charges::add);
            }
            Period next = plan.calendar().instalments().after(present);
            if (isOver && (plan.inAdvance().standingCharge() || isCountedOn(plan, next))) {
                charge(plan, next).ifPresent(charges::add);
            }
        });
        return charges;
    }

    /** Whether this bill charged for an instalment before, and the bill of that has charged so much the less. */
    private boolean isCountedOn(PlanTerms plan, Period next) {
        return earlier.own(plan, next).stream()
                .flatMap(List::stream)
                .anyMatch(line -> line.type() == LineItemType.STANDING_CHARGE);
    }

    private Optional<Charge> charge(PlanTerms plan, Period instalment) {
        Optional<Period> inForce = plan.inForceDuring(instalment);
        BigDecimal owed = inForce.map(plan.calendar().instalments()::proration)
                .map(part -> part.of(plan.standingCharge()))
                .orElse(BigDecimal.ZERO);
        EarlierBills.Charged charged = earlier.charged(plan, line -> line.type() == LineItemType.STANDING_CHARGE)
                .during(instalment);
        if (charged.isNothing()) {
            return inForce.filter(_ -> owed.signum() != 0).map(time -> charge(plan, time, plan.rounded(owed)));
        }
        LineItem.Amounts difference = plan.rounded(owed.subtract(charged.amountFor(instalment)));
        if (difference.subtotal().signum() == 0) {
            return Optional.empty();
        }
        boolean isRefund = difference.subtotal().signum() < 0;
        Period time = isRefund ? givenBack(charged, inForce, instalment) : inForce.orElse(instalment);
        return Optional.of(charge(plan, time, difference).givingBack(charged.reference()));
    }

    private Charge charge(PlanTerms plan, Period time, LineItem.Amounts amounts) {
        return new Charge(
                LineItemType.STANDING_CHARGE,
                plan.plan().id(),
                plan.standingChargeDescription(),
                plan.booking(facts, plan.plan().content().standingChargeAccountingProduct()),
                LineItem.Basis.one(amounts.exact()),
                time,
                amounts);
    }

    /** The end of what was charged where the plan ends before, or all of it where something else has changed. */
    private static Period givenBack(EarlierBills.Charged charged, Optional<Period> inForce, Period instalment) {
        Period once = charged.last()
                .map(last -> last.line().servicePeriod())
                .filter(instalment::overlaps)
                .orElse(instalment);
        return inForce.filter(present ->
                        present.to().isAfter(once.from()) && present.to().isBefore(once.to()))
                .map(present -> new Period(present.to(), once.to()))
                .orElse(once);
    }
}

package io.tallystick.billing;

import io.tallystick.quantity.Exact;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** What being on a plan costs, whatever is used. */
record StandingCharges(Facts facts, Period billed) {
    /** Of one plan: one charge, or none where it is 0. */
    List<Charge> of(PlanTerms plan) {
        BigDecimal amount = prorated(plan.standingCharge(), plan.inForce(), billed);
        if (amount.signum() == 0) {
            return List.of();
        }
        return List.of(new Charge(
                LineItemType.STANDING_CHARGE,
                plan.plan().id(),
                plan.standingChargeDescription(),
                plan.booking(facts, plan.plan().content().standingChargeAccountingProduct()),
                LineItem.Basis.one(amount),
                plan.inForce(),
                plan.rounded(amount)));
    }

    /**
     * Amount x days in force / days in the period. A day that is in force in part counts for that part, so that two
     * plans that follow each other within a day cost one day together. Days are equally long, because the period is in
     * UTC. Example: 20 from 10 December, 12:00: 20 x 21.5 / 31 = 13.87...
     */
    static BigDecimal prorated(BigDecimal amount, Period inForce, Period period) {
        return inForce.equals(period) ? amount : Exact.divide(amount.multiply(length(inForce)), length(period));
    }

    private static BigDecimal length(Period period) {
        Duration length = Duration.between(period.from(), period.to());
        return BigDecimal.valueOf(length.getSeconds()).add(BigDecimal.valueOf(length.getNano(), 9));
    }
}

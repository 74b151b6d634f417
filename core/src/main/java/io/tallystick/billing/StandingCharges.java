package io.tallystick.billing;

import java.math.BigDecimal;
import java.util.List;

/** What being on a plan costs, whatever is used. */
record StandingCharges(Facts facts) {
    /** Of one plan: one charge, or none where it is 0. */
    List<Charge> of(PlanTerms plan) {
        BigDecimal amount = plan.proration().of(plan.standingCharge());
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
}

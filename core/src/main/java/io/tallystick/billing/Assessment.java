package io.tallystick.billing;

import io.tallystick.account.Account;
import io.tallystick.document.Document;
import io.tallystick.quantity.Currency;
import io.tallystick.time.DuePeriod;
import java.util.List;

/** Whether an account gets a bill, and for which period. */
sealed interface Assessment {
    /**
     * It gets one.
     *
     * @param plans at least one, by start of their account plans
     * @param due the period of the bill
     * @param currency of all of them
     */
    record Billable(Document<Account> account, DuePeriod due, List<PlanTerms> plans, Currency currency)
            implements Assessment {
        public Billable {
            plans = List.copyOf(plans);
        }

        /** Whether none of the plans is in force: they are here for what was charged in advance. */
        boolean isOver() {
            return plans.stream().allMatch(plan -> plan.inForce().isEmpty());
        }
    }

    /** It is on no plan that is billed now. */
    record NotOnAnyPlan() implements Assessment {}

    /** It should get one, but what is said about it contradicts itself. */
    record Contradictory(Parked parked) implements Assessment {}
}

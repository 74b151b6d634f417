package io.tallystick.billing;

import io.tallystick.account.AccountPlan;
import io.tallystick.catalog.Countable;
import io.tallystick.id.Id;
import io.tallystick.quantity.Exact;
import io.tallystick.time.Period;
import java.math.BigDecimal;

/**
 * Usage that a bill does not charge, said on the bill because otherwise nobody would notice: the aggregation has a
 * price on the plan or its template, but none that applies to this part of the usage; or it came too late.
 *
 * @param counted the aggregation, simple or compound
 * @param name of the aggregation
 * @param period when it was used
 * @param reason why no price applies
 * @param quantity of all such usage of the period
 */
public record UnpricedUsage(
        Id<AccountPlan> accountPlan,
        Countable counted,
        String name,
        Period period,
        Reason reason,
        BigDecimal quantity) {
    /** Why no price applies. */
    public enum Reason {
        /** The aggregation had no price at the time. */
        NO_PRICE_IN_FORCE,
        /** The measurements fit none of the aggregation's segments, and only segments have prices. */
        NO_SEGMENT,
        /** It came, or was voided, later after its bill than the organization takes it; below 0 where it was voided. */
        LATE_USAGE
    }

    public UnpricedUsage {
        quantity = Exact.plain(quantity);
    }
}

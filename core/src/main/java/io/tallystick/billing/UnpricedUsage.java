package io.tallystick.billing;

import io.tallystick.account.AccountPlan;
import io.tallystick.catalog.Aggregation;
import io.tallystick.id.Id;
import io.tallystick.quantity.Exact;
import io.tallystick.time.Period;
import java.math.BigDecimal;

/**
 * Usage that a bill does not charge, said on the bill because otherwise nobody would notice: the aggregation has a
 * price on the plan or its template, but none that was in force during this part of the period.
 *
 * @param name of the aggregation
 * @param period when no price was in force
 * @param quantity what was used meanwhile
 */
public record UnpricedUsage(
        Id<AccountPlan> accountPlan, Id<Aggregation> aggregation, String name, Period period, BigDecimal quantity) {
    public UnpricedUsage {
        quantity = Exact.plain(quantity);
    }
}

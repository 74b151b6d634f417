package io.tallystick.billing;

import io.tallystick.account.AccountPlan;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Product;
import io.tallystick.document.Document;
import io.tallystick.id.Id;
import io.tallystick.quantity.Currency;
import io.tallystick.quantity.CurrencyRounding;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What one account plan says for one billing period, with everything inherited that the plan leaves open.
 *
 * @param inForce the part of the billing period in which the account is on the plan
 * @param standingCharge for a whole billing period
 * @param stretches by aggregation, then time; together they cover {@code inForce} once per priced aggregation
 */
record PlanTerms(
        Document<AccountPlan> accountPlan,
        Document<Plan> plan,
        Document<PlanTemplate> template,
        Period inForce,
        BigDecimal standingCharge,
        String standingChargeDescription,
        List<Stretch> stretches) {
    private static final String STANDING_CHARGE_DESCRIPTION = "Standing Charge";

    static PlanTerms of(
            Document<AccountPlan> accountPlan,
            Document<Plan> plan,
            Document<PlanTemplate> template,
            Period inForce,
            List<Stretch> stretches) {
        return new PlanTerms(
                accountPlan,
                plan,
                template,
                inForce,
                plan.content().standingCharge().orElseGet(template.content()::standingCharge),
                plan.content()
                        .standingChargeDescription()
                        .or(() -> template.content().standingChargeDescription())
                        .filter(description -> !description.isBlank())
                        .orElse(STANDING_CHARGE_DESCRIPTION),
                List.copyOf(stretches));
    }

    Currency currency() {
        return template.content().currency();
    }

    /** An amount in the plan's currency, as it stands on a line. */
    LineItem.Amounts rounded(BigDecimal exact) {
        return LineItem.Amounts.rounded(exact, CurrencyRounding.standard(currency()));
    }

    /**
     * What a charge of the plan is booked under.
     *
     * @param accountingProduct instead of the plan's product
     */
    LineItem.Booking booking(Facts facts, Optional<Id<Product>> accountingProduct) {
        BookedProduct product = facts.product(plan.content().product());
        return new LineItem.Booking(
                Optional.of(accountPlan.id()),
                Optional.of(plan.id()),
                product,
                accountingProduct.map(facts::product).orElse(product));
    }
}

package io.tallystick.billing;

import io.tallystick.account.AccountPlan;
import io.tallystick.billing.calendar.Proration;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Product;
import io.tallystick.document.Document;
import io.tallystick.id.Id;
import io.tallystick.quantity.Currency;
import io.tallystick.quantity.CurrencyRounding;
import io.tallystick.time.BillingCalendar;
import io.tallystick.time.DuePeriod;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What one account plan says for one billing period, with everything inherited that the plan leaves open.
 *
 * @param calendar that cuts its billing periods
 * @param due the billing period
 * @param rounding of amounts in the plan's currency
 * @param inForce the part of the billing period in which the account is on the plan
 * @param standingCharge for a whole billing period
 * @param stretches by aggregation, then time; together they cover {@code inForce} once per priced aggregation
 */
record PlanTerms(
        Document<AccountPlan> accountPlan,
        Document<Plan> plan,
        Document<PlanTemplate> template,
        BillingCalendar calendar,
        DuePeriod due,
        CurrencyRounding rounding,
        Period inForce,
        BigDecimal standingCharge,
        String standingChargeDescription,
        List<Stretch> stretches) {
    private static final String STANDING_CHARGE_DESCRIPTION = "Standing Charge";

    static PlanTerms of(
            Document<AccountPlan> accountPlan,
            Document<Plan> plan,
            Document<PlanTemplate> template,
            BillingCalendar calendar,
            DuePeriod due,
            CurrencyRounding rounding,
            Period inForce,
            List<Stretch> stretches) {
        return new PlanTerms(
                accountPlan,
                plan,
                template,
                calendar,
                due,
                rounding,
                inForce,
                plan.content().standingCharge().orElseGet(template.content()::standingCharge),
                plan.content()
                        .standingChargeDescription()
                        .or(() -> template.content().standingChargeDescription())
                        .filter(description -> !description.isBlank())
                        .orElse(STANDING_CHARGE_DESCRIPTION),
                List.copyOf(stretches));
    }

    /** How many billing periods the part in force is; more than one only before an epoch of the account or account plan. */
    Proration proration() {
        return Proration.of(inForce, calendar);
    }

    Currency currency() {
        return template.content().currency();
    }

    /** An amount in the plan's currency, as it stands on a line. */
    LineItem.Amounts rounded(BigDecimal exact) {
        return LineItem.Amounts.rounded(exact, rounding);
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

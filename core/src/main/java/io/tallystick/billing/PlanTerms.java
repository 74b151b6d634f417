package io.tallystick.billing;

import io.tallystick.account.AccountPlan;
import io.tallystick.account.OrganizationConfig.InAdvance;
import io.tallystick.billing.calendar.PlanCalendar;
import io.tallystick.billing.calendar.Proration;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Product;
import io.tallystick.document.Document;
import io.tallystick.id.Id;
import io.tallystick.quantity.Currency;
import io.tallystick.quantity.CurrencyRounding;
import io.tallystick.time.DuePeriod;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one account plan says for one billing period, with everything inherited that the plan leaves open.
 *
 * @param calendar which billing period, and which time its charges are for
 * @param rounding of amounts in the plan's currency
 * @param inAdvance what of the plan is charged for the period after the billing period
 * @param inForce the part of the billing period in which the account is on the plan; absent: it is over, but something was
 *     charged in advance
 * @param standingCharge for a whole instalment
 * @param stretches by aggregation, then time; together they cover {@code inForce} once per priced aggregation
 * @param next the same for the period after it, where a price in force then has a minimum that is charged in advance
 */
record PlanTerms(
        Document<AccountPlan> accountPlan,
        Document<Plan> plan,
        Document<PlanTemplate> template,
        PlanCalendar calendar,
        CurrencyRounding rounding,
        InAdvance inAdvance,
        Optional<Period> inForce,
        BigDecimal standingCharge,
        String standingChargeDescription,
        List<Stretch> stretches,
        List<Stretch> next) {
    private static final String STANDING_CHARGE_DESCRIPTION = "Standing Charge";

    static PlanTerms of(
            Document<AccountPlan> accountPlan,
            Document<Plan> plan,
            Document<PlanTemplate> template,
            PlanCalendar calendar,
            CurrencyRounding rounding,
            InAdvance inAdvance,
            List<Stretch> stretches,
            List<Stretch> next) {
        return new PlanTerms(
                accountPlan,
                plan,
                template,
                calendar,
                rounding,
                inAdvance,
                accountPlan.content().validity().during(calendar.due().period()),
                plan.content().standingCharge().orElseGet(template.content()::standingCharge),
                plan.content()
                        .standingChargeDescription()
                        .or(() -> template.content().standingChargeDescription())
                        .filter(description -> !description.isBlank())
                        .orElse(STANDING_CHARGE_DESCRIPTION),
                List.copyOf(stretches),
                List.copyOf(next));
    }

    /** The billing period. */
    DuePeriod due() {
        return calendar.due();
    }

    /** The part of some time in which the account is on the plan. */
    Optional<Period> inForceDuring(Period time) {
        return accountPlan.content().validity().during(time);
    }

    /** Whether the account is not on the plan from an instant on. */
    boolean endsBy(Instant instant) {
        return accountPlan.content().validity().endsBy(instant);
    }

    /** What an amount per billing period comes to for the days in force. */
    BigDecimal prorated(BigDecimal amount, Period inForceThen) {
        return Proration.of(inForceThen, calendar.calendar()).of(amount);
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
        LineItem.BookedProduct product = facts.product(plan.content().product());
        return new LineItem.Booking(
                Optional.of(accountPlan.id()),
                Optional.of(plan.id()),
                product,
                accountingProduct.map(facts::product).orElse(product));
    }
}

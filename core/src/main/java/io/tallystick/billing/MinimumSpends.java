package io.tallystick.billing;

import io.tallystick.billing.calendar.Proration;
import io.tallystick.catalog.MinimumSpend;
import io.tallystick.catalog.Pricing;
import io.tallystick.document.Document;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is missing to a minimum: minimum x days in force / days in the period, less the sum of the rounded lines that
 * count towards it. Example: a minimum of 1,000 and usage of 800 add a line of 200.
 */
record MinimumSpends(Facts facts) {
    private static final String DESCRIPTION = " Minimum Spend Adjustment";

    /**
     * Of the prices of a plan that have one, each for the time in which it is in force.
     *
     * @param usage what the plan charges for usage
     */
    List<Charge> ofPricings(PlanTerms plan, List<Charge> usage) {
        return plan.stretches().stream()
                .flatMap(stretch ->
                        stretch.pricing().stream().flatMap(pricing -> ofPricing(plan, stretch, pricing, usage)))
                .toList();
    }

    private Stream<Charge> ofPricing(PlanTerms plan, Stretch stretch, Document<Pricing> pricing, List<Charge> usage) {
        return usage.stream()
                .filter(charge -> charge.of().equals(pricing.id())
                        && charge.servicePeriod().equals(stretch.period()))
                .flatMap(charge -> missing(plan, pricing.content().minimumSpend(), stretch.period(), List.of(charge))
                        .map(amounts -> new Charge(
                                LineItemType.MINIMUM_SPEND,
                                pricing.id(),
                                description(
                                        pricing.content().minimumSpend(),
                                        stretch.tally().name()),
                                charge.booking(),
                                charge.basis().once(amounts.exact()),
                                stretch.period(),
                                amounts))
                        .stream());
    }

    /**
     * Of the plan itself.
     *
     * @param counted what the plan charges for usage, with what its prices' own minimums add; a standing charge does not
     *     count, because it is owed whatever is used
     */
    List<Charge> ofPlan(PlanTerms plan, List<Charge> counted) {
        MinimumSpend minimum = plan.plan()
                .content()
                .minimumSpend()
                .or(plan.template().content().minimumSpend());
        LineItem.Booking booking = plan.booking(facts, plan.plan().content().minimumSpendAccountingProduct());
        return missing(plan, minimum, plan.inForce(), counted).stream()
                .map(amounts -> new Charge(
                        LineItemType.MINIMUM_SPEND,
                        plan.plan().id(),
                        description(minimum, booking.product().name()),
                        booking,
                        LineItem.Basis.one(amounts.exact()),
                        plan.inForce(),
                        amounts))
                .toList();
    }

    /** Nothing where the minimum is met, or missed by less than the smallest coin. */
    private Optional<LineItem.Amounts> missing(
            PlanTerms plan, MinimumSpend minimum, Period inForce, List<Charge> counted) {
        BigDecimal sum =
                counted.stream().map(charge -> charge.amounts().subtotal()).reduce(BigDecimal.ZERO, BigDecimal::add);
        return minimum.amount()
                .filter(amount -> amount.signum() > 0)
                .map(amount -> Proration.of(inForce, plan.calendar()).of(amount).subtract(sum))
                .map(plan::rounded)
                .filter(amounts -> amounts.subtotal().signum() > 0);
    }

    private static String description(MinimumSpend minimum, String name) {
        return minimum.description()
                .filter(description -> !description.isBlank())
                .orElseGet(() -> name + DESCRIPTION);
    }
}

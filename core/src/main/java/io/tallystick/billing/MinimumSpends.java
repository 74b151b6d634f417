package io.tallystick.billing;

import io.tallystick.catalog.MinimumSpend;
import io.tallystick.catalog.Pricing;
import io.tallystick.document.Document;
import io.tallystick.id.Id;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is missing to a minimum: minimum x days in force / days in the period, less the sum of the rounded lines that
 * count towards it. Example: a minimum of 1,000 and usage of 800 add a line of 200. In advance the whole minimum is
 * charged before, and the bill of the period gives back what is not missing: of 1,000 with usage of 800, 800.
 */
record MinimumSpends(Facts facts, EarlierBills earlier) {
    private static final String DESCRIPTION = " Minimum Spend Adjustment";

    /**
     * Of the prices of a plan that have one, each for the time in which it is in force.
     *
     * @param usage what the plan charges for usage
     */
    List<Charge> ofPricings(PlanTerms plan, List<Charge> usage) {
        EarlierBills.Charged charged = charged(plan, plan.due().period());
        Set<Id<Pricing>> settled = new HashSet<>();
        List<Charge> charges = new ArrayList<>();
        for (Stretch stretch : plan.stretches()) {
            stretch.pricing().ifPresent(pricing -> {
                EarlierBills.Charged before = charged.of(pricing.id());
                if (before.isNothing()) {
                    charges.addAll(missing(plan, stretch, pricing, usage));
                } else if (settled.add(pricing.id())) {
                    settled(plan, pricing, usage, before).ifPresent(charges::add);
                }
            });
        }
        charged.pricings().filter(settled::add).forEach(pricing -> noLongerOwed(plan, charged.of(pricing), pricing)
                .ifPresent(charges::add));
        return charges;
    }

    private List<Charge> missing(PlanTerms plan, Stretch stretch, Document<Pricing> pricing, List<Charge> usage) {
        return usageOf(pricing, stretch, usage)
                .flatMap(charge -> Stream.of(plan.rounded(shortfall(
                                plan, pricing.content().minimumSpend(), stretch.period(), subtotal(List.of(charge)))))
                        .filter(amounts -> amounts.subtotal().signum() > 0)
                        .map(amounts -> ofPricing(
                                LineItemType.MINIMUM_SPEND, stretch, pricing, charge, stretch.period(), amounts)))
                .toList();
    }

    /** All stretches of a price together, where its minimum was charged in advance. */
    private static Optional<Charge> settled(
            PlanTerms plan, Document<Pricing> pricing, List<Charge> usage, EarlierBills.Charged before) {
        List<Stretch> stretches = plan.stretches().stream()
                .filter(stretch -> stretch.pricing().equals(Optional.of(pricing)))
                .toList();
        BigDecimal owed = stretches.stream()
                .map(stretch -> shortfall(
                        plan,
                        pricing.content().minimumSpend(),
                        stretch.period(),
                        subtotal(usageOf(pricing, stretch, usage).toList())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        LineItem.Amounts difference =
                plan.rounded(owed.subtract(before.amountFor(plan.due().period())));
        Stretch first = stretches.getFirst();
        return usageOf(pricing, first, usage)
                .filter(_ -> difference.subtotal().signum() != 0)
                .map(charge -> ofPricing(
                                typeOf(difference),
                                first,
                                pricing,
                                charge,
                                new Period(
                                        first.period().from(),
                                        stretches.getLast().period().to()),
                                difference)
                        .givingBack(before.reference()))
                .findFirst();
    }

    /** Of a price that was to be in force, and is not. */
    private static Optional<Charge> noLongerOwed(PlanTerms plan, EarlierBills.Charged before, Id<Pricing> pricing) {
        LineItem.Amounts difference =
                plan.rounded(before.amountFor(plan.due().period()).negate());
        LineItem last = before.lines().getLast().line();
        return difference.subtotal().signum() == 0
                ? Optional.empty()
                : Optional.of(new Charge(
                                typeOf(difference),
                                pricing,
                                last.description(),
                                last.booking(),
                                last.basis().once(difference.exact()),
                                last.servicePeriod(),
                                difference)
                        .givingBack(before.reference()));
    }

    /** Of the prices in force in the next period, where they are charged in advance. */
    List<Charge> ofNextPricings(PlanTerms plan) {
        return next(plan, true).orElseGet(() -> plan.next().stream()
                .flatMap(stretch -> stretch.pricing().stream().flatMap(pricing -> nextOf(plan, stretch, pricing)))
                .toList());
    }

    private Stream<Charge> nextOf(PlanTerms plan, Stretch stretch, Document<Pricing> pricing) {
        MinimumSpend minimum = pricing.content().minimumSpend();
        LineItem.Amounts amounts = plan.rounded(shortfall(plan, minimum, stretch.period(), BigDecimal.ZERO)
                .subtract(charged(plan, stretch.period()).of(pricing.id()).amountFor(stretch.period())));
        return amounts.subtotal().signum() > 0 && minimum.inAdvance().orElseGet(plan.inAdvance()::minimumSpend)
                ? Stream.of(new Charge(
                        LineItemType.MINIMUM_SPEND,
                        pricing.id(),
                        description(minimum, stretch.tally().name()),
                        UsageCharges.booking(facts, plan, stretch, pricing),
                        LineItem.Basis.one(pricing, stretch.tally().meter(), amounts.exact()),
                        stretch.period(),
                        amounts))
                : Stream.empty();
    }

    /**
     * Of the plan itself.
     *
     * @param counted what the plan charges for usage, with what its prices' own minimums add; a standing charge does not
     *     count, because it is owed whatever is used
     */
    List<Charge> ofPlan(PlanTerms plan, List<Charge> counted) {
        Period billed = plan.due().period();
        EarlierBills.Charged charged = charged(plan, billed);
        EarlierBills.Charged before = charged.ofNoPricing();
        BigDecimal ofPrices = charged.amountFor(billed).subtract(before.amountFor(billed));
        BigDecimal owed = plan.inForce()
                .map(inForce -> shortfall(
                        plan, minimumOf(plan), inForce, subtotal(counted).add(ofPrices)))
                .orElse(BigDecimal.ZERO);
        LineItem.Amounts difference = plan.rounded(owed.subtract(before.amountFor(billed)));
        boolean isRefund = difference.subtotal().signum() < 0;
        Period time = isRefund
                ? before.last().map(last -> last.line().servicePeriod()).orElse(billed)
                : plan.inForce().orElse(billed);
        return difference.subtotal().signum() == 0
                ? List.of()
                : List.of(ofPlan(plan, time, difference).givingBack(before.reference()));
    }

    /** Of the plan itself in the next period, where it is charged in advance. */
    List<Charge> ofNextPlan(PlanTerms plan) {
        return next(plan, false).orElseGet(() -> plan
                .inForceDuring(plan.calendar().next())
                .filter(_ -> plan.inAdvance().minimumSpend())
                .flatMap(inForce -> Optional.of(plan.rounded(shortfall(plan, minimumOf(plan), inForce, BigDecimal.ZERO)
                                .subtract(charged(plan, inForce).ofNoPricing().amountFor(inForce))))
                        .filter(amounts -> amounts.subtotal().signum() > 0)
                        .map(amounts -> ofPlan(plan, inForce, amounts)))
                .stream()
                .toList());
    }

    /**
     * What this bill has charged for the next period already, where that has its bill: it has given back what of this was
     * not missing, so this stays as it is. Absent: the next period is still open.
     */
    private Optional<List<Charge>> next(PlanTerms plan, boolean ofPricings) {
        Period next = plan.calendar().next();
        return earlier.own(plan, next).map(lines -> lines.stream()
                .filter(line -> line.type() == LineItemType.MINIMUM_SPEND
                        && line.basis().pricing().isPresent() == ofPricings)
                .map(line -> new Charge(
                        line.type(),
                        line.basis().pricing().<Id<?>>map(id -> id).orElseGet(() -> plan.plan()
                                .id()),
                        line.description(),
                        line.booking(),
                        line.basis(),
                        line.servicePeriod(),
                        line.amounts()))
                .toList());
    }

    private EarlierBills.Charged charged(PlanTerms plan, Period period) {
        return earlier.charged(
                        plan,
                        line -> line.type() == LineItemType.MINIMUM_SPEND
                                || line.type() == LineItemType.MINIMUM_SPEND_REFUND)
                .during(period);
    }

    /** What is missing to a minimum, not rounded; 0 where it is met. */
    private static BigDecimal shortfall(PlanTerms plan, MinimumSpend minimum, Period inForce, BigDecimal counted) {
        return minimum.amount()
                .filter(amount -> amount.signum() > 0)
                .map(amount -> plan.prorated(amount, inForce).subtract(counted).max(BigDecimal.ZERO))
                .orElse(BigDecimal.ZERO);
    }

    private static BigDecimal subtotal(List<Charge> charges) {
        return charges.stream().map(charge -> charge.amounts().subtotal()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Stream<Charge> usageOf(Document<Pricing> pricing, Stretch stretch, List<Charge> usage) {
        return usage.stream()
                .filter(charge -> charge.of().equals(pricing.id())
                        && charge.servicePeriod().equals(stretch.period()));
    }

    private static Charge ofPricing(
            LineItemType type,
            Stretch stretch,
            Document<Pricing> pricing,
            Charge usage,
            Period time,
            LineItem.Amounts amounts) {
        return new Charge(
                type,
                pricing.id(),
                description(pricing.content().minimumSpend(), stretch.tally().name()),
                usage.booking(),
                usage.basis().once(amounts.exact()),
                time,
                amounts);
    }

    private Charge ofPlan(PlanTerms plan, Period time, LineItem.Amounts amounts) {
        LineItem.Booking booking = plan.booking(facts, plan.plan().content().minimumSpendAccountingProduct());
        return new Charge(
                typeOf(amounts),
                plan.plan().id(),
                description(minimumOf(plan), booking.product().name()),
                booking,
                LineItem.Basis.one(amounts.exact()),
                time,
                amounts);
    }

    private static MinimumSpend minimumOf(PlanTerms plan) {
        return plan.plan().content().minimumSpend().or(plan.template().content().minimumSpend());
    }

    private static LineItemType typeOf(LineItem.Amounts amounts) {
        return amounts.subtotal().signum() < 0 ? LineItemType.MINIMUM_SPEND_REFUND : LineItemType.MINIMUM_SPEND;
    }

    private static String description(MinimumSpend minimum, String name) {
        return minimum.description()
                .filter(description -> !description.isBlank())
                .orElseGet(() -> name + DESCRIPTION);
    }
}

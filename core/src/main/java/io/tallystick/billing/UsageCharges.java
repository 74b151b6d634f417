package io.tallystick.billing;

import io.tallystick.account.Account;
import io.tallystick.billing.Figures.Question;
import io.tallystick.billing.compound.Counted;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.PricingType;
import io.tallystick.catalog.Segment;
import io.tallystick.document.Document;
import io.tallystick.rating.Consumption;
import io.tallystick.rating.Earlier;
import io.tallystick.rating.Rated;
import io.tallystick.rating.Rating;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What was used, at the price in force when it was used: charged, or given back where the price is a credit. */
record UsageCharges(Facts facts, Figures figures, Document<Account> account) {
    /** What a plan charges for usage: a charge for each stretch of one price. */
    List<Charge> of(PlanTerms plan) {
        return of(plan, PricingType.DEBIT);
    }

    /**
     * What is given back on a bill, in the order of its plans. Credits of a product come first, each at most what the
     * lines of the product before it come to; then global ones, each at most what the whole bill before it comes to. So
     * they never take a total below 0. Example: credits of 70 and 50 on 100 give back 70 and 30.
     *
     * @param charges everything else on the bill
     */
    List<Charge> creditsOn(List<Charge> charges, List<PlanTerms> plans) {
        List<Charge> all = new ArrayList<>(charges);
        for (PlanTerms plan : plans) {
            of(plan, PricingType.PRODUCT_CREDIT)
                    .forEach(credit -> all.add(capped(plan, credit, all, charge -> charge.booking()
                            .product()
                            .equals(credit.booking().product()))));
        }
        for (PlanTerms plan : plans) {
            of(plan, PricingType.GLOBAL_CREDIT).forEach(credit -> all.add(capped(plan, credit, all, _ -> true)));
        }
        return List.copyOf(all.subList(charges.size(), all.size()));
    }

    /** The limit has no more digits than the currency, so a smaller exact amount is not rounded above it. */
    private static Charge capped(PlanTerms plan, Charge credit, List<Charge> before, Predicate<Charge> counts) {
        BigDecimal limit = before.stream()
                .filter(counts)
                .map(charge -> charge.amounts().subtotal())
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .max(BigDecimal.ZERO);
        return credit.amounts().exact().negate().compareTo(limit) <= 0
                ? credit
                : credit.amountingTo(plan.rounded(limit.negate()));
    }

    private List<Charge> of(PlanTerms plan, PricingType type) {
        return plan.stretches().stream()
                .flatMap(stretch -> stretch.pricing().stream()
                        .filter(pricing -> pricing.content().type() == type)
                        .map(pricing -> usage(plan, stretch, pricing)))
                .toList();
    }

    /** What was used while no price was in force, or belongs to no segment. */
    List<UnpricedUsage> unpricedOf(PlanTerms plan) {
        return plan.stretches().stream()
                .filter(stretch -> stretch.pricing().isEmpty())
                .flatMap(stretch -> unpriced(plan, stretch))
                .toList();
    }

    /** Whoever used what has no quantity is parked before. */
    private Counted.Quantity counted(Stretch stretch) {
        return switch (stretch.count(this::measured)) {
            case Counted.Quantity quantity -> quantity;
            case Counted.Uncountable(String reason) ->
                throw new IllegalStateException(
                        "Expected no bill of account %s, because %s".formatted(account.id(), reason));
        };
    }

    private Optional<BigDecimal> measured(Question question) {
        return figures.measured(question, account.number());
    }

    private Charge usage(PlanTerms plan, Stretch stretch, Document<Pricing> pricing) {
        Stretch.Tally tally = stretch.tally();
        Earlier earlier = stretch.earlier(this::measured);
        Counted.Quantity counted = counted(stretch);
        Consumption consumption = Consumption.after(earlier, tally.unitSize(), counted.quantity());
        Rated rated = Rating.rate(pricing.content().model(), earlier, consumption);
        boolean isCredit = pricing.content().type() != PricingType.DEBIT;
        return new Charge(
                isCredit ? LineItemType.USAGE_CREDIT : LineItemType.USAGE,
                pricing.id(),
                pricing.content()
                        .description()
                        .filter(description -> !description.isBlank())
                        .orElseGet(stretch::name),
                booking(facts, plan, stretch, pricing),
                new LineItem.Basis(
                        Optional.of(tally.of()),
                        tally.meter(),
                        Optional.of(pricing.id()),
                        stretch.segment().map(Segment::texts).orElseGet(Map::of),
                        earlier,
                        consumption.quantity(),
                        consumption.units(),
                        tally.unit(),
                        rated.averageUnitPrice(),
                        rated.bands(),
                        counted.from()),
                stretch.period(),
                plan.rounded(isCredit ? rated.amount().negate() : rated.amount()));
    }

    /** What a price is booked under. */
    static LineItem.Booking booking(Facts facts, PlanTerms plan, Stretch stretch, Document<Pricing> pricing) {
        return plan.booking(facts, pricing.content().accountingProduct().or(stretch.tally()::accountingProduct));
    }

    private Stream<UnpricedUsage> unpriced(PlanTerms plan, Stretch stretch) {
        return Stream.of(counted(stretch).quantity())
                .filter(quantity -> quantity.signum() != 0)
                .map(quantity -> new UnpricedUsage(
                        plan.accountPlan().id(),
                        stretch.tally().of(),
                        stretch.tally().name(),
                        stretch.period(),
                        stretch.isOutsideSegments()
                                ? UnpricedUsage.Reason.NO_SEGMENT
                                : UnpricedUsage.Reason.NO_PRICE_IN_FORCE,
                        quantity));
    }
}

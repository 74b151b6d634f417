package io.tallystick.billing;

import io.tallystick.account.Account;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.Segment;
import io.tallystick.document.Document;
import io.tallystick.rating.Consumption;
import io.tallystick.rating.Rated;
import io.tallystick.rating.Rating;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What was used, at the price in force when it was used. */
record UsageCharges(Facts facts, Figures figures, Document<Account> account) {
    /** Of one plan: a charge for each stretch of one price. */
    List<Charge> of(PlanTerms plan) {
        return plan.stretches().stream()
                .flatMap(stretch -> stretch.pricing().stream().map(pricing -> usage(plan, stretch, pricing)))
                .toList();
    }

    /** What was used while no price was in force, or belongs to no segment. */
    List<UnpricedUsage> unpricedOf(PlanTerms plan) {
        return plan.stretches().stream()
                .filter(stretch -> stretch.pricing().isEmpty())
                .flatMap(stretch -> unpriced(plan, stretch))
                .toList();
    }

    private BigDecimal quantity(Stretch stretch) {
        return stretch.quantity(question -> figures.measured(question, account.number()));
    }

    private Charge usage(PlanTerms plan, Stretch stretch, Document<Pricing> pricing) {
        Aggregation aggregation = stretch.aggregation().content();
        Consumption consumption = stretch.consumption(quantity(stretch));
        Rated rated = Rating.rate(pricing.content().model(), consumption);
        return new Charge(
                LineItemType.USAGE,
                pricing.id(),
                pricing.content()
                        .description()
                        .filter(description -> !description.isBlank())
                        .orElseGet(() -> description(aggregation, stretch)),
                plan.booking(facts, pricing.content().accountingProduct().or(aggregation::accountingProduct)),
                new LineItem.Basis(
                        Optional.of(stretch.aggregation().id()),
                        Optional.of(aggregation.meter()),
                        Optional.of(pricing.id()),
                        stretch.segment().map(Segment::texts).orElseGet(Map::of),
                        consumption.quantity(),
                        consumption.units(),
                        aggregation.unit(),
                        rated.averageUnitPrice(),
                        rated.bands()),
                stretch.period(),
                plan.rounded(rated.amount()));
    }

    /** The segment's values in parentheses, for example {@code Calls (eu, gold)}. */
    private static String description(Aggregation aggregation, Stretch stretch) {
        return stretch.segment()
                .map(segment -> "%s (%s)"
                        .formatted(
                                aggregation.name(), aggregation.segmentation().label(segment)))
                .orElseGet(aggregation::name);
    }

    private Stream<UnpricedUsage> unpriced(PlanTerms plan, Stretch stretch) {
        return Stream.of(quantity(stretch))
                .filter(quantity -> quantity.signum() != 0)
                .map(quantity -> new UnpricedUsage(
                        plan.accountPlan().id(),
                        stretch.aggregation().id(),
                        stretch.aggregation().content().name(),
                        stretch.period(),
                        stretch.isOutsideSegments()
                                ? UnpricedUsage.Reason.NO_SEGMENT
                                : UnpricedUsage.Reason.NO_PRICE_IN_FORCE,
                        quantity));
    }
}

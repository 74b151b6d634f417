package io.tallystick.billing;

import io.tallystick.account.Account;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Pricing;
import io.tallystick.document.Document;
import io.tallystick.rating.Consumption;
import io.tallystick.rating.Earlier;
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

    /** What was used while no price was in force. */
    List<UnpricedUsage> unpricedOf(PlanTerms plan) {
        return plan.stretches().stream()
                .filter(stretch -> stretch.pricing().isEmpty())
                .flatMap(stretch -> unpriced(plan, stretch))
                .toList();
    }

    private BigDecimal quantity(Stretch stretch) {
        return stretch.quantity(this::measured);
    }

    private Optional<BigDecimal> measured(Question question) {
        return figures.measured(question, account.number());
    }

    private Charge usage(PlanTerms plan, Stretch stretch, Document<Pricing> pricing) {
        Aggregation aggregation = stretch.aggregation().content();
        Earlier earlier = stretch.earlier(this::measured);
        Consumption consumption = Consumption.after(earlier, aggregation.unitSize(), quantity(stretch));
        Rated rated = Rating.rate(pricing.content().model(), earlier, consumption);
        return new Charge(
                LineItemType.USAGE,
                pricing.id(),
                pricing.content()
                        .description()
                        .filter(description -> !description.isBlank())
                        .orElseGet(aggregation::name),
                plan.booking(facts, pricing.content().accountingProduct().or(aggregation::accountingProduct)),
                new LineItem.Basis(
                        Optional.of(stretch.aggregation().id()),
                        Optional.of(aggregation.meter()),
                        Optional.of(pricing.id()),
                        Map.of(),
                        earlier,
                        consumption.quantity(),
                        consumption.units(),
                        aggregation.unit(),
                        rated.averageUnitPrice(),
                        rated.bands()),
                stretch.period(),
                plan.rounded(rated.amount()));
    }

    private Stream<UnpricedUsage> unpriced(PlanTerms plan, Stretch stretch) {
        return Stream.of(quantity(stretch))
                .filter(quantity -> quantity.signum() != 0)
                .map(quantity -> new UnpricedUsage(
                        plan.accountPlan().id(),
                        stretch.aggregation().id(),
                        stretch.aggregation().content().name(),
                        stretch.period(),
                        quantity));
    }
}

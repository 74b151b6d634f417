package io.tallystick.server.api;

import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CompoundAggregation;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Pricing;
import io.tallystick.document.Document;
import io.tallystick.server.api.resource.Draft;
import io.tallystick.server.api.resource.Rules;
import io.tallystick.server.http.Problem;
import java.util.Optional;

/**
 * An aggregation's target is a field of its meter that the function fits, its segmented fields are text fields of it, and
 * what its pricings and the calculations that name it need of it stays.
 */
final class AggregationRules implements Rules<Aggregation> {
    @Override
    public void check(Aggregation content, Draft<Aggregation> draft) {
        draft.referred("meterId", Meter.KIND, content.meter()).ifPresent(meter -> {
            content.misfit(meter.content()).ifPresent(misfit -> draft.invalid("targetField", misfit));
            content.segmentation()
                    .misfit(meter.content())
                    .ifPresent(misfit -> draft.invalid("segmentedFields", misfit));
        });
    }

    @Override
    public Optional<Problem> contradiction(Aggregation content, Draft<Aggregation> draft) {
        return lostByPricing(content, draft).or(() -> code(content, draft));
    }

    /** A code is that of one aggregation, simple or compound, and stays while a calculation names it. */
    private static Optional<Problem> code(Aggregation content, Draft<Aggregation> draft) {
        return content.code()
                .flatMap(code -> CompoundAggregationRules.compoundOf(code.value(), draft).stream()
                        .findFirst()
                        .map(other ->
                                CompoundAggregationRules.taken(code, CompoundAggregation.KIND.name(), other.id())))
                .or(() -> CompoundAggregationRules.namedByAnother(
                        draft, CompoundAggregation.AGGREGATIONS, Aggregation::code, content.code()));
    }

    private static Optional<Problem> lostByPricing(Aggregation content, Draft<Aggregation> draft) {
        return draft
                .reading()
                .findBy(
                        Pricing.KIND,
                        draft.organization(),
                        Pricing.AGGREGATION,
                        draft.id().value())
                .stream()
                .flatMap(pricing -> lost(content, pricing).stream())
                .findFirst()
                .map(reason -> Problem.of(Problem.Code.IN_USE, reason));
    }

    /** What a pricing needs of the aggregation and would not have any more. */
    private static Optional<String> lost(Aggregation content, Document<Pricing> pricing) {
        Optional<String> segment = content.misfit(pricing.content())
                .map(misfit -> "Expected the segment that pricing %s prices to stay, but with this change: %s"
                        .formatted(pricing.id(), misfit));
        return segment.or(() -> Optional.of(pricing)
                .filter(each -> each.content().tiersSpanPlan())
                .flatMap(_ -> content.whyTiersCannotSpan())
                .map(reason -> "Expected an aggregation that pricing %s can span a plan with, but with this change: %s"
                        .formatted(pricing.id(), reason)));
    }
}

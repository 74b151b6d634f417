package io.tallystick.server.api;

import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Pricing;
import io.tallystick.server.http.Problem;
import java.util.Optional;

/** An aggregation's target is a field of its meter that the function fits, and its prices can be computed of it. */
final class AggregationRules implements Rules<Aggregation> {
    @Override
    public void check(Aggregation content, Draft<Aggregation> draft) {
        draft.referred("meterId", Meter.KIND, content.meter())
                .flatMap(meter -> content.misfit(meter.content()))
                .ifPresent(misfit -> draft.invalid("targetField", misfit));
    }

    @Override
    public Optional<Problem> contradiction(Aggregation content, Draft<Aggregation> draft) {
        return content.whyTiersCannotSpan()
                .flatMap(
                        reason -> draft
                                .reading()
                                .findBy(
                                        Pricing.KIND,
                                        draft.organization(),
                                        "aggregationId",
                                        draft.id().value())
                                .stream()
                                .filter(pricing -> pricing.content().tiersSpanPlan())
                                .findFirst()
                                .map(pricing -> Problem.of(
                                        Problem.Code.IN_USE,
                                        "Expected an aggregation that pricing %s can span a plan with, but with this change: %s"
                                                .formatted(pricing.id(), reason))));
    }
}

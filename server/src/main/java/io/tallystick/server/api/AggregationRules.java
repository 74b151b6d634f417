package io.tallystick.server.api;

import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Pricing;
import io.tallystick.server.http.Problem;
import java.util.Optional;

/**
 * An aggregation's target is a field of its meter that the function fits, its segmented fields are text fields of it, and no
 * segment goes that a pricing needs.
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
        return draft
                .reading()
                .findBy(
                        Pricing.KIND,
                        draft.organization(),
                        "aggregationId",
                        draft.id().value())
                .stream()
                .flatMap(pricing -> content.misfit(pricing.content()).stream()
                        .map(misfit -> Problem.of(
                                Problem.Code.IN_USE,
                                "Expected the segment that pricing %s prices to stay, but with this change: %s"
                                        .formatted(pricing.id(), misfit))))
                .findFirst();
    }
}

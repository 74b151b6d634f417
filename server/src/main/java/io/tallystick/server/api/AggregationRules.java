package io.tallystick.server.api;

import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Meter;
import io.tallystick.server.api.resource.Draft;
import io.tallystick.server.api.resource.Rules;

/** An aggregation's target is a field of its meter that the function fits. */
final class AggregationRules implements Rules<Aggregation> {
    @Override
    public void check(Aggregation content, Draft<Aggregation> draft) {
        draft.referred("meterId", Meter.KIND, content.meter())
                .flatMap(meter -> content.misfit(meter.content()))
                .ifPresent(misfit -> draft.invalid("targetField", misfit));
    }
}

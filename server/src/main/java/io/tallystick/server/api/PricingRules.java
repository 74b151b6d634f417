package io.tallystick.server.api;

import io.tallystick.catalog.Pricing;
import io.tallystick.server.api.resource.Draft;
import io.tallystick.server.api.resource.Rules;
import io.tallystick.server.http.Problem;
import java.util.Optional;

/** At one time there is one price of an aggregation on a plan, and one on a template. */
final class PricingRules implements Rules<Pricing> {
    @Override
    public Optional<Problem> contradiction(Pricing content, Draft<Pricing> draft) {
        return draft
                .reading()
                .findBy(
                        Pricing.KIND,
                        draft.organization(),
                        "aggregationId",
                        content.aggregation().value())
                .stream()
                .filter(other -> !other.id().equals(draft.id()))
                .filter(other -> content.collidesWith(other.content()))
                .findFirst()
                .map(other -> Problem.of(
                        Problem.Code.CONFLICT,
                        "Expected one price of an aggregation at a time, but %s overlaps pricing %s, which is in force %s. Give that one an endDate first."
                                .formatted(
                                        content.validity(),
                                        other.id(),
                                        other.content().validity())));
    }
}

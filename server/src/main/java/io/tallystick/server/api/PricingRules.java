package io.tallystick.server.api;

import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Pricing;
import io.tallystick.server.api.resource.Draft;
import io.tallystick.server.api.resource.Rules;
import io.tallystick.server.http.Problem;
import java.util.Optional;

/**
 * At one time there is one price of an aggregation, or of each of its segments, on a plan, and one on a template. A price is
 * of a segment where the aggregation has segments; tiers span plans where they can.
 */
final class PricingRules implements Rules<Pricing> {
    @Override
    public void check(Pricing content, Draft<Pricing> draft) {
        draft.referred("aggregationId", Aggregation.KIND, content.aggregation()).ifPresent(aggregation -> {
            aggregation.content().misfit(content).ifPresent(misfit -> draft.invalid("segment", misfit));
            if (content.tiersSpanPlan()) {
                aggregation.content().whyTiersCannotSpan().ifPresent(reason -> draft.invalid("tiersSpanPlan", reason));
            }
        });
    }

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

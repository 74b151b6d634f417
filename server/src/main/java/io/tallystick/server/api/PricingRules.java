package io.tallystick.server.api;

import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CompoundAggregation;
import io.tallystick.catalog.Countable;
import io.tallystick.catalog.Pricing;
import io.tallystick.id.Id;
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
        content.aggregation()
                .flatMap(id -> draft.referred(Pricing.AGGREGATION, Aggregation.KIND, id))
                .ifPresent(aggregation -> {
                    aggregation.content().misfit(content).ifPresent(misfit -> draft.invalid("segment", misfit));
                    if (content.tiersSpanPlan()) {
                        aggregation
                                .content()
                                .whyTiersCannotSpan()
                                .ifPresent(reason -> draft.invalid("tiersSpanPlan", reason));
                    }
                });
    }

    private static String key(Countable counted) {
        return switch (counted) {
            case Countable.Simple _ -> Pricing.AGGREGATION;
            case Countable.Compound _ -> Pricing.COMPOUND;
        };
    }

    private static Id<?> id(Countable counted) {
        return switch (counted) {
            case Countable.Simple(Id<Aggregation> id) -> id;
            case Countable.Compound(Id<CompoundAggregation> id) -> id;
        };
    }

    @Override
    public Optional<Problem> contradiction(Pricing content, Draft<Pricing> draft) {
        return draft
                .reading()
                .findBy(
                        Pricing.KIND,
                        draft.organization(),
                        key(content.counted()),
                        id(content.counted()).value())
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

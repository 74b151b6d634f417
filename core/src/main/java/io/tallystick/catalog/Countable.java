package io.tallystick.catalog;

import io.tallystick.id.Id;
import java.util.Optional;

/** What has a quantity and units: a function of one field, or a formula over several of those. */
public sealed interface Countable {
    /** An aggregation of one field. */
    record Simple(Id<Aggregation> id) implements Countable {}

    /** A formula over aggregations. */
    record Compound(Id<CompoundAggregation> id) implements Countable {}

    /** Of the two ids the one that is there; there has to be exactly one. */
    static Countable of(Optional<Id<Aggregation>> aggregation, Optional<Id<CompoundAggregation>> compound) {
        if (aggregation.isPresent() == compound.isPresent()) {
            throw new IllegalArgumentException(
                    "Expected exactly one of aggregationId and compoundAggregationId, but %s."
                            .formatted(aggregation.isPresent() ? "both are there" : "neither is there"));
        }
        return aggregation.<Countable>map(Simple::new).orElseGet(() -> compound.map(Compound::new)
                .orElseThrow());
    }

    default Optional<Id<Aggregation>> aggregation() {
        return this instanceof Simple(Id<Aggregation> id) ? Optional.of(id) : Optional.empty();
    }

    default Optional<Id<CompoundAggregation>> compound() {
        return this instanceof Compound(Id<CompoundAggregation> id) ? Optional.of(id) : Optional.empty();
    }
}

package io.tallystick.billing.compound;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CompoundAggregation;
import io.tallystick.catalog.Countable;
import io.tallystick.document.Document;
import io.tallystick.id.Id;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The compound aggregations of an organization, and what each is made of. */
public record Compounds(Map<Id<CompoundAggregation>, Document<CompoundAggregation>> byId) {
    public static Compounds of(List<Document<CompoundAggregation>> compounds) {
        return new Compounds(compounds.stream().collect(toUnmodifiableMap(Document::id, Function.identity())));
    }

    /** References are checked when they are made and hold what they refer to, so a missing one is a fault of ours. */
    public Document<CompoundAggregation> get(Id<CompoundAggregation> id) {
        Document<CompoundAggregation> compound = byId.get(id);
        if (compound == null) {
            throw new IllegalStateException(
                    "Expected compound aggregation %s, which something refers to, but it does not exist."
                            .formatted(id));
        }
        return compound;
    }

    /** The simple aggregations that its formula, and the formulas in it, are given; each once. */
    public Set<Id<Aggregation>> measuredFor(Id<CompoundAggregation> id) {
        Set<Id<Aggregation>> measured = new LinkedHashSet<>();
        collect(id, new LinkedHashSet<>(), measured);
        return measured;
    }

    private void collect(Id<CompoundAggregation> id, Set<Id<CompoundAggregation>> seen, Set<Id<Aggregation>> measured) {
        if (seen.add(id)) {
            for (Countable input : get(id).content().inputs().values()) {
                switch (input) {
                    case Countable.Simple(Id<Aggregation> aggregation) -> measured.add(aggregation);
                    case Countable.Compound(Id<CompoundAggregation> nested) -> collect(nested, seen, measured);
                }
            }
        }
    }

    /**
     * The quantity of a compound aggregation.
     *
     * @param measured what was aggregated, or its default value; absent: it was not used
     */
    public Counted count(Id<CompoundAggregation> id, Function<Id<Aggregation>, Optional<BigDecimal>> measured) {
        return new Evaluation(this, measured).count(get(id));
    }
}

package io.tallystick.catalog;

import io.tallystick.document.Kind;
import io.tallystick.formula.Formula;
import io.tallystick.id.Code;
import io.tallystick.id.Id;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Units that a formula makes of several aggregations. It sees the quantities that they aggregated, before these become
 * units. Source: m3ter API, CompoundAggregation.
 *
 * @param product in whose list it stands; absent: it is global. Its formula may name aggregations of any product
 * @param calculation over the codes of aggregations, simple or compound
 * @param inputs what each name in the calculation stands for
 * @param evaluatesNull whether what was not used goes into the formula as {@code null}; otherwise it is 0 there, and
 *     where nothing at all was used, the quantity is 0 and nothing is calculated
 * @param unit what a unit is called on the bill
 * @param accountingProduct the product its bill lines are booked under, instead of the plan's
 */
public record CompoundAggregation(
        Optional<Code> code,
        String name,
        Optional<Id<Product>> product,
        Formula calculation,
        SortedMap<String, Countable> inputs,
        UnitSize unitSize,
        boolean evaluatesNull,
        String unit,
        Optional<Id<Product>> accountingProduct,
        CustomFields customFields) {
    /** How many compound aggregations may stand in each other. */
    public static final int DEPTH_MAX = 10;

    /** Key of the aggregations that its calculation names. */
    public static final String AGGREGATIONS = "aggregationIds";

    /** Key of the compound aggregations that its calculation names. */
    public static final String COMPOUNDS = "compoundAggregationIds";

    public static final Kind<CompoundAggregation> KIND = Kind.of("compoundaggregation", CompoundAggregation.class)
            .uniqueIfPresent("code", compound -> compound.code().map(Code::value))
            .mayReferTo("productId", Product.KIND, CompoundAggregation::product)
            .mayReferTo("accountingProductId", Product.KIND, CompoundAggregation::accountingProduct)
            .refersToAll(AGGREGATIONS, Aggregation.KIND, compound -> compound.those(Countable::aggregation))
            .refersToSiblings(COMPOUNDS, compound -> compound.those(Countable::compound));

    public CompoundAggregation {
        inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException(
                    "Expected a calculation that names at least one aggregation by its code, but %s names none."
                            .formatted(calculation));
        }
        if (!inputs.keySet().equals(calculation.names())) {
            throw new IllegalArgumentException(
                    "Expected an aggregation for each of %s, but there is one for each of %s."
                            .formatted(calculation.names(), inputs.keySet()));
        }
    }

    private <T> List<Id<T>> those(Function<Countable, Optional<Id<T>>> id) {
        return inputs.values().stream()
                .flatMap(input -> id.apply(input).stream())
                .distinct()
                .toList();
    }
}

package io.tallystick.billing.compound;

import static java.util.stream.Collectors.joining;

import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CompoundAggregation;
import io.tallystick.catalog.Countable;
import io.tallystick.document.Document;
import io.tallystick.formula.Evaluated;
import io.tallystick.formula.Value;
import io.tallystick.id.Id;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One evaluation of one compound aggregation, from what is measured up. A formula that several others name is
 * calculated once. Not for use by several threads.
 */
final class Evaluation {
    private final Compounds compounds;
    private final Function<Id<Aggregation>, Optional<BigDecimal>> measured;
    private final Map<Countable, Calculated.Input> known = new LinkedHashMap<>();

    Evaluation(Compounds compounds, Function<Id<Aggregation>, Optional<BigDecimal>> measured) {
        this.compounds = compounds;
        this.measured = measured;
    }

    Counted count(Document<CompoundAggregation> compound) {
        return switch (calculate(compound)) {
            case Outcome.Known(Optional<BigDecimal> number) ->
                new Counted.Quantity(
                        number.orElse(BigDecimal.ZERO),
                        Optional.of(
                                new Calculated(compound.content().calculation().text(), List.copyOf(known.values()))));
            case Outcome.Fault(String reason) -> new Counted.Uncountable(reason);
        };
    }

    /** What a formula comes to: a number, or none because nothing was used, or that it cannot be calculated. */
    private sealed interface Outcome {
        record Known(Optional<BigDecimal> number) implements Outcome {}

        record Fault(String reason) implements Outcome {}
    }

    private Outcome calculate(Document<CompoundAggregation> compound) {
        Map<String, Calculated.Input> inputs = new LinkedHashMap<>();
        for (Map.Entry<String, Countable> input : compound.content().inputs().entrySet()) {
            if (!known.containsKey(input.getValue())) {
                switch (calculate(input.getValue())) {
                    case Outcome.Known(Optional<BigDecimal> number) ->
                        known.put(
                                input.getValue(),
                                new Calculated.Input(
                                        input.getKey(), input.getValue(), calculation(input.getValue()), number));
                    case Outcome.Fault fault -> {
                        return fault;
                    }
                }
            }
            inputs.put(input.getKey(), known(input.getValue()));
        }
        boolean isUnused =
                inputs.values().stream().allMatch(input -> input.quantity().isEmpty());
        return isUnused && !compound.content().evaluatesNull()
                ? new Outcome.Known(Optional.empty())
                : evaluate(compound.content(), inputs);
    }

    private Outcome calculate(Countable input) {
        return switch (input) {
            case Countable.Simple(Id<Aggregation> aggregation) -> new Outcome.Known(measured.apply(aggregation));
            case Countable.Compound(Id<CompoundAggregation> nested) -> calculate(compounds.get(nested));
        };
    }

    private Optional<String> calculation(Countable input) {
        return input.compound()
                .map(id -> compounds.get(id).content().calculation().text());
    }

    private Calculated.Input known(Countable input) {
        Calculated.Input found = known.get(input);
        if (found == null) {
            throw new IllegalStateException("Expected %s to be calculated by now, but it is not.".formatted(input));
        }
        return found;
    }

    private static Outcome evaluate(CompoundAggregation compound, Map<String, Calculated.Input> inputs) {
        Value unused = compound.evaluatesNull() ? Value.NOTHING : new Value.Number(BigDecimal.ZERO);
        Function<String, Value> given = name -> Optional.ofNullable(inputs.get(name))
                .flatMap(Calculated.Input::quantity)
                .<Value>map(Value.Number::new)
                .orElse(unused);
        return switch (compound.calculation().evaluate(given::apply)) {
            case Evaluated.Result(Value.Number(BigDecimal number)) -> new Outcome.Known(Optional.of(number));
            case Evaluated.Result(Value.Nothing()) -> new Outcome.Known(Optional.empty());
            case Evaluated.Result(Value other) ->
                fault(compound, inputs, given, "Expected a number, but it is %s.".formatted(other));
            case Evaluated.CalculationError(String message) -> fault(compound, inputs, given, message);
        };
    }

    private static Outcome fault(
            CompoundAggregation compound,
            Map<String, Calculated.Input> inputs,
            Function<String, Value> given,
            String message) {
        return new Outcome.Fault("the calculation of \"%s\", %s, has none with %s: %s"
                .formatted(
                        compound.name(),
                        compound.calculation(),
                        inputs.keySet().stream()
                                .map(name -> name + " = " + given.apply(name))
                                .collect(joining(", ")),
                        message));
    }
}

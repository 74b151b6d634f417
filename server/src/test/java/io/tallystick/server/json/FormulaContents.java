package io.tallystick.server.json;

import io.tallystick.billing.compound.Calculated;
import io.tallystick.catalog.CompoundAggregation;
import io.tallystick.catalog.Countable;
import io.tallystick.catalog.UnitSize;
import io.tallystick.formula.Formula;
import io.tallystick.id.Code;
import io.tallystick.quantity.Exact;
import io.tallystick.quantity.Rounding;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Draws what is calculated of several aggregations. */
record FormulaContents(Contents drawn) {
    CompoundAggregation compoundAggregation() {
        return new CompoundAggregation(
                drawn.optional(() -> new Code("$code_2")),
                drawn.name(),
                drawn.optional(drawn::id),
                (Formula) Formula.parse(drawn.isFull() ? " a / b + r " : "a"),
                drawn.isFull()
                        ? new TreeMap<>(Map.of(
                                "a", new Countable.Simple(drawn.id()),
                                "b", new Countable.Simple(drawn.id()),
                                "r", new Countable.Compound(drawn.id())))
                        : new TreeMap<>(Map.of("a", new Countable.Simple(drawn.id()))),
                new UnitSize(drawn.number().abs().add(BigDecimal.ONE), drawn.any(Rounding.values())),
                drawn.isFull() && drawn.random().nextBoolean(),
                drawn.text(1, 50),
                drawn.optional(drawn::id),
                drawn.customFields());
    }

    Calculated calculated() {
        return new Calculated(
                "a / r",
                List.of(
                        new Calculated.Input("a", new Countable.Simple(drawn.id()), Optional.empty(), Optional.empty()),
                        new Calculated.Input(
                                "r",
                                new Countable.Compound(drawn.id()),
                                Optional.of("a / 7"),
                                Optional.of(Exact.divide(drawn.number(), new BigDecimal("7"))))));
    }
}

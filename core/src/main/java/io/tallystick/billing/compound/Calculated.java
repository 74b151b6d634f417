package io.tallystick.billing.compound;

import io.tallystick.catalog.Countable;
import io.tallystick.quantity.Exact;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What a quantity was calculated from, so that anybody can calculate it again.
 *
 * @param calculation the formula
 * @param inputs what its names stood for; where one is a formula itself, what went into that one stands before it
 */
public record Calculated(String calculation, List<Input> inputs) {
    public Calculated {
        inputs = List.copyOf(inputs);
        if (calculation.isBlank() || inputs.isEmpty()) {
            throw new IllegalArgumentException("Expected a calculation and its inputs, but were \"%s\" and %d inputs."
                    .formatted(calculation, inputs.size()));
        }
    }

    /**
     * What one name stood for.
     *
     * @param name in the formula
     * @param of what has this quantity
     * @param calculation the formula of a compound aggregation; absent of a simple one, which is measured
     * @param quantity as aggregated or calculated, or its default value; absent: it was not used
     */
    public record Input(String name, Countable of, Optional<String> calculation, Optional<BigDecimal> quantity) {
        public Input {
            quantity = quantity.map(Exact::plain);
            if (calculation.isPresent() != of.compound().isPresent()) {
                throw new IllegalArgumentException(
                        "Expected a calculation of a compound aggregation and of no other, but %s has \"%s\"."
                                .formatted(name, calculation.orElse("none")));
            }
        }

        @Override
        public String toString() {
            return name + " = " + quantity.map(BigDecimal::toPlainString).orElse("null");
        }
    }
}

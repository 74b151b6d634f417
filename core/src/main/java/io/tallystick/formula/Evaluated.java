package io.tallystick.formula;

/** What a formula gave over one scope: a result, or the reason why there is none. */
public sealed interface Evaluated permits Evaluated.Result, Evaluated.CalculationError {
    /**
     * The formula's value.
     *
     * @param value a number has at most 38 digits; it is not yet cut to the places that a measurement keeps
     */
    record Result(Value value) implements Evaluated {}

    /**
     * The formula has no value here: a name without one, a division by zero, a text in a sum, too many digits. Source:
     * m3ter API, ingest error {@code CalculationError}.
     *
     * @param message "Expected ..., but ..." with the values and the position in the formula
     */
    record CalculationError(String message) implements Evaluated {}
}

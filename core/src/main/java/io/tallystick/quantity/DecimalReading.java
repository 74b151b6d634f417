package io.tallystick.quantity;

import java.math.BigDecimal;

/** What {@link Decimals} made of a number that came from outside: a value within the limits, or why there is none. */
public sealed interface DecimalReading permits DecimalReading.Read, DecimalReading.Refused {

    /**
     * The number, within the limits and as {@link Exact#plain}, so that equal numbers are equal values.
     *
     * @param value at most {@value Decimals#MAX_INTEGER_DIGITS} digits before the point and
     *     {@value Decimals#MAX_FRACTIONAL_DIGITS} after it
     */
    record Read(BigDecimal value) implements DecimalReading {
        public Read {
            value = Exact.plain(value);
            if (value.scale() > Decimals.MAX_FRACTIONAL_DIGITS
                    || value.precision() - value.scale() > Decimals.MAX_INTEGER_DIGITS) {
                throw new IllegalArgumentException("Expected at most " + Decimals.MAX_INTEGER_DIGITS
                        + " digits before the point and " + Decimals.MAX_FRACTIONAL_DIGITS + " after it, but was "
                        + value + ".");
            }
        }
    }

    /**
     * No number of ours.
     *
     * @param message "Expected ..., but ..." with the rule and the text that stood there, shortened where it is long
     */
    record Refused(String message) implements DecimalReading {}
}

package io.tallystick.quantity;

import static io.tallystick.quantity.DecimalReading.Read;
import static io.tallystick.quantity.DecimalReading.Refused;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The door for numbers from outside. The grammar is JSON's (RFC 8259, section 6): no {@code +5}, {@code 007},
 * {@code 1.}, {@code .5}, NaN or Infinity. Size is judged on the characters before anything is calculated, because
 * bringing {@code 1e100000000} to a scale takes half a minute.
 *
 * <p>A number has at most {@value #MAX_INTEGER_DIGITS} digits before the point, more are refused, and
 * {@value #MAX_FRACTIONAL_DIGITS} after it, more are rounded half-even. So {@code 1e-100000000} is read as 0, as every
 * other number closer to zero than half of the last place; {@code -0} is 0.
 */
public final class Decimals {
    /** Digits before the point; more are refused. */
    public static final int MAX_INTEGER_DIGITS = 26;

    /** Digits after the point; more are rounded half-even. */
    public static final int MAX_FRACTIONAL_DIGITS = 12;

    private Decimals() {}

    /**
     * The number these characters say, rounded to the limits. Time grows with the length of the text alone.
     *
     * <p>Example: {@code 0.0000000000025} is 0.000000000002, {@code 6E9} is 6000000000.
     */
    public static DecimalReading read(CharSequence text) {
        DecimalText shape = DecimalText.scan(text);
        return shape.isNumber() ? limit(shape.value(), text) : notANumber(text);
    }

    /**
     * The same, but a number that would have to be rounded is refused: for a constant that somebody wrote by hand, where
     * the lost digits would be multiplied later.
     */
    public static DecimalReading readExactly(CharSequence text) {
        DecimalText shape = DecimalText.scan(text);
        if (!shape.isNumber()) {
            return notANumber(text);
        }
        BigDecimal exact = shape.value();
        DecimalReading reading = limit(exact, text);
        return reading instanceof Read(BigDecimal value) && value.compareTo(exact) != 0 ? tooFine(text) : reading;
    }

    /** A calculated number, brought to the limits of one that comes from outside. */
    public static DecimalReading limit(BigDecimal number) {
        return limit(number, number);
    }

    private static DecimalReading limit(BigDecimal number, Object source) {
        if (number.signum() == 0) {
            return new Read(BigDecimal.ZERO);
        }
        long integerDigits = integerDigits(number);
        if (integerDigits < -MAX_FRACTIONAL_DIGITS) {
            // Below a tenth of the last place: zero, found without moving the point over a million digits.
            return new Read(BigDecimal.ZERO);
        }
        if (integerDigits > MAX_INTEGER_DIGITS) {
            return tooLarge(source);
        }
        if (number.scale() <= MAX_FRACTIONAL_DIGITS) {
            return new Read(number);
        }
        BigDecimal rounded = number.setScale(MAX_FRACTIONAL_DIGITS, RoundingMode.HALF_EVEN);
        return integerDigits(rounded) > MAX_INTEGER_DIGITS ? tooLarge(source) : new Read(rounded);
    }

    private static long integerDigits(BigDecimal number) {
        return (long) number.precision() - number.scale();
    }

    private static Refused notANumber(CharSequence text) {
        return new Refused("Expected a decimal number such as 12.5 or 6e9, but was " + shown(text) + ".");
    }

    private static Refused tooLarge(Object source) {
        return new Refused(
                "Expected at most " + MAX_INTEGER_DIGITS + " digits before the point, but was " + shown(source) + ".");
    }

    private static Refused tooFine(CharSequence text) {
        return new Refused("Expected at most " + MAX_FRACTIONAL_DIGITS + " digits after the point, but was "
                + shown(text) + ". Divide by a whole number to keep its digits.");
    }

    private static String shown(Object source) {
        int shownMax = 60;
        String text = source.toString();
        return text.length() <= shownMax
                ? "\"" + text + "\""
                : "\"" + text.substring(0, shownMax) + "...\" (" + text.length() + " characters)";
    }
}

package io.tallystick.quantity;

import java.math.BigDecimal;

/**
 * The digits of a number in its text: one pass over the characters, nothing calculated until the size is known.
 *
 * <p>The value is {@code digits} x 10^-{@code scale}. Example: 0.0250e3 has the digits 250 and the scale 4 - 3 = 1.
 */
final class DecimalText {
    /**
     * Digits that are built, from the first that is not zero: all that the limits let through and the one that decides
     * how they are rounded. Of the rest it only matters whether there is anything but zeros.
     */
    private static final int BUILT_MAX = Decimals.MAX_INTEGER_DIGITS + Decimals.MAX_FRACTIONAL_DIGITS + 1;

    private static final int LONG_DIGITS_MAX = 18;

    /** Far beyond every limit and far from an overflow: an exponent stops growing here, and so does a scale. */
    private static final long EXPONENT_MAX = 1_000_000_000;

    private final CharSequence text;
    private final boolean isNegative;
    private final boolean isNumber;
    private int position;
    private int firstBuilt;
    private int built;
    private long small;
    private long scale;
    private boolean hasRest;

    private DecimalText(CharSequence text) {
        this.text = text;
        this.isNegative = accept('-');
        this.isNumber = integer() && fraction() && exponent() && position == text.length();
    }

    static DecimalText scan(CharSequence text) {
        return new DecimalText(text);
    }

    /** Whether the whole text is a number in JSON's grammar. */
    boolean isNumber() {
        return isNumber;
    }

    /**
     * The number, if it is within the limits. If it is not, this is a number of at most 40 digits that is refused, or
     * rounded, as the whole one would be: a 1 stands for all digits that were not built.
     */
    BigDecimal value() {
        int cutScale = (int) Math.clamp(scale, -EXPONENT_MAX, EXPONENT_MAX);
        if (built <= LONG_DIGITS_MAX) {
            return BigDecimal.valueOf(isNegative ? -small : small, cutScale);
        }
        StringBuilder digits = new StringBuilder(BUILT_MAX + 2);
        for (int at = firstBuilt; digits.length() < built; at++) {
            if (text.charAt(at) != '.') {
                digits.append(text.charAt(at));
            }
        }
        if (hasRest) {
            digits.append('1');
            cutScale++;
        }
        if (isNegative) {
            digits.insert(0, '-');
        }
        return new BigDecimal(digits.toString()).scaleByPowerOfTen(-cutScale);
    }

    /** {@code 0}, or digits that do not start with 0. */
    private boolean integer() {
        if (accept('0')) {
            return true;
        }
        return digits(0);
    }

    private boolean fraction() {
        return !accept('.') || digits(1);
    }

    /** At least one digit, each adding so many places behind the point. */
    private boolean digits(int placesBehindPoint) {
        int start = position;
        while (isDigitNext()) {
            take(text.charAt(position) - '0', placesBehindPoint);
            position++;
        }
        return position > start;
    }

    private void take(int digit, int placesBehindPoint) {
        if (built == BUILT_MAX) {
            hasRest |= digit != 0;
            scale += placesBehindPoint - 1;
            return;
        }
        scale += placesBehindPoint;
        if (built == 0) {
            if (digit == 0) {
                return;
            }
            firstBuilt = position;
        }
        built++;
        if (built <= LONG_DIGITS_MAX) {
            small = small * 10 + digit;
        }
    }

    private boolean exponent() {
        if (!accept('e') && !accept('E')) {
            return true;
        }
        boolean isDown = accept('-');
        if (!isDown) {
            accept('+');
        }
        int start = position;
        long exponent = 0;
        while (isDigitNext()) {
            exponent = Math.min(exponent * 10 + (text.charAt(position) - '0'), EXPONENT_MAX);
            position++;
        }
        scale += isDown ? exponent : -exponent;
        return position > start;
    }

    private boolean accept(char expected) {
        boolean isNext = position < text.length() && text.charAt(position) == expected;
        position += isNext ? 1 : 0;
        return isNext;
    }

    private boolean isDigitNext() {
        return position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9';
    }
}

package io.tallystick.quantity;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** The arithmetic that is not exact by itself, each kind in its one place. */
public final class Exact {
    /** A quotient has 34 significant digits, the last one half-even. */
    public static final MathContext QUOTIENT = new MathContext(34, RoundingMode.HALF_EVEN);

    /** Zeros that {@link #plain} writes out at most: no number of this house needs more. */
    private static final int MAX_PLAIN_ZEROS = 1_000;

    private Exact() {}

    /**
     * The quotient to 34 significant digits, half-even. Multiply first, divide last: a x b / c is exact up to
     * its one division, a / c x b is not. Example: 10 / 3 is 3.333333333333333333333333333333333.
     *
     * @throws ArithmeticException where the divisor is zero
     */
    public static BigDecimal divide(BigDecimal dividend, BigDecimal divisor) {
        return plain(dividend.divide(divisor, QUOTIENT));
    }

    /**
     * The same number without trailing zeros and without an exponent, so that equal numbers print and compare equal:
     * 1.500 and 15E-1 become 1.5, 6E9 becomes 6000000000.
     *
     * @throws ArithmeticException where more than 1000 zeros would have to be written: such a number passed no door
     */
    public static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        if (stripped.scale() < -MAX_PLAIN_ZEROS) {
            throw new ArithmeticException("Expected a number with at most " + MAX_PLAIN_ZEROS
                    + " zeros at its end, but was " + stripped + ".");
        }
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}

package io.tallystick.formula;

import io.tallystick.quantity.Exact;
import java.math.BigDecimal;

/** How many digits a number inside a formula may have: the bound that keeps every evaluation short. */
final class Digits {
    /** Significant digits, and places after the point within which the first of them stands. */
    static final int MAX = 38;

    /** How the message of a result that does not fit begins. */
    static final String EXPECTED =
            "Expected a result of at most " + MAX + " digits that is 0 or no closer to 0 than 1e-" + MAX;

    private Digits() {}

    /**
     * The number as the next step of a calculation takes it: no more digits than it has to give, no zeros piled up.
     *
     * <p>A number that comes from a quotient is cut to 34 digits, half-even. Example: 10 / 3 x 86400.5 is
     * 3.333333333333333333333333333333333 x 86400.5 = 288001.6666666666666666666666666666.
     */
    static BigDecimal tidy(BigDecimal number, boolean isFromQuotient) {
        BigDecimal cut = isFromQuotient ? number.round(Exact.QUOTIENT) : number;
        return isPlainAndShort(cut) ? cut : cut.stripTrailingZeros();
    }

    /** Whether a tidy number may be calculated with. The zeros of a whole number are digits: 1e38 has 39. */
    static boolean fit(BigDecimal tidy) {
        if (isPlainAndShort(tidy)) {
            return true;
        }
        long significant = Math.max(tidy.precision(), (long) tidy.precision() - tidy.scale());
        long zerosAfterPoint = (long) tidy.scale() - tidy.precision();
        return significant <= MAX && zerosAfterPoint < MAX;
    }

    private static boolean isPlainAndShort(BigDecimal number) {
        return number.scale() >= 0 && number.scale() < MAX && number.precision() <= MAX;
    }
}

package io.tallystick.formula;

import io.tallystick.quantity.Exact;
import java.math.BigDecimal;

/**
 * {@code base ^ exponent}: exact; of a base that comes from a quotient to 34 digits by ANSI X3.274, which {@link
 * BigDecimal#pow(int, java.math.MathContext)} promises to follow to the digit. Example: 1.5 ^ 2 is 2.25.
 *
 * @param exponent whole, 0 to {@value #EXPONENT_MAX}; anything to the power of 0 is 1
 */
record Power(Node base, Node exponent, boolean isFromQuotient, int position) implements Node.Numeric {
    private static final int EXPONENT_MAX = 64;

    @Override
    public BigDecimal number(Scope scope) {
        BigDecimal radix = base.number(scope);
        BigDecimal times = exponent.number(scope);
        int whole = wholeExponent(radix, times);
        BigDecimal result = Digits.tidy(isFromQuotient ? radix.pow(whole, Exact.QUOTIENT) : radix.pow(whole), false);
        if (!Digits.fit(result)) {
            throw new CalculationFault(Digits.EXPECTED + ", but was " + written(radix, times) + ".");
        }
        return result;
    }

    @Override
    public String description() {
        return "the power at position " + position;
    }

    private int wholeExponent(BigDecimal radix, BigDecimal times) {
        boolean isWithin = times.signum() >= 0 && times.compareTo(BigDecimal.valueOf(EXPONENT_MAX)) <= 0;
        if (!isWithin || times.stripTrailingZeros().scale() > 0) {
            throw new CalculationFault(
                    "Expected a whole exponent from 0 to " + EXPONENT_MAX + ", but was " + written(radix, times) + ".");
        }
        return times.intValue();
    }

    private String written(BigDecimal radix, BigDecimal times) {
        return radix + " ^ " + times + " at position " + position;
    }
}

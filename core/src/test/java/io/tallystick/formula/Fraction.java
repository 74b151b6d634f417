package io.tallystick.formula;

import java.math.BigDecimal;
import java.math.BigInteger;

/** An exact number of two whole ones, for what a formula's result has to be: school arithmetic, and no scale to get wrong. */
record Fraction(BigInteger numerator, BigInteger denominator) {
    static final Fraction ZERO = whole(0);
    static final Fraction ONE = whole(1);

    private static final int DIGITS_MAX = 38;
    private static final int QUOTIENT_DIGITS = 34;

    Fraction {
        BigInteger common = numerator.gcd(denominator).max(BigInteger.ONE);
        BigInteger sign = BigInteger.valueOf(denominator.signum());
        numerator = numerator.divide(common).multiply(sign);
        denominator = denominator.divide(common).multiply(sign);
    }

    static Fraction whole(long number) {
        return new Fraction(BigInteger.valueOf(number), BigInteger.ONE);
    }

    static Fraction of(BigDecimal number) {
        BigInteger power = BigInteger.TEN.pow(Math.abs(number.scale()));
        return number.scale() < 0
                ? new Fraction(number.unscaledValue().multiply(power), BigInteger.ONE)
                : new Fraction(number.unscaledValue(), power);
    }

    Fraction plus(Fraction other) {
        return new Fraction(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Fraction negated() {
        return new Fraction(numerator.negate(), denominator);
    }

    Fraction times(Fraction other) {
        return new Fraction(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    Fraction over(Fraction other) {
        return new Fraction(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    /** With the sign of this one. */
    Fraction modulo(Fraction other) {
        Fraction quotient = over(other);
        Fraction whole = new Fraction(quotient.numerator.divide(quotient.denominator), BigInteger.ONE);
        return plus(whole.times(other).negated());
    }

    int compare(Fraction other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    boolean isZero() {
        return numerator.signum() == 0;
    }

    boolean isWhole() {
        return denominator.equals(BigInteger.ONE);
    }

    Fraction absolute() {
        return numerator.signum() < 0 ? negated() : this;
    }

    /** The largest whole number that is not above this one. */
    Fraction floor() {
        BigInteger[] parts = numerator.divideAndRemainder(denominator);
        return new Fraction(parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0], BigInteger.ONE);
    }

    /** To so many places, halves away from zero. */
    Fraction rounded(int places) {
        Fraction shift = tenTo(places);
        Fraction half = new Fraction(BigInteger.ONE, BigInteger.TWO);
        Fraction rounded = absolute().times(shift).plus(half).floor().over(shift);
        return numerator.signum() < 0 ? rounded.negated() : rounded;
    }

    /** To 34 digits, halves to the even one. */
    Fraction cut() {
        return cut(QUOTIENT_DIGITS);
    }

    private Fraction cut(int digits) {
        if (isZero()) {
            return this;
        }
        int exponent = 0;
        while (absolute().compare(tenTo(exponent)) >= 0) {
            exponent++;
        }
        while (absolute().compare(tenTo(exponent - 1)) < 0) {
            exponent--;
        }
        Fraction shift = tenTo(digits - exponent);
        Fraction shifted = absolute().times(shift);
        Fraction below = shifted.floor();
        int half = shifted.plus(below.negated()).compare(new Fraction(BigInteger.ONE, BigInteger.TWO));
        boolean isUp = half > 0 || (half == 0 && below.numerator.testBit(0));
        Fraction result = (isUp ? below.plus(ONE) : below).over(shift);
        return numerator.signum() < 0 ? result.negated() : result;
    }

    /** As ANSI X3.274 says: squares and products from the highest bit, each cut to a few digits more. */
    Fraction powerOfQuotient(int exponent) {
        int working = QUOTIENT_DIGITS + String.valueOf(exponent).length() + 1;
        Fraction result = ONE;
        for (char bit : Integer.toBinaryString(exponent).toCharArray()) {
            result = result.times(result).cut(working);
            result = bit == '1' ? result.times(this).cut(working) : result;
        }
        return result.cut();
    }

    Fraction power(int exponent) {
        return new Fraction(numerator.pow(exponent), denominator.pow(exponent));
    }

    /** It is one of those that can be written. */
    BigDecimal decimal() {
        return new BigDecimal(numerator).divide(new BigDecimal(denominator));
    }

    /** Whether it can be written with 38 digits, the zeros of a whole number among them, the first in the first 38 places. */
    boolean fits() {
        if (isZero()) {
            return true;
        }
        int places = 0;
        while (!times(tenTo(places)).isWhole()) {
            places++;
        }
        int digits = times(tenTo(places)).absolute().numerator.toString().length();
        return digits <= DIGITS_MAX && absolute().compare(tenTo(-DIGITS_MAX)) >= 0;
    }

    private static Fraction tenTo(int exponent) {
        Fraction power = new Fraction(BigInteger.TEN.pow(Math.abs(exponent)), BigInteger.ONE);
        return exponent < 0 ? ONE.over(power) : power;
    }
}

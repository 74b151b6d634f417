package io.tallystick.quantity;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * An amount in one currency. Adding another currency is impossible, not converted. 0.9 and 0.90 are the same money; the
 * amount keeps the places it was rounded to, so that it prints as people write it.
 *
 * @param amount exact, any sign
 * @param currency what it is an amount of
 */
public record Money(BigDecimal amount, Currency currency) {
    public static Money zero(Currency currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalStateException(
                    "Expected an amount in " + currency + " to add to " + this + ", but was " + other + ".");
        }
        return new Money(amount.add(other.amount), currency);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Money(BigDecimal otherAmount, Currency otherCurrency)
                && amount.compareTo(otherAmount) == 0
                && currency.equals(otherCurrency);
    }

    @Override
    public int hashCode() {
        return Objects.hash(amount.stripTrailingZeros(), currency);
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}

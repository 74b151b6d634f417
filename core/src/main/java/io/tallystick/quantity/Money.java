package io.tallystick.quantity;

import java.math.BigDecimal;

/**
 * An amount in one currency. Adding another currency is impossible, not converted.
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
                    "Expected an amount in %s to add to %s, but was in %s.".formatted(currency, this, other.currency));
        }
        return new Money(amount.add(other.amount), currency);
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}

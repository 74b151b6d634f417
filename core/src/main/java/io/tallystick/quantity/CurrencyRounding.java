package io.tallystick.quantity;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * How amounts of one currency are rounded on a bill line: the only place where money loses digits.
 *
 * @param currency whose amounts
 * @param decimalPlaces digits after the point, 0 to 5
 * @param mode what happens to the rest; not UNNECESSARY, by which an amount with a rest could never be billed
 */
public record CurrencyRounding(Currency currency, int decimalPlaces, RoundingMode mode) {
    private static final int MAX_DECIMAL_PLACES = 5;

    /** By code. A code that is no money, such as gold's, has none. */
    private static final Map<String, Integer> ISO_MINOR_UNITS = java.util.Currency.getAvailableCurrencies().stream()
            .filter(known -> known.getDefaultFractionDigits() >= 0)
            .collect(toUnmodifiableMap(
                    java.util.Currency::getCurrencyCode,
                    java.util.Currency::getDefaultFractionDigits,
                    (current, _) -> current));

    public CurrencyRounding {
        if (decimalPlaces < 0 || decimalPlaces > MAX_DECIMAL_PLACES) {
            throw new IllegalArgumentException("Expected 0 to " + MAX_DECIMAL_PLACES + " decimal places for " + currency
                    + ", but was " + decimalPlaces + ".");
        }
        if (mode == RoundingMode.UNNECESSARY) {
            throw new IllegalArgumentException(
                    "Expected a mode that rounds amounts in " + currency + ", but was " + mode + ".");
        }
    }

    /** ISO 4217's minor units, half up; two places for a code that ISO does not know. */
    public static CurrencyRounding standard(Currency currency) {
        return new CurrencyRounding(currency, ISO_MINOR_UNITS.getOrDefault(currency.code(), 2), RoundingMode.HALF_UP);
    }

    /** The exact amount as money. Example: 0.938668544 in USD is 0.94. */
    public Money round(BigDecimal exactAmount) {
        return new Money(exactAmount.setScale(decimalPlaces, mode), currency);
    }
}

package io.tallystick.catalog;

import io.tallystick.document.Kind;
import io.tallystick.quantity.Currency;
import io.tallystick.quantity.CurrencyRounding;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * How an organization rounds amounts in a currency. Source: m3ter API, picklist Currency.
 *
 * @param code the ISO code; absent: only a name in a list, which rounds nothing
 * @param isArchived no longer offered for choice; still rounds, because its amounts are still billed
 * @param maxDecimalPlaces digits after the point, 0 to 5; absent: ISO's minor units
 * @param roundingMode absent: half up
 */
public record ListedCurrency(
        String name,
        Optional<Currency> code,
        boolean isArchived,
        Optional<Integer> maxDecimalPlaces,
        Optional<RoundingMode> roundingMode) {
    public static final Kind<ListedCurrency> KIND = Kind.of("currency", ListedCurrency.class)
            .uniqueIfPresent("code", listed -> listed.code().map(Currency::code))
            .foundBy("archived", listed -> Optional.of(Boolean.toString(listed.isArchived())));

    public ListedCurrency {
        if (code.isEmpty() && (maxDecimalPlaces.isPresent() || roundingMode.isPresent())) {
            throw new IllegalArgumentException(
                    "Expected a code, because the currency %s has a maxDecimalPlaces or roundingMode, but it is absent. Without a code they would round nothing."
                            .formatted(name));
        }
        code.ifPresent(currency -> rounding(currency, maxDecimalPlaces, roundingMode));
    }

    /** How its amounts are rounded; nothing where it has no code. */
    public Optional<CurrencyRounding> rounding() {
        return code.map(currency -> rounding(currency, maxDecimalPlaces, roundingMode));
    }

    private static CurrencyRounding rounding(
            Currency currency, Optional<Integer> maxDecimalPlaces, Optional<RoundingMode> roundingMode) {
        CurrencyRounding standard = CurrencyRounding.standard(currency);
        return new CurrencyRounding(
                currency, maxDecimalPlaces.orElseGet(standard::decimalPlaces), roundingMode.orElseGet(standard::mode));
    }
}

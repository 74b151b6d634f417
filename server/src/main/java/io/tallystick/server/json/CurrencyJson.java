package io.tallystick.server.json;

import static io.tallystick.server.json.Field.optional;
import static io.tallystick.server.json.Field.required;

import io.tallystick.catalog.ListedCurrency;
import io.tallystick.quantity.Currency;
import java.math.RoundingMode;
import java.util.Optional;

/** A currency of the picklist as JSON. Source: m3ter API, Currency. */
final class CurrencyJson {
    private static final int DECIMAL_PLACES_MAX = 5;

    private static final Field<ListedCurrency, String> NAME =
            required("name", Types.text(1, 200), ListedCurrency::name);
    private static final Field<ListedCurrency, Currency> CODE = optional("code", Types.CURRENCY, ListedCurrency::code);
    private static final Field<ListedCurrency, Boolean> ARCHIVED =
            optional("archived", Types.FLAG, listed -> Optional.of(listed.isArchived()));
    private static final Field<ListedCurrency, Integer> DECIMAL_PLACES =
            optional("maxDecimalPlaces", Types.integer(0, DECIMAL_PLACES_MAX), ListedCurrency::maxDecimalPlaces);
    private static final Field<ListedCurrency, RoundingMode> MODE =
            optional("roundingMode", Types.choice(RoundingMode.class), ListedCurrency::roundingMode);

    static final Shape<ListedCurrency> SHAPE = Shape.of(
            values -> new ListedCurrency(
                    values.get(NAME),
                    values.find(CODE),
                    values.find(ARCHIVED).orElse(false),
                    values.find(DECIMAL_PLACES),
                    values.find(MODE)),
            NAME,
            CODE,
            ARCHIVED,
            DECIMAL_PLACES,
            MODE);

    private CurrencyJson() {}
}

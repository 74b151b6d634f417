package io.tallystick.rating;

import io.tallystick.catalog.Aggregation;
import io.tallystick.quantity.Exact;
import java.math.BigDecimal;

/**
 * What was used, and the units a price applies to.
 *
 * @param quantity as aggregated from measurements, any sign
 * @param quantityPerUnit how much of it is one unit, above 0
 * @param units quantity / quantityPerUnit, rounded as the aggregation says
 */
public record Consumption(BigDecimal quantity, BigDecimal quantityPerUnit, BigDecimal units) {
    public Consumption {
        if (quantityPerUnit.signum() <= 0) {
            throw new IllegalArgumentException(
                    "Expected a quantityPerUnit above 0, but was %s.".formatted(quantityPerUnit.toPlainString()));
        }
        quantity = Exact.plain(quantity);
        quantityPerUnit = Exact.plain(quantityPerUnit);
        units = Exact.plain(units);
    }

    /** A quantity in the units of its aggregation. Example: 48,900 per 500, UP: 98 units. */
    public static Consumption of(Aggregation aggregation, BigDecimal quantity) {
        return new Consumption(quantity, aggregation.quantityPerUnit(), aggregation.units(quantity));
    }
}

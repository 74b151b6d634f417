package io.tallystick.rating;

import io.tallystick.catalog.UnitSize;
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
    public static Consumption of(UnitSize size, BigDecimal quantity) {
        return after(Earlier.NOTHING, size, quantity);
    }

    /**
     * A quantity on top of an earlier one. The sum is rounded, not the part, so that units are rounded once however many
     * parts there are. Example per 500, UP: 300 after 300 is 600, 2 units, of which 1 was there: 1 unit. 100 after 300 is
     * 0 units.
     */
    public static Consumption after(Earlier earlier, UnitSize size, BigDecimal quantity) {
        BigDecimal unitsUpToNow = size.units(earlier.quantity().add(quantity));
        return new Consumption(quantity, size.quantityPerUnit(), unitsUpToNow.subtract(earlier.units()));
    }
}

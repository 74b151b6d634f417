package io.tallystick.catalog;

import io.tallystick.quantity.Exact;
import io.tallystick.quantity.Rounding;
import java.math.BigDecimal;

/**
 * How a quantity becomes the units that a price applies to: units = rounding(quantity / quantityPerUnit).
 *
 * @param quantityPerUnit how much of the quantity is one unit, above 0
 */
public record UnitSize(BigDecimal quantityPerUnit, Rounding rounding) {
    public UnitSize {
        if (quantityPerUnit.signum() <= 0) {
            throw new IllegalArgumentException(
                    "Expected a quantityPerUnit above 0, but was %s.".formatted(quantityPerUnit.toPlainString()));
        }
    }

    /** Units of a quantity. Example: 48,900 per 500, UP: 97.8, so 98. */
    public BigDecimal units(BigDecimal quantity) {
        return Exact.plain(rounding.apply(Exact.divide(quantity, quantityPerUnit)));
    }
}

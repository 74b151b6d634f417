package io.tallystick.rating;

import io.tallystick.quantity.Exact;
import java.math.BigDecimal;

/**
 * What was used before and fills the bands already.
 *
 * @param quantity as aggregated from measurements, any sign
 * @param units of that quantity, rounded as a whole
 */
public record Earlier(BigDecimal quantity, BigDecimal units) {
    /** For a price whose bands start empty. */
    public static final Earlier NOTHING = new Earlier(BigDecimal.ZERO, BigDecimal.ZERO);

    public Earlier {
        quantity = Exact.plain(quantity);
        units = Exact.plain(units);
    }
}

package io.tallystick.rating;

import io.tallystick.catalog.price.PricingBand;
import io.tallystick.id.Id;
import java.math.BigDecimal;

/** Short ways to write pricing bands in tests. */
public final class Bands {
    private Bands() {}

    /** A band named after its lower limit. */
    public static PricingBand band(String lowerLimit, String fixedPrice, String unitPrice) {
        return new PricingBand(
                new Id<>("band-" + lowerLimit),
                new BigDecimal(lowerLimit),
                new BigDecimal(fixedPrice),
                new BigDecimal(unitPrice));
    }

    public static PricingBand perUnit(String lowerLimit, String unitPrice) {
        return band(lowerLimit, "0", unitPrice);
    }

    public static PricingBand flat(String lowerLimit, String fixedPrice) {
        return band(lowerLimit, fixedPrice, "0");
    }
}

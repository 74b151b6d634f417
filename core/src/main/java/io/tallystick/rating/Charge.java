package io.tallystick.rating;

import io.tallystick.catalog.price.PriceModel.BandShare;
import io.tallystick.catalog.price.PricingBand;
import java.math.BigDecimal;

/** What a band charges: some units at its unit price, and its fixed price or not. Both may be negative: given back. */
record Charge(PricingBand band, BigDecimal units, BigDecimal fixedPrice) {
    static Charge reached(BandShare share) {
        return new Charge(share.band(), share.units(), share.band().fixedPrice());
    }

    /** No band is reached, so there is no fixed price. */
    static Charge givenBack(PricingBand band, BigDecimal units) {
        return new Charge(band, units, BigDecimal.ZERO);
    }

    BigDecimal lowerLimit() {
        return band.lowerLimit();
    }

    Charge negated() {
        return new Charge(band, units.negate(), fixedPrice.negate());
    }

    Charge plus(Charge other) {
        return new Charge(band, units.add(other.units), fixedPrice.add(other.fixedPrice));
    }

    boolean isNothing() {
        return units.signum() == 0 && fixedPrice.signum() == 0;
    }
}

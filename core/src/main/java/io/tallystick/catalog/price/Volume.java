package io.tallystick.catalog.price;

import io.tallystick.catalog.price.PriceModel.BandShare;
import java.math.BigDecimal;
import java.util.List;

/**
 * The highest reached band charges its fixed price, and its unit price for all units. Not {@code cumulative} on the
 * wire. Example: 620 units at 0 -> 0.15, 500 -> 0.10 cost 620 x 0.10 = 62.
 */
public record Volume(List<PricingBand> bands) implements PriceModel {
    public Volume {
        bands = PricingBand.fromZero(bands);
    }

    /** All units go over to the price of a higher band together. */
    @Override
    public boolean keepsPriceOfEarlierUnits() {
        return false;
    }

    @Override
    public List<BandShare> shares(BigDecimal units) {
        return List.of(new BandShare(reachedBy(units).getLast(), units));
    }
}

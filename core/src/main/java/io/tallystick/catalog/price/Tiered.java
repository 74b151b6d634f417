package io.tallystick.catalog.price;

import io.tallystick.catalog.price.PriceModel.BandShare;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Each reached band charges its fixed price, and its unit price for the units between its lower limit and the next
 * one's. {@code cumulative} on the wire. Example: 620 units at 0 -> 0.15, 500 -> 0.10 cost 500 x 0.15 + 120 x 0.10 = 87.
 */
public record Tiered(List<PricingBand> bands) implements PriceModel {
    public Tiered {
        bands = PricingBand.fromZero(bands);
    }

    @Override
    public boolean keepsPriceOfEarlierUnits() {
        return true;
    }

    @Override
    public List<BandShare> shares(BigDecimal units) {
        List<PricingBand> reached = reachedBy(units);
        List<BandShare> shares = new ArrayList<>();
        for (int i = 0; i < reached.size(); i++) {
            BigDecimal upTo =
                    i == reached.size() - 1 ? units : reached.get(i + 1).lowerLimit();
            shares.add(
                    new BandShare(reached.get(i), upTo.subtract(reached.get(i).lowerLimit())));
        }
        return shares;
    }
}

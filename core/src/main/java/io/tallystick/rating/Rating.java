package io.tallystick.rating;

import io.tallystick.catalog.PriceModel;
import io.tallystick.catalog.PricingBand;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What units cost under a price model. Source of the formulas: m3ter API, Pricing and band arithmetic; where it is
 * silent, the choices are ours:
 *
 * <ul>
 *   <li>A band is reached when the units are above its lower limit. Its fixed price is charged once when reached, so
 *       that no units cost nothing.
 *   <li>Negative units (corrections outweigh the usage) are given back at the unit price of the first band, without a
 *       fixed price, because no band is reached.
 *   <li>The quantities of the bands add up to the quantity that was used: a band holds its units x quantityPerUnit as
 *       far as the quantity lasts, the last reached band holds the rest. Units that rounding made are thus in the
 *       units of a band and not in its quantity. Where rounding leaves no units, there is no band.
 * </ul>
 */
public final class Rating {
    private Rating() {}

    /** The amount of a consumption, exact, explained band by band. */
    public static Rated rate(PriceModel model, Consumption consumption) {
        int sign = consumption.units().signum();
        if (sign == 0) {
            return Rated.of(consumption, List.of());
        }
        if (sign < 0) {
            PricingBand first = model.bands().getFirst();
            return Rated.of(
                    consumption,
                    List.of(BandUsage.of(first, consumption.quantity(), consumption.units(), BigDecimal.ZERO)));
        }
        List<PricingBand> reached = model.bands().stream()
                .filter(band -> consumption.units().compareTo(band.lowerLimit()) > 0)
                .toList();
        return Rated.of(
                consumption,
                switch (model) {
                    case PriceModel.Tiered _ -> tiered(reached, consumption);
                    case PriceModel.Volume _ -> volume(reached.getLast(), consumption);
                });
    }

    /**
     * Each reached band charges its fixed price, and its unit price for the units between its lower limit and the next
     * one's. Example: 620 units at 0 -> 0.15, 500 -> 0.10 cost 500 x 0.15 + 120 x 0.10 = 87.
     */
    private static List<BandUsage> tiered(List<PricingBand> reached, Consumption consumption) {
        List<BandUsage> bands = new ArrayList<>();
        BigDecimal quantityLeft = consumption.quantity();
        for (int i = 0; i < reached.size(); i++) {
            PricingBand band = reached.get(i);
            boolean isLast = i == reached.size() - 1;
            BigDecimal upperLimit =
                    isLast ? consumption.units() : reached.get(i + 1).lowerLimit();
            BigDecimal units = upperLimit.subtract(band.lowerLimit());
            BigDecimal quantity =
                    isLast ? quantityLeft : quantityLeft.min(units.multiply(consumption.quantityPerUnit()));
            bands.add(BandUsage.of(band, quantity, units, band.fixedPrice()));
            quantityLeft = quantityLeft.subtract(quantity);
        }
        return bands;
    }

    /**
     * The highest reached band charges its fixed price, and its unit price for all units. Example: 620 units at 0 ->
     * 0.15, 500 -> 0.10 cost 620 x 0.10 = 62.
     */
    private static List<BandUsage> volume(PricingBand highest, Consumption consumption) {
        return List.of(BandUsage.of(highest, consumption.quantity(), consumption.units(), highest.fixedPrice()));
    }
}

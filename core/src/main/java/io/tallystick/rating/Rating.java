package io.tallystick.rating;

import io.tallystick.catalog.price.PriceModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
        return rate(model, Earlier.NOTHING, consumption);
    }

    /**
     * The amount of a consumption whose bands are filled to some height already: what all units cost, less what the
     * earlier ones cost, band by band. So a fixed price is charged once, when its band is first reached, and given back
     * if later corrections leave the band unreached; and rating in steps costs, to the digit, what rating in one go does.
     *
     * <p>Example: 450 units earlier and 170 now at 0 -> 0.15, 500 -> 0.10 cost 50 x 0.15 + 120 x 0.10 = 19.50.
     */
    public static Rated rate(PriceModel model, Earlier earlier, Consumption consumption) {
        List<Charge> before = charges(model, earlier.units());
        List<Charge> after = charges(model, earlier.units().add(consumption.units()));
        return Rated.of(consumption, explained(difference(before, after), consumption));
    }

    private static List<Charge> charges(PriceModel model, BigDecimal units) {
        return switch (units.signum()) {
            case 0 -> List.of();
            case 1 -> model.shares(units).stream().map(Charge::reached).toList();
            default -> List.of(Charge.givenBack(model.bands().getFirst(), units));
        };
    }

    /** What has to be added to one list of charges to come to the other, in the order of the bands. */
    private static List<Charge> difference(List<Charge> before, List<Charge> after) {
        Map<BigDecimal, Charge> byLimit = new TreeMap<>();
        after.forEach(charge -> byLimit.merge(charge.lowerLimit(), charge, Charge::plus));
        before.forEach(charge -> byLimit.merge(charge.lowerLimit(), charge.negated(), Charge::plus));
        return byLimit.values().stream().filter(charge -> !charge.isNothing()).toList();
    }

    private static List<BandUsage> explained(List<Charge> charges, Consumption consumption) {
        List<BandUsage> bands = new ArrayList<>();
        BigDecimal quantityLeft = consumption.quantity();
        for (int i = 0; i < charges.size(); i++) {
            Charge charge = charges.get(i);
            BigDecimal quantity = i == charges.size() - 1
                    ? quantityLeft
                    : nearerToZero(quantityLeft, charge.units().multiply(consumption.quantityPerUnit()));
            bands.add(BandUsage.of(charge.band(), quantity, charge.units(), charge.fixedPrice()));
            quantityLeft = quantityLeft.subtract(quantity);
        }
        return bands;
    }

    private static BigDecimal nearerToZero(BigDecimal one, BigDecimal other) {
        return one.abs().compareTo(other.abs()) <= 0 ? one : other;
    }
}

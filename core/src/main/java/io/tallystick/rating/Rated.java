package io.tallystick.rating;

import io.tallystick.quantity.Exact;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a consumption costs, and why.
 *
 * @param consumption what was rated
 * @param amount exact, in the currency of the pricing, not rounded: the sum of the bands' subtotals
 * @param bands the bands that charge something, by lower limit; none where there are no units
 */
public record Rated(Consumption consumption, BigDecimal amount, List<BandUsage> bands) {
    public Rated {
        bands = List.copyOf(bands);
        BigDecimal sum = sum(bands);
        if (amount.compareTo(sum) != 0) {
            throw new IllegalArgumentException("Expected an amount of %s, the sum of its bands, but was %s."
                    .formatted(sum.toPlainString(), amount.toPlainString()));
        }
        amount = Exact.plain(amount);
    }

    static Rated of(Consumption consumption, List<BandUsage> bands) {
        return new Rated(consumption, sum(bands), bands);
    }

    /**
     * What a unit cost on average over all bands: the exact amount divided by the units, to 34 digits; 0 where there
     * are no units. Taken from the exact amount, because a rounded one would make a unit of 0.22 look free.
     */
    public BigDecimal averageUnitPrice() {
        return consumption.units().signum() == 0 ? BigDecimal.ZERO : Exact.divide(amount, consumption.units());
    }

    private static BigDecimal sum(List<BandUsage> bands) {
        return bands.stream().map(BandUsage::subtotal).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}

package io.tallystick.catalog.price;

import io.tallystick.id.Id;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/**
 * A price from a number of units on. It is reached when the units are above its lower limit.
 *
 * @param id for bill lines to name it
 * @param lowerLimit in units, at least 0
 * @param fixedPrice charged once when the band is reached
 * @param unitPrice per unit
 */
public record PricingBand(Id<PricingBand> id, BigDecimal lowerLimit, BigDecimal fixedPrice, BigDecimal unitPrice) {
    boolean isReachedBy(BigDecimal units) {
        return units.compareTo(lowerLimit) > 0;
    }

    /** The bands of a price model, by lower limit; they have to start at 0 and at different limits. */
    static List<PricingBand> fromZero(List<PricingBand> bands) {
        List<PricingBand> sorted = bands.stream()
                .sorted(Comparator.comparing(PricingBand::lowerLimit))
                .toList();
        if (sorted.isEmpty() || sorted.getFirst().lowerLimit().signum() != 0) {
            throw new IllegalArgumentException("Expected pricing bands that start at a lowerLimit of 0, but %s."
                    .formatted(
                            sorted.isEmpty()
                                    ? "there were none"
                                    : "the lowest was "
                                            + sorted.getFirst().lowerLimit().toPlainString()));
        }
        for (int i = 1; i < sorted.size(); i++) {
            BigDecimal limit = sorted.get(i).lowerLimit();
            if (limit.compareTo(sorted.get(i - 1).lowerLimit()) == 0) {
                throw new IllegalArgumentException("Expected each lowerLimit once, but %s stands in two pricing bands."
                        .formatted(limit.toPlainString()));
            }
        }
        return sorted;
    }
}

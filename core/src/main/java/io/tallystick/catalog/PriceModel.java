package io.tallystick.catalog;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/** How units become an amount. */
public sealed interface PriceModel {
    /** By lower limit; the first one starts at 0 and no two start at the same. */
    List<PricingBand> bands();

    /** {@code cumulative} on the wire: each band's own price for the units inside it. */
    record Tiered(List<PricingBand> bands) implements PriceModel {
        public Tiered {
            bands = sorted(bands);
        }
    }

    /** Not {@code cumulative} on the wire: all units at the price of the highest band reached. */
    record Volume(List<PricingBand> bands) implements PriceModel {
        public Volume {
            bands = sorted(bands);
        }
    }

    private static List<PricingBand> sorted(List<PricingBand> bands) {
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

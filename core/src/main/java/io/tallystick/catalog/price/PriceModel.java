package io.tallystick.catalog.price;

import java.math.BigDecimal;
import java.util.List;

/**
 * How units become an amount: which bands charge how many of them. A new model is a record of its own, named here and
 * on the wire; whatever rates, explains or bills asks this alone.
 */
public sealed interface PriceModel permits Tiered, Volume {
    /** By lower limit; the first one starts at 0 and no two start at the same. */
    List<PricingBand> bands();

    /**
     * The bands that charge something for these units, by lower limit; each charges its fixed price once, and its unit
     * price for each unit of its share. The shares add up to the units.
     *
     * @param units above 0
     */
    List<BandShare> shares(BigDecimal units);

    /** Whether what units cost stays as it is when more come, so that they can be charged period by period. */
    boolean keepsPriceOfEarlierUnits();

    /** The bands that these units reach. */
    default List<PricingBand> reachedBy(BigDecimal units) {
        return bands().stream().filter(band -> band.isReachedBy(units)).toList();
    }

    /** The units that one band charges. */
    record BandShare(PricingBand band, BigDecimal units) {}
}

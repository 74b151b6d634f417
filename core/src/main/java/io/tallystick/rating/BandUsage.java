package io.tallystick.rating;

import io.tallystick.catalog.price.PricingBand;
import io.tallystick.id.Id;
import io.tallystick.quantity.Exact;
import java.math.BigDecimal;

/**
 * What one pricing band charges, exactly. Amounts are in the currency of the pricing and not rounded. Source: m3ter
 * API, BillLineItem {@code usagePerPricingBand}.
 *
 * @param band which band
 * @param lowerLimit in units; the band starts above it
 * @param quantity the band's share of the aggregated quantity
 * @param units the units charged in this band
 * @param unitPrice per unit
 * @param fixedPrice as charged: the band's fixed price where the band is reached, otherwise 0
 * @param unitSubtotal units x unitPrice
 * @param subtotal unitSubtotal + fixedPrice
 */
public record BandUsage(
        Id<PricingBand> band,
        BigDecimal lowerLimit,
        BigDecimal quantity,
        BigDecimal units,
        BigDecimal unitPrice,
        BigDecimal fixedPrice,
        BigDecimal unitSubtotal,
        BigDecimal subtotal) {
    public BandUsage {
        if (unitSubtotal.compareTo(units.multiply(unitPrice)) != 0
                || subtotal.compareTo(unitSubtotal.add(fixedPrice)) != 0) {
            throw new IllegalArgumentException("Expected band %s to charge %s x %s + %s, but was %s + %s = %s."
                    .formatted(
                            band,
                            units.toPlainString(),
                            unitPrice.toPlainString(),
                            fixedPrice.toPlainString(),
                            unitSubtotal.toPlainString(),
                            fixedPrice.toPlainString(),
                            subtotal.toPlainString()));
        }
        lowerLimit = Exact.plain(lowerLimit);
        quantity = Exact.plain(quantity);
        units = Exact.plain(units);
        unitPrice = Exact.plain(unitPrice);
        fixedPrice = Exact.plain(fixedPrice);
        unitSubtotal = Exact.plain(unitSubtotal);
        subtotal = Exact.plain(subtotal);
    }

    static BandUsage of(PricingBand band, BigDecimal quantity, BigDecimal units, BigDecimal fixedPrice) {
        BigDecimal unitSubtotal = units.multiply(band.unitPrice());
        return new BandUsage(
                band.id(),
                band.lowerLimit(),
                quantity,
                units,
                band.unitPrice(),
                fixedPrice,
                unitSubtotal,
                unitSubtotal.add(fixedPrice));
    }
}

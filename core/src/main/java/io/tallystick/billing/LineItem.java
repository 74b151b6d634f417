package io.tallystick.billing;

import io.tallystick.account.AccountPlan;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.Pricing;
import io.tallystick.id.Id;
import io.tallystick.quantity.Currency;
import io.tallystick.quantity.Exact;
import io.tallystick.rating.BandUsage;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * One line of a bill: what is charged, for which time, how it was computed. Source: m3ter API, BillLineItem.
 *
 * @param id the same for the same charge in every calculation of the bill
 * @param sequenceNumber place on the bill, from 1
 * @param description never empty
 * @param product the plan's
 * @param accountingProduct the product the amount is booked under
 * @param aggregation what was counted; for usage only, like {@code meter} and {@code pricing}
 * @param servicePeriod the time the charge is for
 * @param quantity as aggregated; 1 for a standing charge
 * @param units what the price applies to; 1 for a standing charge
 * @param unit what a unit is called; empty for a standing charge
 * @param averageUnitPrice exactAmount / units to 34 digits, 0 without units
 * @param exactAmount not rounded, in {@code currency}
 * @param subtotal exactAmount, rounded once, in {@code currency}
 * @param convertedSubtotal exactAmount x conversionRate, rounded once, in the bill's currency
 * @param conversionRate from {@code currency} to the bill's
 * @param currency of the pricing or standing charge
 * @param bands how a usage amount comes together; they add up to exactAmount
 */
public record LineItem(
        Id<LineItem> id,
        int sequenceNumber,
        LineItemType type,
        String description,
        Id<AccountPlan> accountPlan,
        Id<Plan> plan,
        BookedProduct product,
        BookedProduct accountingProduct,
        Optional<Id<Aggregation>> aggregation,
        Optional<Id<Meter>> meter,
        Optional<Id<Pricing>> pricing,
        Period servicePeriod,
        BigDecimal quantity,
        BigDecimal units,
        String unit,
        BigDecimal averageUnitPrice,
        BigDecimal exactAmount,
        BigDecimal subtotal,
        BigDecimal convertedSubtotal,
        BigDecimal conversionRate,
        Currency currency,
        List<BandUsage> bands) {
    public LineItem {
        if (sequenceNumber < 1 || description.isBlank()) {
            throw new IllegalArgumentException(
                    "Expected a sequence number from 1 and a description, but were %d and \"%s\"."
                            .formatted(sequenceNumber, description));
        }
        bands = List.copyOf(bands);
        BigDecimal sum = bands.stream().map(BandUsage::subtotal).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (type == LineItemType.USAGE && sum.compareTo(exactAmount) != 0) {
            throw new IllegalArgumentException("Expected the bands of line %s to add up to %s, but the sum is %s."
                    .formatted(id, exactAmount.toPlainString(), sum.toPlainString()));
        }
        requireRounded(id, exactAmount, subtotal);
        requireRounded(id, exactAmount.multiply(conversionRate), convertedSubtotal);
        quantity = Exact.plain(quantity);
        units = Exact.plain(units);
        averageUnitPrice = Exact.plain(averageUnitPrice);
        exactAmount = Exact.plain(exactAmount);
        subtotal = Exact.plain(subtotal);
        convertedSubtotal = Exact.plain(convertedSubtotal);
        conversionRate = Exact.plain(conversionRate);
    }

    /** No currency rounds by one or more, so whatever lies further away was not rounded but miscalculated. */
    private static void requireRounded(Id<LineItem> line, BigDecimal exact, BigDecimal rounded) {
        if (exact.subtract(rounded).abs().compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException("Expected line %s to round %s, but was %s."
                    .formatted(line, exact.toPlainString(), rounded.toPlainString()));
        }
    }

    /** What a band charges in the bill's currency, not rounded. */
    public BigDecimal convertedBandSubtotal(BandUsage band) {
        return Exact.plain(band.subtotal().multiply(conversionRate));
    }
}

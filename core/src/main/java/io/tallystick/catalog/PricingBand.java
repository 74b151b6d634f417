package io.tallystick.catalog;

import io.tallystick.id.Id;
import java.math.BigDecimal;

/**
 * A price from a number of units on. It is reached when the units are above its lower limit.
 *
 * @param id for bill lines to name it
 * @param lowerLimit in units, at least 0
 * @param fixedPrice charged once when the band is reached
 * @param unitPrice per unit
 */
public record PricingBand(Id<PricingBand> id, BigDecimal lowerLimit, BigDecimal fixedPrice, BigDecimal unitPrice) {}

package io.tallystick.catalog;

import java.math.BigDecimal;

/** The units that one band charges. */
public record BandShare(PricingBand band, BigDecimal units) {}

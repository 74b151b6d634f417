package io.tallystick.catalog;

/** In which direction a price works. Source: m3ter API, Pricing {@code type}. */
public enum PricingType {
    /** It is charged. */
    DEBIT,
    /** It is given back, at most what else is charged for the plan's product. */
    PRODUCT_CREDIT,
    /** It is given back, at most the rest of the bill. */
    GLOBAL_CREDIT
}

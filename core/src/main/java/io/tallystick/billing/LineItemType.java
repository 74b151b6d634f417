package io.tallystick.billing;

/** What a bill line is for. Source: m3ter API, BillLineItem {@code lineItemType}. */
public enum LineItemType {
    /** The price of being on a plan. */
    STANDING_CHARGE,
    /** What was used, at its price. */
    USAGE,
    /** What was used, given back: the price of it is a credit. */
    USAGE_CREDIT,
    /** What is missing to a minimum. */
    MINIMUM_SPEND,
    /** A minimum charged before, as far as it was used up or is no longer owed. */
    MINIMUM_SPEND_REFUND,
    /** Given back by hand. */
    CREDIT_MEMO,
    /** Charged by hand. */
    DEBIT_MEMO,
    /** Put right by hand, in either direction. */
    MANUAL_ADJUSTMENT;

    /** Whether the line counts measurements. */
    public boolean isUsage() {
        return this == USAGE || this == USAGE_CREDIT;
    }
}

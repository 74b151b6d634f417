package io.tallystick.billing;

/** What a bill line is for. Source: m3ter API, BillLineItem {@code lineItemType}. */
public enum LineItemType {
    STANDING_CHARGE,
    USAGE
}

package io.tallystick.billing;

/** How far a bill is. Source: m3ter API, Bill {@code status}. */
public enum BillStatus {
    /** May still be calculated again. */
    PENDING,
    /** Seen and accepted by somebody; not calculated again. */
    APPROVED
}

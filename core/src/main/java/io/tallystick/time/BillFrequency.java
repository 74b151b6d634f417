package io.tallystick.time;

/** How long one billing period is. Source: m3ter API, {@code billFrequency}. */
public enum BillFrequency {
    /** From midnight to midnight. */
    DAILY,
    /** Seven days, from the weekday of the epoch. */
    WEEKLY,
    /** One month, from the day of the epoch. */
    MONTHLY,
    /** One year, from the day and month of the epoch. */
    ANNUALLY,
    /** From the end of the last bill to a date that somebody names. */
    AD_HOC,
    /** Of a plan template whose charges have different frequencies; never that of one bill. */
    MIXED;

    /** Whether periods follow from it and an epoch alone. */
    public boolean repeats() {
        return this != AD_HOC && this != MIXED;
    }
}

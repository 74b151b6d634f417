package io.tallystick.time;

/** How often bills are made. Source: m3ter API, PlanTemplate {@code billFrequency}. */
public enum BillFrequency {
    DAILY,
    WEEKLY,
    MONTHLY,
    ANNUALLY,
    AD_HOC,
    MIXED
}

package io.tallystick.time;

import java.time.LocalDate;

/**
 * The days from which the periods of each frequency are counted, in both directions. Source: m3ter API,
 * OrganizationConfig {@code dayEpoch}, {@code weekEpoch}, {@code monthEpoch}, {@code yearEpoch}.
 */
public record Epochs(LocalDate day, LocalDate week, LocalDate month, LocalDate year) {
    /** Of an organization that has set none. Weeks begin on Tuesdays then, as documented. */
    public static final Epochs STANDARD = new Epochs(
            LocalDate.of(2022, 1, 1), LocalDate.of(2022, 1, 4), LocalDate.of(2022, 1, 1), LocalDate.of(2022, 1, 1));

    public LocalDate of(Cycle cycle) {
        return switch (cycle.frequency()) {
            case DAILY -> day;
            case WEEKLY -> week;
            case MONTHLY -> month;
            case ANNUALLY -> year;
            case AD_HOC, MIXED ->
                throw new IllegalStateException("Expected a frequency that repeats, but was " + cycle + ".");
        };
    }
}

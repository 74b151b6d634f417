package io.tallystick.time;

import java.time.temporal.ChronoUnit;

/**
 * How long a regular billing period is: so many days, weeks, months or years. Source: m3ter API, {@code billFrequency}
 * and {@code billFrequencyInterval}.
 *
 * @param frequency one that repeats: not AD_HOC and not MIXED
 * @param interval how many of them make one period, 1 to 365
 */
public record Cycle(BillFrequency frequency, int interval) {
    public static final int INTERVAL_MAX = 365;

    public static final Cycle MONTHLY = new Cycle(BillFrequency.MONTHLY, 1);

    public Cycle {
        requireRepeating(frequency);
        requireInterval(interval);
    }

    static void requireRepeating(BillFrequency frequency) {
        if (!frequency.repeats()) {
            throw new IllegalArgumentException(
                    "Expected a frequency that repeats, such as MONTHLY, but was " + frequency + ".");
        }
    }

    static void requireInterval(int interval) {
        if (interval < 1 || interval > INTERVAL_MAX) {
            throw new IllegalArgumentException(
                    "Expected a frequency interval of 1 to " + INTERVAL_MAX + ", but was " + interval + ".");
        }
    }

    ChronoUnit unit() {
        return switch (frequency) {
            case DAILY -> ChronoUnit.DAYS;
            case WEEKLY -> ChronoUnit.WEEKS;
            case MONTHLY -> ChronoUnit.MONTHS;
            case ANNUALLY -> ChronoUnit.YEARS;
            case AD_HOC, MIXED ->
                throw new IllegalStateException("Expected a frequency that repeats, but was " + frequency + ".");
        };
    }

    @Override
    public String toString() {
        return interval == 1 ? frequency.name() : frequency + " x " + interval;
    }
}

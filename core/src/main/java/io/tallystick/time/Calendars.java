package io.tallystick.time;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The calendars of all cycles that somebody asks about: one zone, an epoch per frequency.
 *
 * @param frequency only cycles of it; absent: of every frequency that repeats
 * @param interval only cycles of it; absent: of every interval
 */
public record Calendars(Optional<BillFrequency> frequency, Optional<Integer> interval, Epochs epochs, ZoneId zone) {
    public Calendars {
        frequency.ifPresent(Cycle::requireRepeating);
        interval.ifPresent(Cycle::requireInterval);
    }

    public boolean include(Cycle cycle) {
        return frequency.map(cycle.frequency()::equals).orElse(true)
                && interval.map(only -> only == cycle.interval()).orElse(true);
    }

    /**
     * The calendar of one cycle.
     *
     * @param ownEpoch goes before the epoch of its frequency
     */
    public BillingCalendar of(Cycle cycle, Optional<LocalDate> ownEpoch) {
        return new BillingCalendar(cycle, ownEpoch.orElseGet(() -> epochs.of(cycle)), zone);
    }

    /** One of each frequency, of the smallest interval. */
    public List<BillingCalendar> examples() {
        return Stream.of(BillFrequency.values())
                .filter(BillFrequency::repeats)
                .map(each -> new Cycle(each, interval.orElse(1)))
                .filter(this::include)
                .map(cycle -> of(cycle, Optional.empty()))
                .toList();
    }
}

package io.tallystick.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Cuts all time into billing periods. Their edges are the first instants of local days: the epoch, and every day that is
 * a whole number of cycles before or after it. A bill stores the period it was cut, and never cuts it again.
 *
 * <p>Each edge is counted from the epoch and not from its neighbour, so that months counted from the 31st never drift: 31
 * January, 28 February, 31 March. A midnight that the clock skips is the first instant after the gap; one that it shows
 * twice is the earlier. Where a zone left out a whole day, as Pacific/Apia did with 30 December 2011, there is no period
 * of no length: the next one begins where the last one ended.
 *
 * @param cycle how far the edges are apart
 * @param epoch an edge, anywhere in time
 * @param zone whose days; its id is the wire's name: {@code UTC}, not Z
 */
public record BillingCalendar(Cycle cycle, LocalDate epoch, ZoneId zone) {
    /** The period in which an instant lies; there is exactly one. */
    public Period periodContaining(Instant instant) {
        return period(indexOf(instant));
    }

    /** The period of a number, as {@link #indexOf} counts. */
    public Period period(long index) {
        return new Period(edge(index), edge(index + 1));
    }

    /** The period that begins where this one of the calendar's ends. */
    public Period after(Period period) {
        return periodContaining(period.to());
    }

    /** The period that ends where this one of the calendar's begins. */
    public Period before(Period period) {
        return periodContaining(period.from().minusNanos(1));
    }

    /**
     * The last period that has ended when this day begins. Example: months from the 1st in UTC, 2025-01-01 and 2025-01-31
     * both give [2024-12-01T00:00Z, 2025-01-01T00:00Z).
     */
    public Period lastWholeBy(LocalDate billDate) {
        return before(periodContaining(midnight(billDate)));
    }

    /** The first instant of a local day. */
    public Instant midnight(LocalDate date) {
        return date.atStartOfDay(zone).toInstant();
    }

    /** The number of the period in which an instant lies; the one that begins with the epoch is 0. */
    public long indexOf(Instant instant) {
        LocalDate date = LocalDate.ofInstant(instant, zone);
        long guess = Math.floorDiv(cycle.unit().between(epoch, date), (long) cycle.interval());
        // months that end early and midnights that the clock shows twice put the guess beside the mark
        while (edge(guess).isAfter(instant)) {
            guess--;
        }
        while (!edge(guess + 1).isAfter(instant)) {
            guess++;
        }
        return guess;
    }

    private Instant edge(long index) {
        return midnight(epoch.plus(index * cycle.interval(), cycle.unit()));
    }
}

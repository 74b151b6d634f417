package io.tallystick.billing.calendar;

import io.tallystick.time.BillingCalendar;
import io.tallystick.time.Period;
import java.util.Optional;

/**
 * Which time a standing charge is for: so many billing periods together. Counted from the account plan's first bill, the
 * last of them are number {@code offset}, {@code offset + interval} and so on; what lies before the first instalment is
 * free. Source: m3ter API, PlanTemplate {@code standingChargeInterval} and {@code standingChargeOffset}.
 *
 * <p>Example: monthly from January, interval 3, offset 1: December to February, March to May, and so on. Of the first one
 * two months are in force.
 *
 * @param calendar that cuts the billing periods
 * @param first index in the calendar of the period with which the first bill ends
 * @param interval how many billing periods, at least 1
 * @param offset of the first bill with a charge, from 0
 */
public record Instalments(BillingCalendar calendar, long first, int interval, int offset) {
    public Instalments {
        if (interval < 1 || offset < 0) {
            throw new IllegalArgumentException(
                    "Expected an interval of at least 1 and an offset of at least 0, but were %d and %d."
                            .formatted(interval, offset));
        }
    }

    /**
     * The instalment to which a billing period belongs, as far back as the billing period goes; absent: it is free.
     *
     * @param billed from which on the first instalment counts where it is the long first period before an epoch
     */
    public Optional<Period> of(Period billed) {
        long index = calendar.indexOf(billed.to().minusNanos(1));
        if (index - first <= (long) offset - interval) {
            return Optional.empty();
        }
        Period instalment = containing(index);
        return Optional.of(
                billed.from().isBefore(instalment.from()) ? new Period(billed.from(), instalment.to()) : instalment);
    }

    /** The instalment that begins where this one ends. */
    public Period after(Period instalment) {
        return containing(calendar.indexOf(instalment.to()));
    }

    /** How many instalments a time is, by days in force. */
    public Proration proration(Period inForce) {
        Proration sum = Proration.NONE;
        Period instalment = containing(calendar.indexOf(inForce.from()));
        while (instalment.overlaps(inForce)) {
            sum = sum.plus(Proration.of(inForce, instalment, calendar));
            instalment = after(instalment);
        }
        return sum;
    }

    private Period containing(long index) {
        long last = index + Math.floorMod(offset - (index - first), interval);
        return new Period(
                calendar.period(last - interval + 1).from(),
                calendar.period(last).to());
    }
}

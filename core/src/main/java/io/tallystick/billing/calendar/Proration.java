package io.tallystick.billing.calendar;

import io.tallystick.quantity.Exact;
import io.tallystick.time.BillFrequency;
import io.tallystick.time.BillingCalendar;
import io.tallystick.time.Cycle;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

/**
 * How many periods of a calendar something was in force: days in force / days in the period, added over the periods it
 * touches. Days are local. One in force in part counts for that part of its real length, so that a day of 23 hours is one
 * day, and two plans that meet within a day cost one day together. Kept as a fraction: whatever a period is split into,
 * the parts add up to exactly one.
 *
 * @param numerator at least 0
 * @param denominator above 0; without a common factor
 */
public record Proration(BigInteger numerator, BigInteger denominator) {
    static final Proration NONE = new Proration(BigInteger.ZERO, BigInteger.ONE);
    private static final Proration WHOLE = new Proration(BigInteger.ONE, BigInteger.ONE);
    private static final Cycle DAY = new Cycle(BillFrequency.DAILY, 1);
    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

    /** Example: months from the 1st, from 10 December, 12:00, to 1 January: 21.5 / 31. */
    public static Proration of(Period inForce, BillingCalendar calendar) {
        Proration sum = NONE;
        Period period = calendar.periodContaining(inForce.from());
        while (period.overlaps(inForce)) {
            sum = sum.plus(partOf(period, inForce, calendar));
            period = calendar.after(period);
        }
        return sum;
    }

    /** The same of one period alone, of whose calendar the days are. */
    static Proration of(Period inForce, Period period, BillingCalendar calendar) {
        return partOf(period, inForce, calendar);
    }

    /** Which part of a time lies in a period, by its real length. Example: of a day, in the two months it touches, 7 / 24. */
    public static Proration ofTime(Period time, Period period) {
        if (!time.overlaps(period)) {
            return NONE;
        }
        Instant from = time.from().isAfter(period.from()) ? time.from() : period.from();
        Instant to = time.to().isBefore(period.to()) ? time.to() : period.to();
        return reduced(nanos(from, to), nanos(time.from(), time.to()));
    }

    /**
     * What an amount for a whole period comes to: amount x numerator / denominator, with one division to 34 digits
     * where it is not a whole number of periods.
     * Example: 20 x 21.5 / 31 = 13.87...
     */
    public BigDecimal of(BigDecimal amount) {
        BigDecimal times = amount.multiply(new BigDecimal(numerator));
        return denominator.equals(BigInteger.ONE)
                ? Exact.plain(times)
                : Exact.divide(times, new BigDecimal(denominator));
    }

    Proration plus(Proration other) {
        return reduced(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    private static Proration partOf(Period period, Period inForce, BillingCalendar calendar) {
        if (!inForce.from().isAfter(period.from()) && !inForce.to().isBefore(period.to())) {
            return WHOLE;
        }
        BillingCalendar days = new BillingCalendar(DAY, calendar.epoch(), calendar.zone());
        Proration inForceDays = NONE;
        long daysInPeriod = 0;
        for (Period day = days.periodContaining(period.from()); day.overlaps(period); day = days.after(day)) {
            daysInPeriod++;
            if (day.overlaps(inForce)) {
                inForceDays = inForceDays.plus(partOfDay(day, inForce));
            }
        }
        return reduced(inForceDays.numerator, inForceDays.denominator.multiply(BigInteger.valueOf(daysInPeriod)));
    }

    private static Proration partOfDay(Period day, Period inForce) {
        Instant from = inForce.from().isAfter(day.from()) ? inForce.from() : day.from();
        Instant to = inForce.to().isBefore(day.to()) ? inForce.to() : day.to();
        return reduced(nanos(from, to), nanos(day.from(), day.to()));
    }

    private static BigInteger nanos(Instant from, Instant to) {
        Duration length = Duration.between(from, to);
        return BigInteger.valueOf(length.getSeconds()).multiply(NANOS).add(BigInteger.valueOf(length.getNano()));
    }

    private static Proration reduced(BigInteger numerator, BigInteger denominator) {
        BigInteger common = numerator.gcd(denominator);
        return new Proration(numerator.divide(common), denominator.divide(common));
    }
}

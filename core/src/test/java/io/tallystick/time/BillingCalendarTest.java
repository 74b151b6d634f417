package io.tallystick.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.seed.Seed;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BillingCalendarTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final List<BillFrequency> FREQUENCIES =
            List.of(BillFrequency.DAILY, BillFrequency.WEEKLY, BillFrequency.MONTHLY, BillFrequency.ANNUALLY);

    /** Berlin changes by an hour, Chatham and Lord Howe by odd ones, the others once did so at midnight. */
    private static final List<ZoneId> ZONES = List.of(
            UTC,
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("Pacific/Chatham"),
            ZoneId.of("America/Sao_Paulo"),
            ZoneId.of("America/St_Johns"),
            ZoneId.of("America/Havana"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("Pacific/Apia"));

    @ParameterizedTest
    @CsvSource({
        // the last day of each month, from an epoch on the 31st
        "MONTHLY, 1, 2022-01-31, 2022-02-28, 2022-01-31, 2022-02-28",
        "MONTHLY, 1, 2022-01-31, 2022-03-31, 2022-02-28, 2022-03-31",
        "MONTHLY, 1, 2022-01-31, 2022-04-29, 2022-02-28, 2022-03-31",
        "MONTHLY, 1, 2022-01-31, 2022-04-30, 2022-03-31, 2022-04-30",
        "MONTHLY, 1, 2022-01-31, 2024-02-29, 2024-01-31, 2024-02-29",
        "MONTHLY, 1, 2022-01-31, 2024-03-30, 2024-01-31, 2024-02-29",
        "MONTHLY, 1, 2022-01-31, 2024-03-31, 2024-02-29, 2024-03-31",
        // before the epoch
        "MONTHLY, 1, 2022-01-31, 2021-03-31, 2021-02-28, 2021-03-31",
        "MONTHLY, 1, 2022-01-31, 2020-02-29, 2020-01-31, 2020-02-29",
        "MONTHLY, 1, 2022-01-31, 2021-12-31, 2021-11-30, 2021-12-31",
        // the 30th and the 29th
        "MONTHLY, 1, 2022-01-30, 2023-02-28, 2023-01-30, 2023-02-28",
        "MONTHLY, 1, 2022-01-30, 2023-03-30, 2023-02-28, 2023-03-30",
        "MONTHLY, 1, 2022-01-29, 2024-03-01, 2024-01-29, 2024-02-29",
        // an epoch in a short month stays on its day
        "MONTHLY, 1, 2022-02-28, 2022-03-31, 2022-02-28, 2022-03-28",
        "MONTHLY, 1, 2024-02-29, 2024-03-31, 2024-02-29, 2024-03-29",
        // the first
        "MONTHLY, 1, 2022-01-01, 2025-01-01, 2024-12-01, 2025-01-01",
        "MONTHLY, 1, 2022-01-01, 2025-01-31, 2024-12-01, 2025-01-01",
        "MONTHLY, 1, 2022-01-01, 1970-01-01, 1969-12-01, 1970-01-01",
        "MONTHLY, 1, 2022-01-01, 2100-03-01, 2100-02-01, 2100-03-01",
        // several months
        "MONTHLY, 3, 2022-01-31, 2022-04-30, 2022-01-31, 2022-04-30",
        "MONTHLY, 3, 2022-01-31, 2022-07-31, 2022-04-30, 2022-07-31",
        "MONTHLY, 3, 2022-01-31, 2022-01-31, 2021-10-31, 2022-01-31",
        "MONTHLY, 5, 2022-01-31, 2023-12-31, 2023-04-30, 2023-09-30",
    })
    void billDateBillsTheLastMonthsThatHaveEnded(
            BillFrequency frequency, int interval, LocalDate epoch, LocalDate billDate, LocalDate from, LocalDate to) {
        billDateBillsTheLastPeriodThatHasEnded(frequency, interval, epoch, billDate, from, to);
    }

    @ParameterizedTest
    @CsvSource({
        // years
        "ANNUALLY, 1, 2024-02-29, 2025-02-28, 2024-02-29, 2025-02-28",
        "ANNUALLY, 1, 2024-02-29, 2028-02-28, 2026-02-28, 2027-02-28",
        "ANNUALLY, 1, 2024-02-29, 2028-02-29, 2027-02-28, 2028-02-29",
        "ANNUALLY, 1, 2024-02-29, 2020-02-29, 2019-02-28, 2020-02-29",
        "ANNUALLY, 2, 2024-02-29, 2028-02-29, 2026-02-28, 2028-02-29",
        "ANNUALLY, 1, 2022-01-01, 2024-12-31, 2023-01-01, 2024-01-01",
        // weeks begin on the weekday of the epoch: Tuesday, Saturday
        "WEEKLY, 1, 2022-01-04, 2025-01-07, 2024-12-31, 2025-01-07",
        "WEEKLY, 1, 2022-01-04, 2025-01-06, 2024-12-24, 2024-12-31",
        "WEEKLY, 2, 2022-01-08, 2022-01-21, 2021-12-25, 2022-01-08",
        "WEEKLY, 1, 2022-01-08, 2022-01-01, 2021-12-25, 2022-01-01",
        // days
        "DAILY, 1, 2022-01-01, 2024-03-01, 2024-02-29, 2024-03-01",
        "DAILY, 30, 2022-01-01, 2022-03-01, 2022-01-01, 2022-01-31",
        "DAILY, 365, 2022-01-01, 2021-01-01, 2020-01-02, 2021-01-01",
    })
    void billDateBillsTheLastPeriodThatHasEnded(
            BillFrequency frequency, int interval, LocalDate epoch, LocalDate billDate, LocalDate from, LocalDate to) {
        BillingCalendar calendar = new BillingCalendar(new Cycle(frequency, interval), epoch, UTC);

        assertThat(calendar.lastWholeBy(billDate))
                .isEqualTo(new Period(calendar.midnight(from), calendar.midnight(to)));
    }

    @Test
    void monthsCountedFromTheThirtyFirstNeverDrift() {
        BillingCalendar calendar = new BillingCalendar(Cycle.MONTHLY, LocalDate.of(2024, 1, 31), UTC);
        List<LocalDate> ends = new ArrayList<>();
        Period month = calendar.periodContaining(Instant.parse("2024-01-31T00:00:00Z"));
        for (int i = 0; i < 14; i++) {
            ends.add(LocalDate.ofInstant(month.to(), UTC));
            month = calendar.after(month);
        }

        assertThat(ends.toString())
                .isEqualTo("[2024-02-29, 2024-03-31, 2024-04-30, 2024-05-31, 2024-06-30, 2024-07-31, 2024-08-31, "
                        + "2024-09-30, 2024-10-31, 2024-11-30, 2024-12-31, 2025-01-31, 2025-02-28, 2025-03-31]");
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2024-03-31, 2024-03-30T23:00:00Z, PT23H",
        "Europe/Berlin, 2024-10-27, 2024-10-26T22:00:00Z, PT25H",
        "Pacific/Chatham, 2024-09-29, 2024-09-28T11:15:00Z, PT23H",
        "Pacific/Chatham, 2024-04-07, 2024-04-06T10:15:00Z, PT25H",
        "Australia/Lord_Howe, 2024-10-06, 2024-10-05T13:30:00Z, PT23H30M",
        // midnight did not exist; the day began at 01:00
        "America/Sao_Paulo, 2018-11-04, 2018-11-04T03:00:00Z, PT23H",
        // midnight came twice, once of each side
        "America/Sao_Paulo, 2018-02-17, 2018-02-17T02:00:00Z, PT25H",
        "America/Havana, 2024-11-03, 2024-11-03T04:00:00Z, PT25H",
        // at 00:01 the clock went back to 23:01 of the day before
        "America/St_Johns, 2010-11-07, 2010-11-07T02:30:00Z, PT25H",
        // the day after one that was left out
        "Pacific/Apia, 2011-12-31, 2011-12-30T10:00:00Z, PT24H",
        "UTC, 2024-03-31, 2024-03-31T00:00:00Z, PT24H",
    })
    void dayIsAsLongAsTheClockMakesIt(ZoneId zone, LocalDate date, Instant from, Duration length) {
        BillingCalendar calendar = new BillingCalendar(new Cycle(BillFrequency.DAILY, 1), LocalDate.EPOCH, zone);

        Period day = calendar.periodContaining(from);

        assertThat(day).isEqualTo(new Period(from, from.plus(length)));
        assertThat(calendar.midnight(date)).isEqualTo(from);
    }

    @Test
    void secondPassOfANightBelongsToTheDayThatHasBegun() {
        BillingCalendar calendar =
                new BillingCalendar(new Cycle(BillFrequency.DAILY, 1), LocalDate.EPOCH, ZoneId.of("America/St_Johns"));

        // 7 November 2010, 00:00:30, then 23:01 of the 6th for a second time
        assertThat(calendar.periodContaining(Instant.parse("2010-11-07T02:45:00Z")))
                .isEqualTo(calendar.periodContaining(Instant.parse("2010-11-07T02:30:30Z")));
    }

    @Test
    void monthOfBerlinBeginsAndEndsAtItsOwnMidnights() {
        BillingCalendar calendar =
                new BillingCalendar(Cycle.MONTHLY, Epochs.STANDARD.month(), ZoneId.of("Europe/Berlin"));

        assertThat(calendar.lastWholeBy(LocalDate.of(2024, 4, 1)))
                .isEqualTo(new Period(Instant.parse("2024-02-29T23:00:00Z"), Instant.parse("2024-03-31T22:00:00Z")));
    }

    @Test
    void periodsTouchWithoutGapOrOverlapInBothDirections() {
        Seed.runs(BillingCalendarTest.class, 2_000, random -> {
            BillingCalendar calendar = calendar(random);
            Period first = calendar.periodContaining(instant(random));
            Period period = first;
            for (int i = 0; i < 20; i++) {
                Period next = calendar.after(period);
                assertThat(next.from()).as("%s after %s", calendar, period).isEqualTo(period.to());
                assertThat(calendar.before(next)).as("%s", calendar).isEqualTo(period);
                period = next;
            }
        });
    }

    @Test
    void everyInstantLiesInExactlyOnePeriod() {
        Seed.runs(BillingCalendarTest.class, 5_000, random -> {
            BillingCalendar calendar = calendar(random);
            Instant instant = instant(random);

            Period period = calendar.periodContaining(instant);

            assertThat(period.contains(instant)).as("%s in %s", instant, period).isTrue();
            assertThat(calendar.periodContaining(period.from())).isEqualTo(period);
            assertThat(calendar.periodContaining(period.to().minusNanos(1))).isEqualTo(period);
        });
    }

    @Test
    void edgesAreTheDaysThatCountingFromTheEpochMeets() {
        Seed.runs(BillingCalendarTest.class, 500, random -> {
            BillingCalendar calendar = calendar(random);
            int steps = random.nextInt(-30, 30);
            LocalDate edge = naiveEdge(calendar, steps);

            Instant midnight = edge.atStartOfDay(calendar.zone()).toInstant();

            assertThat(calendar.periodContaining(midnight).from())
                    .as("%s, step %d", calendar, steps)
                    .isEqualTo(midnight);
        });
    }

    @Test
    void lastWholePeriodHasEndedAndTheNextHasNot() {
        Seed.runs(BillingCalendarTest.class, 2_000, random -> {
            BillingCalendar calendar = calendar(random);
            LocalDate billDate = LocalDate.ofInstant(instant(random), UTC);

            Period last = calendar.lastWholeBy(billDate);

            assertThat(last.to()).isBeforeOrEqualTo(calendar.midnight(billDate));
            assertThat(calendar.after(last).to()).isAfter(calendar.midnight(billDate));
        });
    }

    private static LocalDate naiveEdge(BillingCalendar calendar, int steps) {
        long count = (long) steps * calendar.cycle().interval();
        return switch (calendar.cycle().frequency()) {
            case DAILY -> calendar.epoch().plusDays(count);
            case WEEKLY -> calendar.epoch().plusDays(7 * count);
            case MONTHLY -> calendar.epoch().plusMonths(count);
            case ANNUALLY -> calendar.epoch().plusMonths(12 * count);
            case AD_HOC, MIXED -> throw new AssertionError(calendar.cycle());
        };
    }

    private static BillingCalendar calendar(RandomGenerator random) {
        int interval = random.nextBoolean() ? 1 : random.nextInt(1, Cycle.INTERVAL_MAX + 1);
        return new BillingCalendar(
                new Cycle(FREQUENCIES.get(random.nextInt(FREQUENCIES.size())), interval),
                LocalDate.of(1990, 1, 1).plusDays(random.nextInt(20_000)),
                ZONES.get(random.nextInt(ZONES.size())));
    }

    private static Instant instant(RandomGenerator random) {
        return Instant.ofEpochSecond(random.nextLong(0, 4_000_000_000L), random.nextInt(1_000_000_000));
    }
}

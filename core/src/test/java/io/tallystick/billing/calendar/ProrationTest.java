package io.tallystick.billing.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tallystick.seed.Seed;
import io.tallystick.time.BillFrequency;
import io.tallystick.time.BillingCalendar;
import io.tallystick.time.Cycle;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProrationTest {
    private static final List<String> ZONES = List.of(
            "UTC", "Europe/Berlin", "Pacific/Chatham", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia");

    @ParameterizedTest
    @CsvSource({
        // whole months, whatever their length
        "UTC, 2024-12-01T00:00:00Z, 2025-01-01T00:00:00Z, 1/1",
        "UTC, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z, 1/1",
        "Europe/Berlin, 2024-02-29T23:00:00Z, 2024-03-31T22:00:00Z, 1/1",
        // days of a month
        "UTC, 2024-02-10T00:00:00Z, 2024-03-01T00:00:00Z, 20/29",
        "UTC, 2023-02-10T00:00:00Z, 2023-03-01T00:00:00Z, 19/28",
        // half a day
        "UTC, 2024-12-10T12:00:00Z, 2025-01-01T00:00:00Z, 43/62",
        "UTC, 2024-12-10T00:00:00Z, 2024-12-10T00:00:01Z, 1/2678400",
        // the day of 23 hours is one of 31
        "Europe/Berlin, 2024-03-30T23:00:00Z, 2024-03-31T22:00:00Z, 1/31",
        "Europe/Berlin, 2024-03-29T23:00:00Z, 2024-03-30T23:00:00Z, 1/31",
        // an hour of it is a 23rd of a day, an hour of the day of 25 hours a 25th
        "Europe/Berlin, 2024-03-31T21:00:00Z, 2024-03-31T22:00:00Z, 1/713",
        "Europe/Berlin, 2024-10-27T22:00:00Z, 2024-10-27T23:00:00Z, 1/775",
        // December 2011 of Apia had 30 days
        "Pacific/Apia, 2011-12-30T10:00:00Z, 2011-12-31T10:00:00Z, 1/30",
        // several periods: half of December, January, 10 days of February
        "UTC, 2024-12-16T12:00:00Z, 2025-02-11T00:00:00Z, 13/7",
    })
    void countsLocalDaysInForce(ZoneId zone, Instant from, Instant to, String fraction) {
        Proration proration =
                Proration.of(new Period(from, to), new BillingCalendar(Cycle.MONTHLY, LocalDate.of(2022, 1, 1), zone));

        assertThat(proration.numerator() + "/" + proration.denominator()).isEqualTo(fraction);
    }

    @Test
    void amountIsDividedOnceAndLast() {
        Proration proration = new Proration(BigInteger.valueOf(43), BigInteger.valueOf(62));

        assertThat(proration.of(new BigDecimal("20"))).isEqualTo(new BigDecimal("13.87096774193548387096774193548387"));
        assertThat(proration.of(new BigDecimal("62"))).isEqualTo(new BigDecimal("43"));
    }

    @Test
    void partsOfAPeriodAddUpToTheWholeHoweverItIsSplit() {
        Seed.runs(ProrationTest.class, 500, random -> {
            BillingCalendar calendar = calendar(random);
            Period period = calendar.periodContaining(instant(random));
            BigDecimal amount = new BigDecimal(BigInteger.valueOf(random.nextLong(1, 1_000_000_000)), 4);
            Proration sum = new Proration(BigInteger.ZERO, BigInteger.ONE);
            BigDecimal amounts = BigDecimal.ZERO;
            for (Period part : split(period, random)) {
                Proration proration = Proration.of(part, calendar);
                sum = sum.plus(proration);
                amounts = amounts.add(proration.of(amount));
            }

            assertThat(sum).as("%s of %s", period, calendar).isEqualTo(new Proration(BigInteger.ONE, BigInteger.ONE));
            // each amount is right to half of its 34th digit
            assertThat(amounts.subtract(amount).abs())
                    .isLessThan(amount.movePointLeft(32).max(BigDecimal.ONE.movePointLeft(38)));
        });
    }

    @Test
    void partIsWhatCountingItsNanosecondsDayByDayGives() {
        Seed.runs(ProrationTest.class, 200, random -> {
            BillingCalendar calendar =
                    new BillingCalendar(Cycle.MONTHLY, LocalDate.of(2022, 1, 1 + random.nextInt(31)), zone(random));
            Period period = calendar.periodContaining(instant(random));
            Period part = split(period, random).getFirst();

            assertThat(Proration.of(part, calendar).of(BigDecimal.ONE))
                    .as("%s of %s", part, period)
                    .isCloseTo(naive(part, period, calendar.zone()), within(BigDecimal.ONE.movePointLeft(30)));
        });
    }

    /** Local dates one by one, each with its own length. */
    private static BigDecimal naive(Period part, Period period, ZoneId zone) {
        BigDecimal inForce = BigDecimal.ZERO;
        int days = 0;
        LocalDate last = LocalDate.ofInstant(period.to(), zone);
        for (LocalDate date = LocalDate.ofInstant(period.from(), zone); date.isBefore(last); date = date.plusDays(1)) {
            Instant from = date.atStartOfDay(zone).toInstant();
            Instant to = date.plusDays(1).atStartOfDay(zone).toInstant();
            if (from.isBefore(to)) {
                days++;
                inForce = inForce.add(BigDecimal.valueOf(nanosOf(part, from, to))
                        .divide(BigDecimal.valueOf(Duration.between(from, to).toNanos()), MathContext.DECIMAL128));
            }
        }
        return inForce.divide(BigDecimal.valueOf(days), MathContext.DECIMAL128);
    }

    private static long nanosOf(Period part, Instant from, Instant to) {
        Instant start = part.from().isAfter(from) ? part.from() : from;
        Instant end = part.to().isBefore(to) ? part.to() : to;
        return Math.max(0, Duration.between(start, end).toNanos());
    }

    private static List<Period> split(Period period, RandomGenerator random) {
        TreeSet<Instant> edges = new TreeSet<>(List.of(period.from(), period.to()));
        long seconds = Duration.between(period.from(), period.to()).toSeconds();
        for (int i = random.nextInt(5); i > 0; i--) {
            edges.add(period.from().plusSeconds(random.nextLong(seconds)).plusNanos(random.nextInt(1_000_000_000)));
        }
        List<Instant> ordered =
                edges.stream().filter(edge -> !edge.isAfter(period.to())).toList();
        return IntStream.range(1, ordered.size())
                .mapToObj(i -> new Period(ordered.get(i - 1), ordered.get(i)))
                .toList();
    }

    private static BillingCalendar calendar(RandomGenerator random) {
        BillFrequency frequency = random.nextBoolean() ? BillFrequency.MONTHLY : BillFrequency.WEEKLY;
        return new BillingCalendar(
                new Cycle(frequency, random.nextInt(1, 4)),
                LocalDate.of(2000, 1, 1).plusDays(random.nextInt(10_000)),
                zone(random));
    }

    private static ZoneId zone(RandomGenerator random) {
        return ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    }

    private static Instant instant(RandomGenerator random) {
        return Instant.ofEpochSecond(random.nextLong(1_200_000_000L, 1_900_000_000L));
    }
}

package io.tallystick.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tallystick.seed.Seed;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimeBucketsTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");
    private static final ZoneId APIA = ZoneId.of("Pacific/Apia");

    @Test
    void coversAPeriodByWholeDays() {
        assertThat(edges("2024-02-28T12:00:00Z", "2024-03-01T00:00:00Z", BucketSize.DAY, UTC))
                .containsExactly(
                        instant("2024-02-28T00:00:00Z"),
                        instant("2024-02-29T00:00:00Z"),
                        instant("2024-03-01T00:00:00Z"));
    }

    @Test
    void beginsAnotherBucketWithTheFirstNanosecondBehindAnEdge() {
        assertThat(edges("2024-03-01T00:00:00Z", "2024-03-02T00:00:00.000000001Z", BucketSize.DAY, UTC))
                .hasSize(3);
        assertThat(edges("2024-03-01T00:00:00Z", "2024-03-01T00:00:00.000000001Z", BucketSize.DAY, UTC))
                .containsExactly(instant("2024-03-01T00:00:00Z"), instant("2024-03-02T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "WEEK, 2024-12-29T23:59:59Z, 2024-12-30T00:00:00Z, 2024-12-23T00:00:00Z, 2024-12-30T00:00:00Z",
        "WEEK, 2024-12-30T00:00:00Z, 2025-01-01T00:00:00Z, 2024-12-30T00:00:00Z, 2025-01-06T00:00:00Z",
        "MONTH, 2024-02-29T00:00:00Z, 2024-02-29T01:00:00Z, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z",
        "MONTH, 2023-02-28T23:59:59Z, 2023-03-01T00:00:00Z, 2023-02-01T00:00:00Z, 2023-03-01T00:00:00Z",
        "QUARTER, 2024-01-01T00:00:00Z, 2024-04-01T00:00:00Z, 2024-01-01T00:00:00Z, 2024-04-01T00:00:00Z",
        "QUARTER, 2024-06-30T23:59:59Z, 2024-07-01T00:00:00Z, 2024-04-01T00:00:00Z, 2024-07-01T00:00:00Z",
        "QUARTER, 2024-12-31T00:00:00Z, 2024-12-31T01:00:00Z, 2024-10-01T00:00:00Z, 2025-01-01T00:00:00Z",
        "HOUR, 2024-12-31T23:59:59Z, 2025-01-01T00:00:00Z, 2024-12-31T23:00:00Z, 2025-01-01T00:00:00Z",
    })
    void cutsAtTheStartOfTheUnit(BucketSize size, String from, String to, String start, String end) {
        assertThat(edges(from, to, size, UTC)).containsExactly(instant(start), instant(end));
    }

    @Test
    void startsEveryMonthOfALeapYearOnTheFirst() {
        List<Instant> edges = edges("2024-01-31T00:00:00Z", "2025-01-01T00:00:00Z", BucketSize.MONTH, UTC);

        assertThat(edges).hasSize(13).allMatch(edge -> edge.atZone(UTC).getDayOfMonth() == 1);
    }

    @Test
    void cutsLocalDaysAtLocalMidnight() {
        assertThat(edges("2024-12-01T00:00:00Z", "2024-12-01T23:00:00Z", BucketSize.DAY, BERLIN))
                .containsExactly(instant("2024-11-30T23:00:00Z"), instant("2024-12-01T23:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2024-03-31, PT23H",
        "Europe/Berlin, 2024-10-27, PT25H",
        "Australia/Lord_Howe, 2024-10-06, PT23H30M",
        "Australia/Lord_Howe, 2024-04-07, PT24H30M",
        "America/Havana, 2024-03-10, PT23H",
        "America/Havana, 2024-11-03, PT25H",
        "Pacific/Apia, 2011-12-29, PT24H",
        "Pacific/Apia, 2011-12-31, PT24H",
    })
    void givesADayTheHoursItHas(ZoneId zone, LocalDate date, Duration length) {
        Instant noon = date.atTime(12, 0).atZone(zone).toInstant();

        List<Instant> edges = edges(noon.toString(), noon.plusSeconds(1).toString(), BucketSize.DAY, zone);

        assertThat(edges).hasSize(2);
        assertThat(Duration.between(edges.getFirst(), edges.getLast())).isEqualTo(length);
    }

    @Test
    void keepsTheTwoHoursFromTwoOClockOfAnAutumnNightApart() {
        assertThat(edges("2024-10-26T23:30:00Z", "2024-10-27T02:00:00Z", BucketSize.HOUR, BERLIN))
                .containsExactly(
                        instant("2024-10-26T23:00:00Z"), // 01:00 CEST
                        instant("2024-10-27T00:00:00Z"), // 02:00 CEST
                        instant("2024-10-27T01:00:00Z"), // 02:00 CET
                        instant("2024-10-27T02:00:00Z")); // 03:00 CET
    }

    @Test
    void leavesOutTheHourThatASpringNightDoesNotHave() {
        assertThat(edges("2024-03-31T00:30:00Z", "2024-03-31T02:00:00Z", BucketSize.HOUR, BERLIN))
                .containsExactly(
                        instant("2024-03-31T00:00:00Z"), // 01:00 CET
                        instant("2024-03-31T01:00:00Z"), // 03:00 CEST
                        instant("2024-03-31T02:00:00Z"));
    }

    @Test
    void cutsTheHalfHoursOfLordHowe() {
        // 02:00+10:30 becomes 02:30+11:00: the hour from two o'clock has half an hour
        assertThat(edges("2024-10-05T15:00:00Z", "2024-10-05T17:00:00Z", BucketSize.HOUR, LORD_HOWE))
                .containsExactly(
                        instant("2024-10-05T14:30:00Z"),
                        instant("2024-10-05T15:30:00Z"),
                        instant("2024-10-05T16:00:00Z"),
                        instant("2024-10-05T17:00:00Z"));
        // 02:00+11:00 becomes 01:30+10:30: half an hour from one o'clock comes again
        assertThat(edges("2024-04-06T14:00:00Z", "2024-04-06T15:30:00Z", BucketSize.HOUR, LORD_HOWE))
                .containsExactly(
                        instant("2024-04-06T14:00:00Z"),
                        instant("2024-04-06T15:00:00Z"),
                        instant("2024-04-06T15:30:00Z"));
        assertThat(edges("2024-04-06T15:10:00Z", "2024-04-06T15:30:00Z", BucketSize.HOUR, LORD_HOWE))
                .containsExactly(instant("2024-04-06T15:00:00Z"), instant("2024-04-06T15:30:00Z"));
    }

    @Test
    void cutsHoursOfTheLocalClockWhereOffsetsAreNotWhole() {
        assertThat(edges("2024-06-01T00:00:00Z", "2024-06-01T00:20:00Z", BucketSize.HOUR, ZoneId.of("Asia/Kathmandu")))
                .containsExactly(
                        instant("2024-05-31T23:15:00Z"),
                        instant("2024-06-01T00:15:00Z"),
                        instant("2024-06-01T01:15:00Z"));
    }

    @Test
    void hasNoBucketForTheDayThatApiaLeftOut() {
        assertThat(edges("2011-12-29T10:00:00Z", "2012-01-01T10:00:00Z", BucketSize.DAY, APIA))
                .containsExactly(
                        instant("2011-12-29T10:00:00Z"), // 29 December, UTC-10
                        instant("2011-12-30T10:00:00Z"), // 31 December, UTC+14
                        instant("2011-12-31T10:00:00Z"),
                        instant("2012-01-01T10:00:00Z"));
    }

    @Test
    void takesTwentyThousandBucketsAndNotOneMore() {
        Instant from = instant("2024-01-01T00:00:00Z");
        Instant to = from.plus(Duration.ofHours(TimeBuckets.MAX));

        assertThat(TimeBuckets.covering(new Period(from, to), BucketSize.HOUR, UTC))
                .isInstanceOfSatisfying(TimeBuckets.Edges.class, edges -> assertThat(edges.instants())
                        .hasSize(20_001)
                        .startsWith(from)
                        .endsWith(to));
        assertThat(TimeBuckets.covering(new Period(from, to.plusNanos(1)), BucketSize.HOUR, UTC))
                .isInstanceOf(TimeBuckets.TooMany.class);
    }

    @Test
    void saysHowManyBucketsWouldBeTooMany() {
        Period decade = new Period(instant("2014-01-01T00:00:00Z"), instant("2024-01-01T00:00:00Z"));

        assertThat(TimeBuckets.covering(decade, BucketSize.HOUR, UTC))
                .isInstanceOfSatisfying(TimeBuckets.TooMany.class, refusal -> assertThat(refusal.message())
                        .isEqualTo(
                                "Expected at most 20000 buckets, but [2014-01-01T00:00:00Z, 2024-01-01T00:00:00Z) has about "
                                        + "87648 of one HOUR. Ask for a shorter period or larger buckets."));
    }

    @Test
    void refusesALongPeriodWithoutCountingItThrough() {
        Period ages = new Period(instant("-100000000-01-01T00:00:00Z"), instant("+100000000-01-01T00:00:00Z"));

        assertThat(Stream.of(BucketSize.values()).map(size -> TimeBuckets.covering(ages, size, BERLIN)))
                .hasOnlyElementsOfType(TimeBuckets.TooMany.class);
    }

    @Test
    void edgesThatDoNotAscendCannotBeMade() {
        Instant edge = instant("2024-01-01T00:00:00Z");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeBuckets.Edges(List.of(edge)))
                .withMessage("Expected at least two edges, but were [2024-01-01T00:00:00Z].");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeBuckets.Edges(List.of(edge, edge)))
                .withMessage("Expected ascending edges, but after 2024-01-01T00:00:00Z came 2024-01-01T00:00:00Z.");
    }

    @Test
    void coversEveryPeriodInEveryZone() {
        List<String> zones = new ArrayList<>(ZoneId.getAvailableZoneIds());
        zones.sort(Comparator.naturalOrder());
        List<BucketSize> sizes = List.of(BucketSize.values());
        Seed.runs(TimeBucketsTest.class, 2_000, random -> {
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            BucketSize size = sizes.get(random.nextInt(sizes.size()));
            Instant from = Instant.ofEpochSecond(random.nextLong(-1_500_000_000L, 2_500_000_000L));
            Period period = new Period(from, from.plusSeconds(1 + random.nextInt(20_000_000)));

            List<Instant> edges = edges(period, size, zone);

            assertThat(period.from())
                    .as("%s %s %s", zone, size, period)
                    .isBetween(edges.getFirst(), edges.get(1).minusNanos(1));
            assertThat(period.to())
                    .as("%s %s %s", zone, size, period)
                    .isBetween(edges.get(edges.size() - 2).plusNanos(1), edges.getLast());
            // Cut from the middle of any bucket, the edges are the same: a bucket does not depend on the question.
            int bucket = random.nextInt(edges.size() - 1);
            Period inside = new Period(edges.get(bucket).plusNanos(1), edges.get(bucket + 1));
            assertThat(edges(inside, size, zone))
                    .as("%s %s %s", zone, size, inside)
                    .isEqualTo(edges.subList(bucket, bucket + 2));
        });
    }

    @Test
    void startsHoursOnTheFullHourOrWhereTheClockIsChanged() {
        Seed.runs(TimeBucketsTest.class, 500, random -> {
            Instant from = LocalDateTime.of(
                            2024, 1 + random.nextInt(12), 1 + random.nextInt(28), random.nextInt(24), 17)
                    .atZone(LORD_HOWE)
                    .toInstant();

            List<Instant> edges = edges(new Period(from, from.plus(Duration.ofDays(2))), BucketSize.HOUR, LORD_HOWE);

            assertThat(edges).allSatisfy(edge -> {
                ZonedDateTime local = edge.atZone(LORD_HOWE);
                boolean isChange = !local.getOffset()
                        .equals(edge.minusNanos(1).atZone(LORD_HOWE).getOffset());
                assertThat(local.getMinute() == 0 || isChange).as("%s", local).isTrue();
            });
        });
    }

    private static List<Instant> edges(String from, String to, BucketSize size, ZoneId zone) {
        return edges(new Period(instant(from), instant(to)), size, zone);
    }

    private static List<Instant> edges(Period period, BucketSize size, ZoneId zone) {
        return switch (TimeBuckets.covering(period, size, zone)) {
            case TimeBuckets.Edges(List<Instant> instants) -> instants;
            case TimeBuckets.TooMany refusal -> throw new AssertionError(refusal.message());
        };
    }

    private static Instant instant(String text) {
        return Instant.parse(text);
    }
}

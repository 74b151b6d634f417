package io.tallystick.usage;

import static io.tallystick.usage.UsageFixture.DECEMBER;
import static io.tallystick.usage.UsageFixture.DONALD;
import static io.tallystick.usage.UsageFixture.METER;
import static io.tallystick.usage.UsageFixture.MICKEY;
import static io.tallystick.usage.UsageFixture.NOON;
import static io.tallystick.usage.UsageFixture.decimal;
import static io.tallystick.usage.UsageFixture.draft;
import static io.tallystick.usage.UsageFixture.noUid;
import static io.tallystick.usage.UsageFixture.slots;
import static io.tallystick.usage.UsageFixture.uid;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.catalog.Function;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store of usage must answer. An adapter's test extends it and opens its store. */
public abstract class UsageQuestionContract extends UsageStoreSetup {
    @Test
    void answersNothingBeforeTheFirstMeasurement() {
        UsageAnswer answer = ask(UsageQuery.Grouping.NONE, measure(Function.SUM, N0));

        assertThat(answer.rows()).isEmpty();
        assertThat(answer.truncated()).isFalse();
        assertThat(answer.watermark()).isEqualTo(store.watermark());
    }

    @Test
    void computesEveryFunctionOfOneMeter() {
        append(
                draft(MICKEY, NOON).number(0, decimal("1.5")).text(0, "eu"),
                draft(MICKEY, NOON.plusSeconds(2)).number(0, decimal("-4")).text(0, "us"),
                draft(DONALD, NOON.plusSeconds(1))
                        .number(0, decimal("10.000001"))
                        .text(0, "eu"),
                draft(DONALD, NOON.plusSeconds(3)).number(1, decimal("7")));

        UsageAnswer answer = ask(
                UsageQuery.Grouping.NONE,
                measure(Function.SUM, N0),
                measure(Function.MIN, N0),
                measure(Function.MAX, N0),
                measure(Function.COUNT, N0),
                measure(Function.LATEST, N0),
                measure(Function.MEAN, N0),
                measure(Function.COUNT, T0),
                measure(Function.UNIQUE, T0),
                measure(Function.UNIQUE, T1),
                measure(Function.SUM, N1));

        assertThat(answer.rows())
                .containsExactly(new UsageAnswer.Row(
                        OptionalInt.empty(),
                        List.of(),
                        Optional.empty(),
                        Stream.of(
                                        "7.500001",
                                        "-4",
                                        "10.000001",
                                        "3",
                                        "-4",
                                        "2.500000333333333333333333333333333",
                                        "3",
                                        "2",
                                        "0",
                                        "7")
                                .map(value -> Optional.of(decimal(value)))
                                .toList(),
                        4));
    }

    @Test
    void leavesValuesOutWhereNoMeasurementCarriesTheField() {
        append(draft(MICKEY, NOON).number(0, decimal("1")));

        assertThat(values(
                        measure(Function.SUM, N1),
                        measure(Function.MIN, N1),
                        measure(Function.LATEST, N1),
                        measure(Function.MEAN, N1),
                        measure(Function.COUNT, N1),
                        measure(Function.UNIQUE, T1),
                        measure(Function.SUM, new UsageQuery.Slot.NumberSlot(29))))
                .containsExactly("-", "-", "-", "-", "0", "0", "-");
    }

    /** One customer's usage never counts for another: the sum over accounts is the total. */
    @Test
    void groupsByAccountWithoutLosingOrMixingAny() {
        append(IntStream.range(0, 100)
                .mapToObj(i -> draft(1 + i % 7, NOON.plusSeconds(i)).number(0, BigDecimal.valueOf(i)))
                .toArray(MeasurementDraft[]::new));

        UsageAnswer byAccount = ask(UsageQuery.Grouping.BY_ACCOUNT, measure(Function.SUM, N0));

        assertThat(byAccount.rows())
                .extracting(row -> row.account().orElseThrow())
                .containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(byAccount.rows().stream()
                        .map(row -> row.values().getFirst().orElseThrow())
                        .reduce(BigDecimal::add))
                .contains(decimal("4950"));
        assertThat(values(measure(Function.SUM, N0))).containsExactly("4950");
    }

    @Test
    void groupsByTextsInByteOrderWithAbsentOnesFirst() {
        append(
                draft(MICKEY, NOON).text(0, "z"),
                draft(MICKEY, NOON).text(0, "\uFF5E"),
                draft(MICKEY, NOON).text(0, "\uD83D\uDE00"),
                draft(MICKEY, NOON).text(0, "I").text(1, "second"),
                draft(MICKEY, NOON).text(0, "\u0131"),
                draft(MICKEY, NOON).text(0, ""),
                draft(MICKEY, NOON).text(0, "a\0b"),
                draft(MICKEY, NOON),
                draft(MICKEY, NOON).text(0, "I"));

        UsageAnswer answer =
                ask(new UsageQuery.Grouping(false, List.of(T0, T1), List.of()), measure(Function.COUNT, T0));

        assertThat(answer.rows())
                .extracting(UsageAnswer.Row::texts)
                .containsExactly(
                        List.of(Optional.empty(), Optional.empty()),
                        List.of(Optional.of(""), Optional.empty()),
                        List.of(Optional.of("I"), Optional.empty()),
                        List.of(Optional.of("I"), Optional.of("second")),
                        List.of(Optional.of("a\0b"), Optional.empty()),
                        List.of(Optional.of("z"), Optional.empty()),
                        List.of(Optional.of("\u0131"), Optional.empty()),
                        List.of(Optional.of("\uFF5E"), Optional.empty()),
                        List.of(Optional.of("\uD83D\uDE00"), Optional.empty()));
    }

    @Test
    void groupsByTheFirstRuleThatFitsWithWhatNoneFitsFirst() {
        append(
                draft(MICKEY, NOON).number(0, decimal("1")).text(0, "eu").text(1, "gold"),
                draft(MICKEY, NOON).number(0, decimal("2")).text(0, "eu").text(1, "tin"),
                draft(MICKEY, NOON).number(0, decimal("4")).text(0, "eu"),
                draft(MICKEY, NOON).number(0, decimal("8")).text(0, "us").text(1, "gold"),
                draft(MICKEY, NOON).number(0, decimal("16")).text(0, ""),
                draft(MICKEY, NOON).number(0, decimal("32")),
                draft(MICKEY, NOON).number(0, decimal("64")).text(1, "gold"));
        TextRule.Condition present = new TextRule.Condition.Present();
        UsageQuery.Grouping byRules = new UsageQuery.Grouping(
                false,
                List.of(),
                List.of(),
                List.of(
                        new TextRule(Map.of(T0, new TextRule.Condition.Equal("never sent"))),
                        new TextRule(Map.of(T0, new TextRule.Condition.Equal("eu"), T1, present)),
                        new TextRule(Map.of(T1, new TextRule.Condition.Equal("gold"))),
                        new TextRule(Map.of(T0, new TextRule.Condition.Equal("eu"), T1, present)),
                        new TextRule(Map.of(T0, present))));

        UsageAnswer answer = ask(byRules, measure(Function.SUM, N0));

        assertThat(answer.rows())
                .extracting(UsageAnswer.Row::rule)
                .containsExactly(OptionalInt.empty(), OptionalInt.of(1), OptionalInt.of(2), OptionalInt.of(4));
        assertThat(texts(answer)).containsExactly("32", "3", "72", "20");
    }

    @Test
    void putsEachMeasurementIntoTheBucketThatItsTimeBegins() {
        Instant first = Instant.parse("2024-12-01T00:00:00Z");
        Instant second = Instant.parse("2024-12-02T01:00:00Z");
        Instant third = Instant.parse("2024-12-02T02:00:00.0000005Z");
        Instant end = Instant.parse("2025-01-01T00:00:00Z");
        append(
                draft(MICKEY, first).number(0, decimal("1")),
                draft(MICKEY, second.minusNanos(1_000)).number(0, decimal("2")),
                draft(MICKEY, second).number(0, decimal("4")),
                draft(MICKEY, third.minusNanos(500)).number(0, decimal("8")),
                draft(MICKEY, third.plusNanos(500)).number(0, decimal("16")),
                draft(MICKEY, end.minusNanos(1_000)).number(0, decimal("32")),
                draft(MICKEY, end).number(0, decimal("64")));

        UsageAnswer answer = ask(
                new UsageQuery.Grouping(false, List.of(), List.of(first, second, third, end)),
                measure(Function.SUM, N0));

        assertThat(answer.rows())
                .extracting(row -> row.bucketStart().orElseThrow() + " "
                        + row.values().getFirst().orElseThrow())
                .containsExactly(first + " 3", second + " 12", third + " 48");
    }

    @Test
    void keepsTheTwoHoursOfANightWhenClocksGoBackApart() {
        Instant from = Instant.parse("2024-10-26T22:00:00Z");
        List<Instant> hours = IntStream.rangeClosed(0, 5)
                .mapToObj(hour -> from.plus(Duration.ofHours(hour)))
                .toList();
        append(hours.stream().map(hour -> draft(MICKEY, hour.plusSeconds(1))).toArray(MeasurementDraft[]::new));

        UsageAnswer answer = store.ask(new UsageQuery(
                METER,
                new Period(from, hours.getLast()),
                ALL,
                List.of(),
                List.of(measure(Function.COUNT, N0)),
                new UsageQuery.Grouping(false, List.of(), hours),
                Optional.empty(),
                100));

        assertThat(answer.rows())
                .extracting(row -> row.bucketStart().orElseThrow())
                .isEqualTo(hours.subList(0, 5));
        assertThat(answer.rows()).extracting(UsageAnswer.Row::measurements).containsOnly(1L);
    }

    @Test
    void countsFromTheFirstInstantOfThePeriodToTheLastBeforeItsEnd() {
        append(
                draft(MICKEY, DECEMBER.from().minusNanos(1_000)).number(0, decimal("1")),
                draft(MICKEY, DECEMBER.from()).number(0, decimal("2")),
                draft(MICKEY, DECEMBER.to().minusNanos(1_000)).number(0, decimal("4")),
                draft(MICKEY, DECEMBER.to()).number(0, decimal("8")));

        assertThat(values(measure(Function.SUM, N0))).containsExactly("6");
    }

    @Test
    void filtersByAccountsAndTexts() {
        append(
                draft(MICKEY, NOON).number(0, decimal("1")).text(0, "eu").text(1, "a"),
                draft(MICKEY, NOON).number(0, decimal("2")).text(0, "us").text(1, "a"),
                draft(MICKEY, NOON).number(0, decimal("4")).text(0, "eu"),
                draft(DONALD, NOON).number(0, decimal("8")).text(0, "ap").text(1, "a"),
                draft(DONALD, NOON).number(0, decimal("16")));

        assertThat(sumWhere(ALL)).containsExactly("31");
        assertThat(sumWhere(only(MICKEY))).containsExactly("7");
        assertThat(sumWhere(only(MICKEY, DONALD))).containsExactly("31");
        assertThat(sumWhere(only(99))).isEmpty();
        assertThat(sumWhere(only())).isEmpty();
        assertThat(sumWhere(ALL, filter(T0, "eu"))).containsExactly("5");
        assertThat(sumWhere(ALL, filter(T0, "eu", "ap", "never heard of"))).containsExactly("13");
        assertThat(sumWhere(ALL, filter(T0, "eu", "us"), filter(T1, "a"))).containsExactly("3");
        assertThat(sumWhere(only(DONALD), filter(T1, "a"))).containsExactly("8");
        assertThat(sumWhere(ALL, filter(T0, "never heard of"))).isEmpty();
        assertThat(sumWhere(ALL, filter(T0))).isEmpty();
        assertThat(sumWhere(ALL, filter(new UsageQuery.Slot.TextSlot(63), "eu")))
                .isEmpty();
        assertThat(sumWhere(ALL, filter(T0, "eu') OR ('1'='1"))).isEmpty();
    }

    @Test
    void takesAHundredThousandAccountsInAFilter() {
        append(draft(MICKEY, NOON).number(0, decimal("1")), draft(200_000, NOON).number(0, decimal("2")));
        Set<Integer> numbers =
                new HashSet<>(IntStream.rangeClosed(1, 100_000).boxed().toList());

        assertThat(sumWhere(new UsageQuery.Accounts.Only(numbers))).containsExactly("1");
    }

    @Test
    void addsNumbersThatNeedMoreDigitsToThoseThatDoNot() {
        append(
                draft(MICKEY, NOON).number(0, decimal("0.000001")),
                draft(MICKEY, NOON.plusSeconds(1)).number(0, decimal("-0.000000000001")),
                draft(MICKEY, NOON.plusSeconds(2)).number(0, decimal("12345678901234.5")),
                draft(MICKEY, NOON.plusSeconds(3)).number(0, decimal("3")).number(1, decimal("1000000000000")));
        append(draft(MICKEY, NOON.plusSeconds(4)).number(0, decimal("2")));

        assertThat(values(
                        measure(Function.SUM, N0),
                        measure(Function.MIN, N0),
                        measure(Function.MAX, N0),
                        measure(Function.COUNT, N0),
                        measure(Function.LATEST, N0),
                        measure(Function.MEAN, N0),
                        measure(Function.SUM, N1)))
                .containsExactly(
                        "12345678901239.500000999999",
                        "-0.000000000001",
                        "12345678901234.5",
                        "5",
                        "2",
                        "2469135780247.9000001999998",
                        "1000000000000");
    }

    /** The neighbours' bug: very large amounts vanish from the bill. */
    @Test
    void sumsTheLargestNumbersWithoutOverflow() {
        append(
                draft(MICKEY, NOON).number(0, decimal(LARGEST)),
                draft(MICKEY, NOON.plusSeconds(1)).number(0, decimal(LARGEST)),
                draft(MICKEY, NOON.plusSeconds(2)).number(0, decimal(LARGEST)),
                draft(DONALD, NOON).number(0, decimal("-" + LARGEST)),
                draft(DONALD, NOON).number(0, decimal("-" + LARGEST)),
                draft(DONALD, NOON).number(0, decimal("-0.5")));

        UsageAnswer answer = ask(UsageQuery.Grouping.BY_ACCOUNT, measure(Function.SUM, N0), measure(Function.MEAN, N0));

        assertThat(answer.rows())
                .extracting(row -> row.values().getFirst().orElseThrow().toPlainString())
                .containsExactly(
                        "299999999999999999999999999.999999999997", "-200000000000000000000000000.499999999998");
        assertThat(answer.rows().getFirst().values().get(1)).contains(decimal("100000000000000000000000000"));
    }

    @Test
    void takesTheGreatestUidThenValueAsLatestOfEqualTimes() {
        append(
                draft(uid("b")).number(0, decimal("1")),
                draft(uid("a")).number(0, decimal("9")),
                draft(noUid()).number(0, decimal("8")));
        assertThat(values(measure(Function.LATEST, N0))).containsExactly("1");

        append(draft(uid("\u0101")).number(1, decimal("5")));
        assertThat(values(measure(Function.LATEST, N0))).containsExactly("1");

        append(draft(uid("b2345678-0000-4000-8000-000000000000")).number(0, decimal("3")));
        assertThat(values(measure(Function.LATEST, N0))).containsExactly("3");

        append(
                draft(uid("b\uD83D\uDE00")).number(0, decimal("-7")),
                draft(uid("b\uFF5E")).number(0, decimal("6")));
        assertThat(values(measure(Function.LATEST, N0))).containsExactly("-7");
    }

    @Test
    void takesTheGreatestValueAsLatestOfMeasurementsWithoutUid() {
        append(
                draft(noUid()).number(0, decimal("2")),
                draft(noUid()).number(0, decimal("3")),
                draft(noUid()).number(0, decimal("-5")));

        assertThat(values(measure(Function.LATEST, N0))).containsExactly("3");
    }

    @Test
    void readsAMeterThatOutgrewItsShapeFromBothTables() {
        append(draft(MICKEY, NOON).number(0, decimal("1")).text(0, "eu"));
        append(Measurement.draft(noUid(), METER, slots(5, 5), MICKEY, NOON.plusSeconds(1))
                .number(0, decimal("2"))
                .number(4, decimal("32"))
                .text(0, "eu")
                .text(4, "x"));
        append(Measurement.draft(noUid(), METER, slots(30, 64), MICKEY, NOON.plusSeconds(2))
                .number(0, decimal("12345678901234567890"))
                .number(29, decimal("29"))
                .text(63, "last"));

        assertThat(values(
                        measure(Function.SUM, N0),
                        measure(Function.COUNT, N0),
                        measure(Function.SUM, new UsageQuery.Slot.NumberSlot(4)),
                        measure(Function.SUM, new UsageQuery.Slot.NumberSlot(29)),
                        measure(Function.UNIQUE, T0),
                        measure(Function.UNIQUE, new UsageQuery.Slot.TextSlot(63))))
                .containsExactly("12345678901234567893", "3", "32", "29", "1", "1");
        assertThat(sumWhere(ALL, filter(T0, "eu"))).containsExactly("3");
        assertThat(sumWhere(ALL, filter(new UsageQuery.Slot.TextSlot(4), "x"))).containsExactly("2");
    }

    @Test
    void keepsMetersApart() {
        append(
                Measurement.draft(noUid(), 1, slots(1, 0), MICKEY, NOON).number(0, decimal("1")),
                Measurement.draft(noUid(), 2, slots(1, 0), MICKEY, NOON).number(0, decimal("2")),
                draft(MICKEY, NOON).number(0, decimal("4")));

        assertThat(values(measure(Function.SUM, N0))).containsExactly("4");
    }

    @Test
    void saysWhenThereAreMoreRowsThanTheLimit() {
        append(draft(1, NOON), draft(2, NOON), draft(3, NOON));

        UsageAnswer two = askByAccount(2);
        UsageAnswer three = askByAccount(3);

        assertThat(two.truncated()).isTrue();
        assertThat(two.rows()).extracting(row -> row.account().orElseThrow()).containsExactly(1, 2);
        assertThat(three.truncated()).isFalse();
        assertThat(three.rows()).hasSize(3);
    }
}

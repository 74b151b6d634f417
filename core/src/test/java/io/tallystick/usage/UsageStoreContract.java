package io.tallystick.usage;

import static io.tallystick.usage.UsageFixture.ACME;
import static io.tallystick.usage.UsageFixture.DECEMBER;
import static io.tallystick.usage.UsageFixture.DONALD;
import static io.tallystick.usage.UsageFixture.METER;
import static io.tallystick.usage.UsageFixture.MICKEY;
import static io.tallystick.usage.UsageFixture.NOON;
import static io.tallystick.usage.UsageFixture.OTHER;
import static io.tallystick.usage.UsageFixture.RECEIVED;
import static io.tallystick.usage.UsageFixture.decimal;
import static io.tallystick.usage.UsageFixture.draft;
import static io.tallystick.usage.UsageFixture.noUid;
import static io.tallystick.usage.UsageFixture.slots;
import static io.tallystick.usage.UsageFixture.uid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.catalog.Function;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store of usage must do. An adapter's test extends it and says how its store is opened. */
public abstract class UsageStoreContract {
    private static final Slot.NumberSlot N0 = new Slot.NumberSlot(0);
    private static final Slot.NumberSlot N1 = new Slot.NumberSlot(1);
    private static final Slot.TextSlot T0 = new Slot.TextSlot(0);
    private static final Slot.TextSlot T1 = new Slot.TextSlot(1);
    private static final UsageQuery.Accounts ALL = new UsageQuery.Accounts.All();
    private static final String LARGEST = "99999999999999999999999999.999999999999";

    @TempDir
    Path directory;

    private UsageStore store;

    /** Opens the store of a directory that is empty, or that such a store was closed in. */
    protected abstract UsageStore open(Path directory);

    @BeforeEach
    void openStore() {
        store = open(directory);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

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
                        measure(Function.SUM, new Slot.NumberSlot(29))))
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
        assertThat(sumWhere(ALL, filter(new Slot.TextSlot(63), "eu"))).isEmpty();
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
                        measure(Function.SUM, new Slot.NumberSlot(4)),
                        measure(Function.SUM, new Slot.NumberSlot(29)),
                        measure(Function.UNIQUE, T0),
                        measure(Function.UNIQUE, new Slot.TextSlot(63))))
                .containsExactly("12345678901234567893", "3", "32", "29", "1", "1");
        assertThat(sumWhere(ALL, filter(T0, "eu"))).containsExactly("3");
        assertThat(sumWhere(ALL, filter(new Slot.TextSlot(4), "x"))).containsExactly("2");
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
    void answersAsOfAWatermarkForEverTheSame() {
        UsageWatermark nothing = store.watermark();
        UsageWatermark one = append(draft(MICKEY, NOON).number(0, decimal("1")));
        UsageWatermark two = append(draft(MICKEY, NOON).number(0, decimal("2")));
        append(draft(MICKEY, NOON).number(0, decimal("4444444444444444444")));

        assertThat(sumAsOf(nothing)).isEmpty();
        assertThat(sumAsOf(one)).containsExactly("1");
        assertThat(sumAsOf(two)).containsExactly("3");

        reopenStore();
        append(draft(MICKEY, NOON).number(0, decimal("8")));

        assertThat(sumAsOf(nothing)).isEmpty();
        assertThat(sumAsOf(one)).containsExactly("1");
        assertThat(sumAsOf(two)).containsExactly("3");
        assertThat(store.ask(query(Optional.of(one), 10, measure(Function.SUM, N0)))
                        .watermark())
                .isEqualTo(one);
    }

    @Test
    void refusesAWatermarkItNeverGave() {
        append(draft(MICKEY, NOON));

        for (String value : List.of("2", "-1", "x", "", "99999999999999999999999")) {
            assertThatThrownBy(() -> sumAsOf(new UsageWatermark(value)))
                    .isInstanceOfSatisfying(QuestionFailedException.class, failure -> assertThat(failure.reason())
                            .isEqualTo(QuestionFailedException.Reason.UNKNOWN_WATERMARK))
                    .hasMessageContaining("\"%s\"", value);
        }
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

    @Test
    void showsEveryIdentityItAcceptedAfterItIsOpenedAgain() {
        List<Identity> identities = List.of(
                uid("01234567-89ab-cdef-8123-456789abcdef"),
                uid("01234567-89AB-CDEF-8123-456789ABCDEF"),
                uid("any text \uD83D\uDE00"),
                new Identity.Uid(OTHER, Door.MEASUREMENTS, "01234567-89ab-cdef-8123-456789abcdef"),
                new Identity.Uid(ACME, Door.CLOUD_EVENTS, "any text \uD83D\uDE00"),
                noUid());
        append(identities.stream()
                .map(identity -> draft(identity).number(0, decimal("1")))
                .toArray(MeasurementDraft[]::new));
        append(Measurement.draft(uid("in another table"), METER, slots(9, 9), MICKEY, NOON));
        IdentityHash hash = store.identityHash();
        Set<List<Long>> before = identities();

        reopenStore();

        assertThat(store.identityHash()).isEqualTo(hash);
        assertThat(before).hasSize(6);
        assertThat(identities()).isEqualTo(before);
        Measurement known = draft(identities.getFirst()).number(0, decimal("1")).freeze(RECEIVED);
        Identified identified = Identified.of(known, hash.scope(ACME, Door.MEASUREMENTS));
        assertThat(before).contains(List.of(identified.high(), identified.low(), (long) known.contentHash()));
    }

    @Test
    void pagesThroughMeasurementsNewestFirst() {
        append(IntStream.range(0, 5)
                .mapToObj(i -> draft(MICKEY, NOON.plusSeconds(i / 2)).number(0, BigDecimal.valueOf(i)))
                .toArray(MeasurementDraft[]::new));
        append(draft(DONALD, NOON.plusSeconds(1)).number(0, decimal("5")));

        List<String> read = new ArrayList<>();
        Optional<StoredMeasurement.Place> after = Optional.empty();
        Optional<UsageWatermark> asOf = Optional.empty();
        do {
            StoredMeasurement.Page page =
                    store.measurements(new MeasurementQuery(METER, DECEMBER, ALL, List.of(), asOf, after, 2));
            page.measurements()
                    .forEach(each ->
                            read.add(each.numbers().getFirst().orElseThrow().toPlainString()));
            after = page.next();
            asOf = Optional.of(page.watermark());
            append(draft(MICKEY, NOON.plusSeconds(1)).number(0, decimal("99")));
        } while (after.isPresent());

        assertThat(read).containsExactly("4", "5", "3", "2", "1", "0");
    }

    @Test
    void readsAMeasurementBackAsItWasSaid() {
        append(Measurement.draft(uid("first"), METER, slots(3, 2), MICKEY, NOON)
                .number(0, decimal("1.50"))
                .number(2, decimal(LARGEST))
                .text(1, "a\0\uD83D\uDE00")
                .until(NOON.plusSeconds(1))
                .undefined("colour", new FieldValue.TextValue("1"))
                .undefined("weight", new FieldValue.NumberValue(decimal("1.50")))
                .failedCalculation("duration", "Expected a divisor other than 0, but was 0."));
        append(Measurement.draft(uid("01234567-89ab-cdef-8123-456789abcdef"), METER, slots(0, 0), DONALD, NOON));

        StoredMeasurement.Page page = store.measurements(
                new MeasurementQuery(METER, DECEMBER, ALL, List.of(), Optional.empty(), Optional.empty(), 10));
        StoredMeasurement plain = page.measurements().get(0);
        StoredMeasurement said = page.measurements().get(1);

        assertThat(said.account()).isEqualTo(MICKEY);
        assertThat(said.door()).isEqualTo(Door.MEASUREMENTS);
        assertThat(said.uid()).contains("first");
        assertThat(said.eventTime()).isEqualTo(NOON);
        assertThat(said.endTime()).contains(NOON.plusSeconds(1));
        assertThat(said.receivedAt()).isEqualTo(RECEIVED);
        assertThat(said.numbers().subList(0, 3))
                .containsExactly(Optional.of(decimal("1.5")), Optional.empty(), Optional.of(decimal(LARGEST)));
        assertThat(said.texts().subList(0, 2)).containsExactly(Optional.empty(), Optional.of("a\0\uD83D\uDE00"));
        assertThat(said.remarks().undefined())
                .containsEntry("colour", new FieldValue.TextValue("1"))
                .containsEntry("weight", new FieldValue.NumberValue(decimal("1.5")));
        assertThat(said.remarks().failedCalculations())
                .containsEntry("duration", "Expected a divisor other than 0, but was 0.");
        assertThat(plain.uid()).contains("01234567-89ab-cdef-8123-456789abcdef");
        assertThat(plain.endTime()).isEmpty();
        assertThat(plain.remarks()).isEqualTo(Remarks.NONE);
        assertThat(page.next()).isEmpty();
    }

    @Test
    void filtersAPageByAccountPeriodAndText() {
        append(
                draft(MICKEY, NOON).number(0, decimal("1")).text(0, "eu"),
                draft(MICKEY, NOON).number(0, decimal("2")).text(0, "us"),
                draft(DONALD, NOON).number(0, decimal("4")).text(0, "eu"),
                draft(MICKEY, DECEMBER.to()).number(0, decimal("8")).text(0, "eu"));

        StoredMeasurement.Page page = store.measurements(new MeasurementQuery(
                METER, DECEMBER, only(MICKEY), List.of(filter(T0, "eu")), Optional.empty(), Optional.empty(), 10));

        assertThat(page.measurements())
                .extracting(each -> each.numbers().getFirst())
                .containsExactly(Optional.of(decimal("1")));
    }

    @Test
    void keepsConflictsAndRefusalsOfEachOrganizationUncounted() {
        append(draft(uid("a")).number(0, decimal("1")));
        Measurement second = draft(uid("a"))
                .number(1, decimal(LARGEST))
                .text(0, "eu")
                .until(NOON.plusSeconds(1))
                .undefined("x", new FieldValue.TextValue("y"))
                .freeze(RECEIVED);
        Refusal refusal = UsageFixture.refusal("b");
        append(new Block(List.of(), List.of(identified(second)), List.of(refusal)));
        reopenStore();

        assertThat(store.refusals(ACME, 10)).containsExactly(refusal);
        assertThat(store.refusals(OTHER, 10)).isEmpty();
        assertThat(store.conflicts(OTHER, 10)).isEmpty();
        assertThat(store.conflicts(ACME, 10))
                .containsExactly(new Conflict(
                        Door.MEASUREMENTS,
                        "a",
                        METER,
                        MICKEY,
                        NOON,
                        Optional.of(NOON.plusSeconds(1)),
                        RECEIVED,
                        List.of(Optional.empty(), Optional.of(decimal(LARGEST))),
                        List.of(Optional.of("eu"), Optional.empty()),
                        second.remarks()));
        assertThat(values(measure(Function.SUM, N0), measure(Function.SUM, N1))).containsExactly("1", "-");
        assertThat(identities()).hasSize(1);
    }

    @Test
    void listsTheLatestRefusalsFirst() {
        append(new Block(List.of(), List.of(), List.of(UsageFixture.refusal("a"), UsageFixture.refusal("b"))));
        append(new Block(List.of(), List.of(), List.of(UsageFixture.refusal("c"))));

        assertThat(store.refusals(ACME, 2))
                .extracting(each -> each.uid().orElseThrow())
                .containsExactly("c", "b");
    }

    @Test
    void goesOnAfterItWasReopenedInPlace() {
        append(draft(MICKEY, NOON).number(0, decimal("1")).text(0, "eu"));
        UsageWatermark before = store.watermark();

        store.reopen();

        assertThat(store.watermark()).isEqualTo(before);
        append(draft(MICKEY, NOON).number(0, decimal("2")).text(0, "eu"));
        assertThat(sumWhere(ALL, filter(T0, "eu"))).containsExactly("3");
        assertThat(store.watermark()).isNotEqualTo(before);
    }

    private UsageWatermark append(MeasurementDraft... drafts) {
        return append(new Block(
                Stream.of(drafts)
                        .map(draft -> identified(draft.freeze(RECEIVED)))
                        .toList(),
                List.of(),
                List.of()));
    }

    private UsageWatermark append(Block block) {
        assertThat(store.append(block)).isInstanceOf(UsageStore.Commit.Done.class);
        return store.watermark();
    }

    private Identified identified(Measurement measurement) {
        return Identified.of(
                measurement,
                store.identityHash()
                        .scope(
                                measurement.identity().organization(),
                                measurement.identity().door()));
    }

    private void reopenStore() {
        store.close();
        store = open(directory);
    }

    private Set<List<Long>> identities() {
        Set<List<Long>> identities = new HashSet<>();
        store.identities((high, low, content) -> identities.add(List.of(high, low, (long) content)));
        return identities;
    }

    private List<String> values(UsageQuery.Measure... measures) {
        return texts(ask(UsageQuery.Grouping.NONE, measures));
    }

    private List<String> sumWhere(UsageQuery.Accounts accounts, UsageQuery.TextFilter... filters) {
        return texts(store.ask(new UsageQuery(
                METER,
                DECEMBER,
                accounts,
                List.of(filters),
                List.of(measure(Function.SUM, N0)),
                UsageQuery.Grouping.NONE,
                Optional.empty(),
                10)));
    }

    private List<String> sumAsOf(UsageWatermark watermark) {
        return texts(store.ask(query(Optional.of(watermark), 10, measure(Function.SUM, N0))));
    }

    private static List<String> texts(UsageAnswer answer) {
        return answer.rows().stream()
                .flatMap(row -> row.values().stream())
                .map(value -> value.map(BigDecimal::toPlainString).orElse("-"))
                .toList();
    }

    private UsageAnswer askByAccount(int rowLimit) {
        return store.ask(new UsageQuery(
                METER,
                DECEMBER,
                ALL,
                List.of(),
                List.of(measure(Function.COUNT, N0)),
                UsageQuery.Grouping.BY_ACCOUNT,
                Optional.empty(),
                rowLimit));
    }

    private UsageAnswer ask(UsageQuery.Grouping grouping, UsageQuery.Measure... measures) {
        return store.ask(
                new UsageQuery(METER, DECEMBER, ALL, List.of(), List.of(measures), grouping, Optional.empty(), 1000));
    }

    private static UsageQuery query(Optional<UsageWatermark> asOf, int rowLimit, UsageQuery.Measure... measures) {
        return new UsageQuery(
                METER, DECEMBER, ALL, List.of(), List.of(measures), UsageQuery.Grouping.NONE, asOf, rowLimit);
    }

    private static UsageQuery.Measure measure(Function function, Slot slot) {
        return new UsageQuery.Measure(function, slot);
    }

    private static UsageQuery.TextFilter filter(Slot.TextSlot slot, String... values) {
        return new UsageQuery.TextFilter(slot, Set.of(values));
    }

    private static UsageQuery.Accounts only(Integer... numbers) {
        return new UsageQuery.Accounts.Only(Set.of(numbers));
    }
}

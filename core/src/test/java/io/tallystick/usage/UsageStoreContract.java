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
import io.tallystick.usage.Measurement.Remarks;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of usage must keep, and how it shows it. An adapter's test extends it and opens its store. */
public abstract class UsageStoreContract extends UsageStoreSetup {
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
    void namesAccountsOfWhichSomethingCameBetweenTwoStates() {
        UsageWatermark nothing = store.watermark();
        UsageWatermark mickeys = append(draft(MICKEY, NOON).number(0, decimal("1")));
        UsageWatermark donalds = append(draft(DONALD, NOON).number(0, decimal("1")));
        append(Measurement.draft(noUid(), METER + 1, slots(9, 9), MICKEY, NOON));
        UsageWatermark last = append(Measurement.draft(noUid(), METER, slots(9, 9), MICKEY, NOON));
        Instant after = NOON.plusNanos(1_000);

        assertThat(store.changed(METER, after, Set.of(nothing), donalds)).containsExactlyInAnyOrder(MICKEY, DONALD);
        assertThat(store.changed(METER, after, Set.of(mickeys), donalds)).containsExactly(DONALD);
        assertThat(store.changed(METER, after, Set.of(mickeys, donalds), donalds))
                .containsExactly(DONALD);
        assertThat(store.changed(METER, after, Set.of(donalds), donalds)).isEmpty();
        assertThat(store.changed(METER, after, Set.of(donalds), last)).containsExactly(MICKEY);
        assertThat(store.changed(METER, NOON, Set.of(nothing), last)).isEmpty();
        assertThat(store.changed(METER + 2, after, Set.of(nothing), last)).isEmpty();
        assertThatThrownBy(() -> store.changed(METER, after, Set.of(nothing), new UsageWatermark("99")))
                .isInstanceOf(QuestionFailedException.class);
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
    void goesOnAfterItWasReopenedInPlace() {
        append(draft(MICKEY, NOON).number(0, decimal("1")).text(0, "eu"));
        UsageWatermark before = store.watermark();

        store.reopen();

        assertThat(store.watermark()).isEqualTo(before);
        append(draft(MICKEY, NOON).number(0, decimal("2")).text(0, "eu"));
        assertThat(sumWhere(ALL, filter(T0, "eu"))).containsExactly("3");
        assertThat(store.watermark()).isNotEqualTo(before);
    }
}

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
import static io.tallystick.usage.UsageFixture.slots;
import static io.tallystick.usage.UsageFixture.uid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.catalog.Function;
import io.tallystick.usage.Correction.Kind;
import io.tallystick.usage.Correction.Last;
import io.tallystick.usage.Correction.Target;
import io.tallystick.usage.KeptQuery.Filter.OfConflicts;
import io.tallystick.usage.KeptQuery.Filter.OfCorrections;
import io.tallystick.usage.KeptQuery.Place;
import io.tallystick.usage.KeptQuery.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store must make of a void and an amendment. */
public abstract class CorrectionContract extends UsageStoreSetup {
    private static final String UUID = "01234567-89ab-cdef-8123-456789abcdef";
    private static final String BY = "KEY_1";
    private static final Instant AT = RECEIVED.plusSeconds(60);

    @Test
    void voidedCountsForEveryWatermarkBeforeItsVoidAndForNoneFromThenOn() {
        UsageWatermark nothing = store.watermark();
        UsageWatermark counted =
                append(draft(uid("a")).number(0, decimal("1")), draft(uid(UUID)).number(0, decimal("2")));
        UsageWatermark one = correct(voiding("a"));
        UsageWatermark both = correct(voiding(UUID));

        for (int opened = 0; opened < 2; opened++) {
            assertThat(sumAsOf(nothing)).isEmpty();
            assertThat(sumAsOf(counted)).containsExactly("3");
            assertThat(sumAsOf(one)).containsExactly("2");
            assertThat(sumAsOf(both)).isEmpty();
            assertThat(values(measure(Function.COUNT, N0))).isEmpty();
            assertThat(store.watermark()).isEqualTo(both);
            reopenStore();
        }
    }

    @Test
    void amendmentCountsInPlaceOfWhatItAmends() {
        UsageWatermark before =
                append(draft(uid("a")).number(0, decimal("1")), draft(uid("b")).number(0, decimal("10")));
        UsageWatermark first = correct(amending(draft(uid("a")).number(0, decimal("5"))));
        UsageWatermark second = correct(amending(draft(uid("a")).number(0, decimal("7"))));

        for (int opened = 0; opened < 2; opened++) {
            assertThat(sumAsOf(before)).containsExactly("11");
            assertThat(sumAsOf(first)).containsExactly("15");
            assertThat(sumAsOf(second)).containsExactly("17");
            reopenStore();
        }
    }

    @Test
    void amendmentMovesToAnotherTimeAccountMeterAndTable() {
        UsageWatermark before = append(draft(uid("a")).number(0, decimal("1")));
        Measurement moved = Measurement.draft(uid("a"), METER + 1, slots(9, 9), DONALD, NOON.minus(Duration.ofDays(3)))
                .number(8, decimal(LARGEST))
                .text(8, "a new text")
                .freeze(AT);
        correct(amending(moved));

        assertThat(sumAsOf(store.watermark())).isEmpty();
        assertThat(sumAsOf(before)).containsExactly("1");
        List<StoredMeasurement> there = page(METER + 1, Optional.empty());
        assertThat(there).hasSize(1);
        assertThat(there.getFirst().account()).isEqualTo(DONALD);
        assertThat(there.getFirst().eventTime()).isEqualTo(NOON.minus(Duration.ofDays(3)));
        assertThat(there.getFirst().numbers().get(8)).contains(decimal(LARGEST));
        assertThat(there.getFirst().texts().get(8)).contains("a new text");
        assertThat(page(METER, Optional.of(before))).hasSize(1);
    }

    @Test
    void amendmentBringsTheFirstWideNumberIntoTheTableItCorrects() {
        append(draft(uid("a")).number(0, decimal("1")), draft(uid("b")).number(0, decimal("2")));

        correct(amending(draft(uid("a")).number(0, decimal(LARGEST))));

        assertThat(values(measure(Function.MAX, N0), measure(Function.MIN, N0))).containsExactly(LARGEST, "2");
    }

    @Test
    void whatWasVoidedCountsAgainWhenItIsAmended() {
        append(draft(uid("a")).number(0, decimal("1")));
        UsageWatermark voided = correct(voiding("a"));
        correct(amending(draft(uid("a")).number(0, decimal("4"))));
        reopenStore();

        assertThat(sumAsOf(voided)).isEmpty();
        assertThat(sumAsOf(store.watermark())).containsExactly("4");
        assertThat(corrections()).extracting(Correction.Kept::kind).containsExactly(Kind.REINSTATED, Kind.VOIDED);
        assertThat(last("a").isCounted()).isTrue();
    }

    @Test
    void everyReaderLeavesOutWhatIsVoided() {
        append(
                draft(uid("a")).number(0, decimal("9")).text(0, "eu"),
                draft(uid("b")).number(0, decimal("1")).text(0, "us"));
        correct(voiding("a"));

        assertThat(values(
                        measure(Function.SUM, N0),
                        measure(Function.COUNT, N0),
                        measure(Function.MAX, N0),
                        measure(Function.LATEST, N0),
                        measure(Function.MEAN, N0),
                        measure(Function.UNIQUE, T0)))
                .containsExactly("1", "1", "1", "1", "1", "1");
        assertThat(page(METER, Optional.empty()))
                .extracting(StoredMeasurement::uid)
                .containsExactly(Optional.of("b"));
        assertThat(store.evidence(new UsageAnswer.Evidence.Query(
                                ACME,
                                List.of(new UsageAnswer.Evidence.Subject(METER, "meter", List.of())),
                                DECEMBER,
                                ALL,
                                Optional.empty(),
                                store.watermark()))
                        .measurements())
                .isEqualTo(1);
    }

    @Test
    void tellsWhatWasLastSaidUnderEachUidOfItsScope() {
        append(
                draft(uid("a")).number(0, decimal("1")),
                draft(uid(UUID)).number(0, decimal("2")),
                Measurement.draft(new Identity.Uid(OTHER, Door.MEASUREMENTS, "a"), METER, slots(2, 2), DONALD, NOON),
                Measurement.draft(new Identity.Uid(ACME, Door.CLOUD_EVENTS, "a"), METER, slots(9, 2), DONALD, NOON));
        Measurement amended = Measurement.draft(uid("a"), METER + 1, slots(9, 9), MICKEY, NOON.plusSeconds(1))
                .freeze(AT);
        correct(amending(amended));
        correct(voiding(UUID));

        Map<Target, Last> last = store.last(Set.of(
                target(uid("a")),
                target(uid(UUID)),
                target(new Identity.Uid(OTHER, Door.MEASUREMENTS, "a")),
                target(uid("nothing")),
                target(new Identity.Uid(OTHER, Door.MEASUREMENTS, UUID))));

        assertThat(last)
                .containsOnlyKeys(
                        target(uid("a")), target(uid(UUID)), target(new Identity.Uid(OTHER, Door.MEASUREMENTS, "a")));
        assertThat(last.get(target(uid("a"))))
                .isEqualTo(
                        new Last(new Place(2, 0), METER + 1, MICKEY, NOON.plusSeconds(1), amended.contentHash(), true));
        assertThat(last(UUID).isCounted()).isFalse();
        assertThat(last(UUID).place()).isEqualTo(new Place(1, 1));
        assertThat(last)
                .hasEntrySatisfying(
                        target(new Identity.Uid(OTHER, Door.MEASUREMENTS, "a")),
                        other -> assertThat(other.account()).isEqualTo(DONALD));
    }

    @Test
    void showsOfEachIdentityOnceWhatCountsUnderItNow() {
        append(
                draft(uid("a")).number(0, decimal("1")),
                draft(uid("b")).number(0, decimal("2")),
                draft(uid("c")).number(0, decimal("3")),
                draft(uid(UUID)).number(0, decimal("4")));
        Measurement amended = draft(uid("a")).number(0, decimal("5")).freeze(AT);
        Measurement again = draft(uid("c")).number(0, decimal("6")).freeze(AT);
        correct(amending(amended), voiding("c"), voiding(UUID));
        correct(amending(again));
        reopenStore();

        List<List<Long>> shown = new ArrayList<>();
        List<Long> expected = new ArrayList<>();
        store.identities(new UsageStore.IdentityVisitor() {
            @Override
            public void expect(long count) {
                expected.add(count);
            }

            @Override
            public void visit(long high, long low, int contentHash) {
                shown.add(List.of(high, low, (long) contentHash));
            }
        });

        assertThat(expected).containsExactly(4L);
        assertThat(shown)
                .containsExactlyInAnyOrder(
                        identity("a", amended.contentHash()),
                        identity(
                                "b",
                                draft(uid("b"))
                                        .number(0, decimal("2"))
                                        .freeze(AT)
                                        .contentHash()),
                        identity("c", again.contentHash()),
                        identity(UUID, Correction.VOIDED));
    }

    @Test
    void keepsNothingOfABlockThatEndsWhatDoesNotCount() {
        UsageWatermark before =
                append(draft(uid("a")).number(0, decimal("1")), draft(uid("b")).number(0, decimal("2")));
        Last counted = last("a");
        correct(voiding("a"));
        Correction stale = new Correction(target(uid("a")), counted, Optional.empty(), BY, AT);

        assertThat(store.append(Block.correcting(List.of(voiding("b"), stale))))
                .isInstanceOf(UsageStore.Commit.Unknown.class);
        store.reopen();

        assertThat(sumAsOf(store.watermark())).containsExactly("2");
        assertThat(sumAsOf(before)).containsExactly("3");
        assertThat(corrections()).hasSize(1);
    }

    @Test
    void listsEachCorrectionWithBothSidesWhoAndWhen() {
        append(draft(uid("a")).number(0, decimal("1")).text(0, "eu"));
        correct(amending(draft(uid("a")).number(0, decimal("2")).text(0, "us")));
        correct(amending(Measurement.draft(uid("a"), METER + 1, slots(2, 2), DONALD, NOON)
                .number(0, decimal("3"))
                .freeze(AT)));
        correct(voiding("a"));
        reopenStore();

        List<Correction.Kept> kept = corrections();

        assertThat(kept).extracting(Correction.Kept::kind).containsExactly(Kind.VOIDED, Kind.AMENDED, Kind.AMENDED);
        assertThat(kept).extracting(each -> number(each.before())).containsExactly("3", "2", "1");
        assertThat(kept)
                .extracting(each -> each.after().map(CorrectionContract::number))
                .containsExactly(Optional.empty(), Optional.of("3"), Optional.of("2"));
        assertThat(kept).extracting(Correction.Kept::by).containsOnly(BY);
        assertThat(kept).extracting(Correction.Kept::at).containsOnly(AT);
        assertThat(kept).extracting(Correction.Kept::uid).containsOnly("a");
        assertThat(kept.get(1).after().orElseThrow().account()).isEqualTo(DONALD);
        assertThat(kept.get(2).before().texts().getFirst()).contains("eu");
        assertThat(store.corrections(KeptQuery.latest(OTHER, OfCorrections.ALL, 10))
                        .corrections())
                .isEmpty();
    }

    @Test
    void findsCorrectionsByEitherSideByPlaceAndByTime() {
        append(draft(uid("a")), draft(uid("b")));
        correct(amending(Measurement.draft(uid("a"), METER + 1, slots(2, 2), DONALD, NOON)
                .freeze(AT)));
        correct(voiding("b"));
        List<Correction.Kept> all = corrections();

        assertThat(uids(new OfCorrections(Set.of(), Set.of(METER + 1), Set.of()), Span.ALWAYS))
                .containsExactly("a");
        assertThat(uids(new OfCorrections(Set.of(), Set.of(METER), Set.of()), Span.ALWAYS))
                .containsExactly("b", "a");
        assertThat(uids(new OfCorrections(Set.of(), Set.of(), Set.of(DONALD)), Span.ALWAYS))
                .containsExactly("a");
        assertThat(uids(new OfCorrections(Set.of(all.getFirst().place()), Set.of(), Set.of()), Span.ALWAYS))
                .containsExactly("b");
        assertThat(uids(OfCorrections.ALL, new Span(Optional.of(AT), Optional.empty())))
                .containsExactly("b", "a");
        assertThat(uids(OfCorrections.ALL, new Span(Optional.empty(), Optional.of(AT))))
                .isEmpty();
    }

    @Test
    void pagesThroughCorrectionsWhateverIsCorrectedMeanwhile() {
        append(IntStream.range(0, 6).mapToObj(i -> draft(uid("u" + i))).toArray(MeasurementDraft[]::new));
        correct(voiding("u0"), voiding("u1"));
        correct(voiding("u2"));

        Correction.Page first = store.corrections(KeptQuery.latest(ACME, OfCorrections.ALL, 2));
        correct(amending(draft(uid("u1")).number(0, decimal("1"))));
        Correction.Page second = store.corrections(new KeptQuery<>(
                ACME, OfCorrections.ALL, Span.ALWAYS, Span.ALWAYS, Optional.of(first.watermark()), first.next(), 2));

        assertThat(Stream.of(first, second)
                        .flatMap(page -> page.corrections().stream())
                        .map(Correction.Kept::uid))
                .containsExactly("u2", "u1", "u0");
        assertThat(second.next()).isEmpty();
    }

    @Test
    void showsBesideAConflictWhatWasLastSaidAndWhetherItCounts() {
        append(draft(uid("a")).number(0, decimal("1")), draft(uid("b")).number(0, decimal("2")));
        correct(amending(draft(uid("a")).number(0, decimal("3"))), voiding("b"));
        append(new Block(
                List.of(),
                List.of(
                        identified(draft(uid("a")).number(0, decimal("8")).freeze(RECEIVED)),
                        identified(draft(uid("b")).number(0, decimal("9")).freeze(RECEIVED))),
                List.of()));

        List<Conflict> conflicts =
                store.conflicts(KeptQuery.latest(ACME, OfConflicts.ALL, 10)).conflicts();

        assertThat(conflicts).extracting(Conflict::uid).containsExactly("b", "a");
        assertThat(conflicts).extracting(Conflict::isVoided).containsExactly(true, false);
        assertThat(conflicts).extracting(each -> number(each.counted())).containsExactly("2", "3");
    }

    @Test
    void voidsAndAmendsAThousandOfSomeTablesAtOnce() {
        List<String> uids = IntStream.range(0, 1000).mapToObj(i -> "u" + i).toList();
        for (int block = 0; block < 4; block++) {
            append(uids.subList(block * 250, block * 250 + 250).stream()
                    .map(uid -> Measurement.draft(
                                    uid(uid), METER, uid.endsWith("7") ? slots(9, 2) : slots(2, 2), MICKEY, NOON)
                            .number(0, decimal("1")))
                    .toArray(MeasurementDraft[]::new));
        }

        correct(IntStream.range(0, 1000)
                .mapToObj(i -> i % 2 == 0
                        ? voiding(uids.get(i))
                        : amending(draft(uid(uids.get(i))).number(0, decimal("3"))))
                .toArray(Correction[]::new));

        assertThat(values(measure(Function.SUM, N0), measure(Function.COUNT, N0)))
                .containsExactly("1500", "500");
    }

    @Test
    void refusesACorrectionThatMakesNoSense() {
        append(draft(uid("a")).number(0, decimal("1")));
        Last counted = last("a");
        Last voided = new Last(counted.place(), METER, MICKEY, NOON, 1, false);

        assertThatThrownBy(() -> new Correction(target(uid("a")), voided, Optional.empty(), BY, AT))
                .hasMessageContaining("was voided before");
        assertThatThrownBy(() -> new Correction(
                        target(uid("a")),
                        counted,
                        Optional.of(identified(draft(uid("b")).freeze(AT))),
                        BY,
                        AT))
                .hasMessageContaining("Expected a measurement with");
    }

    private UsageWatermark correct(Correction... corrections) {
        return append(Block.correcting(List.of(corrections)));
    }

    private Correction voiding(String uid) {
        return new Correction(target(uid(uid)), last(uid), Optional.empty(), BY, AT);
    }

    private Correction amending(MeasurementDraft draft) {
        return amending(draft.freeze(AT));
    }

    private Correction amending(Measurement measurement) {
        String uid = ((Identity.Uid) measurement.identity()).uid();
        return new Correction(target(uid(uid)), last(uid), Optional.of(identified(measurement)), BY, AT);
    }

    private Last last(String uid) {
        return Optional.ofNullable(store.last(Set.of(target(uid(uid)))).get(target(uid(uid))))
                .orElseThrow();
    }

    private Target target(Identity identity) {
        return Target.of((Identity.Uid) identity, store.identityHash().scope(identity.organization(), identity.door()));
    }

    private List<Long> identity(String uid, int content) {
        Target target = target(uid(uid));
        return List.of(target.high(), target.low(), (long) content);
    }

    private List<Correction.Kept> corrections() {
        return store.corrections(KeptQuery.latest(ACME, OfCorrections.ALL, 10)).corrections();
    }

    private List<String> uids(OfCorrections filter, Span receivedAt) {
        return store
                .corrections(
                        new KeptQuery<>(ACME, filter, Span.ALWAYS, receivedAt, Optional.empty(), Optional.empty(), 10))
                .corrections()
                .stream()
                .map(Correction.Kept::uid)
                .toList();
    }

    private List<StoredMeasurement> page(int meter, Optional<UsageWatermark> asOf) {
        return store.measurements(new MeasurementQuery(meter, DECEMBER, ALL, List.of(), asOf, Optional.empty(), 10))
                .measurements();
    }

    private static String number(Conflict.Version version) {
        return version.numbers().getFirst().orElseThrow().toPlainString();
    }
}

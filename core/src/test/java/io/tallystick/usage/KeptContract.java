package io.tallystick.usage;

import static io.tallystick.usage.UsageFixture.ACME;
import static io.tallystick.usage.UsageFixture.DONALD;
import static io.tallystick.usage.UsageFixture.METER;
import static io.tallystick.usage.UsageFixture.MICKEY;
import static io.tallystick.usage.UsageFixture.NOON;
import static io.tallystick.usage.UsageFixture.OTHER;
import static io.tallystick.usage.UsageFixture.RECEIVED;
import static io.tallystick.usage.UsageFixture.decimal;
import static io.tallystick.usage.UsageFixture.draft;
import static io.tallystick.usage.UsageFixture.refusal;
import static io.tallystick.usage.UsageFixture.slots;
import static io.tallystick.usage.UsageFixture.uid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.catalog.Function;
import io.tallystick.usage.KeptQuery.Filter.OfConflicts;
import io.tallystick.usage.KeptQuery.Filter.OfRefusals;
import io.tallystick.usage.KeptQuery.Place;
import io.tallystick.usage.KeptQuery.Span;
import io.tallystick.usage.KeptQuery.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store must show of what was kept without being counted. */
public abstract class KeptContract extends UsageStoreSetup {
    @Test
    void keepsConflictsAndRefusalsOfEachOrganizationUncounted() {
        append(draft(uid("a")).number(0, decimal("1")));
        append(new Block(List.of(), List.of(identified(draft(uid("a")).freeze(RECEIVED))), List.of(refusal("b"))));
        reopenStore();

        assertThat(refusals(OfRefusals.ALL)).extracting(KeptRefusal::refusal).containsExactly(refusal("b"));
        assertThat(conflicts(OfConflicts.ALL)).hasSize(1);
        assertThat(store.refusals(KeptQuery.latest(OTHER, OfRefusals.ALL, 10)).refusals())
                .isEmpty();
        assertThat(store.conflicts(KeptQuery.latest(OTHER, OfConflicts.ALL, 10)).conflicts())
                .isEmpty();
        assertThat(values(measure(Function.SUM, N0))).containsExactly("1");
        assertThat(identities()).hasSize(1);
    }

    @Test
    void showsBothSidesOfAConflictWhateverTheirMeters() {
        String uuid = "01234567-89ab-cdef-8123-456789abcdef";
        append(
                Measurement.draft(uid("a"), METER + 1, slots(9, 1), DONALD, NOON)
                        .number(8, decimal("7"))
                        .text(0, "us"),
                draft(uid(uuid)).number(0, decimal(LARGEST)).undefined("x", new FieldValue.TextValue("y")),
                Measurement.draft(new Identity.Uid(ACME, Door.CLOUD_EVENTS, "a"), METER, slots(2, 2), MICKEY, NOON));
        Measurement later = draft(uid("a"))
                .number(1, decimal(LARGEST))
                .text(0, "eu")
                .until(NOON.plusSeconds(1))
                .failedCalculation("d", "Expected a divisor other than 0, but was 0.")
                .freeze(RECEIVED.plusSeconds(5));
        append(new Block(
                List.of(),
                List.of(identified(later), identified(draft(uid(uuid)).freeze(RECEIVED))),
                List.of()));
        reopenStore();

        List<Conflict> conflicts = conflicts(OfConflicts.ALL);

        assertThat(conflicts).extracting(Conflict::uid).containsExactly(uuid, "a");
        assertThat(conflicts.get(1).uncounted())
                .isEqualTo(new Conflict.Version(
                        METER,
                        MICKEY,
                        NOON,
                        Optional.of(NOON.plusSeconds(1)),
                        RECEIVED.plusSeconds(5),
                        List.of(Optional.empty(), Optional.of(decimal(LARGEST))),
                        List.of(Optional.of("eu"), Optional.empty()),
                        later.remarks()));
        Conflict.Version first = conflicts.get(1).counted();
        assertThat(first.meter()).isEqualTo(METER + 1);
        assertThat(first.account()).isEqualTo(DONALD);
        assertThat(first.receivedAt()).isEqualTo(RECEIVED);
        assertThat(first.numbers().get(8)).contains(decimal("7"));
        assertThat(first.texts().getFirst()).contains("us");
        assertThat(conflicts.getFirst().counted().numbers().getFirst()).contains(decimal(LARGEST));
        assertThat(conflicts.getFirst().counted().remarks().undefined()).containsKey("x");
    }

    @Test
    void findsConflictsByMeterAccountAndPlace() {
        append(draft(uid("a")), draft(uid("b")));
        append(new Block(
                List.of(),
                List.of(
                        identified(draft(uid("a")).text(0, "x").freeze(RECEIVED)),
                        identified(Measurement.draft(uid("b"), METER + 1, slots(2, 2), DONALD, NOON)
                                .freeze(RECEIVED))),
                List.of()));
        List<Conflict> all = conflicts(OfConflicts.ALL);

        assertThat(all).extracting(Conflict::uid).containsExactly("b", "a");
        assertThat(conflicts(new OfConflicts(Set.of(), Set.of(METER, METER + 2), Set.of())))
                .containsExactly(all.get(1));
        assertThat(conflicts(new OfConflicts(Set.of(), Set.of(), Set.of(DONALD))))
                .containsExactly(all.get(0));
        assertThat(conflicts(new OfConflicts(Set.of(all.get(1).place()), Set.of(), Set.of())))
                .containsExactly(all.get(1));
    }

    @Test
    void findsRefusalsByEachOfTheirParts() {
        Refusal late = new Refusal(
                ACME,
                Door.MEASUREMENTS,
                Refusal.Reason.MISSING_FIELD,
                "Expected ts.",
                Optional.of("late"),
                Optional.of("meter"),
                Optional.of("mickey"),
                Optional.empty(),
                RECEIVED.plusSeconds(60),
                "{}");
        append(new Block(List.of(), List.of(), List.of(refusal("a"), late)));
        Place first = refusals(OfRefusals.ALL).getLast().place();

        assertThat(uids(filter(State.ANY, Set.of(Refusal.Reason.MISSING_FIELD), Set.of(), Set.of())))
                .containsExactly("late");
        assertThat(uids(filter(State.ANY, Set.of(), Set.of("nope"), Set.of()))).containsExactly("a");
        assertThat(uids(filter(State.ANY, Set.of(), Set.of(), Set.of("mickey", "donald'; --"))))
                .containsExactly("late");
        assertThat(uids(new OfRefusals(Set.of(first), State.ANY, Set.of(), Set.of(), Set.of())))
                .containsExactly("a");
        assertThat(uids(Span.ALWAYS, span(RECEIVED, RECEIVED.plusSeconds(60)))).containsExactly("a");
        assertThat(uids(Span.ALWAYS, new Span(Optional.of(RECEIVED.plusSeconds(60)), Optional.empty())))
                .containsExactly("late");
        assertThat(uids(span(NOON, NOON.plusSeconds(1)), Span.ALWAYS)).containsExactly("a");
        assertThat(uids(new Span(Optional.empty(), Optional.of(NOON)), Span.ALWAYS))
                .isEmpty();
    }

    @Test
    void pagesThroughRefusalsTheLatestFirstWhateverArrivesMeanwhile() {
        append(new Block(List.of(), List.of(), List.of(refusal("1"), refusal("2"), refusal("3"))));
        append(new Block(List.of(), List.of(), List.of(refusal("4"), refusal("5"))));

        List<String> read = new ArrayList<>();
        List<Long> behind = new ArrayList<>();
        Optional<Place> after = Optional.empty();
        Optional<UsageWatermark> asOf = Optional.empty();
        do {
            KeptRefusal.Page page = store.refusals(new KeptQuery<>(
                    ACME, filter(State.OPEN, Set.of(), Set.of(), Set.of()), Span.ALWAYS, Span.ALWAYS, asOf, after, 2));
            page.refusals().forEach(each -> read.add(each.refusal().uid().orElseThrow()));
            behind.add(page.behind());
            after = page.next();
            asOf = Optional.of(page.watermark());
            append(new Block(
                    List.of(),
                    List.of(),
                    List.of(refusal("new")),
                    List.of(settled(page.refusals().getFirst().place()))));
        } while (after.isPresent());

        assertThat(read).containsExactly("5", "4", "3", "2", "1");
        assertThat(behind).containsExactly(3L, 1L, 0L);
    }

    @Test
    void tellsARefusalThatEndedFromOneThatIsOpenForEver() {
        append(new Block(List.of(), List.of(), List.of(refusal("a"), refusal("b"))));
        List<KeptRefusal> open = refusals(filter(State.OPEN, Set.of(), Set.of(), Set.of()));
        Place ended = open.getFirst().place();
        UsageWatermark before = store.watermark();
        UsageWatermark after = append(new Block(List.of(), List.of(), List.of(), List.of(settled(ended))));
        reopenStore();

        assertThat(after).isNotEqualTo(before);
        assertThat(store.watermark()).as("a commit that only ends a refusal").isEqualTo(after);
        assertThat(uids(filter(State.OPEN, Set.of(), Set.of(), Set.of()))).containsExactly("a");
        assertThat(uids(filter(State.RESENT, Set.of(), Set.of(), Set.of()))).containsExactly("b");
        assertThat(refusals(OfRefusals.ALL).getFirst().resent())
                .contains(new KeptRefusal.Resent(KeptRefusal.Outcome.ACCEPTED, RECEIVED));
        assertThat(store.settled(Set.of(ended, open.getLast().place()))).containsExactly(ended);
        assertThat(store.refusals(new KeptQuery<>(
                                ACME,
                                filter(State.OPEN, Set.of(), Set.of(), Set.of()),
                                Span.ALWAYS,
                                Span.ALWAYS,
                                Optional.of(before),
                                Optional.empty(),
                                10))
                        .refusals())
                .isEqualTo(open);
    }

    @Test
    void countsNothingOfABlockWhoseEndOfARefusalCannotBeWritten() {
        append(new Block(List.of(), List.of(), List.of(refusal("a"))));
        KeptRefusal.Settled impossible = new KeptRefusal.Settled(
                refusals(OfRefusals.ALL).getFirst().place(),
                new KeptRefusal.Resent(KeptRefusal.Outcome.ACCEPTED, Instant.MAX));
        Identified counted = identified(draft(uid("a")).number(0, decimal("1")).freeze(RECEIVED));

        assertThatThrownBy(() -> store.append(new Block(List.of(counted), List.of(), List.of(), List.of(impossible))))
                .hasMessageContaining("Expected a time in the years 1 to 9999");
        store.reopen();

        assertThat(values(measure(Function.COUNT, N0))).isEmpty();
        assertThat(identities()).isEmpty();
        assertThat(uids(filter(State.OPEN, Set.of(), Set.of(), Set.of()))).containsExactly("a");
    }

    @Test
    void endsAPageEarlyWherePayloadsAreLong() {
        String payload = "\"" + "x".repeat(500_000) + "\"";
        List<Refusal> long20 = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Refusal short1 = refusal(Integer.toString(i));
            long20.add(new Refusal(
                    ACME,
                    short1.door(),
                    short1.reason(),
                    short1.text(),
                    short1.uid(),
                    short1.meterCode(),
                    short1.accountCode(),
                    short1.eventTime(),
                    RECEIVED,
                    payload));
        }
        append(new Block(List.of(), List.of(), long20));

        KeptRefusal.Page page = store.refusals(KeptQuery.latest(ACME, OfRefusals.ALL, 1000));

        assertThat(page.refusals()).hasSizeBetween(1, 19);
        assertThat(page.behind()).isEqualTo(20 - page.refusals().size());
        assertThat(page.next()).contains(page.refusals().getLast().place());
    }

    /** A server that commits a hundred times a second is there after eight months. */
    @Test
    void knowsWhichRefusalsHaveEndedBehindTwoBillionCommits() {
        Place late = new Place(3_000_000_000L, 7);
        append(new Block(List.of(), List.of(), List.of(), List.of(settled(late))));

        assertThat(store.settled(Set.of(late, new Place(3_000_000_000L, 8), new Place(3_000_000_001L, 7))))
                .containsExactly(late);
        assertThat(store.settled(Set.of())).isEmpty();
    }

    private static KeptRefusal.Settled settled(Place place) {
        return new KeptRefusal.Settled(place, new KeptRefusal.Resent(KeptRefusal.Outcome.ACCEPTED, RECEIVED));
    }

    private static OfRefusals filter(
            State state, Set<Refusal.Reason> reasons, Set<String> meters, Set<String> accounts) {
        return new OfRefusals(Set.of(), state, reasons, meters, accounts);
    }

    private static Span span(Instant from, Instant to) {
        return new Span(Optional.of(from), Optional.of(to));
    }

    private List<String> uids(OfRefusals filter) {
        return refusals(filter).stream()
                .map(each -> each.refusal().uid().orElseThrow())
                .toList();
    }

    private List<String> uids(Span eventTime, Span receivedAt) {
        return store
                .refusals(new KeptQuery<>(
                        ACME, OfRefusals.ALL, eventTime, receivedAt, Optional.empty(), Optional.empty(), 10))
                .refusals()
                .stream()
                .map(each -> each.refusal().uid().orElseThrow())
                .toList();
    }

    private List<KeptRefusal> refusals(OfRefusals filter) {
        return store.refusals(KeptQuery.latest(ACME, filter, 10)).refusals();
    }

    private List<Conflict> conflicts(OfConflicts filter) {
        return store.conflicts(KeptQuery.latest(ACME, filter, 10)).conflicts();
    }
}

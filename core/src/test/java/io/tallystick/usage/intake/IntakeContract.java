package io.tallystick.usage.intake;

import static io.tallystick.usage.UsageFixture.ACME;
import static io.tallystick.usage.UsageFixture.DECEMBER;
import static io.tallystick.usage.UsageFixture.METER;
import static io.tallystick.usage.UsageFixture.OTHER;
import static io.tallystick.usage.UsageFixture.RECEIVED;
import static io.tallystick.usage.UsageFixture.measurement;
import static io.tallystick.usage.UsageFixture.noUid;
import static io.tallystick.usage.UsageFixture.refusal;
import static io.tallystick.usage.UsageFixture.submission;
import static io.tallystick.usage.UsageFixture.uid;
import static io.tallystick.usage.intake.Verdict.ACCEPTED;
import static io.tallystick.usage.intake.Verdict.ALREADY_RESENT;
import static io.tallystick.usage.intake.Verdict.CONFLICT;
import static io.tallystick.usage.intake.Verdict.DUPLICATE;
import static io.tallystick.usage.intake.Verdict.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tallystick.catalog.Function;
import io.tallystick.usage.Conflict;
import io.tallystick.usage.Door;
import io.tallystick.usage.Identity;
import io.tallystick.usage.KeptQuery;
import io.tallystick.usage.KeptQuery.Place;
import io.tallystick.usage.KeptQuery.State;
import io.tallystick.usage.KeptRefusal;
import io.tallystick.usage.Measurement;
import io.tallystick.usage.Submission;
import io.tallystick.usage.UsageQuery;
import io.tallystick.usage.UsageQuery.Slot;
import io.tallystick.usage.UsageStore;
import io.tallystick.usage.UsageWatermark;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the intake promises, on a store that keeps its promises and on one whose commits fail. */
@Timeout(60)
public abstract class IntakeContract {
    private static final Intake.Limits LIMITS = new Intake.Limits(1_000, 100, Duration.ofSeconds(30), 3_000_000_000L);

    @TempDir
    Path directory;

    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final SilentWatch watch = new SilentWatch();
    private FaultyUsageStore store;
    private Intake intake;
    private Thread writer;

    /** Opens the store of a directory that is empty, or that such a store was closed in. */
    protected abstract UsageStore open(Path directory);

    @BeforeEach
    void start() {
        store = new FaultyUsageStore(open(directory));
        intake = new Intake(store, LIMITS, watch);
        writer = startWriter(intake);
    }

    @AfterEach
    void stop() {
        stopServing();
        store.close();
        requests.close();
    }

    @Test
    void countsAMeasurementThatIsSentTwiceOnce() {
        assertThat(verdicts(measurement(uid("a"), "3"))).containsExactly(ACCEPTED);
        assertThat(verdicts(measurement(uid("a"), "3.000"))).containsExactly(DUPLICATE);

        assertThat(sum()).isEqualByComparingTo("3");
    }

    @Test
    void countsTheFirstOfTwinsInOneSubmission() {
        assertThat(verdicts(
                        measurement(uid("a"), "1"),
                        measurement(uid("a"), "1"),
                        measurement(uid("b"), "2"),
                        measurement(uid("a"), "4")))
                .containsExactly(ACCEPTED, DUPLICATE, ACCEPTED, CONFLICT);

        assertThat(sum()).isEqualByComparingTo("3");
        assertThat(conflicts()).hasSize(1);
    }

    @Test
    void keepsTheFirstWhenTheSameUidComesWithOtherContent() {
        assertThat(verdicts(measurement(uid("a"), "1"))).containsExactly(ACCEPTED);
        assertThat(verdicts(measurement(uid("a"), "2"))).containsExactly(CONFLICT);
        assertThat(verdicts(measurement(uid("a"), "1"))).containsExactly(DUPLICATE);

        assertThat(sum()).isEqualByComparingTo("1");
        assertThat(conflicts()).hasSize(1);
    }

    @Test
    void countsEverySendingWithoutUid() {
        assertThat(verdicts(measurement(noUid(), "1"), measurement(noUid(), "1")))
                .containsExactly(ACCEPTED, ACCEPTED);

        assertThat(sum()).isEqualByComparingTo("2");
    }

    @Test
    void claimsNoIdentityForARefusedElement() {
        assertThat(verdicts(refusal("a"), measurement(uid("b"), "1"))).containsExactly(REFUSED, ACCEPTED);
        assertThat(verdicts(measurement(uid("a"), "1"))).containsExactly(ACCEPTED);

        assertThat(refusals(State.ANY)).hasSize(1);
    }

    @Test
    void takesTheSameUidInAnotherOrganizationOrDoorForAnother() {
        String uuid = "01234567-89ab-cdef-8123-456789abcdef";
        for (String uid : List.of("a", uuid)) {
            assertThat(verdicts(
                            measurement(new Identity.Uid(ACME, Door.MEASUREMENTS, uid), "1"),
                            measurement(new Identity.Uid(OTHER, Door.MEASUREMENTS, uid), "1"),
                            measurement(new Identity.Uid(ACME, Door.CLOUD_EVENTS, uid), "1"),
                            measurement(new Identity.Uid(OTHER, Door.MEASUREMENTS, uid), "1")))
                    .containsExactly(ACCEPTED, ACCEPTED, ACCEPTED, DUPLICATE);
        }
    }

    @Test
    void knowsEveryIdentityAfterARestart() {
        String uuid = "01234567-89ab-cdef-8123-456789abcdef";
        verdicts(measurement(uid("a"), "1"), measurement(uid(uuid), "2"));

        stopServing();
        store.close();
        start();

        assertThat(verdicts(measurement(uid("a"), "1"), measurement(uid(uuid), "2"), measurement(uid(uuid), "3")))
                .containsExactly(DUPLICATE, DUPLICATE, CONFLICT);
        assertThat(sum()).isEqualByComparingTo("3");
    }

    @Test
    void answersWithAWatermarkThatContainsTheSubmission() {
        Reply.Receipt receipt = receipt(submission(measurement(uid("a"), "5")));
        receipt(submission(measurement(uid("b"), "7")));

        assertThat(sum(Optional.of(receipt.watermark()))).isEqualByComparingTo("5");
        assertThat(receipt(submission()).verdicts()).isEmpty();
    }

    /** Run one seed again with {@code -Dtest=DuckDbIntakeTest -Dtallystick.seed=SEED}. */
    @Test
    void acceptsEachUidOnceHoweverManySendItAtTheSameTime() throws Exception {
        long seed = Long.getLong("tallystick.seed", 20_241_203L);
        System.out.println(getClass().getSimpleName() + ": -Dtallystick.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int uids = 500;
        List<Submission> all = IntStream.range(0, 200)
                .mapToObj(i -> new Submission(IntStream.range(0, 1 + random.nextInt(40))
                        .<Submission.Element>mapToObj(j -> measurement(uid("uid" + random.nextInt(uids)), "1"))
                        .toList()))
                .toList();
        long different = all.stream()
                .flatMap(each -> each.elements().stream())
                .map(element -> ((Measurement) element).identity())
                .distinct()
                .count();

        List<Verdict> verdicts = new ArrayList<>();
        for (Future<Reply> reply : requests.invokeAll(all.stream()
                .<Callable<Reply>>map(each -> () -> intake.submit(each))
                .toList())) {
            verdicts.addAll(((Reply.Receipt) reply.get()).verdicts());
        }

        assertThat(verdicts.stream().filter(ACCEPTED::equals))
                .as("seed %d", seed)
                .hasSize((int) different);
        assertThat(verdicts).containsOnly(ACCEPTED, DUPLICATE);
        assertThat(sum()).isEqualByComparingTo(BigDecimal.valueOf(different));
    }

    @Test
    void turnsASubmissionAwayWhenTheQueueStaysFull() throws Exception {
        stopServing();
        intake = new Intake(store, new Intake.Limits(2, 100, Duration.ofMillis(50), 3_000_000_000L), watch);
        Future<Reply> first = requests.submit(
                () -> intake.submit(submission(measurement(uid("a"), "1"), measurement(uid("b"), "1"))));
        while (intake.queued() < 2) {
            Thread.onSpinWait();
        }

        assertThat(intake.submit(submission(measurement(uid("c"), "1"))))
                .isEqualTo(new Reply.Overloaded(Duration.ofMillis(50)));

        writer = startWriter(intake);

        assertThat(first.get()).isInstanceOf(Reply.Receipt.class);
        assertThat(verdicts(measurement(uid("c"), "1"))).containsExactly(ACCEPTED);
    }

    @Test
    void takesASubmissionLargerThanTheQueue() {
        stopServing();
        intake = new Intake(store, new Intake.Limits(2, 1, Duration.ofSeconds(30), 3_000_000_000L), watch);
        writer = startWriter(intake);

        assertThat(verdicts(measurement(uid("a"), "1"), measurement(uid("b"), "1"), measurement(uid("c"), "1")))
                .containsExactly(ACCEPTED, ACCEPTED, ACCEPTED);
    }

    @Test
    void finishesWhatItAcceptedBeforeItCloses() throws Exception {
        List<Future<Reply>> replies = IntStream.range(0, 50)
                .mapToObj(i -> requests.submit(() -> intake.submit(submission(measurement(uid("uid" + i), "1")))))
                .toList();

        intake.close();

        int accepted = 0;
        for (Future<Reply> reply : replies) {
            accepted += switch (reply.get()) {
                case Reply.Receipt receipt -> receipt.verdicts().size();
                case Reply.Closing closing -> 0;
                case Reply.Overloaded _, Reply.OutcomeUnknown _, Reply.IdentityBudgetReached _ ->
                    throw new AssertionError(reply.get());
            };
        }
        assertThat(intake.submit(submission(measurement(uid("late"), "1")))).isEqualTo(new Reply.Closing());
        assertThat(sum()).isEqualByComparingTo(BigDecimal.valueOf(accepted));
    }

    @Test
    void forgetsTheIdentitiesOfACommitThatWasLost() {
        verdicts(measurement(uid("a"), "1"));
        store.loseNextCommit();

        assertThat(intake.submit(submission(measurement(uid("b"), "2")))).isInstanceOf(Reply.OutcomeUnknown.class);

        assertThat(verdicts(measurement(uid("b"), "2"), measurement(uid("a"), "1")))
                .containsExactly(ACCEPTED, DUPLICATE);
        assertThat(sum()).isEqualByComparingTo("3");
    }

    @Test
    void knowsTheIdentitiesOfACommitThatSucceededUnseen() {
        store.hideNextCommit();

        assertThat(intake.submit(submission(measurement(uid("b"), "2")))).isInstanceOf(Reply.OutcomeUnknown.class);

        assertThat(verdicts(measurement(uid("b"), "2"))).containsExactly(DUPLICATE);
        assertThat(sum()).isEqualByComparingTo("2");
    }

    @Test
    void answersNobodyWithSuccessUntilTheStoreOpensAgain() {
        store.loseNextCommit();
        store.failToReopen(2);

        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(intake.submit(submission(measurement(uid("a"), "1"))))
                    .as("attempt %d", attempt)
                    .isInstanceOf(Reply.OutcomeUnknown.class);
        }
        assertThat(verdicts(measurement(uid("a"), "1"))).containsExactly(ACCEPTED);
        assertThat(sum()).isEqualByComparingTo("1");
    }

    @Test
    void takesNoNewIdentityAtTheBudgetButAnswersWhatNeedsNone() {
        stopServing();
        // 10 identities in different segments of 256 bytes; the ninth comes beyond 80 %
        intake = new Intake(store, new Intake.Limits(1_000, 100, Duration.ofSeconds(30), 2_560), watch);
        writer = startWriter(intake);
        int taken = 0;
        while (intake.submit(submission(measurement(uid("uid" + taken), "1"))) instanceof Reply.Receipt) {
            taken++;
            assertThat(taken).isLessThan(20);
        }

        assertThat(intake.identityBudget().bytes()).isEqualTo(2_560);
        assertThat(watch.told()).containsExactly(IdentityBudget.Stage.SCARCE, IdentityBudget.Stage.REACHED);
        assertThat(verdicts(measurement(uid("uid0"), "1"), measurement(uid("uid1"), "2"), measurement(noUid(), "5")))
                .containsExactly(DUPLICATE, CONFLICT, ACCEPTED);
        assertThat(intake.submit(submission(measurement(noUid(), "7"), measurement(uid("new"), "1"))))
                .isEqualTo(new Reply.IdentityBudgetReached(intake.identityBudget()));
        assertThat(sum()).as("nothing of what was refused").isEqualByComparingTo(BigDecimal.valueOf(taken + 5));
    }

    @Test
    void neverCountsTwiceWhatASmallerBudgetDoesNotRemember() {
        for (int i = 0; i < 20; i++) {
            verdicts(measurement(uid("uid" + i), "1"));
        }
        stopServing();
        intake = new Intake(store, new Intake.Limits(1_000, 100, Duration.ofSeconds(30), 1_000), watch);
        writer = startWriter(intake);

        for (int i = 0; i < 20; i++) {
            switch (intake.submit(submission(measurement(uid("uid" + i), "1")))) {
                case Reply.Receipt receipt -> assertThat(receipt.verdicts()).containsExactly(DUPLICATE);
                case Reply.IdentityBudgetReached reached ->
                    assertThat(reached.budget().identities()).isBetween(4L, 19L);
                case Reply.Overloaded _, Reply.Closing _, Reply.OutcomeUnknown _ -> throw new AssertionError(i);
            }
        }
        assertThat(sum()).isEqualByComparingTo("20");
    }

    @Test
    void isServedByOneThreadOnly() {
        verdicts(measurement(uid("a"), "1"));

        assertThatThrownBy(() -> intake.serve()).hasMessageContaining("Expected an intake that nobody serves");
        assertThat(verdicts(measurement(uid("a"), "1"))).containsExactly(DUPLICATE);
    }

    private static Thread startWriter(Intake intake) {
        return Thread.ofPlatform().start(intake::serve);
    }

    private void stopServing() {
        intake.close();
        try {
            writer.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("Expected the writer to end, but was interrupted.", e);
        }
    }

    @Test
    void hasNothingToServeAfterItWasClosed() {
        stopServing();

        intake.serve();

        assertThat(intake.submit(submission(measurement(uid("a"), "1")))).isEqualTo(new Reply.Closing());
    }

    @Test
    void countsAResentElementOnceHoweverOftenItIsResent() {
        verdicts(refusal("a"), refusal("b"));
        Place place = refusals(State.OPEN).getFirst().place();

        assertThat(resent(place, measurement(noUid(), "3"))).containsExactly(ACCEPTED);
        assertThat(resent(place, measurement(noUid(), "3"))).containsExactly(ALREADY_RESENT);

        assertThat(sum()).isEqualByComparingTo("3");
        assertThat(refusals(State.OPEN)).hasSize(1);
        assertThat(refusals(State.RESENT))
                .extracting(KeptRefusal::place, KeptRefusal::resent)
                .containsExactly(
                        tuple(place, Optional.of(new KeptRefusal.Resent(KeptRefusal.Outcome.ACCEPTED, RECEIVED))));
    }

    @Test
    void knowsWhatWasResentAfterARestart() {
        verdicts(refusal("a"));
        Place place = refusals(State.OPEN).getFirst().place();
        resent(place, measurement(noUid(), "3"));

        stopServing();
        store.close();
        start();

        assertThat(resent(place, measurement(noUid(), "3"))).containsExactly(ALREADY_RESENT);
        assertThat(sum()).isEqualByComparingTo("3");
    }

    @Test
    void countsAResentElementOnceWhenManyResendItAtTheSameTime() throws Exception {
        verdicts(refusal("a"));
        Place place = refusals(State.OPEN).getFirst().place();
        Submission twice =
                new Submission(List.of(measurement(noUid(), "1"), measurement(noUid(), "1")), List.of(place, place));

        List<Verdict> verdicts = new ArrayList<>();
        for (Future<Reply> reply : requests.invokeAll(IntStream.range(0, 40)
                .<Callable<Reply>>mapToObj(i -> () -> intake.submit(twice))
                .toList())) {
            verdicts.addAll(((Reply.Receipt) reply.get()).verdicts());
        }

        assertThat(verdicts).containsOnlyOnce(ACCEPTED).containsOnly(ACCEPTED, ALREADY_RESENT);
        assertThat(sum()).isEqualByComparingTo("1");
    }

    @Test
    void endsARefusalInTheCommitThatCountsWhatItRefusedOrNotAtAll() {
        verdicts(refusal("a"), refusal("b"));
        Place lost = refusals(State.OPEN).get(0).place();
        Place hidden = refusals(State.OPEN).get(1).place();

        store.loseNextCommit();
        assertThat(intake.submit(new Submission(List.of(measurement(noUid(), "3")), List.of(lost))))
                .isInstanceOf(Reply.OutcomeUnknown.class);
        assertThat(resent(lost, measurement(noUid(), "3"))).containsExactly(ACCEPTED);
        store.hideNextCommit();
        assertThat(intake.submit(new Submission(List.of(measurement(noUid(), "5")), List.of(hidden))))
                .isInstanceOf(Reply.OutcomeUnknown.class);
        assertThat(resent(hidden, measurement(noUid(), "5"))).containsExactly(ALREADY_RESENT);

        assertThat(sum()).isEqualByComparingTo("8");
    }

    @Test
    void endsARefusalWhoseUidWasSentRightlyMeanwhile() {
        verdicts(refusal("a"), refusal("b"), measurement(uid("a"), "1"), measurement(uid("b"), "2"));
        List<KeptRefusal> open = refusals(State.OPEN);

        assertThat(resent(open.get(1).place(), measurement(uid("a"), "1"))).containsExactly(DUPLICATE);
        assertThat(resent(open.get(0).place(), measurement(uid("b"), "7"))).containsExactly(CONFLICT);
        stopServing();
        store.close();
        start();
        assertThat(verdicts(measurement(uid("c"), "4"))).containsExactly(ACCEPTED);

        assertThat(sum()).isEqualByComparingTo("7");
        assertThat(refusals(State.OPEN)).isEmpty();
        assertThat(refusals(State.RESENT))
                .extracting(each -> each.resent().orElseThrow().outcome())
                .containsExactly(KeptRefusal.Outcome.CONFLICT, KeptRefusal.Outcome.DUPLICATE);
        assertThat(conflicts()).hasSize(1);
    }

    @Test
    void keepsOneOpenRefusalOfAnElementThatIsRefusedAgain() {
        verdicts(refusal("a"));
        Place first = refusals(State.OPEN).getFirst().place();

        assertThat(resent(first, refusal("a"))).containsExactly(REFUSED);
        assertThat(resent(first, refusal("a"))).containsExactly(ALREADY_RESENT);

        assertThat(refusals(State.OPEN)).hasSize(1);
        assertThat(refusals(State.OPEN).getFirst().place()).isNotEqualTo(first);
    }

    private List<Verdict> resent(Place place, Submission.Element element) {
        return receipt(new Submission(List.of(element), List.of(place))).verdicts();
    }

    private List<KeptRefusal> refusals(State state) {
        return store.refusals(KeptQuery.latest(
                        ACME, new KeptQuery.Filter.OfRefusals(Set.of(), state, Set.of(), Set.of(), Set.of()), 10))
                .refusals();
    }

    private List<Conflict> conflicts() {
        return store.conflicts(KeptQuery.latest(ACME, KeptQuery.Filter.OfConflicts.ALL, 10))
                .conflicts();
    }

    private List<Verdict> verdicts(Submission.Element... elements) {
        return receipt(submission(elements)).verdicts();
    }

    private Reply.Receipt receipt(Submission submission) {
        return (Reply.Receipt) intake.submit(submission);
    }

    private BigDecimal sum() {
        return sum(Optional.empty());
    }

    private BigDecimal sum(Optional<UsageWatermark> asOf) {
        return store
                .ask(new UsageQuery(
                        METER,
                        DECEMBER,
                        new UsageQuery.Accounts.All(),
                        List.of(),
                        List.of(new UsageQuery.Measure(Function.SUM, new Slot.NumberSlot(0))),
                        UsageQuery.Grouping.NONE,
                        asOf,
                        1))
                .rows()
                .stream()
                .flatMap(row -> row.values().stream())
                .flatMap(Optional::stream)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}

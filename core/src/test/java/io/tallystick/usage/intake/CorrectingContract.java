package io.tallystick.usage.intake;

import static io.tallystick.usage.UsageFixture.ACME;
import static io.tallystick.usage.UsageFixture.DECEMBER;
import static io.tallystick.usage.UsageFixture.METER;
import static io.tallystick.usage.UsageFixture.MICKEY;
import static io.tallystick.usage.UsageFixture.RECEIVED;
import static io.tallystick.usage.UsageFixture.measurement;
import static io.tallystick.usage.UsageFixture.submission;
import static io.tallystick.usage.UsageFixture.uid;
import static io.tallystick.usage.intake.Verdict.ACCEPTED;
import static io.tallystick.usage.intake.Verdict.CONFLICT;
import static io.tallystick.usage.intake.Verdict.DUPLICATE;
import static io.tallystick.usage.intake.Verdict.VOIDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.catalog.Function;
import io.tallystick.usage.Identity;
import io.tallystick.usage.KeptQuery;
import io.tallystick.usage.Measurement;
import io.tallystick.usage.UsageQuery;
import io.tallystick.usage.UsageQuery.Slot;
import io.tallystick.usage.UsageStore;
import io.tallystick.usage.UsageWatermark;
import io.tallystick.usage.correction.Change;
import io.tallystick.usage.correction.Outcome;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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

/** What the intake promises about voids and amendments, on a store that keeps its promises and on one whose commits fail. */
@Timeout(60)
public abstract class CorrectingContract {
    private static final Intake.Limits LIMITS = new Intake.Limits(1_000, 100, Duration.ofSeconds(30), 3_000_000_000L);
    private static final String UUID = "01234567-89ab-cdef-8123-456789abcdef";

    @TempDir
    Path directory;

    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private FaultyUsageStore store;
    private Intake intake;
    private Thread writer;

    /** Opens the store of a directory that is empty, or that such a store was closed in. */
    protected abstract UsageStore open(Path directory);

    @BeforeEach
    void start() {
        store = new FaultyUsageStore(open(directory));
        intake = new Intake(store, LIMITS, new SilentWatch());
        writer = Thread.ofPlatform().start(intake::serve);
    }

    @AfterEach
    void stop() throws InterruptedException {
        intake.close();
        writer.join();
        store.close();
        requests.close();
    }

    @Test
    void voidsOnceHoweverOftenItIsAsked() throws InterruptedException {
        send(measurement(uid("a"), "1"), measurement(uid(UUID), "2"));

        assertThat(correct(voiding("a"), voiding(UUID))).containsExactly(new Outcome.Voided(), new Outcome.Voided());
        UsageWatermark after = store.watermark();
        assertThat(correct(voiding("a"))).containsExactly(new Outcome.AlreadyVoided());
        restart();
        assertThat(correct(voiding("a"), voiding(UUID)))
                .containsExactly(new Outcome.AlreadyVoided(), new Outcome.AlreadyVoided());

        assertThat(sum()).isZero();
        assertThat(store.watermark()).as("nothing more was written").isEqualTo(after);
    }

    @Test
    void voidFreesNoUid() throws InterruptedException {
        send(measurement(uid("a"), "1"));
        correct(voiding("a"));

        for (int started = 0; started < 2; started++) {
            assertThat(send(
                            measurement(uid("a"), "1"),
                            measurement(uid("a"), "2"),
                            measurement(uid("b" + started), "0")))
                    .containsExactly(VOIDED, VOIDED, ACCEPTED);
            assertThat(sum()).isZero();
            restart();
        }
        assertThat(store.conflicts(KeptQuery.latest(ACME, KeptQuery.Filter.OfConflicts.ALL, 10))
                        .conflicts())
                .hasSize(4);
    }

    @Test
    void amendsOnceHoweverOftenItIsAsked() throws InterruptedException {
        send(measurement(uid("a"), "1"), measurement(uid(UUID), "2"));

        assertThat(correct(amending("a", "5"), amending(UUID, "2")))
                .containsExactly(new Outcome.Amended(), new Outcome.Unchanged());
        UsageWatermark after = store.watermark();
        assertThat(correct(amending("a", "5"))).containsExactly(new Outcome.Unchanged());
        restart();
        assertThat(correct(amending("a", "5"))).containsExactly(new Outcome.Unchanged());

        assertThat(sum()).isEqualByComparingTo("7");
        assertThat(store.watermark()).isEqualTo(after);
    }

    @Test
    void whatIsSentAgainIsComparedWithTheAmendment() throws InterruptedException {
        send(measurement(uid("a"), "1"));
        correct(amending("a", "5"));

        for (int started = 0; started < 2; started++) {
            assertThat(send(measurement(uid("a"), "5"), measurement(uid("a"), "1")))
                    .containsExactly(DUPLICATE, CONFLICT);
            restart();
        }
        assertThat(sum()).isEqualByComparingTo("5");
    }

    @Test
    void amendmentOfWhatWasVoidedCountsAgain() throws InterruptedException {
        send(measurement(uid("a"), "1"));
        correct(voiding("a"));

        assertThat(correct(amending("a", "1"))).containsExactly(new Outcome.Reinstated());
        restart();
        assertThat(correct(amending("a", "1"))).containsExactly(new Outcome.Unchanged());
        assertThat(send(measurement(uid("a"), "1"))).containsExactly(DUPLICATE);
        assertThat(correct(voiding("a"))).containsExactly(new Outcome.Voided());
        assertThat(send(measurement(uid("a"), "1"))).containsExactly(VOIDED);

        assertThat(sum()).isZero();
    }

    @Test
    void refusesWhatIsUnknownOrOfAnotherMeterOrAccountAndCorrectsTheRest() {
        send(measurement(uid("a"), "1"), measurement(uid("b"), "2"), measurement(uid("c"), "4"));

        assertThat(correct(
                        new Change.Voiding(known("a"), METER + 1, OptionalInt.empty()),
                        new Change.Voiding(known("b"), METER, OptionalInt.of(MICKEY + 1)),
                        voiding("nothing"),
                        amending("nobody", "1"),
                        new Change.Voiding(known("c"), METER, OptionalInt.of(MICKEY))))
                .containsExactly(
                        new Outcome.OfOtherMeter(METER),
                        new Outcome.OfOtherAccount(MICKEY),
                        new Outcome.Unknown(),
                        new Outcome.Unknown(),
                        new Outcome.Voided());
        assertThat(send(measurement(uid("nothing"), "8"))).containsExactly(ACCEPTED);

        assertThat(sum()).isEqualByComparingTo("11");
    }

    @Test
    void correctsAllOfARequestOrNothingWhereItsCommitFails() {
        send(measurement(uid("a"), "1"), measurement(uid("b"), "2"));

        store.loseNextCommit();
        assertThat(reply(voiding("a"), amending("b", "7"))).isInstanceOf(CorrectionReply.Failed.class);
        assertThat(send(measurement(uid("a"), "1"), measurement(uid("b"), "2"))).containsExactly(DUPLICATE, DUPLICATE);
        assertThat(sum()).isEqualByComparingTo("3");

        store.hideNextCommit();
        assertThat(reply(voiding("a"), amending("b", "7"))).isInstanceOf(CorrectionReply.Failed.class);
        assertThat(correct(voiding("a"), amending("b", "7")))
                .containsExactly(new Outcome.AlreadyVoided(), new Outcome.Unchanged());
        assertThat(send(measurement(uid("a"), "1"), measurement(uid("b"), "7"))).containsExactly(VOIDED, DUPLICATE);
        assertThat(sum()).isEqualByComparingTo("7");
    }

    @Test
    void voidsEachOnceWhenManyVoidTheSameAtTheSameTimeAmongMeasurements() throws Exception {
        send(IntStream.range(0, 50)
                .mapToObj(i -> measurement(uid("u" + i), "1"))
                .toArray(Measurement[]::new));
        List<Callable<List<Outcome>>> voids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int lane = i;
            voids.add(() -> {
                send(measurement(uid("new" + lane), "1"), measurement(uid("u" + lane), "1"));
                return correct(
                        IntStream.range(0, 50).mapToObj(j -> voiding("u" + j)).toArray(Change[]::new));
            });
        }

        List<Outcome> outcomes = new ArrayList<>();
        for (Future<List<Outcome>> each : requests.invokeAll(voids)) {
            outcomes.addAll(each.get());
        }

        assertThat(outcomes.stream().filter(new Outcome.Voided()::equals)).hasSize(50);
        assertThat(outcomes.stream().filter(new Outcome.AlreadyVoided()::equals))
                .hasSize(11 * 50);
        assertThat(sum()).isEqualByComparingTo("12");
    }

    @Test
    void takesNoTwoChangesOfOneUidAtOnce() {
        send(measurement(uid("a"), "1"));

        assertThatThrownBy(() -> intake.correct(List.of(voiding("a"), amending("a", "2")), "KEY_1", RECEIVED))
                .hasMessageContaining("different uids");
    }

    @Test
    void takesNoCorrectionsAfterItIsClosed() {
        intake.close();

        assertThat(reply(voiding("a"))).isEqualTo(new CorrectionReply.Failed(new Reply.Closing()));
        assertThat(reply()).isEqualTo(new CorrectionReply.Corrected(List.of(), store.watermark()));
    }

    private void restart() throws InterruptedException {
        intake.close();
        writer.join();
        store.close();
        start();
    }

    private List<Verdict> send(Measurement... measurements) {
        return ((Reply.Receipt) intake.submit(submission(measurements))).verdicts();
    }

    private List<Outcome> correct(Change... changes) {
        return ((CorrectionReply.Corrected) reply(changes)).outcomes();
    }

    private CorrectionReply reply(Change... changes) {
        return intake.correct(List.of(changes), "KEY_1", RECEIVED);
    }

    private static Change voiding(String uid) {
        return new Change.Voiding(known(uid), METER, OptionalInt.empty());
    }

    private static Change amending(String uid, String number) {
        return new Change.Amendment(known(uid), measurement(uid(uid), number));
    }

    private static Identity.Uid known(String uid) {
        return (Identity.Uid) uid(uid);
    }

    private BigDecimal sum() {
        return store
                .ask(new UsageQuery(
                        METER,
                        DECEMBER,
                        new UsageQuery.Accounts.All(),
                        List.of(),
                        List.of(new UsageQuery.Measure(Function.SUM, new Slot.NumberSlot(0))),
                        UsageQuery.Grouping.NONE,
                        Optional.empty(),
                        1))
                .rows()
                .stream()
                .flatMap(row -> row.values().stream())
                .flatMap(Optional::stream)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}

package io.tallystick.server.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.catalog.Function;
import io.tallystick.catalog.Slots;
import io.tallystick.id.FieldCode;
import io.tallystick.id.OrganizationId;
import io.tallystick.time.Period;
import io.tallystick.usage.Door;
import io.tallystick.usage.Identity;
import io.tallystick.usage.Measurement;
import io.tallystick.usage.Submission;
import io.tallystick.usage.UsageQuery;
import io.tallystick.usage.UsageQuery.Slot;
import io.tallystick.usage.intake.Intake;
import io.tallystick.usage.intake.Reply;
import io.tallystick.usage.intake.SilentWatch;
import io.tallystick.usage.intake.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process is killed, without a chance to tidy up, while it takes measurements: what it acknowledged is there, once,
 * and no submission is there in part.
 */
@Timeout(120)
class DuckDbDurabilityTest {
    private static final int ROUNDS = 3;
    private static final int SENDERS = 4;

    /** More than the 2,048 rows of one vector: an appender that commits by itself would leave a part of it. */
    private static final int ELEMENTS = 3_000;

    private static final int ACKNOWLEDGED_PER_ROUND = 5;
    private static final Instant NOON = Instant.parse("2024-12-10T12:00:00Z");

    @TempDir
    Path directory;

    @Test
    void losesNothingAcknowledgedAndKeepsNothingTwiceWhenItIsKilled() throws Exception {
        int acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged += acknowledgedUntilKilled(round);
        }

        try (DuckDbUsageStore store = DuckDbUsageStore.open(DuckDbSettings.in(directory))) {
            int kept = measurements(store);
            assertThat(kept % ELEMENTS)
                    .as("rows of submissions that are there in part")
                    .isZero();
            assertThat(kept).isBetween(acknowledged * ELEMENTS, (acknowledged + ROUNDS * SENDERS) * ELEMENTS);
            assertThat(sendAllAgain(store))
                    .as("verdicts on everything sent again")
                    .isEqualTo(kept);
            assertThat(measurements(store)).isEqualTo(ROUNDS * SENDERS * Sender.SUBMISSIONS * ELEMENTS);
        }
    }

    /** Starts a process that sends, kills it after some answers, and says how many it had had. */
    private int acknowledgedUntilKilled(int round) throws IOException, InterruptedException {
        Path temporary = Files.createDirectories(directory.resolve("unpacked"));
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        // DuckDB unpacks its library there, and a killed process leaves it.
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sender.class.getName(),
                        directory.toString(),
                        Integer.toString(round))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            int acknowledged = 0;
            while (acknowledged < ACKNOWLEDGED_PER_ROUND) {
                String line = lines.readLine();
                assertThat(line)
                        .as("a line of round %d after %d answers", round, acknowledged)
                        .isNotNull();
                acknowledged += line.equals(Sender.ACKNOWLEDGED) ? 1 : 0;
            }
            assertThatThrownBy(() -> DuckDbUsageStore.open(DuckDbSettings.in(directory)))
                    .as("opening a store that another process uses")
                    .hasMessageContaining("Expected a usage database that can be opened");
            // By its handle: Process.destroyForcibly would close the stream with answers still in it.
            process.toHandle().destroyForcibly();
            process.waitFor();
            // Answers that were on their way when it was killed had been given too.
            return acknowledged
                    + (int) lines.lines().filter(Sender.ACKNOWLEDGED::equals).count();
        } finally {
            process.destroyForcibly();
        }
    }

    private static int measurements(DuckDbUsageStore store) {
        return store
                .ask(new UsageQuery(
                        1,
                        new Period(NOON, NOON.plusSeconds(1)),
                        new UsageQuery.Accounts.All(),
                        List.of(),
                        List.of(new UsageQuery.Measure(Function.COUNT, new Slot.NumberSlot(0))),
                        UsageQuery.Grouping.NONE,
                        Optional.empty(),
                        1))
                .rows()
                .stream()
                .mapToInt(row -> (int) row.measurements())
                .sum();
    }

    /** Sends all submissions of all rounds; how many elements were duplicates. The others are accepted now. */
    private static int sendAllAgain(DuckDbUsageStore store) throws InterruptedException {
        Intake intake = new Intake(store, Intake.Limits.STANDARD, new SilentWatch());
        Thread writer = Thread.ofPlatform().start(intake::serve);
        int duplicates = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int sender = 0; sender < SENDERS; sender++) {
                for (int number = 0; number < Sender.SUBMISSIONS; number++) {
                    Reply reply = intake.submit(Sender.submission(round, sender, number));
                    assertThat(reply).isInstanceOf(Reply.Receipt.class);
                    List<Verdict> verdicts = ((Reply.Receipt) reply).verdicts();
                    assertThat(verdicts).containsOnly(verdicts.getFirst());
                    duplicates += verdicts.getFirst() == Verdict.DUPLICATE ? verdicts.size() : 0;
                }
            }
        }
        intake.close();
        writer.join();
        return duplicates;
    }

    /** The process that is killed. */
    static final class Sender {
        static final String ACKNOWLEDGED = "acknowledged";
        static final int SUBMISSIONS = 8;
        private static final OrganizationId ORGANIZATION = new OrganizationId("acme");
        private static final Slots SLOTS = new Slots(List.of(new FieldCode("n")), List.of(new FieldCode("t")));

        private Sender() {}

        public static void main(String[] arguments) {
            DuckDbUsageStore store = DuckDbUsageStore.open(DuckDbSettings.in(Path.of(arguments[0])));
            int round = Integer.parseInt(arguments[1]);
            Intake intake = new Intake(store, Intake.Limits.STANDARD, new SilentWatch());
            Thread.ofPlatform().start(intake::serve);
            for (int sender = 0; sender < SENDERS; sender++) {
                int own = sender;
                Thread.ofPlatform().start(() -> send(intake, round, own));
            }
        }

        private static void send(Intake intake, int round, int sender) {
            for (int number = 0; number < SUBMISSIONS; number++) {
                if (intake.submit(submission(round, sender, number)) instanceof Reply.Receipt) {
                    System.out.println(ACKNOWLEDGED);
                }
            }
        }

        static Submission submission(int round, int sender, int number) {
            return new Submission(IntStream.range(0, ELEMENTS)
                    .<Submission.Element>mapToObj(
                            element -> measurement(round + "/" + sender + "/" + number + "/" + element))
                    .toList());
        }

        private static Measurement measurement(String uid) {
            return Measurement.draft(new Identity.Uid(ORGANIZATION, Door.MEASUREMENTS, uid), 1, SLOTS, 1, NOON)
                    .number(0, BigDecimal.ONE)
                    .text(0, uid.substring(0, 3))
                    .freeze(NOON);
        }
    }
}

package io.tallystick.server.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.usage.QuestionFailedException;
import io.tallystick.usage.QuestionFailedException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DuckDbQuestionsTest {
    private static final Path STAT = Path.of("/proc/thread-self/stat");
    private static final Session.Rendered ENDLESS = new Session.Rendered(
            "SELECT count(*) FROM range(100000000) a(i), range(100000000) b(j) WHERE (i * j) % 7 = 3", List.of());

    @Test
    void cancelsAQuestionThatTakesTooLong() throws Exception {
        try (Questions questions = questions(1, 10, Duration.ofMillis(300));
                DuckDBConnection connection = connect()) {
            assertFails(Reason.TOO_SLOW, () -> questions.ask(statements -> endless(connection, statements)));

            // The thread is free again at once: the statement was stopped, not left running.
            assertThat(questions.<String>ask(statements -> "next")).isEqualTo("next");
        }
    }

    @Test
    void stopsTheStatementOfWhoeverIsInterrupted() throws Exception {
        try (Questions questions = questions(1, 10, Duration.ofSeconds(60));
                DuckDBConnection connection = connect()) {
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Reason> failure = new CompletableFuture<>();
            Thread asker = Thread.ofVirtual().start(() -> {
                try {
                    questions.ask(statements -> {
                        begun.countDown();
                        return endless(connection, statements);
                    });
                } catch (QuestionFailedException e) {
                    failure.complete(e.reason());
                }
            });
            begun.await();
            asker.interrupt();

            assertThat(failure.get()).isEqualTo(Reason.CANCELLED);
            // The only thread is free again: the statement was stopped, although it may not have begun at the first
            // call.
            assertThat(questions.<String>ask(statements -> "next")).isEqualTo("next");
        }
    }

    @Test
    void neverBeginsAQuestionThatWasCalledOffWhileItWaited() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicBoolean hasRun = new AtomicBoolean();
        try (Questions questions = questions(1, 10, Duration.ofSeconds(60));
                ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> running = requests.submit(() -> questions.ask(statements -> {
                begun.countDown();
                return await(end);
            }));
            begun.await();
            Future<Boolean> waiting = requests.submit(() -> questions.ask(statements -> hasRun.getAndSet(true)));
            while (questions.waiting() == 0) {
                Thread.onSpinWait();
            }
            waiting.cancel(true);
            while (questions.calledOff() == 0) {
                Thread.onSpinWait();
            }

            end.countDown();
            assertThat(running.get()).isEqualTo(1);
            assertThat(questions.<String>ask(statements -> "next")).isEqualTo("next");
            assertThat(hasRun).isFalse();
        }
    }

    @Test
    void countsTheWaitingForAThreadAsTime() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (Questions questions = questions(1, 10, Duration.ofMillis(300));
                ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first =
                    requests.submit(() -> assertFails(Reason.TOO_SLOW, () -> questions.ask(statements -> await(end))));
            Future<?> second =
                    requests.submit(() -> assertFails(Reason.TOO_SLOW, () -> questions.ask(statements -> await(end))));

            first.get();
            second.get();
            end.countDown();
        }
    }

    @Test
    void turnsQuestionsAwayWhenTooManyWait() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (Questions questions = questions(1, 1, Duration.ofSeconds(30));
                ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> running = requests.submit(() -> questions.ask(statements -> {
                begun.countDown();
                return await(end);
            }));
            begun.await();
            Future<Integer> waiting = requests.submit(() -> questions.ask(statements -> await(end)));
            while (questions.waiting() == 0) {
                Thread.onSpinWait();
            }

            assertFails(Reason.TOO_MANY, () -> questions.ask(statements -> 3));

            end.countDown();
            assertThat(running.get()).isEqualTo(1);
            assertThat(waiting.get()).isEqualTo(1);
        }
    }

    @Test
    void runsOnAPlatformThreadWhoeverAsks() throws Exception {
        try (Questions questions = questions(1, 10, Duration.ofSeconds(30));
                ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> isVirtual = requests.submit(() ->
                    questions.<Boolean>ask(statements -> Thread.currentThread().isVirtual()));

            assertThat(isVirtual.get()).isFalse();
        }
    }

    @Test
    void letsIntakeGoFirst() {
        try (Questions questions = questions(1, 10, Duration.ofSeconds(30))) {
            assertThat(questions.<Integer>ask(statements -> nice()))
                    .isEqualTo(Files.exists(STAT) ? Questions.Courtesy.NICE : 0);
        }
        assertThat(nice()).as("of whoever asks").isZero();
    }

    /** The nice value of the calling thread: the 19th field of what Linux says about it; 0 elsewhere. */
    private static int nice() {
        try {
            String stat = Files.exists(STAT) ? Files.readString(STAT) : ") " + "0 ".repeat(20);
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void answersNothingAfterItWasClosed() {
        Questions questions = questions(1, 10, Duration.ofSeconds(30));
        questions.close();

        assertFails(Reason.STORE_FAILED, () -> questions.ask(statements -> 1));
    }

    @Test
    void passesAFailureOfTheDatabaseOn() {
        try (Questions questions = questions(1, 10, Duration.ofSeconds(30))) {
            assertThatThrownBy(() -> questions.ask(statements -> {
                        throw new SQLException("disk on fire");
                    }))
                    .isInstanceOf(QuestionFailedException.class)
                    .hasMessageContaining("disk on fire");
        }
    }

    private static DuckDBConnection connect() throws SQLException {
        return (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
    }

    private static long endless(DuckDBConnection connection, Questions.Statements statements) throws SQLException {
        return new Session(connection, statements).query(ENDLESS, rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }

    private static int await(CountDownLatch end) {
        try {
            end.await();
            return 1;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertFails(Reason reason, Runnable question) {
        assertThatThrownBy(question::run)
                .isInstanceOfSatisfying(QuestionFailedException.class, failure -> assertThat(failure.reason())
                        .isEqualTo(reason));
    }

    private static Questions questions(int threads, int waitingMax, Duration timeout) {
        return new Questions(
                new DuckDbSettings(Path.of("usage.duckdb"), Path.of("tmp"), 64, 1, threads, waitingMax, timeout));
    }
}

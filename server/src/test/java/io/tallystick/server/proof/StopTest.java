package io.tallystick.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.seed.Seed;
import io.tallystick.server.proof.KeptConnection.Outcome;
import io.tallystick.server.proof.World.Installed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGTERM to a real server process while clients send on connections that they keep: each request is acknowledged and
 * counted, or refused with 503, or was never read. No client is left not knowing what to send again.
 */
@Timeout(120)
final class StopTest {
    private static final int STOPS = 3;
    private static final int CLIENTS = 32;
    private static final int BATCH_MAX = 5;
    /** Of a resting client between two requests: around what the server takes for a rest. */
    private static final int REST_MAX_MILLIS = 1_200;

    /** docs/operations.md promises an answer to who rests no longer. */
    private static final Duration ANSWERED_AFTER_MAX = Duration.ofMillis(500);

    private static final Duration STOP_MAX = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private final World world = World.simple("stop", "SUM", BigDecimal.ONE);

    /** What became of everything that was sent, by measurement. */
    private static final class Ledger {
        private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        private final Queue<String> refused = new ConcurrentLinkedQueue<>();
        private final Queue<String> unread = new ConcurrentLinkedQueue<>();
        private final Queue<Duration> unreadAfter = new ConcurrentLinkedQueue<>();
        private final Queue<Integer> lastStatus = new ConcurrentLinkedQueue<>();
    }

    @Test
    void everyRequestIsAcknowledgedAndCountedOrRefusedOrWasNeverRead() {
        Seed.runs(StopTest.class, 1, random -> {
            Ledger ledger = new Ledger();
            try (HttpClient http = HttpClient.newHttpClient();
                    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
                ServerProcess server = start();
                try {
                    Installed installed = world.install(Client.dev(http, server.address()));
                    for (int stop = 0; stop < STOPS; stop++) {
                        stopUnderLoad(stop, server, ledger, threads, random);
                        server = start();
                        assertThat(KillTest.kept(world, installed, Client.dev(http, server.address())))
                                .as("what was acknowledged, and nothing else")
                                .isEqualTo(ledger.acknowledged.size());
                    }
                    sendAgain(ledger, server.address());
                    assertThat(KillTest.kept(world, installed, Client.dev(http, server.address())))
                            .isEqualTo(ledger.acknowledged.size());
                } finally {
                    server.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void stopUnderLoad(
            int stop, ServerProcess server, Ledger ledger, ExecutorService threads, RandomGenerator random) {
        int acknowledgedBefore = ledger.acknowledged.size();
        int refusedBefore = ledger.refused.size();
        ledger.unread.clear();
        ledger.unreadAfter.clear();
        ledger.lastStatus.clear();
        CountDownLatch stopped = new CountDownLatch(1);
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            String prefix = "stop-%d-%d-".formatted(stop, client);
            boolean isResting = client % 2 == 1;
            SplittableRandom own = new SplittableRandom(random.nextLong());
            clients.add(CompletableFuture.runAsync(
                    () -> send(server.address(), prefix, isResting ? REST_MAX_MILLIS : 0, ledger, own, stopped),
                    threads));
        }
        int answers = acknowledgedBefore + 1_000 + random.nextInt(5_000);
        Awaitility.await("acknowledged measurements")
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> ledger.acknowledged.size() >= answers);
        Duration took = terminateBesideASilentClient(server, "stop-%d-silent".formatted(stop), ledger);
        stopped.countDown();
        CompletableFuture.allOf(clients.toArray(new CompletableFuture<?>[0]))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        System.out.printf(
                "StopTest: stopped in %d ms; of %d clients %d were told that an answer was the last, %d found the connection closed after resting %s ms; %d measurements acknowledged, %d refused with 503%n",
                took.toMillis(),
                CLIENTS,
                ledger.lastStatus.size(),
                ledger.unreadAfter.size(),
                ledger.unreadAfter.stream().map(Duration::toMillis).sorted().toList(),
                ledger.acknowledged.size() - acknowledgedBefore,
                ledger.refused.size() - refusedBefore);
        assertThat(took).isLessThan(STOP_MAX);
        assertThat(ledger.unreadAfter).allSatisfy(rest -> assertThat(rest).isGreaterThanOrEqualTo(ANSWERED_AFTER_MAX));
        assertThat(ledger.lastStatus).as("clients that are told").isNotEmpty();
        assertThat(ledger.lastStatus.size() + ledger.unreadAfter.size()).isEqualTo(CLIENTS);
    }

    /** How long it takes until the process has ended, though a client keeps its connection and sends nothing more. */
    private Duration terminateBesideASilentClient(ServerProcess server, String uid, Ledger ledger) {
        try (KeptConnection silent = KeptConnection.to(server.address())) {
            List<String> elements = elements(uid, 1);
            assertThat(silent.measure(elements)).asString().contains("status=200");
            ledger.acknowledged.addAll(elements);
            long begun = System.nanoTime();
            server.terminate();
            assertThat(server.exitCode()).isZero();
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(silent.ends()).isTrue();
            return took;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One client, until its connection ends. A rest is counted from the request before it, which the server's begins after. */
    private void send(
            URI address,
            String prefix,
            int restMaxMillis,
            Ledger ledger,
            SplittableRandom random,
            CountDownLatch stopped) {
        long before = System.nanoTime();
        try (KeptConnection connection = KeptConnection.to(address)) {
            for (int batch = 0; ; batch++) {
                List<String> elements = elements(prefix + batch, 1 + random.nextInt(BATCH_MAX));
                long restsSince = before;
                if (restMaxMillis > 0) {
                    boolean _ = stopped.await(random.nextInt(restMaxMillis), TimeUnit.MILLISECONDS);
                }
                before = System.nanoTime();
                switch (connection.measure(elements)) {
                    case Outcome.Unanswered _ -> {
                        ledger.unread.addAll(elements);
                        ledger.unreadAfter.add(Duration.ofNanos(System.nanoTime() - restsSince));
                        return;
                    }
                    case Outcome.Answered(int status, boolean isLast, String body) -> {
                        assertThat(status).as(body).isIn(200, 503);
                        assertThat(status == 200 || isLast).as(body).isTrue();
                        (status == 200 ? ledger.acknowledged : ledger.refused).addAll(elements);
                        if (isLast) {
                            ledger.lastStatus.add(status);
                            assertThat(connection.ends()).isTrue();
                            return;
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Expected to send until the server stops, but was interrupted.", e);
        }
    }

    /** What was not acknowledged is new, and what was is known. */
    private static void sendAgain(Ledger ledger, URI address) throws IOException {
        List<String> left = new ArrayList<>(ledger.unread);
        left.addAll(ledger.refused);
        try (KeptConnection connection = KeptConnection.to(address)) {
            if (!left.isEmpty()) {
                assertThat(connection.measure(left))
                        .asString()
                        .contains("\"accepted\":" + left.size(), "\"duplicates\":0");
            }
            List<String> known = ledger.acknowledged.stream().limit(500).toList();
            assertThat(connection.measure(known))
                    .asString()
                    .contains("\"accepted\":0", "\"duplicates\":" + known.size());
        }
        ledger.acknowledged.addAll(left);
    }

    private List<String> elements(String uid, int count) {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(
                    world.sample(uid + "-" + i, "stop", World.DECEMBER, "1").json(new SplittableRandom(0)));
        }
        return elements;
    }

    private ServerProcess start() {
        try {
            return ServerProcess.start(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

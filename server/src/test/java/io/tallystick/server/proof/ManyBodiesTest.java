package io.tallystick.server.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.proof.KeptConnection.Outcome;
import io.tallystick.server.proof.World.Installed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Four times the heap in bodies that come slowly and at once, at a real server process: they wait, or are turned away. */
@Timeout(90)
final class ManyBodiesTest {
    private static final int CONNECTIONS = 1_000;
    private static final int BODY_BYTES = 512_000;
    private static final int ELEMENTS = 1_000;
    private static final int PIECES = 10;
    private static final int PIECE_EVERY_MILLIS = 200;
    private static final String HEAP = "-Xmx128m";

    /** The heap, and what the server takes beside it: nothing there grows with the number of bodies. */
    private static final long RESIDENT_MAX_KB = 320 << 10;

    private static final Duration TIME_MAX = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private final World world = World.simple("bodies", "SUM", BigDecimal.ONE);

    @Test
    void manySlowLargeBodiesWaitOrAreTurnedAwayAndTheServerStaysSmall() throws IOException {
        try (ServerProcess server = ServerProcess.start(smallServer(), directory);
                HttpClient http = HttpClient.newHttpClient()) {
            Installed installed = world.install(Client.dev(http, server.address()));
            byte[] body = body();
            long idleKb = residentMaxKb(server);
            long begun = System.nanoTime();

            Map<String, Integer> outcomes = sendAtOnce(server.address(), body);

            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            long residentKb = residentMaxKb(server);
            System.out.printf(
                    "ManyBodiesTest: %d bodies of %d bytes with %s, all at once in %d ms: answers %s, resident at most %d MB, %d MB before%n",
                    CONNECTIONS, BODY_BYTES, HEAP, took.toMillis(), outcomes, residentKb >> 10, idleKb >> 10);
            assertThat(server.isAlive()).isTrue();
            assertThat(Files.readString(directory.resolve(ServerProcess.ERRORS)))
                    .doesNotContain("OutOfMemoryError");
            assertThat(outcomes.keySet()).isSubsetOf("200", "429", "503").contains("200");
            assertThat(residentKb).isLessThan(RESIDENT_MAX_KB);
            assertThat(took).isLessThan(TIME_MAX);

            assertThat(send(server.address(), body, new CountDownLatch(1)))
                    .as("all room was given back")
                    .isEqualTo("200");
            Client client = Client.dev(http, server.address());
            String after = world.sample("after", "bodies", World.DECEMBER, "1").json(new SplittableRandom(0));
            assertThat(client.measure(List.of(after)).count("accepted")).isEqualTo(1);
            assertThat(KillTest.kept(world, installed, client)).isEqualTo(ELEMENTS + 1);
        }
    }

    private static ServerProcess.Program smallServer() {
        return ServerProcess.Program.ofClass(ServerProcess.class, HEAP);
    }

    /** Of the largest size that is taken; all bodies are the same one, so that what is counted in the end is known. */
    private byte[] body() {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < ELEMENTS; i++) {
            elements.add(
                    world.sample("in-time-" + i, "bodies", World.DECEMBER, "1").json(new SplittableRandom(0)));
        }
        byte[] json = Client.measurements(elements).getBytes(UTF_8);
        byte[] padded = Arrays.copyOf(json, BODY_BYTES);
        Arrays.fill(padded, json.length, BODY_BYTES, (byte) ' ');
        return padded;
    }

    /** How many got which answer. */
    private static Map<String, Integer> sendAtOnce(URI address, byte[] body) {
        Map<String, Integer> outcomes = new TreeMap<>();
        CountDownLatch never = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<String>> clients = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(CompletableFuture.supplyAsync(() -> send(address, body, never), threads));
            }
            clients.forEach(client -> outcomes.merge(client.join(), 1, Integer::sum));
        }
        return outcomes;
    }

    private static String send(URI address, byte[] body, CountDownLatch never) {
        try (KeptConnection connection = KeptConnection.to(address)) {
            connection.send(KeptConnection.head(address, body.length).getBytes(UTF_8));
            try {
                for (int piece = 0; piece < PIECES; piece++) {
                    int from = body.length / PIECES * piece;
                    int to = piece == PIECES - 1 ? body.length : from + body.length / PIECES;
                    connection.send(Arrays.copyOfRange(body, from, to));
                    boolean _ = never.await(PIECE_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                }
            } catch (IOException closed) {
                // who is turned away is told so, and what is not read is thrown away
            }
            return switch (connection.answer()) {
                case Outcome.Answered(int status, boolean _, String _) -> Integer.toString(status);
                case Outcome.Unanswered _ -> "none";
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Expected to send a body, but was interrupted.", e);
        }
    }

    /** What Linux calls VmHWM. */
    private static long residentMaxKb(ServerProcess server) throws IOException {
        return Files.readAllLines(Path.of("/proc/%d/status".formatted(server.pid()))).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}

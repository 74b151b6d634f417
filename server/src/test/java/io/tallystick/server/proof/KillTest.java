package io.tallystick.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.seed.Seed;
import io.tallystick.server.proof.World.Installed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A real server process, ended in the middle of its work: nothing acknowledged is missing and nothing is there twice. */
@Timeout(180)
final class KillTest {
    private static final int ACCOUNTS = 6;
    private static final int SAMPLES_PER_ACCOUNT = 1_000;
    private static final int KILLS = 3;

    @TempDir
    private Path directory;

    @Test
    void everyAcknowledgedMeasurementCountsOnceAfterKillsUnderLoad() {
        Seed.runs(KillTest.class, 1, random -> {
            World world = World.draw(random, "kill");
            Map<String, List<Sample>> samples = samples(world, random);
            ServerProcess server = start();
            try (HttpClient http = HttpClient.newHttpClient();
                    Load load = new Load(all(samples), random)) {
                Installed installed = world.install(Client.dev(http, server.address()));
                Map<String, String> ids = new LinkedHashMap<>();
                samples.keySet().forEach(code -> ids.put(code, world.subscribe(installed, code)));
                List<Long> restartMillis = new ArrayList<>();
                for (int kill = 0; kill < KILLS; kill++) {
                    CompletableFuture<Void> sending = load.send(http, server.address());
                    awaitAnswers(load, load.answers() + 10 + random.nextInt(40));
                    server.kill();
                    sending.join();

                    server = start();
                    restartMillis.add(server.startMillis());
                    assertThat(kept(world, installed, Client.dev(http, server.address())))
                            .as("before anything is sent again")
                            .isBetween(load.acknowledgedSize(), load.acknowledgedSize() + load.unansweredSize());
                    load.sendAgain(random);
                }
                load.send(http, server.address()).join();

                assertThat(load.unansweredSize() + load.refusedSize()).isZero();
                Client client = Client.dev(http, server.address());
                countedOnce(world, installed, client, samples);
                client.bill("2025-01-01", List.copyOf(ids.values()));
                ids.forEach((code, id) -> assertThat(Oracle.text(client.read("bills/latest/" + id)))
                        .isEqualTo(Oracle.bill(world, samples.getOrDefault(code, List.of()))));
                System.out.printf("KillTest: %d kills under load, ready again after %s ms%n", KILLS, restartMillis);
            } finally {
                server.close();
            }
        });
    }

    @Test
    void sigtermFinishesRequestsUnderWayOrRefusesThemAndExitsWith0() {
        Seed.runs(KillTest.class, 1, random -> {
            World world = World.draw(random, "term");
            Map<String, List<Sample>> samples = samples(world, random);
            try (HttpClient http = HttpClient.newHttpClient();
                    Load load = new Load(all(samples), random)) {
                Installed installed;
                try (ServerProcess server = start()) {
                    installed = world.install(Client.dev(http, server.address()));
                    CompletableFuture<Void> sending = load.send(http, server.address());
                    awaitAnswers(load, 10 + random.nextInt(60));
                    server.terminate();
                    sending.join();
                    assertThat(server.exitCode()).isZero();
                }
                System.out.printf(
                        "KillTest: SIGTERM after %d answers; %d measurements refused, %d without an answer%n",
                        load.answers(), load.refusedSize(), load.unansweredSize());
                try (ServerProcess server = start()) {
                    Client client = Client.dev(http, server.address());
                    assertThat(kept(world, installed, client))
                            .as("what got no answer or a refusal was not begun")
                            .isEqualTo(load.acknowledgedSize());
                    load.sendAgain(random);
                    load.send(http, server.address()).join();
                    countedOnce(world, installed, client, samples);
                }
            }
        });
    }

    @Test
    void sigtermWaitsForARequestThatIsUnderWay() throws IOException {
        World world = World.simple("under-way", "SUM", BigDecimal.ONE);
        Sample sample = world.sample("half-sent", "under-way", World.DECEMBER, "1");
        try (HttpClient http = HttpClient.newHttpClient()) {
            Installed installed;
            try (ServerProcess server = start()) {
                installed = world.install(Client.dev(http, server.address()));
                try (HalfSent request =
                        HalfSent.begin(server.address(), List.of(sample.json(new SplittableRandom(0))))) {
                    // whoever is answered now came later, so the server has begun with the other
                    Client.dev(http, server.address()).read("meters");
                    server.terminate();
                    Awaitility.await("no new connections")
                            .atMost(Duration.ofSeconds(30))
                            .pollInterval(Duration.ofMillis(5))
                            .until(() -> !isListening(server));

                    assertThat(request.finish()).isEqualTo("HTTP/1.1 200 OK");
                }
                assertThat(server.exitCode()).isZero();
            }
            try (ServerProcess server = start()) {
                assertThat(kept(world, installed, Client.dev(http, server.address())))
                        .isEqualTo(1);
            }
        }
    }

    private static boolean isListening(ServerProcess server) {
        try (Socket connected =
                new Socket(server.address().getHost(), server.address().getPort())) {
            return connected.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static void awaitAnswers(Load load, int count) {
        Awaitility.await(count + " answers")
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> load.answers() >= count);
    }

    private static List<Sample> all(Map<String, List<Sample>> samples) {
        return samples.values().stream().flatMap(List::stream).toList();
    }

    private ServerProcess start() {
        try {
            return ServerProcess.start(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, List<Sample>> samples(World world, RandomGenerator random) {
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        for (int account = 0; account < ACCOUNTS; account++) {
            String code = world.prefix() + "-" + account;
            samples.put(code, world.samples(random, SAMPLES_PER_ACCOUNT, code, true));
        }
        return samples;
    }

    /** How many measurements the server counts. */
    static long kept(World world, Installed installed, Client client) {
        long kept = 0;
        for (Metered meter : world.meters()) {
            for (JsonNode row : client.ask(question(installed, meter, false)).get("data")) {
                kept += row.get("COUNT." + meter.fields().getFirst()).longValue();
            }
        }
        return kept;
    }

    /** Of each account and meter, count and sum are those of what was measured. */
    private static void countedOnce(
            World world, Installed installed, Client client, Map<String, List<Sample>> samples) {
        for (Metered meter : world.meters()) {
            String field = meter.fields().getFirst();
            Map<String, String> counted = new LinkedHashMap<>();
            for (JsonNode row : client.ask(question(installed, meter, true)).get("data")) {
                counted.put(
                        row.get("account").stringValue(),
                        row.get("COUNT." + field).longValue() + " measurements, "
                                + row.get("SUM." + field).decimalValue().toPlainString());
            }
            Map<String, String> measured = new LinkedHashMap<>();
            samples.forEach((account, all) -> {
                List<Sample> ofMeter = all.stream()
                        .filter(sample -> sample.meter().equals(meter.code()))
                        .toList();
                BigDecimal sum =
                        ofMeter.stream().map(sample -> sample.number(field)).reduce(BigDecimal.ZERO, BigDecimal::add);
                measured.put(
                        account,
                        ofMeter.size() + " measurements, "
                                + sum.stripTrailingZeros().toPlainString());
            });
            assertThat(counted).isEqualTo(measured);
        }
    }

    private static Map<String, Object> question(Installed installed, Metered meter, boolean byAccount) {
        Map<String, Object> question = new LinkedHashMap<>(Map.of(
                "startDate",
                "2024-11-01T00:00:00Z",
                "endDate",
                "2025-03-01T00:00:00Z",
                "aggregations",
                List.of(aggregated(installed, meter, "COUNT"), aggregated(installed, meter, "SUM"))));
        if (byAccount) {
            question.put("groups", List.of(Map.of("groupType", "ACCOUNT")));
        }
        return question;
    }

    private static Map<String, Object> aggregated(Installed installed, Metered meter, String function) {
        return Map.of(
                "meterId",
                installed.meters().get(meter.code()),
                "fieldCode",
                meter.fields().getFirst(),
                "fieldType",
                "MEASURE",
                "function",
                function);
    }
}

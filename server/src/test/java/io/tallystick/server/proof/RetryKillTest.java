package io.tallystick.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.seed.Seed;
import io.tallystick.server.proof.World.Installed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Refused measurements are sent again by several clients at once while the server is killed again and again. Half of them
 * have no uid, so nothing but the end of their refusal keeps them from counting twice.
 */
@Timeout(180)
final class RetryKillTest {
    private static final int ELEMENTS = 600;
    private static final int KILLS = 4;
    private static final int CLIENTS = 3;
    private static final int IDS_MAX = 12;

    @TempDir
    private Path directory;

    @Test
    void everyRefusedMeasurementCountsOnceAfterKillsDuringRetries() {
        Seed.runs(RetryKillTest.class, 1, random -> {
            World world = World.simple("retry", "SUM", BigDecimal.ONE);
            ServerProcess server = start();
            try (HttpClient http = HttpClient.newHttpClient();
                    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
                Client client = Client.dev(http, server.address());
                assertThat(client.measure(elements(world)).count("refused")).isEqualTo(ELEMENTS);
                List<String> ids = open(client);
                assertThat(ids).hasSize(ELEMENTS).doesNotHaveDuplicates();
                Installed installed = world.install(client);
                AtomicInteger accepted = new AtomicInteger();
                for (int kill = 0; kill < KILLS; kill++) {
                    AtomicInteger answers = new AtomicInteger();
                    List<CompletableFuture<Void>> retrying =
                            retry(Client.dev(http, server.address()), ids, random, answers, accepted, threads);
                    awaitAnswers(answers, 2 + random.nextInt(20));
                    server.kill();
                    CompletableFuture.allOf(retrying.toArray(new CompletableFuture<?>[0]))
                            .orTimeout(60, TimeUnit.SECONDS)
                            .join();
                    server = start();
                    Client again = Client.dev(http, server.address());
                    assertThat(count(again, installed, world))
                            .as("counted, and no longer open")
                            .isEqualTo(ELEMENTS - open(again).size());
                    assertThat(count(again, installed, world))
                            .as("what was acknowledged")
                            .isGreaterThanOrEqualTo(accepted.get());
                }
                Client last = Client.dev(http, server.address());
                last.send("POST", "measurements/refused/retry", "{}");
                assertThat(last.send("POST", "measurements/refused/retry", body(ids))
                                .count("alreadyResent"))
                        .isEqualTo(ELEMENTS);

                assertThat(open(last)).isEmpty();
                assertThat(count(last, installed, world)).isEqualTo(ELEMENTS);
                assertThat(total(last, installed, world, "SUM")).isEqualTo((long) ELEMENTS * (ELEMENTS + 1) / 2);
            } finally {
                server.close();
            }
        });
    }

    /** Clients that resend random ones, over and over, until nobody answers. */
    private static List<CompletableFuture<Void>> retry(
            Client client,
            List<String> ids,
            RandomGenerator random,
            AtomicInteger answers,
            AtomicInteger accepted,
            ExecutorService threads) {
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            SplittableRandom own = new SplittableRandom(random.nextLong());
            clients.add(CompletableFuture.runAsync(
                    () -> {
                        try {
                            while (true) {
                                Client.Answer answer =
                                        client.send("POST", "measurements/refused/retry", body(some(ids, own)));
                                assertThat(answer.status())
                                        .as(answer.body().toString())
                                        .isEqualTo(200);
                                accepted.addAndGet(answer.count("accepted"));
                                answers.incrementAndGet();
                            }
                        } catch (UncheckedIOException killed) {
                            answers.incrementAndGet(); // the end of this client's work
                        }
                    },
                    threads));
        }
        return clients;
    }

    private static List<String> some(List<String> ids, RandomGenerator random) {
        return IntStream.rangeClosed(0, random.nextInt(IDS_MAX))
                .mapToObj(_ -> ids.get(random.nextInt(ids.size())))
                .toList();
    }

    private static String body(List<String> ids) {
        return ids.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(",", "{\"ids\":[", "]}"));
    }

    private static List<String> elements(World world) {
        // plainly written: a list shows payloads as they were sent, and the client accepts plain numbers only
        return IntStream.rangeClosed(1, ELEMENTS)
                .mapToObj(number ->
                        """
                        {%s"meter":"%s","account":"retry","ts":"2024-12-01T00:00:00Z","measure":{"a":%d},"what":{"%s":"x"}}"""
                                .formatted(
                                        number % 2 == 0 ? "\"uid\":\"retry-%d\",".formatted(number) : "",
                                        world.meters().getFirst().code(),
                                        number,
                                        World.TEXT))
                .toList();
    }

    private static List<String> open(Client client) {
        List<String> ids = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = client.read("measurements/refused?pageSize=200" + next);
            page.get("data").forEach(refusal -> ids.add(refusal.get("id").stringValue()));
            next = page.path("nextToken").isString()
                    ? "&nextToken=" + page.get("nextToken").stringValue()
                    : "";
        } while (!next.isEmpty());
        return ids;
    }

    private static long count(Client client, Installed installed, World world) {
        return total(client, installed, world, "COUNT");
    }

    private static long total(Client client, Installed installed, World world, String function) {
        String meter = world.meters().getFirst().code();
        JsonNode rows = client.ask(Map.of(
                        "startDate",
                        "2024-11-01T00:00:00Z",
                        "endDate",
                        "2025-02-01T00:00:00Z",
                        "aggregations",
                        List.of(Map.of(
                                "meterId",
                                installed.meters().get(meter),
                                "fieldCode",
                                "a",
                                "fieldType",
                                "MEASURE",
                                "function",
                                function))))
                .get("data");
        return rows.isEmpty() ? 0 : rows.get(0).get(function + ".a").longValue();
    }

    private static void awaitAnswers(AtomicInteger answers, int count) {
        Awaitility.await(count + " answers")
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> answers.get() >= count);
    }

    private ServerProcess start() {
        try {
            return ServerProcess.start(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.tallystick.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.seed.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Measurements are voided and amended under load while the server is killed again and again. */
@Timeout(180)
final class CorrectionKillTest {
    private static final int ELEMENTS = 3_000;
    private static final int BATCH = 10;
    private static final int KILLS = 4;
    private static final int CLIENTS = 3;
    /** Requests of one load: all that counts has to fit into one answer. */
    private static final int LOAD_MAX = 300;

    private static final int AMENDED_BY = 1_000_000;

    @TempDir
    private Path directory;

    private final AtomicInteger answers = new AtomicInteger();
    private final Set<Batch> acknowledged = ConcurrentHashMap.newKeySet();

    /** What one request voids, or amends. */
    private record Batch(boolean isVoid, List<Integer> numbers) {}

    @Test
    void everyCorrectionIsWholeOrNotThereAfterKills() {
        Seed.runs(CorrectionKillTest.class, 1, random -> {
            World world = World.simple("correct", "SUM", BigDecimal.ONE);
            List<Batch> batches = batches();
            ServerProcess server = start();
            try (HttpClient http = HttpClient.newHttpClient();
                    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1)) {
                Client first = Client.dev(http, server.address());
                world.install(first);
                for (int from = 0; from < ELEMENTS; from += 1000) {
                    assertThat(first.measure(IntStream.range(from, from + 1000)
                                            .mapToObj(number -> element(world, uid(number), number))
                                            .toList())
                                    .count("accepted"))
                            .isEqualTo(1000);
                }
                int sent = 0;
                for (int kill = 0; kill < KILLS; kill++) {
                    Client client = Client.dev(http, server.address());
                    List<CompletableFuture<Void>> working = correcting(world, client, batches, random, threads);
                    working.add(CompletableFuture.runAsync(load(world, client, "load-%d-".formatted(kill)), threads));
                    awaitAnswers(answers.get() + 5 + random.nextInt(30));
                    server.kill();
                    CompletableFuture.allOf(working.toArray(new CompletableFuture<?>[0]))
                            .orTimeout(60, TimeUnit.SECONDS)
                            .join();
                    server = start();
                    sent = everyBatchIsThereOrNot(Client.dev(http, server.address()), batches);
                }
                Client last = Client.dev(http, server.address());
                batches.forEach(batch -> correct(world, last, batch));
                everyBatchIsThereOrNot(last, batches);
                everyBatchIsListedOnce(last, batches);
                System.out.printf(
                        "CorrectionKillTest: %d kills, %d corrections were there before the end%n", KILLS, sent);
            } finally {
                server.close();
            }
        });
    }

    private static List<Batch> batches() {
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < ELEMENTS - BATCH; from += 2 * BATCH) {
            // far apart, so that one request ends rows of several commits
            int first = from;
            batches.add(new Batch(
                    from % (4 * BATCH) == 0,
                    IntStream.range(0, BATCH)
                            .mapToObj(i -> (first / BATCH + i * (ELEMENTS / BATCH)) % ELEMENTS)
                            .toList()));
        }
        return batches;
    }

    private List<CompletableFuture<Void>> correcting(
            World world, Client client, List<Batch> batches, RandomGenerator random, ExecutorService threads) {
        Queue<Batch> waiting = new ConcurrentLinkedQueue<>(Sample.shuffled(batches, random));
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(CompletableFuture.runAsync(
                    () -> {
                        try {
                            for (Batch batch = waiting.poll(); batch != null; batch = waiting.poll()) {
                                correct(world, client, batch);
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

    /** Sends measurements until nobody answers, so that corrections are committed among others. */
    private static Runnable load(World world, Client client, String prefix) {
        return () -> {
            try {
                for (int i = 0; i < LOAD_MAX; i++) {
                    int from = i * BATCH;
                    client.measure(IntStream.range(from, from + BATCH)
                            .mapToObj(number -> element(world, prefix + number, 0))
                            .toList());
                }
            } catch (UncheckedIOException killed) {
                // the end of the load
            }
        };
    }

    /** A request is answered alike for all of its elements, and as if it were the first only if it was never acknowledged. */
    private void correct(World world, Client client, Batch batch) {
        Client.Answer answer = batch.isVoid()
                ? client.send(
                        "POST",
                        "measurements/void",
                        "{\"voids\":["
                                + String.join(
                                        ",",
                                        batch.numbers().stream()
                                                .map(number -> "{\"uid\":\"%s\",\"meter\":\"%s\"}"
                                                        .formatted(
                                                                uid(number),
                                                                world.meters()
                                                                        .getFirst()
                                                                        .code()))
                                                .toList())
                                + "]}")
                : client.send(
                        "POST",
                        "measurements/amend",
                        "{\"amendments\":["
                                + String.join(
                                        ",",
                                        batch.numbers().stream()
                                                .map(number -> element(world, uid(number), number + AMENDED_BY))
                                                .toList())
                                + "]}");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        int now = answer.count(batch.isVoid() ? "voided" : "amended");
        int already = answer.count(batch.isVoid() ? "alreadyVoided" : "unchanged");
        assertThat(List.of(now, already)).as(answer.body().toString()).isIn(List.of(BATCH, 0), List.of(0, BATCH));
        assertThat(now == 0 || !acknowledged.contains(batch))
                .as("what was acknowledged is there: %s", answer.body())
                .isTrue();
        acknowledged.add(batch);
    }

    /** How many are there. */
    private int everyBatchIsThereOrNot(Client client, List<Batch> batches) {
        Map<String, Integer> counts = new HashMap<>();
        JsonNode shown = client.ask(
                Map.of("startDate", "2024-11-01T00:00:00Z", "endDate", "2025-02-01T00:00:00Z", "limit", 20_000));
        assertThat(shown.get("hasMoreData").booleanValue()).isFalse();
        for (JsonNode row : shown.get("data")) {
            assertThat(counts.put(
                            row.get("uid").stringValue(),
                            row.get("measure").get("a").intValue()))
                    .as("a uid that is there twice: %s", row)
                    .isNull();
        }
        int there = 0;
        Set<Integer> corrected = new HashSet<>();
        for (Batch batch : batches) {
            boolean isThere = isThere(batch, counts, batch.numbers().getFirst());
            assertThat(batch.numbers())
                    .as("all of %s or nothing", batch)
                    .allMatch(number -> isThere(batch, counts, number) == isThere);
            assertThat(isThere || !acknowledged.contains(batch))
                    .as("what was acknowledged: %s", batch)
                    .isTrue();
            corrected.addAll(batch.numbers());
            there += isThere ? 1 : 0;
        }
        IntStream.range(0, ELEMENTS)
                .filter(number -> !corrected.contains(number))
                .forEach(number -> assertThat(counts).containsEntry(uid(number), number));
        return there;
    }

    private static boolean isThere(Batch batch, Map<String, Integer> counts, int number) {
        Integer counted = counts.get(uid(number));
        if (counted == null) {
            assertThat(batch.isVoid()).as("%s is gone", uid(number)).isTrue();
            return true;
        }
        assertThat(counted).isIn(number, number + AMENDED_BY);
        return counted != number;
    }

    private static void everyBatchIsListedOnce(Client client, List<Batch> batches) {
        List<String> listed = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = client.read("measurements/corrections?pageSize=200" + next);
            page.get("data")
                    .forEach(each -> listed.add(each.get("kind").stringValue() + " "
                            + each.get("uid").stringValue()));
            next = page.path("nextToken").isString()
                    ? "&nextToken=" + page.get("nextToken").stringValue()
                    : "";
        } while (!next.isEmpty());
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(batches.stream()
                        .flatMap(batch -> batch.numbers().stream()
                                .map(number -> (batch.isVoid() ? "voided " : "amended ") + uid(number)))
                        .toList());
    }

    /** A canonical UUID is stored in another way than any other text. */
    private static String uid(int number) {
        return number % 2 == 0 ? "text-" + number : "00000000-0000-4000-8000-%012x".formatted(number);
    }

    private static String element(World world, String uid, int number) {
        return """
                {"uid":"%s","meter":"%s","account":"correct","ts":"2024-12-01T00:00:00Z","measure":{"a":%d},"what":{"%s":"x"}}"""
                .formatted(uid, world.meters().getFirst().code(), number, World.TEXT);
    }

    private void awaitAnswers(int count) {
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

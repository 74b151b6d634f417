package io.tallystick.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Clients that send batches at once, as customers do who want every measurement counted once: what was acknowledged is
 * remembered, what was not is sent again. Each answer is held against what was acknowledged before.
 */
final class Load implements AutoCloseable {
    private static final int CLIENTS = 4;
    private static final int BATCH_MAX = 40;
    private static final int PATIENCE_SECONDS = 60;

    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final Queue<Batch> waiting = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Batch> acknowledged = new ConcurrentHashMap<>();
    private final Map<Integer, Batch> refused = new ConcurrentHashMap<>();
    private final Map<Integer, Batch> unanswered = new ConcurrentHashMap<>();
    private final AtomicInteger answers = new AtomicInteger();

    /** The measurements of one request. */
    private record Batch(int number, List<String> elements) {}

    Load(List<Sample> samples, RandomGenerator random) {
        List<Sample> shuffled = Sample.shuffled(samples, random);
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(BATCH_MAX));
            waiting.add(new Batch(
                    from,
                    shuffled.subList(from, to).stream()
                            .map(sample -> sample.json(random))
                            .toList()));
            from = to;
        }
    }

    /** Sends until nothing waits, or until a client finds nobody who takes it; completes when all clients are done. */
    CompletableFuture<Void> send(HttpClient http, URI address) {
        Client client = Client.dev(http, address);
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(CompletableFuture.runAsync(() -> send(client), threads));
        }
        return CompletableFuture.allOf(clients.toArray(new CompletableFuture<?>[0]))
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** How many requests were answered with success. */
    int answers() {
        return answers.get();
    }

    /** Measurements in requests that were acknowledged. */
    long acknowledgedSize() {
        return size(acknowledged);
    }

    /** Measurements in requests that were told that the server takes no more. */
    long refusedSize() {
        return size(refused);
    }

    /**
     * Measurements in requests that were not acknowledged and whose connection broke before an answer came, once at least:
     * any of them may be kept, also while its request waits to be sent again.
     */
    long unansweredSize() {
        return size(unknown());
    }

    /** Has everything sent again that got no answer or a refusal, and a part of what was acknowledged. */
    void sendAgain(RandomGenerator random) {
        unknown().values().stream().filter(batch -> !waiting.contains(batch)).forEach(waiting::add);
        waiting.addAll(refused.values());
        refused.clear();
        acknowledged.values().stream().filter(_ -> random.nextInt(5) == 0).forEach(waiting::add);
    }

    private Map<Integer, Batch> unknown() {
        Map<Integer, Batch> unknown = new HashMap<>(unanswered);
        unknown.keySet().removeAll(acknowledged.keySet());
        return unknown;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void send(Client client) {
        for (Batch batch = waiting.poll(); batch != null; batch = waiting.poll()) {
            boolean wasAcknowledged = acknowledged.containsKey(batch.number());
            Client.Answer answer;
            try {
                answer = client.measure(batch.elements());
            } catch (UncheckedIOException noAnswer) {
                unanswered.put(batch.number(), batch);
                return;
            }
            if (answer.status() == 503) {
                refused.put(batch.number(), batch);
                return;
            }
            check(answer, batch, wasAcknowledged);
            acknowledged.put(batch.number(), batch);
            answers.incrementAndGet();
        }
    }

    private static void check(Client.Answer answer, Batch batch, boolean wasAcknowledged) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        int accepted = answer.count("accepted");
        int duplicates = answer.count("duplicates");
        assertThat(accepted + duplicates)
                .as(answer.body().toString())
                .isEqualTo(batch.elements().size());
        assertThat(accepted == 0 || duplicates == 0)
                .as("a request is kept whole or not at all: %s", answer.body())
                .isTrue();
        assertThat(accepted == 0 || !wasAcknowledged)
                .as("what was acknowledged is there: %s", answer.body())
                .isTrue();
    }

    private static long size(Map<Integer, Batch> batches) {
        return batches.values().stream()
                .mapToLong(batch -> batch.elements().size())
                .sum();
    }
}

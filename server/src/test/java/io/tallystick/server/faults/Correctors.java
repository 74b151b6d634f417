package io.tallystick.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.proof.Client;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Those who void and amend a script's measurements at once, when all of them are acknowledged, and what they were told. What
 * got no answer is sent again, and some of what did.
 */
final class Correctors {
    private static final int PATIENCE_SECONDS = 60;
    private static final int UNAVAILABLE = 503;

    private final Script script;
    private final RandomGenerator random;
    private final Queue<Wish> waiting = new ConcurrentLinkedQueue<>();
    private final Map<Wish, Boolean> sent = new ConcurrentHashMap<>();
    private final AtomicInteger answers = new AtomicInteger();

    Correctors(Script script) {
        this.script = script;
        random = new SplittableRandom(script.seed());
        waiting.addAll(script.wishes());
    }

    /** Sends until nothing waits, or until each finds nobody who takes it. */
    CompletableFuture<Void> send(Client client) {
        return CompletableFuture.allOf(Stream.generate(() -> new SplittableRandom(random.nextLong()))
                        .limit(2)
                        .map(own -> CompletableFuture.runAsync(() -> sendAll(client, own)))
                        .toArray(CompletableFuture<?>[]::new))
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Has everything sent again that got no answer, and a part of what was acknowledged. */
    void sendAgain() {
        script.wishes().stream()
                .filter(wish -> !waiting.contains(wish))
                .filter(wish -> !isAcknowledged(wish) || random.nextInt(4) == 0)
                .forEach(waiting::add);
    }

    boolean isDone() {
        return script.wishes().stream().allMatch(this::isAcknowledged);
    }

    int answers() {
        return answers.get();
    }

    /** Whether it may have taken effect. */
    boolean isSent(Wish wish) {
        return sent.containsKey(wish);
    }

    /** Whether it must have taken effect. */
    boolean isAcknowledged(Wish wish) {
        return sent.getOrDefault(wish, false);
    }

    private void sendAll(Client client, RandomGenerator own) {
        for (Wish wish = waiting.poll(); wish != null; wish = waiting.poll()) {
            boolean wasAcknowledged = isAcknowledged(wish);
            sent.putIfAbsent(wish, false);
            Client.Answer answer;
            try {
                answer = client.post(wish.path(), wish.body(own));
            } catch (UncheckedIOException noAnswer) {
                return;
            }
            if (answer.status() != UNAVAILABLE) {
                check(wish, answer, wasAcknowledged);
                sent.put(wish, true);
                answers.incrementAndGet();
            }
        }
    }

    private static void check(Wish wish, Client.Answer answer, boolean wasAcknowledged) {
        assertThat(answer.status()).as("answer %s", answer.body()).isEqualTo(200);
        int now = answer.count(wish.isVoid() ? "voided" : "amended");
        int before = answer.count(wish.isVoid() ? "alreadyVoided" : "unchanged");
        int all = wish.samples().size();
        assertThat(List.of(now, before))
                .as("corrections that are new, in the answer %s", answer.body())
                .isIn(List.of(all, 0), List.of(0, all));
        assertThat(now == 0 || !wasAcknowledged)
                .as("corrections that are new, in the answer to a repeated request: %s", answer.body())
                .isTrue();
    }
}

package io.tallystick.server.faults;

import io.tallystick.server.proof.Client;
import io.tallystick.server.proof.HalfSent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Those who send a script's requests at once. What got no answer is sent again, with the same uids, until it is
 * acknowledged; its measurements without uid are sent again or given up, as customers do who prefer too much or too
 * little. Some acknowledged requests are sent again, too.
 */
final class Clients implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 90;
    private static final int UNAVAILABLE = 503;

    private final Script script;
    private final Ledger ledger;
    private final ExecutorService threads;
    private final RandomGenerator random;
    private final Queue<Task> waiting = new ConcurrentLinkedQueue<>();
    private final Queue<Task> unanswered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger torn = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicBoolean isUnsettled = new AtomicBoolean();

    private record Task(Request request, boolean withAnonymous, boolean mayTear) {}

    Clients(Script script, Ledger ledger) {
        this.script = script;
        this.ledger = ledger;
        random = new SplittableRandom(script.seed());
        threads = Executors.newFixedThreadPool(script.clients());
        script.requests().forEach(request -> waiting.add(new Task(request, true, true)));
    }

    /** Sends until nothing waits, or until each client finds nobody who takes it; completes when all are done. */
    CompletableFuture<Void> send(Client client) {
        List<CompletableFuture<Void>> sending = new ArrayList<>();
        for (int i = 0; i < script.clients(); i++) {
            sending.add(CompletableFuture.runAsync(() -> sendAll(client), threads));
        }
        return CompletableFuture.allOf(sending.toArray(new CompletableFuture<?>[0]))
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Has everything sent again that got no answer, and a part of what was acknowledged. */
    void sendAgain() {
        for (Task task = unanswered.poll(); task != null; task = unanswered.poll()) {
            again(task.request());
        }
        script.requests().stream()
                .filter(ledger::isAnswered)
                .filter(_ -> random.nextInt(8) == 0)
                .forEach(this::again);
    }

    /** Whatever the server had begun before has come to an end. */
    void settle() {
        isUnsettled.set(false);
    }

    boolean isDone() {
        return waiting.isEmpty() && unanswered.isEmpty();
    }

    /** Whether the server may still be busy with measurements that nobody waits for. */
    boolean isUnsettled() {
        return isUnsettled.get();
    }

    int answers() {
        return answers.get();
    }

    int torn() {
        return torn.get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void again(Request request) {
        waiting.add(new Task(request, random.nextBoolean(), false));
    }

    private void sendAll(Client client) {
        for (Task task = waiting.poll(); task != null; task = waiting.poll()) {
            if (!send(client, task)) {
                return;
            }
        }
    }

    /** Whether the server is still there. */
    private boolean send(Client client, Task task) {
        Ledger.Sending sending = ledger.begin(task.request(), task.withAnonymous());
        if (sending.elements().isEmpty()) {
            return true;
        }
        if (task.mayTear() && task.request().tear().isPresent()) {
            return tear(client, sending, task, task.request().tear().get());
        }
        Client.Answer answer;
        try {
            answer = client.measure(
                    sending.elements().stream().map(Element::json).toList());
        } catch (UncheckedIOException noAnswer) {
            unanswered(sending, task);
            return false;
        }
        if (answer.status() == UNAVAILABLE) {
            unanswered(sending, task);
            return true;
        }
        ledger.answered(sending, answer);
        answers.incrementAndGet();
        return true;
    }

    /** Sends it and goes away without an answer; it comes back with it later. */
    private boolean tear(Client client, Ledger.Sending sending, Task task, Request.Tear tear) {
        boolean isSent = tear.isWhole();
        try (HalfSent request = HalfSent.begin(
                client.address(), sending.elements().stream().map(Element::json).toList())) {
            if (isSent) {
                request.complete();
            }
            request.abandon(tear.millis(), tear.isReset());
        } catch (IOException serverIsGone) {
            unanswered(sending, task);
            return false;
        }
        torn.incrementAndGet();
        if (isSent) {
            unanswered(sending, task);
        } else {
            ledger.neverSent(sending);
            waiting.add(new Task(task.request(), true, false));
        }
        return true;
    }

    private void unanswered(Ledger.Sending sending, Task task) {
        ledger.unanswered(sending);
        unanswered.add(task);
        if (sending.hasAnonymous()) {
            isUnsettled.set(true);
        }
    }
}

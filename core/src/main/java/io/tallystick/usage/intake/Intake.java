package io.tallystick.usage.intake;

import io.tallystick.usage.Correction;
import io.tallystick.usage.Identified;
import io.tallystick.usage.IdentityHash;
import io.tallystick.usage.Measurement;
import io.tallystick.usage.Refusal;
import io.tallystick.usage.Submission;
import io.tallystick.usage.Submission.Decidable;
import io.tallystick.usage.UsageStore;
import io.tallystick.usage.correction.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Where requests meet the disk. Submissions of many threads become blocks; one thread decides the verdicts of a block,
 * commits it and answers all of its submissions. While one block is being committed the next one gathers: nothing waits
 * for a clock, and under load a commit serves many.
 *
 * <p>{@link #submit} is for any thread. {@link #serve} is the life of the one thread that an edge gives to it, a platform
 * thread, because the store below may call native code.
 */
public final class Intake implements AutoCloseable {
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

    private final UsageStore store;
    private final Limits limits;
    private final IdentityHash hash;
    private final Semaphore room;
    private final Gathering gathering;
    private final IntakeWatch watch;
    private final Tally tally = new Tally();
    private volatile IdentityBudget identityBudget;
    private volatile boolean isStoreUsable = true;

    public Intake(UsageStore store, Limits limits, IntakeWatch watch) {
        this.store = store;
        this.limits = limits;
        this.watch = watch;
        this.identityBudget = new IdentityBudget(0, 0, limits.identityBytesMax());
        this.hash = store.identityHash();
        this.room = new Semaphore(limits.queuedMax(), true);
        this.gathering = new Gathering(limits.blockMax());
    }

    /** Hands a submission in and waits for what becomes of it. An interrupt counts as no room. */
    public Reply submit(Submission submission) {
        if (submission.elements().isEmpty()) {
            return new Reply.Receipt(List.of(), store.watermark());
        }
        int permits = permits(submission.elements());
        if (!enter(permits)) {
            return new Reply.Overloaded(limits.patience());
        }
        Gathering.Pending pending = new Gathering.Pending(prepared(submission), submission.resent(), permits);
        if (!gathering.add(pending)) {
            room.release(permits);
            return new Reply.Closing();
        }
        Reply reply = pending.reply().join();
        if (reply instanceof Reply.Receipt receipt) {
            tally.count(submission, receipt.verdicts());
        }
        return reply;
    }

    /**
     * Hands in what is to be voided or amended and waits for what becomes of it, all of it in one commit. An interrupt counts
     * as no room.
     *
     * @param changes each of another uid
     * @param by name of who wants them
     * @param at when they were wanted, from the edge's clock
     */
    public CorrectionReply correct(List<Change> changes, String by, Instant at) {
        if (changes.isEmpty()) {
            return new CorrectionReply.Corrected(List.of(), store.watermark());
        }
        int permits = permits(changes);
        if (!enter(permits)) {
            return new CorrectionReply.Failed(new Reply.Overloaded(limits.patience()));
        }
        Gathering.Correcting correcting = new Gathering.Correcting(wishes(changes), by, at, permits);
        if (!gathering.add(correcting)) {
            room.release(permits);
            return new CorrectionReply.Failed(new Reply.Closing());
        }
        return correcting.reply().join();
    }

    /** How many elements wait for their commit now. */
    public int queued() {
        return limits.queuedMax() - room.availablePermits();
    }

    /** What became of everything that was answered since the start. */
    public Tally tally() {
        return tally;
    }

    /** What identities take of their memory, as of the last commit. */
    public IdentityBudget identityBudget() {
        return identityBudget;
    }

    /** Whether the store took the last block, or has been opened again since: otherwise nothing is acknowledged now. */
    public boolean isStoreUsable() {
        return isStoreUsable;
    }

    /** Serves submissions until the intake is closed and all that came before is answered. Called once. */
    public void serve() {
        if (!gathering.serve()) {
            return;
        }
        try (Identities identities = new Identities()) {
            Writing writing = new Writing(store, identities, limits.identityBytesMax(), watch);
            writing.rebuild();
            enter(writing.identityBudget());
            for (Gathering.Work work = next(writing); !(work instanceof Gathering.Nothing); work = next(writing)) {
                work.waiting().forEach(waiting -> room.release(waiting.permits()));
                writing.write(work);
                enter(writing.identityBudget());
                isStoreUsable = writing.isStoreUsable();
            }
        } finally {
            gathering.end();
        }
    }

    /** Takes no more submissions, lets those it has be answered, and returns when that is done. */
    @Override
    public void close() {
        gathering.close();
    }

    private void enter(IdentityBudget next) {
        IdentityBudget before = identityBudget;
        identityBudget = next;
        if (next.stage().compareTo(before.stage()) > 0) {
            watch.identityBudgetEntered(next);
        }
    }

    /** While the store is unusable it is tried again by itself, because nobody sends to a server that is not ready. */
    private Gathering.Work next(Writing writing) {
        while (!writing.isStoreUsable() && !gathering.hasWorkWithin(AGAIN_AFTER)) {
            writing.tryAgain();
            isStoreUsable = writing.isStoreUsable();
        }
        return gathering.next();
    }

    private int permits(List<?> elements) {
        return Math.min(elements.size(), limits.queuedMax());
    }

    private boolean enter(int permits) {
        Duration patience = limits.patience();
        try {
            return room.tryAcquire(permits, patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private List<Decidable> prepared(Submission submission) {
        Scopes scopes = new Scopes(hash);
        List<Decidable> prepared = new ArrayList<>(submission.elements().size());
        for (Submission.Element element : submission.elements()) {
            prepared.add(
                    switch (element) {
                        case Refusal refusal -> refusal;
                        case Measurement measurement ->
                            Identified.of(measurement, scopes.of(measurement.identity()), store.encoded(measurement));
                    });
        }
        return prepared;
    }

    private List<Wish> wishes(List<Change> changes) {
        if (changes.stream().map(Change::uid).distinct().count() < changes.size()) {
            throw new IllegalArgumentException("Expected changes of different uids, but two are of the same.");
        }
        Scopes scopes = new Scopes(hash);
        return changes.stream()
                .map(change -> wish(change, scopes.of(change.uid())))
                .toList();
    }

    private Wish wish(Change change, IdentityHash.Scope scope) {
        Optional<Identified> amended =
                switch (change) {
                    case Change.Voiding _ -> Optional.empty();
                    case Change.Amendment(var _, Measurement measurement) ->
                        Optional.of(Identified.of(measurement, scope, store.encoded(measurement)));
                };
        return new Wish(change, Correction.Target.of(change.uid(), scope), amended);
    }

    /**
     * How much the intake holds.
     *
     * @param queuedMax elements that wait for their commit, at least 1; a submission larger than that waits until the queue
     *     is empty
     * @param blockMax elements after which a block takes no further submission, at least 1
     * @param patience how long a submission stands at a full queue before it is overloaded
     * @param identityBytesMax of memory for identities; one submission may go beyond it, the next one may not
     */
    public record Limits(int queuedMax, int blockMax, Duration patience, long identityBytesMax) {
        public static final Limits STANDARD = new Limits(200_000, 50_000, Duration.ofSeconds(10), 3_000_000_000L);

        public Limits {
            if (queuedMax < 1 || blockMax < 1 || patience.isNegative() || identityBytesMax < 1) {
                throw new IllegalArgumentException(
                        "Expected a queue and a block of at least 1 element, a wait of at least 0 s and memory of at least 1 byte, but were %d, %d, %s, %d."
                                .formatted(queuedMax, blockMax, patience, identityBytesMax));
            }
        }
    }
}

package io.tallystick.usage.intake;

import io.tallystick.usage.KeptQuery;
import io.tallystick.usage.Submission.Decidable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The queue between those who submit and the one who writes. */
final class Gathering {
    private enum Phase {
        NOT_SERVED,
        SERVED,
        ENDED
    }

    private final int blockMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Pending> queue = new ArrayDeque<>();
    private Phase phase = Phase.NOT_SERVED;
    private boolean isClosing;

    Gathering(int blockMax) {
        this.blockMax = blockMax;
    }

    /** Whether the submission will be answered; otherwise it came too late. */
    boolean add(Pending pending) {
        lock.lock();
        try {
            if (isClosing) {
                return false;
            }
            queue.add(pending);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is anything to serve: a gathering that was closed before has come to its end already. */
    boolean serve() {
        lock.lock();
        try {
            if (phase == Phase.SERVED) {
                throw new IllegalStateException("Expected an intake that nobody serves, but another thread does.");
            }
            boolean isOpen = phase == Phase.NOT_SERVED;
            phase = isOpen ? Phase.SERVED : Phase.ENDED;
            return isOpen;
        } finally {
            lock.unlock();
        }
    }

    /** All that waits, as far as it fits into one block; waits for the first. Nothing: closed, and all was served. */
    List<Pending> next() {
        lock.lock();
        try {
            while (queue.isEmpty() && !isClosing) {
                changed.awaitUninterruptibly();
            }
            List<Pending> block = new ArrayList<>();
            int size = 0;
            while (!queue.isEmpty() && size < blockMax) {
                Pending pending = queue.remove();
                block.add(pending);
                size += pending.elements().size();
            }
            return block;
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is something to serve, or an end of it, before so much time has passed. */
    boolean hasWorkWithin(Duration patience) {
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (queue.isEmpty() && !isClosing && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return !queue.isEmpty() || isClosing;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody serves any more: whoever still waits is told so. */
    void end() {
        lock.lock();
        try {
            isClosing = true;
            phase = Phase.ENDED;
            queue.forEach(pending -> pending.reply().complete(new Reply.Closing()));
            queue.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            isClosing = true;
            changed.signalAll();
            while (phase == Phase.SERVED) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        end();
    }

    /**
     * A submission that waits for its commit.
     *
     * @param resent as in {@link io.tallystick.usage.Submission}
     * @param permits how much of the queue it takes up
     */
    record Pending(
            List<Decidable> elements, List<KeptQuery.Place> resent, int permits, CompletableFuture<Reply> reply) {
        Pending(List<Decidable> elements, List<KeptQuery.Place> resent, int permits) {
            this(elements, resent, permits, new CompletableFuture<>());
        }
    }
}

package io.tallystick.usage.intake;

import io.tallystick.usage.KeptQuery;
import io.tallystick.usage.Submission.Decidable;
import java.time.Duration;
import java.time.Instant;
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
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private Phase phase = Phase.NOT_SERVED;
    private boolean isClosing;

    Gathering(int blockMax) {
        this.blockMax = blockMax;
    }

    /** Whether the submission will be answered; otherwise it came too late. */
    boolean add(Waiting waiting) {
        lock.lock();
        try {
            if (isClosing) {
                return false;
            }
            queue.add(waiting);
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

    /**
     * What is to be committed next: all submissions that wait, as far as they fit into one block and up to the next
     * corrections, or these alone, so that a commit changes what counts under a uid once. Waits for the first.
     */
    Work next() {
        lock.lock();
        try {
            while (queue.isEmpty() && !isClosing) {
                changed.awaitUninterruptibly();
            }
            if (queue.peek() instanceof Correcting correcting) {
                queue.remove();
                return correcting;
            }
            List<Pending> block = new ArrayList<>();
            int size = 0;
            while (size < blockMax && queue.peek() instanceof Pending pending) {
                queue.remove();
                block.add(pending);
                size += pending.elements().size();
            }
            return block.isEmpty() ? new Nothing() : new Submissions(block);
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
            queue.forEach(waiting -> waiting.fail(new Reply.Closing()));
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

    /** Somebody who waits for a commit. */
    sealed interface Waiting {
        /** How much of the queue it takes up. */
        int permits();

        /** Answers that nothing came of it, unless it has been answered. */
        void fail(Reply.Failure failure);
    }

    /** What one commit is made of. */
    sealed interface Work {
        /** Whose places in the queue are free now. */
        List<? extends Waiting> waiting();
    }

    /** Closed, and all was served. */
    record Nothing() implements Work {
        @Override
        public List<Waiting> waiting() {
            return List.of();
        }
    }

    /** At least one submission. */
    record Submissions(List<Pending> waiting) implements Work {}

    /**
     * Corrections that wait for their commit.
     *
     * @param by name of who wants them
     * @param at when they were wanted
     */
    record Correcting(List<Wish> wishes, String by, Instant at, int permits, CompletableFuture<CorrectionReply> reply)
            implements Waiting, Work {
        Correcting(List<Wish> wishes, String by, Instant at, int permits) {
            this(wishes, by, at, permits, new CompletableFuture<>());
        }

        @Override
        public List<Waiting> waiting() {
            return List.of(this);
        }

        @Override
        public void fail(Reply.Failure failure) {
            reply.complete(new CorrectionReply.Failed(failure));
        }
    }

    /**
     * A submission that waits for its commit.
     *
     * @param resent as in {@link io.tallystick.usage.Submission}
     * @param permits how much of the queue it takes up
     */
    record Pending(List<Decidable> elements, List<KeptQuery.Place> resent, int permits, CompletableFuture<Reply> reply)
            implements Waiting {
        Pending(List<Decidable> elements, List<KeptQuery.Place> resent, int permits) {
            this(elements, resent, permits, new CompletableFuture<>());
        }

        @Override
        public void fail(Reply.Failure failure) {
            reply.complete(failure);
        }
    }
}

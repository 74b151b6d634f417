package io.tallystick.server.store.sqlite;

import io.tallystick.document.DocumentsUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Platform threads that speak to SQLite, each with a session of its own, and the queue of those who wait for them.
 * Callers may be virtual threads: they wait on a future and leave their carrier free.
 */
final class Lane implements AutoCloseable {
    /** More callers than this are told at once that the store is overrun. */
    private static final int WAITING_MAX = 10_000;

    private static final int CLOSE_TIMEOUT_S = 30;

    private final ThreadGroup group;
    private final ThreadPoolExecutor threads;
    private final BlockingQueue<Session> idle;
    private final Supplier<Session> opener;

    Lane(String name, int width, Supplier<Session> opener) {
        this.opener = opener;
        group = new ThreadGroup(name);
        idle = new ArrayBlockingQueue<>(width);
        threads = new ThreadPoolExecutor(
                width,
                width,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_MAX),
                Thread.ofPlatform().group(group).name(name + "-", 1).daemon().factory());
    }

    /** Whether the caller runs on this lane, where it must not wait for it. */
    boolean isHere() {
        return group.equals(Thread.currentThread().getThreadGroup());
    }

    /**
     * Waits for the answer, whatever happens to the caller: an interrupted writer that went away would not know what it
     * has written. The interrupt is kept for later.
     */
    <R> R ask(Function<Session, R> work) {
        Future<R> answer;
        try {
            answer = threads.submit(() -> withSession(work));
        } catch (RejectedExecutionException e) {
            throw new DocumentsUnavailable(
                    threads.isShutdown()
                            ? "Expected the documents to be open, but they are closed."
                            : "Expected at most %d waiting callers, but there are more. Ask again later."
                                    .formatted(WAITING_MAX),
                    e);
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw passedOn(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A session that has failed is replaced, so that the lane recovers as soon as the disk does. */
    private <R> R withSession(Function<Session, R> work) {
        Session waiting = idle.poll();
        Session session = waiting == null ? opener.get() : waiting;
        try {
            return work.apply(session);
        } finally {
            if (session.hasFailed() || !idle.offer(session)) {
                session.close();
            }
        }
    }

    private static RuntimeException passedOn(ExecutionException e) {
        return switch (e.getCause()) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            case null, default ->
                new IllegalStateException("Expected work that throws nothing checked, but it did.", e);
        };
    }

    /** Finishes what was accepted. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_TIMEOUT_S, TimeUnit.SECONDS)) {
                throw new DocumentsUnavailable("Expected the last work on documents to end within %d s, but it goes on."
                        .formatted(CLOSE_TIMEOUT_S));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        List<Session> open = new ArrayList<>();
        idle.drainTo(open);
        open.forEach(Session::close);
    }
}

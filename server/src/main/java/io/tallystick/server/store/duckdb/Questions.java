package io.tallystick.server.store.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.tallystick.usage.QuestionFailedException;
import io.tallystick.usage.QuestionFailedException.Reason;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Platform threads that questions run on. A native call holds the thread under a virtual one for as long as it takes, so
 * that a few questions on virtual threads would stop every request; here, whoever asks waits for a future.
 */
final class Questions implements AutoCloseable {
    private static final int CANCEL_AGAIN_MS = 500;

    private final Duration timeout;
    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor clock;
    private final Set<Running<?>> running = ConcurrentHashMap.newKeySet();

    /** A question: the statements it runs, and the answer it makes of them. */
    @FunctionalInterface
    interface Work<R> {
        R answer(Statements statements) throws SQLException;
    }

    /** Where a question registers each statement while it runs, so that it can be cancelled. */
    interface Statements {
        void begin(Statement statement);

        void end();
    }

    Questions(DuckDbSettings settings) {
        timeout = settings.questionTimeout();
        threads = new ThreadPoolExecutor(
                settings.questionThreads(),
                settings.questionThreads(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.questionsWaitingMax()),
                steppingBack(
                        Thread.ofPlatform().name("usage-question-", 1).daemon().factory()));
        clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("usage-question-clock").daemon().factory());
        clock.setRemoveOnCancelPolicy(true);
    }

    private static ThreadFactory steppingBack(ThreadFactory threads) {
        return work -> threads.newThread(() -> {
            Courtesy.stepBack();
            work.run();
        });
    }

    /** Runs a question on one of the threads and waits for its answer, or until its time is over. */
    <R> R ask(Work<R> work) {
        Running<R> question = new Running<>(work);
        try {
            running.add(question);
            endFrom(
                    timeout.toMillis(),
                    question,
                    () -> new QuestionFailedException(
                            Reason.TOO_SLOW,
                            "Expected an answer within %s, but there was none. Ask for less, or raise the limit."
                                    .formatted(timeout)));
            threads.execute(question);
            return question.answer.get();
        } catch (InterruptedException _) {
            // The interruption was the wish, and is fulfilled; whoever asked learns of it by the exception.
            QuestionFailedException calledOff = new QuestionFailedException(
                    Reason.CANCELLED, "Expected somebody to wait for the answer, but the question was called off.");
            endFrom(0, question, () -> calledOff);
            throw calledOff;
        } catch (RejectedExecutionException e) {
            question.over();
            throw threads.isShutdown() ? closed() : tooMany(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failed ? failed : new IllegalStateException(e.getCause());
        }
    }

    /** Again and again: a cancellation between two statements of a question, or before one has begun, is lost. */
    private void endFrom(long delayMs, Running<?> question, Supplier<QuestionFailedException> reason) {
        question.ends(clock.scheduleAtFixedRate(
                () -> question.cancel(reason.get()), delayMs, CANCEL_AGAIN_MS, TimeUnit.MILLISECONDS));
    }

    private QuestionFailedException tooMany(RejectedExecutionException cause) {
        return new QuestionFailedException(
                Reason.TOO_MANY,
                "Expected at most %d questions to wait, but this would be one more. Ask again later."
                        .formatted(waiting()),
                cause);
    }

    private static QuestionFailedException closed() {
        return new QuestionFailedException(
                Reason.STORE_FAILED, "Expected an open usage store, but it is closed or being reopened.");
    }

    /** How many questions wait for a thread now. */
    int waiting() {
        return threads.getQueue().size();
    }

    /** How many questions still run, or wait for a thread, that nobody waits for any more. */
    long calledOff() {
        return running.stream().filter(question -> question.answer.isDone()).count();
    }

    /** Ends every question that runs or waits: the database is about to be closed. */
    void cancelAll() {
        running.forEach(question -> question.cancel(closed()));
    }

    @Override
    public void close() {
        threads.shutdown();
        cancelAll();
        threads.close();
        clock.shutdownNow();
    }

    private final class Running<R> implements Runnable, Statements {
        private final Work<R> work;
        private final CompletableFuture<R> answer = new CompletableFuture<>();
        private @Nullable Statement statement;
        private @Nullable ScheduledFuture<?> ending;
        private boolean isOver;

        Running(Work<R> work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                if (!answer.isDone()) {
                    answer();
                }
            } finally {
                over();
            }
        }

        private void answer() {
            try {
                answer.complete(work.answer(this));
            } catch (SQLException e) {
                answer.completeExceptionally(new QuestionFailedException(
                        Reason.STORE_FAILED, "Expected an answer of the usage database, but: " + e.getMessage(), e));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }

        synchronized void over() {
            running.remove(this);
            isOver = true;
            if (ending != null) {
                ending.cancel(false);
            }
        }

        /** What ends it from now on, in place of what would have. */
        synchronized void ends(ScheduledFuture<?> next) {
            if (ending != null) {
                ending.cancel(false);
            }
            ending = next;
            if (isOver) {
                next.cancel(false);
            }
        }

        @Override
        public synchronized void begin(Statement next) {
            if (answer.isDone()) {
                throw new QuestionFailedException(
                        Reason.TOO_SLOW, "Expected a question in time, but its time was over.");
            }
            statement = next;
        }

        @Override
        public synchronized void end() {
            statement = null;
        }

        synchronized void cancel(QuestionFailedException reason) {
            answer.completeExceptionally(reason);
            if (statement != null) {
                try {
                    statement.cancel();
                } catch (SQLException e) {
                    // The asker has been answered; a statement that cannot be cancelled ends by itself.
                    reason.addSuppressed(e);
                }
            }
        }
    }

    /**
     * Lets other threads go first where all cores are busy: a question may take longer, an acknowledgement may not
     * (docs/adr/0101-questions-step-back.md). On Linux every thread has a nice value of its own; elsewhere nothing is done.
     */
    static final class Courtesy {
        /** About a ninth of the share of a thread with nice value 0. */
        static final int NICE = 10;

        private static final int OF_THREAD = 0;
        private static final int CALLING = 0;

        private Courtesy() {}

        /** From now on the calling platform thread steps back. Where the system refuses that, it stays as it is. */
        @SuppressWarnings("restricted") // setpriority takes and gives numbers only; no memory is shared with it
        static void stepBack() {
            if (!System.getProperty("os.name").equals("Linux")) {
                return;
            }
            Linker linker = Linker.nativeLinker();
            MethodHandle setPriority = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("setpriority"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
            try {
                int _ = (int) setPriority.invokeExact(OF_THREAD, CALLING, NICE);
            } catch (Throwable e) {
                throw new IllegalStateException("Expected setpriority to be callable, but: " + e.getMessage(), e);
            }
        }
    }
}

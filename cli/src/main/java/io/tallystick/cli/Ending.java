package io.tallystick.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.ExitCode;

/**
 * What is left to do when a command ends, whether by itself or by Ctrl-C or SIGTERM: each step once, the last first.
 *
 * <p>Safe for use by many threads: the signal comes on one of its own.
 */
final class Ending implements AutoCloseable {
    /** One thing to be closed or deleted. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    private final Deque<Step> steps = new ArrayDeque<>();
    private final AtomicBoolean isDone = new AtomicBoolean();
    private final Thread hook = Thread.ofPlatform().unstarted(this::onSignal);

    /** From now on a signal does the steps before the process ends. */
    static Ending watch() {
        Ending ending = new Ending();
        Runtime.getRuntime().addShutdownHook(ending.hook);
        return ending;
    }

    private Ending() {}

    synchronized void add(Step step) {
        steps.push(step);
    }

    /** Says that the command has done what it was started for, so that a signal now is its normal end. */
    void isDone() {
        isDone.set(true);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException signalCameFirst) {
            // the hook does the steps, or waits below until they are done, and then ends the process
        }
        run();
    }

    /** Ends the process itself: after a signal the JDK would exit with 130 or 143. */
    private void onSignal() {
        int exitCode = isDone.get() ? ExitCode.OK : ExitCode.SOFTWARE;
        try {
            run();
        } catch (IllegalStateException notAllDone) {
            notAllDone.printStackTrace();
            exitCode = ExitCode.SOFTWARE;
        } finally {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    private synchronized void run() {
        IllegalStateException failure = new IllegalStateException("Expected to clean up, but not all of it was done");
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (Exception theOthersHaveTheirTurn) {
                failure.addSuppressed(theOthersHaveTheirTurn);
            }
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }
}

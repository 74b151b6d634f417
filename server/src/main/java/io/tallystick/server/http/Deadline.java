package io.tallystick.server.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends reading that takes too long, by interrupting its thread, which closes the connection. Helidon's own time-out for
 * reading is not heeded while a body is read (4.4.0).
 */
final class Deadline implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 250;

    private final long nanos;
    private final Set<Reading> under = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon(true).name("body-deadline").factory());

    Deadline(Duration timeout) {
        nanos = timeout.toNanos();
        ScheduledFuture<?> _ = looking.scheduleWithFixedDelay(
                () -> under.forEach(Reading::endIfLate), LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** The calling thread begins to read. */
    Reading begin() {
        Reading reading = new Reading();
        under.add(reading);
        return reading;
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }

    /** Reading by one thread, until it is closed. */
    final class Reading implements AutoCloseable {
        private final Thread reader = Thread.currentThread();
        private final long begin = System.nanoTime();
        private boolean isOver;
        private boolean isEnded;

        boolean isLate() {
            return System.nanoTime() - begin >= nanos;
        }

        private synchronized void endIfLate() {
            if (!isOver && !isEnded && isLate()) {
                isEnded = true;
                reader.interrupt();
            }
        }

        /** From here on the thread is not interrupted any more, and an interrupt that came is taken back. */
        @Override
        public void close() {
            under.remove(this);
            synchronized (this) {
                isOver = true;
                if (isEnded) {
                    boolean _ = Thread.interrupted();
                }
            }
        }
    }
}

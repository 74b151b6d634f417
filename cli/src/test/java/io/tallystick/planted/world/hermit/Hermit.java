package io.tallystick.planted.world.hermit;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** No fault: computes, and waits for what others do. */
record Hermit(BigDecimal number, Instant time, List<String> names, ReentrantLock lock) {
    Instant later() {
        return time.plus(Duration.ofDays(1));
    }

    BigDecimal wait(CompletableFuture<BigDecimal> result) {
        lock.lock();
        try {
            return result.join();
        } finally {
            lock.unlock();
        }
    }
}

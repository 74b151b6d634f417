package io.tallystick.planted.world.gadabout;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Fault: starts threads, in four ways. */
final class Employer {
    Thread platform(Runnable work) {
        return new Thread(work);
    }

    Thread virtual(Runnable work) {
        return Thread.ofVirtual().unstarted(work);
    }

    ExecutorService pool() {
        return Executors.newVirtualThreadPerTaskExecutor();
    }

    CompletableFuture<String> later() {
        return CompletableFuture.supplyAsync(() -> "done");
    }

    long crowd(List<String> names) {
        return names.parallelStream().count();
    }
}

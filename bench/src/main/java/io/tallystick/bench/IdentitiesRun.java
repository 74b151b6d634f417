package io.tallystick.bench;

import io.tallystick.bench.measure.Footprint;
import io.tallystick.server.store.duckdb.DuckDbUsageStore;
import io.tallystick.usage.IdentityHash;
import io.tallystick.usage.UsageStore;
import io.tallystick.usage.intake.Intake;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How fast an intake learns the identities of a store at its start, and what memory they take. The intake is the real one;
 * its store is one on disk, or one that has as many random identities as wanted and nothing else.
 */
final class IdentitiesRun {
    private static final String FROM_DISK = "disk";

    private final UsageStore store;
    private final AtomicLong identities = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private final CountDownLatch rebuilt = new CountDownLatch(1);

    private IdentitiesRun(UsageStore store) {
        this.store = store;
    }

    /**
     * Prints identities, nanoseconds and resident bytes before and after, as a line.
     *
     * @param arguments {@code disk} and the directory of a store, or {@code random} and how many
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        if (arguments[0].equals(FROM_DISK)) {
            try (DuckDbUsageStore store = DuckDbUsageStore.open(StoreRun.settings(Path.of(arguments[1])))) {
                new IdentitiesRun(store).run();
            }
        } else {
            new IdentitiesRun(random(Long.parseLong(arguments[1]))).run();
        }
    }

    private void run() throws IOException, InterruptedException {
        long before = Footprint.of(ProcessHandle.current()).residentBytes();
        try (Intake intake = new Intake(timed(), Intake.Limits.STANDARD, new NobodyWatches())) {
            Thread.ofPlatform().daemon(true).start(intake::serve);
            rebuilt.await();
            long after = Footprint.of(ProcessHandle.current()).residentBytes();
            System.out.println(identities + " " + nanos + " " + before + " " + after);
        }
    }

    /** The store, with a clock around the one call that is of interest; a proxy, so that it follows the port by itself. */
    private UsageStore timed() {
        return proxy((method, arguments) -> {
            if (!method.getName().equals("identities")) {
                return method.invoke(store, arguments);
            }
            UsageStore.IdentityVisitor intake = (UsageStore.IdentityVisitor) arguments[0];
            long[] count = {0};
            long began = System.nanoTime();
            store.identities(new UsageStore.IdentityVisitor() {
                @Override
                public void expect(long expected) {
                    intake.expect(expected);
                }

                @Override
                public void visit(long high, long low, int contentHash) {
                    intake.visit(high, low, contentHash);
                    count[0]++;
                }
            });
            nanos.set(System.nanoTime() - began);
            identities.set(count[0]);
            rebuilt.countDown();
            return null;
        });
    }

    private static UsageStore random(long count) {
        return proxy((method, arguments) -> switch (method.getName()) {
            case "identityHash" -> new IdentityHash(1, 2);
            case "identities" -> {
                UsageStore.IdentityVisitor visitor = (UsageStore.IdentityVisitor) arguments[0];
                SplittableRandom random = new SplittableRandom(3);
                visitor.expect(count);
                for (long i = 0; i < count; i++) {
                    visitor.visit(random.nextLong(), random.nextLong(), (int) i);
                }
                yield null;
            }
            default ->
                throw new IllegalStateException(
                        "Expected nothing but identities to be asked for, but was %s.".formatted(method.getName()));
        });
    }

    @FunctionalInterface
    private interface Answering {
        @Nullable
        Object answer(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static UsageStore proxy(Answering answering) {
        return (UsageStore) Proxy.newProxyInstance(
                UsageStore.class.getClassLoader(), new Class<?>[] {UsageStore.class}, (_, method, arguments) -> {
                    try {
                        return answering.answer(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

package io.tallystick.seed;

import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Runs a test over random input. The seed is new each time; a failure prints it with the line that reruns it, which sets
 * {@code -Dtallystick.seed}.
 */
public final class Seed {
    private static final String PROPERTY = "tallystick.seed";

    private Seed() {}

    /** Runs the body so many times with one generator. */
    public static void runs(Class<?> test, int times, Consumer<RandomGenerator> body) {
        long seed = Long.getLong(PROPERTY, new SplittableRandom().nextLong());
        RandomGenerator random = new SplittableRandom(seed);
        for (int run = 1; run <= times; run++) {
            try {
                body.accept(random);
            } catch (AssertionError | RuntimeException fault) {
                throw new AssertionError(
                        "Failed in run " + run + " of " + times + " with seed " + seed
                                + ". Rerun with: mvn -B -pl " + module() + " test -Dtest=" + test.getSimpleName()
                                + " -D" + PROPERTY + "=" + seed + "\n" + fault.getMessage(),
                        fault);
            }
        }
    }

    /** Tests run in the directory of their module. */
    private static Path module() {
        return Path.of("").toAbsolutePath().getFileName();
    }
}

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
                        "Failed in run " + run + " of " + times + " with seed " + seed + ". Rerun with: mvn -B "
                                + module() + " -Dtest=" + test.getSimpleName() + " -D" + PROPERTY + "=" + seed + "\n"
                                + fault.getMessage(),
                        fault);
            }
        }
    }

    /** What Maven has to build for the module whose tests run here; Surefire says where that is. */
    private static String module() {
        String name =
                Path.of(System.getProperty("basedir", "core")).getFileName().toString();
        return name.equals("core")
                ? "-pl core test"
                : "-pl " + name + " -am test -Dsurefire.failIfNoSpecifiedTests=false";
    }
}

package io.tallystick.rating;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Runs a property with many seeds; a failure names its seed and the line that runs it again. */
public final class Seeds {
    private static final String PROPERTY = "tallystick.seed";

    private Seeds() {}

    /** Checks the property with seeds 1 to {@code runs}, or with the one given on the command line alone. */
    public static void check(Class<?> test, int runs, Consumer<RandomGenerator> property) {
        Long only = Long.getLong(PROPERTY);
        if (only != null) {
            property.accept(random(only));
            return;
        }
        for (long seed = 1; seed <= runs; seed++) {
            try {
                property.accept(random(seed));
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError(
                        "Seed %d breaks it. Again: mvn -pl core test -Dtest=%s -D%s=%d -Dsurefire.failIfNoSpecifiedTests=false"
                                .formatted(seed, test.getSimpleName(), PROPERTY, seed),
                        broken);
            }
        }
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}

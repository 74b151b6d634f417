package io.tallystick.usage.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.usage.Correction;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
    private record Known(long high, int rest) {}

    /** Run one seed again with {@code -Dtest=IdentitiesTest -Dtallystick.seed=SEED}. */
    @Test
    void decidesLikeAMapOfEverythingItSaw() {
        long seed = Long.getLong("tallystick.seed", 20_241_201L);
        System.out.println("IdentitiesTest: -Dtest=IdentitiesTest -Dtallystick.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        Map<Known, Integer> oracle = new HashMap<>();
        try (Identities identities = new Identities()) {
            for (int i = 0; i < 300_000; i++) {
                // Few different first words, so that segments are crowded and neighbours collide.
                long high = (long) random.nextInt(4) << 60
                        | random.nextInt(3)
                        | (random.nextLong() & 0x00FF_0000_0000_0000L);
                int rest = random.nextInt(100);
                int content = 1 + random.nextInt(2);
                Known identity = new Known(high, rest == 0 && high == 0 ? 1 : rest);
                if (random.nextInt(5) == 0) {
                    int corrected = random.nextInt(3);
                    identities.correct(high, (long) rest << 32 | random.nextInt() >>> 1, corrected);
                    oracle.computeIfPresent(identity, (_, _) -> corrected);
                }
                Integer known = oracle.putIfAbsent(identity, content);
                Verdict expected = known == null ? Verdict.ACCEPTED : verdict(known, content);

                assertThat(identities.claim(high, (long) rest << 32 | random.nextInt() >>> 1, content))
                        .as("claim %d of seed %d", i, seed)
                        .isEqualTo(expected);
            }
            assertThat(identities.size()).isEqualTo(oracle.size());
        }
    }

    private static Verdict verdict(int known, int content) {
        if (known == Correction.VOIDED) {
            return Verdict.VOIDED;
        }
        return known == content ? Verdict.DUPLICATE : Verdict.CONFLICT;
    }

    @Test
    void forgetsEverythingWhenCleared() {
        try (Identities identities = new Identities()) {
            identities.claim(1, 2, 3);

            identities.clear();

            assertThat(identities.size()).isZero();
            assertThat(identities.bytes()).isZero();
            assertThat(identities.claim(1, 2, 4)).isEqualTo(Verdict.ACCEPTED);
        }
    }

    @Test
    void takesAHashOfZerosForAnIdentity() {
        try (Identities identities = new Identities()) {
            assertThat(identities.claim(0, 0, 2)).isEqualTo(Verdict.ACCEPTED);
            assertThat(identities.claim(0, 0, 2)).isEqualTo(Verdict.DUPLICATE);
            assertThat(identities.claim(0, 0, 1)).isEqualTo(Verdict.CONFLICT);
        }
    }

    @Test
    void knowsWhatItLearned() {
        SplittableRandom random = new SplittableRandom(6);
        long[] highs = random.longs(100_000).toArray();
        try (Identities identities = new Identities()) {
            try (Identities.Learning learning = identities.learn(Long.MAX_VALUE)) {
                learning.expect(highs.length / 2);
                for (int i = 0; i < highs.length; i++) {
                    learning.visit(highs[i], 7, i + 1);
                }
            }

            assertThat(identities.size()).isEqualTo(highs.length);
            for (int i = 0; i < highs.length; i++) {
                assertThat(identities.claim(highs[i], 7, i + 1)).isEqualTo(Verdict.DUPLICATE);
                assertThat(identities.claim(highs[i], 7, -1)).isEqualTo(Verdict.CONFLICT);
            }
        }
    }

    @Test
    void takesNoMoreMemoryForExpectedIdentitiesThanForOthers() {
        int count = 1_000_000;
        try (Identities identities = new Identities()) {
            try (Identities.Learning learning = identities.learn(Long.MAX_VALUE)) {
                learning.expect(count);
                assertThat(identities.bytes() / count).isBetween(22L, 25L);
                new SplittableRandom(8).longs(count).forEach(high -> learning.visit(high, 7, 7));
            }

            assertThat(identities.size()).isEqualTo(count);
            assertThat(identities.bytes() / count).isBetween(22L, 30L);
        }
    }

    @Test
    void expectsNothingThatItsMemoryCannotHold() {
        try (Identities identities = new Identities();
                Identities.Learning learning = identities.learn(1_000_000)) {
            learning.expect(1_000_000_000);
            assertThat(identities.bytes()).isZero();

            learning.expect(0);
            assertThat(identities.bytes()).isZero();
        }
    }

    @Test
    void learnsNothingBeyondItsMemory() {
        try (Identities identities = new Identities()) {
            try (Identities.Learning learning = identities.learn(1)) {
                learning.visit(1, 1, 1);
                learning.visit(2, 2, 2);
            }

            assertThat(identities.knows(1, 1)).isTrue();
            assertThat(identities.size()).isEqualTo(1);
        }
    }

    @Test
    void holdsFiveMillionInAtMostThirtyBytesEach() {
        int count = 5_000_000;
        SplittableRandom random = new SplittableRandom(5);
        long start = System.nanoTime();
        try (Identities identities = new Identities()) {
            for (int i = 0; i < count; i++) {
                identities.claim(random.nextLong(), random.nextLong(), i);
            }
            long nanos = System.nanoTime() - start;
            System.out.printf(
                    Locale.ROOT,
                    "IdentitiesTest: %d identities, %.0f ns each, %.1f bytes each%n",
                    count,
                    (double) nanos / count,
                    (double) identities.bytes() / count);

            assertThat(identities.size()).isEqualTo(count);
            assertThat(identities.bytes() / count).isBetween(22L, 30L);
        }
    }
}

package io.tallystick.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tallystick.seed.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextNumbersTest {
    private static final int RUNS = 20;
    private static final long SEED = 0x123456789ABCDEFL;

    @Test
    void textWithoutNumberHasNone() {
        TextNumbers numbers = new TextNumbers(SEED);

        assertThat(numbers.get("eu-central-1")).isEqualTo(TextNumbers.NONE);
        assertThat(numbers.get("")).isEqualTo(TextNumbers.NONE);
    }

    @Test
    void firstNumberStays() {
        TextNumbers numbers = new TextNumbers(SEED);

        assertThat(numbers.putIfAbsent("eu-central-1", 7)).isEqualTo(7);
        assertThat(numbers.putIfAbsent("eu-central-1", 8)).isEqualTo(7);
        assertThat(numbers.get("eu-central-1")).isEqualTo(7);
    }

    @Test
    void everyNumberComesBackAsItWas() {
        TextNumbers numbers = new TextNumbers(SEED);
        int[] all = {1, 0xFFFF, 0x1_0000, 0x8000_8000, Integer.MAX_VALUE, Integer.MIN_VALUE, -1};

        for (int number : all) {
            numbers.putIfAbsent("text " + number, number);
        }

        for (int number : all) {
            assertThat(numbers.get("text " + number)).isEqualTo(number);
        }
    }

    @Test
    void longestTextIsKeptWhole() {
        TextNumbers numbers = new TextNumbers(SEED);
        String longest = "x".repeat(Character.MAX_VALUE);

        numbers.putIfAbsent(longest, 1);
        numbers.putIfAbsent(longest.substring(1), 2);

        assertThat(numbers.get(longest)).isEqualTo(1);
        assertThat(numbers.get(longest.substring(1))).isEqualTo(2);
        assertThatIllegalArgumentException().isThrownBy(() -> numbers.putIfAbsent(longest + "x", 3));
        assertThat(numbers.get(longest + "x")).isEqualTo(TextNumbers.NONE);
    }

    @Test
    void noneIsNoNumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TextNumbers(SEED).putIfAbsent("text", TextNumbers.NONE))
                .withMessageContaining("Expected a number other than 0");
    }

    @Test
    void saysWhatHashMapSays() {
        Seed.runs(TextNumbersTest.class, RUNS, random -> {
            TextNumbers numbers = new TextNumbers(random.nextLong());
            Map<String, Integer> oracle = new HashMap<>();
            int texts = 1 + random.nextInt(20_000);
            for (int i = 0; i < 2 * texts; i++) {
                String text = text(random, texts);
                assertThat(numbers.get(text)).isEqualTo(oracle.getOrDefault(text, TextNumbers.NONE));
                int number = 1 + random.nextInt(Integer.MAX_VALUE);
                Integer before = oracle.putIfAbsent(text, number);
                assertThat(numbers.putIfAbsent(text, number)).isEqualTo(before == null ? number : before);
            }
            oracle.forEach((text, number) -> assertThat(numbers.get(text)).isEqualTo(number));
        });
    }

    /**
     * Values of CPython, whose {@code hash(bytes)} is the same function: {@code PYTHONHASHSEED=0 python3 -c
     * 'print(hash("eu".encode("utf-16-le")))'}, version 3.11 or later.
     */
    @ParameterizedTest
    @CsvSource({
        "a, -7264007431688190766",
        "eu, 7259221361346577587",
        "eur, 8612548413300546372",
        "euro, 2748835114354570306",
        "account-17, -6382095152633618726",
        "\u20ac-\uD83D\uDE00, 2792885656022580621",
        "eu-central-1, 9031175530263481295",
        "0123456789abcdef, -3165980766659714469",
    })
    void hashesAsSipHashDoes(String text, long expected) {
        assertThat(TextNumbers.hash(0, text)).isEqualTo(expected);
    }

    /**
     * A mixing of words by a product and a shift has them: the highest bit of a word goes to two bits alone, whatever the
     * seed, and the next word takes both back. Who sends a hundred thousand of them makes every look-up a hundred thousand.
     */
    @Test
    void textsThatMeetInAProductDoNotMeetHere() {
        Seed.runs(TextNumbersTest.class, RUNS, random -> {
            long seed = random.nextLong();
            Set<Long> hashes = new HashSet<>();
            for (int choice = 0; choice < 4096; choice++) {
                StringBuilder text = new StringBuilder();
                for (int bit = 0; bit < 12; bit++) {
                    text.append(((choice >> bit) & 1) == 0 ? "abcdefgh" : "abc\u8064e\u8066g\u8068");
                }
                hashes.add(TextNumbers.hash(seed, text.toString()));
            }
            assertThat(hashes).hasSize(4096);
        });
    }

    /** Any one bit of a text reaches every bit of the hash about as often as not, over the seeds. */
    @Test
    void everyBitOfATextReachesEveryBitOfTheHash() {
        Seed.runs(TextNumbersTest.class, RUNS, random -> {
            char[] text = random.ints(1 + random.nextInt(20), 1, 0x8000)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString()
                    .toCharArray();
            char[] other = text.clone();
            other[random.nextInt(other.length)] ^= (char) (1 << random.nextInt(Character.SIZE));
            int[] flips = new int[Long.SIZE];
            for (int i = 0; i < 1_000; i++) {
                long seed = random.nextLong();
                long difference = TextNumbers.hash(seed, new String(text)) ^ TextNumbers.hash(seed, new String(other));
                for (int bit = 0; bit < Long.SIZE; bit++) {
                    flips[bit] += (int) ((difference >>> bit) & 1);
                }
            }
            // 500 expected with a deviation of 16: eight of them
            assertThat(Arrays.stream(flips).boxed()).allMatch(count -> count > 370 && count < 630);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "256, 1, 252, 256",
        "256, 1, 253, 512",
        "256, 1, 65535, 65539",
        "1073741824, 1073741824, 0, 2147483639",
        "2000000000, 1999999999, 65535, 2147483639",
        "2147483639, 2147483600, 36, 2147483639",
    })
    void growsToTheLastCharacterThatAnArrayCanHave(int present, int end, int textLength, int expected) {
        assertThat(TextNumbers.State.grownLength(present, end, textLength)).isEqualTo(expected);
    }

    @Test
    void refusesATextBeyondTheLastCharacter() {
        assertThatIllegalStateException()
                .isThrownBy(() -> TextNumbers.State.grownLength(2_147_483_639, 2_147_483_600, 37))
                .withMessage(
                        "Expected texts of at most 2147483639 characters in one of 64 segments, but would be 2147483640.");
    }

    /** Several that insert the same texts agree on one number for each, and all that was acknowledged stays. */
    @Test
    void insertingTheSameTextsFromManyThreadsGivesOneNumberEach() throws InterruptedException, ExecutionException {
        TextNumbers numbers = new TextNumbers(SEED);
        int texts = 50_000;
        List<Future<int[]>> given = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int thread = 1; thread <= 4; thread++) {
                int first = thread * 1_000_000;
                given.add(threads.submit(() -> IntStream.range(0, texts)
                        .map(i -> numbers.putIfAbsent("user-" + i, first + i))
                        .toArray()));
            }
        }
        int[] expected =
                IntStream.range(0, texts).map(i -> numbers.get("user-" + i)).toArray();
        assertThat(expected).doesNotContain(TextNumbers.NONE);
        for (Future<int[]> each : given) {
            assertThat(each.get()).isEqualTo(expected);
        }
    }

    /** Who looks up while others insert finds the right number or none, and whatever was there before. */
    @Test
    void lookingUpBesideInsertionIsRight() throws InterruptedException, ExecutionException {
        TextNumbers numbers = new TextNumbers(SEED);
        int texts = 200_000;
        AtomicInteger inserted = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<?>> readers = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                readers.add(threads.submit(() -> {
                    for (int done = 0; done < texts; done = inserted.get()) {
                        for (int i = Math.max(0, done - 100); i < Math.min(texts, done + 100); i++) {
                            int found = numbers.get("user-" + i);
                            assertThat(found).isIn(i < done ? List.of(i + 1) : List.of(TextNumbers.NONE, i + 1));
                        }
                    }
                }));
            }
            threads.submit(() -> {
                        for (int i = 0; i < texts; i++) {
                            numbers.putIfAbsent("user-" + i, i + 1);
                            inserted.set(i + 1);
                        }
                    })
                    .get();
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
        for (int i = 0; i < texts; i++) {
            assertThat(numbers.get("user-" + i)).isEqualTo(i + 1);
        }
    }

    /** Many short ones, so that they come again; some long, some with characters beyond Latin-1. */
    private static String text(RandomGenerator random, int texts) {
        String number = Integer.toString(random.nextInt(texts));
        return switch (random.nextInt(8)) {
            case 0 -> number.repeat(1 + random.nextInt(50));
            case 1 -> "\u20AC" + number;
            case 2 -> number + "\uD83D\uDE00";
            default -> "user-" + number;
        };
    }
}

package io.tallystick.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tallystick.seed.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

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

package io.tallystick.server.api.usage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WordsTest {
    @Test
    void givesTheSameObjectForTheSameCharacters() {
        Words words = new Words();

        String first = word(words, "eu-central-1");

        assertThat(word(words, "eu-central-1")).isSameAs(first).isEqualTo("eu-central-1");
    }

    /** Many times more texts than places: every place is taken again and again, and "Aa" and "BB" have one hash. */
    @Test
    void neverGivesAnotherText() {
        Words words = new Words();
        for (int i = 0; i < 300_000; i++) {
            String text = "function-" + Integer.toHexString(i) + (i % 2 == 0 ? "Aa" : "BB");
            assertThat(word(words, text)).isEqualTo(text);
            assertThat(word(words, text.replace("Aa", "BB"))).isEqualTo(text.replace("Aa", "BB"));
        }
    }

    @Test
    void knowsTheEmptyText() {
        assertThat(word(new Words(), "")).isEmpty();
    }

    private static String word(Words words, String text) {
        return words.word(("<" + text + ">").toCharArray(), 1, text.length());
    }
}

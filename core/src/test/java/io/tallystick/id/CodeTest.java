package io.tallystick.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CodeTest {
    private static final String FAMILY =
            "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67"; // three people, two joiners

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "compute_and_requests_meter",
                "AWS Lambda",
                "a  b",
                "100%",
                "-",
                "größe",
                "メーター",
                "🐘",
                FAMILY,
                "ا\u200cب"
            })
    void takesAnyUnicodeText(String text) {
        assertThat(new Code(text)).hasToString(text);
        assertThat(Code.isWellFormed(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " a",
                "a ",
                "\ta",
                "a\n",
                "\u00a0a",
                "a\u3000",
                "a\u2028",
                "a\tb",
                "a\0b",
                "a\u007fb",
                "a\u0085b",
                "a\r\nb",
                "\ud83d",
                "a\ud83d",
                "\udc18a",
                "a\udc18\ud83db"
            })
    void refusesSpaceAtTheEndsControlCharactersAndHalfCharacters(String text) {
        assertThat(Code.isWellFormed(text)).isFalse();
    }

    @Test
    void countsCharactersAndNotTheirHalves() {
        assertThat(Code.isWellFormed("x".repeat(80))).isTrue();
        assertThat(Code.isWellFormed("x".repeat(81))).isFalse();
        assertThat(Code.isWellFormed("🐘".repeat(80))).isTrue();
        assertThat(Code.isWellFormed("🐘".repeat(81))).isFalse();
        assertThat(Code.isWellFormed("🐘".repeat(79) + "xx")).isFalse();
        assertThat(Code.isWellFormed("x".repeat(1_000_000))).isFalse();
    }

    @Test
    void saysWhatStoodInsteadOfACode() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Code(" 🐘"))
                .withMessage(
                        "Expected a code of 1 to 80 characters without control characters and without white space at "
                                + "either end, but was \" 🐘\" (2 characters).");
    }
}

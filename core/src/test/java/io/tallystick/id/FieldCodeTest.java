package io.tallystick.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FieldCodeTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "_", "$", "memory", "gb_seconds", "$a1", "_1", "größe", "İ", "メモリ", "𐐀"})
    void takesLettersUnderscoreAndDollarThenDigits(String text) {
        assertThat(new FieldCode(text)).hasToString(text);
        assertThat(FieldCode.isWellFormed(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "a b", "a-b", "a.b", " a", "a ", "a\n", "\u0661a", "a\u0661", "🐘", "a\u0301"})
    void refusesEverythingElse(String text) {
        assertThat(FieldCode.isWellFormed(text)).isFalse();
    }

    @Test
    void hasOneToEightyCharacters() {
        assertThat(FieldCode.isWellFormed("x".repeat(80))).isTrue();
        assertThat(FieldCode.isWellFormed("x".repeat(81))).isFalse();
        assertThat(FieldCode.isWellFormed("𐐀".repeat(80))).isTrue();
        assertThat(FieldCode.isWellFormed("𐐀".repeat(81))).isFalse();
    }

    @Test
    void saysWhatStoodInsteadOfAFieldCode() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FieldCode("1st"))
                .withMessage(
                        "Expected a field code of 1 to 80 letters, digits, _ or $ that does not start with a digit, "
                                + "but was \"1st\" (3 characters).");
    }
}

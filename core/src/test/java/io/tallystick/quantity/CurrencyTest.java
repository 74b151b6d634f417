package io.tallystick.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CurrencyTest {
    @ParameterizedTest
    @ValueSource(strings = {"USD", "JPY", "XAU", "ZZZ"})
    void takesThreeCapitalLetters(String code) {
        assertThat(new Currency(code)).hasToString(code);
        assertThat(Currency.isWellFormed(code)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "US", "USDT", "usd", "UsD", "US1", "US ", " USD", "USD\n", "\u00c4UR", "\uff35\uff33\uff24"})
    void refusesEverythingElse(String code) {
        assertThat(Currency.isWellFormed(code)).isFalse();
    }

    @Test
    void saysWhatStoodInsteadOfACurrency() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Currency("usd"))
                .withMessage("Expected a currency of three capital letters, but was \"usd\".");
    }
}

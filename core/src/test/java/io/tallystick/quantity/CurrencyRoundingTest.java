package io.tallystick.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CurrencyRoundingTest {
    private static final Currency USD = new Currency("USD");

    @ParameterizedTest
    @CsvSource({
        "USD, 0.938668544, 0.94",
        "USD, 126500.22, 126500.22",
        "USD, 87, 87.00",
        "USD, 0.005, 0.01",
        "USD, 0.004999999999, 0.00",
        "USD, -0.005, -0.01",
        "JPY, 0.5, 1",
        "JPY, 12.4, 12",
        "KWD, 0.0005, 0.001",
        "CLF, 0.00005, 0.0001",
        "XAU, 0.005, 0.01",
        "ZZZ, 0.005, 0.01",
    })
    void roundsHalfUpToTheMinorUnitsOfIso(String currency, String exact, String rounded) {
        Money money = CurrencyRounding.standard(new Currency(currency)).round(new BigDecimal(exact));

        assertThat(money).hasToString(rounded + " " + currency);
    }

    @ParameterizedTest
    @CsvSource({"HALF_EVEN, 0.12", "HALF_DOWN, 0.12", "UP, 0.13", "DOWN, 0.12", "CEILING, 0.13", "FLOOR, 0.12"})
    void roundsByTheModeOfTheCurrency(RoundingMode mode, String rounded) {
        assertThat(new CurrencyRounding(USD, 2, mode)
                        .round(new BigDecimal("0.125"))
                        .amount())
                .isEqualTo(new BigDecimal(rounded));
    }

    @Test
    void keepsUpToFiveDecimalPlaces() {
        BigDecimal amount = new BigDecimal("1.234567");

        assertThat(new CurrencyRounding(USD, 0, RoundingMode.HALF_UP).round(amount))
                .hasToString("1 USD");
        assertThat(new CurrencyRounding(USD, 5, RoundingMode.HALF_UP).round(amount))
                .hasToString("1.23457 USD");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 6})
    void refusesOtherNumbersOfDecimalPlaces(int places) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CurrencyRounding(USD, places, RoundingMode.HALF_UP))
                .withMessage("Expected 0 to 5 decimal places for USD, but was %s.", places);
    }

    @Test
    void refusesAModeByWhichAnAmountCouldNotBeBilled() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CurrencyRounding(USD, 2, RoundingMode.UNNECESSARY))
                .withMessage("Expected a mode that rounds amounts in USD, but was UNNECESSARY.");
    }
}

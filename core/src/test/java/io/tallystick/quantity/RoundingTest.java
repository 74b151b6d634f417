package io.tallystick.quantity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoundingTest {
    @ParameterizedTest
    @CsvSource({
        "97.8, 98, 97, 98",
        "97, 97, 97, 97",
        "5.1, 6, 5, 5",
        "3.5, 4, 3, 4",
        "2.5, 3, 2, 3",
        "0.5, 1, 0, 1",
        "0.4999999999999999999999999999999999, 1, 0, 0",
        "0.000000000001, 1, 0, 0",
        "0, 0, 0, 0",
        "-0.5, 0, -1, -1",
        "-97.8, -97, -98, -98",
        "1E+3, 1000, 1000, 1000",
    })
    void roundsAQuotientUpDownOrToTheNearestUnit(String quotient, String up, String down, String nearest) {
        BigDecimal number = new BigDecimal(quotient);

        assertThat(Rounding.UP.apply(number)).isEqualTo(new BigDecimal(up));
        assertThat(Rounding.DOWN.apply(number)).isEqualTo(new BigDecimal(down));
        assertThat(Rounding.NEAREST.apply(number)).isEqualTo(new BigDecimal(nearest));
        assertThat(Rounding.NONE.apply(number)).isSameAs(number);
    }
}

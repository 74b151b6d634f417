package io.tallystick.server.api.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.seed.Seed;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CompactNumberTest {
    @Test
    void saysWhatTheDigitsSay() {
        Seed.runs(CompactNumberTest.class, 20_000, random -> {
            BigDecimal number = BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(8));
            String text = number.toPlainString();
            long millionths = millionths(text);
            if (millionths == CompactNumber.NONE) {
                assertThat(number.scale() > 6 || number.precision() - number.scale() > 12)
                        .as(text)
                        .isTrue();
            } else {
                assertThat(BigDecimal.valueOf(millionths, 6)).as(text).isEqualByComparingTo(number);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-0.000001, -1",
        "0.5, 500000",
        "0.500000, 500000",
        "999999999999.999999, 999999999999999999",
        "-999999999999.999999, -999999999999999999"
    })
    void readsTheEdges(String text, long millionths) {
        assertThat(millionths(text)).isEqualTo(millionths);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1000000000000", "0.0000001", "0.5000000", "1e3", "1E-3", "-1.5e+2", "12345678901234567890"})
    void leavesTheRestToTheLongWay(String text) {
        assertThat(millionths(text)).isEqualTo(CompactNumber.NONE);
    }

    private static long millionths(String text) {
        return CompactNumber.millionths(("7" + text + "7").toCharArray(), 1, text.length());
    }
}

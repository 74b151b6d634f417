package io.tallystick.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tallystick.seed.Seed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExactTest {
    @ParameterizedTest
    @CsvSource({
        "10, 3, 3.333333333333333333333333333333333",
        "20, 3, 6.666666666666666666666666666666667",
        "-20, 3, -6.666666666666666666666666666666667",
        "48900, 500, 97.8",
        "1, 1000000, 0.000001",
        "6e9, 1, 6000000000",
        "0, 7, 0",
        "0.000, 7, 0",
        "1, 3e30, 0.0000000000000000000000000000003333333333333333333333333333333333",
    })
    void dividesToThirtyFourDigits(String dividend, String divisor, String quotient) {
        assertThat(Exact.divide(new BigDecimal(dividend), new BigDecimal(divisor))
                        .toPlainString())
                .isEqualTo(quotient);
    }

    @Test
    void roundsTheThirtyFourthDigitHalfToEven() {
        BigDecimal two = BigDecimal.TWO;
        BigDecimal thirtyFourDigits = new BigDecimal("1000000000000000000000000000000001");

        // 35 digits ending in 5: ...0000.5 goes down to the even 0, ...0001.5 up to the even 2
        assertThat(Exact.divide(thirtyFourDigits.multiply(BigDecimal.TEN).add(BigDecimal.ONE), two))
                .isEqualTo(new BigDecimal("5000000000000000000000000000000006"));
        assertThat(Exact.divide(new BigDecimal("20000000000000000000000000000000001"), two))
                .isEqualTo(new BigDecimal("10000000000000000000000000000000000"));
        assertThat(Exact.divide(new BigDecimal("20000000000000000000000000000000030"), two))
                .isEqualTo(new BigDecimal("10000000000000000000000000000000020"));
    }

    @Test
    void throwsOnADivisionByZero() {
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Exact.divide(BigDecimal.ONE, new BigDecimal("0.00")));
    }

    @ParameterizedTest
    @CsvSource({"1.500, 1.5", "15E-1, 1.5", "6E9, 6000000000", "0E-12, 0", "0E+7, 0", "-0.10, -0.1", "100, 100"})
    void writesEqualNumbersAlike(String number, String plain) {
        assertThat(Exact.plain(new BigDecimal(number)).toString()).isEqualTo(plain);
    }

    @Test
    void refusesToWriteOutAMillionZeros() {
        assertThat(Exact.plain(new BigDecimal("1e1000")).precision()).isEqualTo(1001);
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Exact.plain(new BigDecimal("1e1000000000")))
                .withMessage("Expected a number with at most 1000 zeros at its end, but was 1E+1000000000.");
    }

    @Test
    void missesTheTrueQuotientByAtMostHalfOfTheLastDigit() {
        Seed.runs(ExactTest.class, 5_000, random -> {
            BigDecimal dividend = number(random);
            BigDecimal divisor = number(random).add(BigDecimal.ONE.movePointLeft(12));

            BigDecimal quotient = Exact.divide(dividend, divisor);

            BigDecimal lastDigit = BigDecimal.ONE.movePointLeft(33 - (quotient.precision() - quotient.scale() - 1));
            BigDecimal missed = quotient.multiply(divisor).subtract(dividend).abs();
            assertThat(quotient.precision() <= 34 || quotient.scale() == 0).isTrue();
            assertThat(missed.multiply(BigDecimal.TWO)).isLessThanOrEqualTo(lastDigit.multiply(divisor));
            assertThat(Exact.plain(quotient.setScale(quotient.scale() + 3, RoundingMode.UNNECESSARY)))
                    .isEqualTo(quotient);
        });
    }

    private static BigDecimal number(RandomGenerator random) {
        byte[] magnitude = new byte[1 + random.nextInt(15)];
        random.nextBytes(magnitude);
        return new BigDecimal(new BigInteger(1, magnitude), random.nextInt(13));
    }
}

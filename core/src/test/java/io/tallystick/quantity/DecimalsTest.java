package io.tallystick.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.tallystick.seed.Seed;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DecimalsTest {
    private static final String NINES_26 = "9".repeat(26);
    private static final String NINES_12 = "9".repeat(12);

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-0.0, 0",
        "0e999999999999, 0",
        "1, 1",
        "-1, -1",
        "51200, 51200",
        "1.500, 1.5",
        "1.5000000000000000000000000000000000000000000, 1.5",
        "15E-1, 1.5",
        "6e9, 6000000000",
        "6E+9, 6000000000",
        "0.00001833337, 0.00001833337",
        "0.0250e3, 25",
        "1000e-3, 1",
        "123456789012345678901234.5, 123456789012345678901234.5",
        "100000000000000000000000000000e-4, 10000000000000000000000000",
        "0.00000000000000000001e20, 1",
    })
    void readsPlainly(String text, String plain) {
        assertThat(Decimals.read(text)).isEqualTo(read(plain));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "+5",
                "--5",
                "007",
                "-01",
                "1.",
                ".5",
                "-.5",
                "1e",
                "1e+",
                "e5",
                "1.e5",
                "1 ",
                " 1",
                "1_000",
                "1,5",
                "NaN",
                "Infinity",
                "-Infinity",
                "0x10",
                "1f",
                "1.2.3",
                "1e5e5",
                "1e1.5",
                "null",
                "\u0661",
                "\uff11",
                "1\0"
            })
    void refusesWhatIsNoJsonNumber(String text) {
        assertThat(Decimals.read(text))
                .isEqualTo(new DecimalReading.Refused(
                        "Expected a decimal number such as 12.5 or 6e9, but was \"" + text + "\"."));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0000000000005, 0",
        "0.00000000000050000000000000000000000000000000000000000000000000001, 0.000000000001",
        "0.0000000000015, 0.000000000002",
        "0.0000000000025, 0.000000000002",
        "-0.0000000000015, -0.000000000002",
        "0.00000000000049999999999999999999999999999999999999999999999999999, 0",
        "1e-12, 0.000000000001",
        "1e-13, 0",
        "9e-13, 0.000000000001",
        "1e-100000000, 0",
        "-1e-99999999999999999999, 0",
        "12345678901234567890123456.0000000000015, 12345678901234567890123456.000000000002",
        "12345678901234567890123456.00000000000250000000000000000000000000001, 12345678901234567890123456.000000000003",
    })
    void roundsBeyondTwelvePlacesHalfEven(String text, String plain) {
        assertThat(Decimals.read(text)).isEqualTo(read(plain));
    }

    @Test
    void readsTheLargestNumberAndRefusesTheNext() {
        assertThat(Decimals.read(NINES_26 + "." + NINES_12)).isEqualTo(read(NINES_26 + "." + NINES_12));
        assertThat(Decimals.read("-1e25")).isEqualTo(read("-1" + "0".repeat(25)));
        assertThat(Decimals.read("1e26"))
                .isEqualTo(
                        new DecimalReading.Refused("Expected at most 26 digits before the point, but was \"1e26\"."));
        assertThat(Decimals.read("1" + "0".repeat(39))).isInstanceOf(DecimalReading.Refused.class);
    }

    @Test
    void refusesWhatOnlyRoundingMakesTooLarge() {
        assertThat(Decimals.read(NINES_26 + "." + NINES_12 + "4")).isEqualTo(read(NINES_26 + "." + NINES_12));
        assertThat(Decimals.read(NINES_26 + "." + NINES_12 + "5")).isInstanceOf(DecimalReading.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e100000000", "-1E+2147483648", "1e99999999999999999999999999", "0.1e100000000"})
    void refusesAbsurdNumbersWithoutCalculatingThem(String text) {
        assertTimeout(Duration.ofSeconds(1), () -> {
            for (int i = 0; i < 10_000; i++) {
                assertThat(Decimals.read(text)).isInstanceOf(DecimalReading.Refused.class);
            }
        });
    }

    @Test
    void readsAMillionDigitsInOnePass() {
        String zeros = "0".repeat(1_000_000);
        assertTimeout(Duration.ofSeconds(1), () -> {
            assertThat(Decimals.read("0." + zeros + "1")).isEqualTo(read("0"));
            assertThat(Decimals.read("0." + zeros + "1e1000001")).isEqualTo(read("1"));
            assertThat(Decimals.read("1" + zeros + "e-1000000")).isEqualTo(read("1"));
            assertThat(Decimals.read("1." + zeros + "1")).isEqualTo(read("1"));
            assertThat(Decimals.read("1" + zeros)).isInstanceOf(DecimalReading.Refused.class);
        });
    }

    @Test
    void shortensALongTextInTheMessage() {
        assertThat(Decimals.read("x".repeat(1000)))
                .isEqualTo(new DecimalReading.Refused("Expected a decimal number such as 12.5 or 6e9, but was \""
                        + "x".repeat(60) + "...\" (1000 characters)."));
    }

    @Test
    void readsAsBigDecimalDoes() {
        Seed.runs(DecimalsTest.class, 20_000, random -> {
            String text = randomNumber(random);
            BigDecimal rounded = new BigDecimal(text).setScale(12, RoundingMode.HALF_EVEN);

            DecimalReading reading = Decimals.read(text);

            if (rounded.precision() - rounded.scale() > 26) {
                assertThat(reading).as(text).isInstanceOf(DecimalReading.Refused.class);
            } else {
                assertThat(reading).as(text).isEqualTo(new DecimalReading.Read(rounded));
            }
            assertThat(Decimals.limit(new BigDecimal(text)).getClass()).as(text).isEqualTo(reading.getClass());
        });
    }

    @Test
    void refusesToRoundAConstantThatIsReadExactly() {
        assertThat(Decimals.readExactly("0.00001833337000000000000")).isEqualTo(read("0.00001833337"));
        assertThat(Decimals.readExactly("0.0000000000001"))
                .isEqualTo(new DecimalReading.Refused("Expected at most 12 digits after the point, but was "
                        + "\"0.0000000000001\". Divide by a whole number to keep its digits."));
        assertThat(Decimals.readExactly("1e-100000000")).isInstanceOf(DecimalReading.Refused.class);
        assertThat(Decimals.readExactly("1e100000000")).isInstanceOf(DecimalReading.Refused.class);
        assertThat(Decimals.readExactly("1.")).isInstanceOf(DecimalReading.Refused.class);
    }

    @Test
    void limitsACalculatedNumberAsOneFromOutside() {
        assertThat(Decimals.limit(Exact.divide(BigDecimal.TEN, new BigDecimal(3))))
                .isEqualTo(read("3.333333333333"));
        assertThat(Decimals.limit(new BigDecimal("1e-2000000000"))).isEqualTo(read("0"));
        assertThat(Decimals.limit(new BigDecimal("1e2000000000")))
                .isEqualTo(new DecimalReading.Refused(
                        "Expected at most 26 digits before the point, but was \"1E+2000000000\"."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0000000000001", "1e26"})
    void aReadingOutsideTheLimitsCannotBeMade(String number) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DecimalReading.Read(new BigDecimal(number)))
                .withMessageStartingWith("Expected at most 26 digits before the point and 12 after it, but was ");
    }

    private static DecimalReading read(String plain) {
        DecimalReading.Read read = new DecimalReading.Read(new BigDecimal(plain));
        assertThat(read.value().toPlainString()).isEqualTo(plain);
        return read;
    }

    /** In JSON's grammar; about the limits more often than far from them. */
    private static String randomNumber(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        if (random.nextBoolean()) {
            text.append('-');
        }
        int integerDigits = random.nextInt(30);
        text.append(integerDigits == 0 ? "0" : String.valueOf(1 + random.nextInt(9)));
        appendDigits(text, integerDigits - 1, random);
        if (random.nextBoolean()) {
            text.append('.');
            appendDigits(text, 1 + random.nextInt(30), random);
        }
        if (random.nextInt(3) == 0) {
            text.append(random.nextBoolean() ? 'e' : 'E')
                    .append(random.nextBoolean() ? "-" : random.nextBoolean() ? "+" : "")
                    .append(random.nextInt(45));
        }
        return text.toString();
    }

    /** Often only nines, zeros or a five at the end, where rounding is decided. */
    private static void appendDigits(StringBuilder text, int count, RandomGenerator random) {
        String digits = random.nextBoolean() ? "0123456789" : "059";
        for (int i = 0; i < count; i++) {
            text.append(digits.charAt(random.nextInt(digits.length())));
        }
    }
}

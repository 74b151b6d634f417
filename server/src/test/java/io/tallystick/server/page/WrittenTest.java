package io.tallystick.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WrittenTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 2 | 0.00",
                "0.9 | 2 | 0.90",
                "-0.94 | 2 | \u22120.94",
                "1234567.5 | 2 | 1,234,567.50",
                "999 | 0 | 999",
                "1E+3 | 0 | 1,000",
                "1E+3 | 3 | 1,000.000",
                "0.123456 | 2 | 0.123456",
                "-1000 | 2 | \u22121,000.00",
                "12345678901234567890123456.12 | 2 | 12,345,678,901,234,567,890,123,456.12"
            })
    void amountsHaveThePlacesOfTheirCurrencyAndLoseNone(BigDecimal amount, int places, String written) {
        assertThat(Written.amount(amount, places)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.938668544 | 0.93 | 8668544",
                "16500 | 16,500.00 | ''",
                "-0.004 | \u22120.004 | ''",
                "-1.239 | \u22121.23 | 9"
            })
    void exactAmountsAreCutWhereRoundingCuts(BigDecimal exact, String shown, String rest) {
        assertThat(Written.Split.of(exact, 2)).isEqualTo(new Written.Split(shown, rest.equals("''") ? "" : rest));
    }

    @Test
    void periodsAreSaidByTheirFirstAndLastDay() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");

        assertThat(Written.period(period("2024-11-30T23:00:00Z", "2024-12-31T23:00:00Z"), berlin))
                .isEqualTo("1 December 2024 to 31 December 2024");
        assertThat(Written.period(period("2024-11-30T23:00:00Z", "2024-12-01T23:00:00Z"), berlin))
                .isEqualTo("1 December 2024");
        assertThat(Written.period(period("2024-12-01T00:00:00Z", "2025-01-01T00:00:00Z"), berlin))
                .isEqualTo("1 December 2024 01:00:00 to before 1 January 2025 01:00:00");
        // clocks went forward at midnight: the day begins at one o'clock
        assertThat(Written.period(
                        period("2024-10-05T04:00:00Z", "2024-10-06T04:00:00Z"), ZoneId.of("America/Asuncion")))
                .doesNotContain(":");
    }

    private static Period period(String from, String to) {
        return new Period(Instant.parse(from), Instant.parse(to));
    }
}

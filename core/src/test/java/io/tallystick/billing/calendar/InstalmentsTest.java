package io.tallystick.billing.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.time.BillingCalendar;
import io.tallystick.time.Cycle;
import io.tallystick.time.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InstalmentsTest {
    private static final BillingCalendar MONTHS =
            new BillingCalendar(Cycle.MONTHLY, LocalDate.of(2022, 1, 1), ZoneId.of("UTC"));
    private static final long DECEMBER = MONTHS.indexOf(Instant.parse("2024-12-01T00:00:00Z"));

    @ParameterizedTest
    @CsvSource({
        // interval, offset, a billed month, its instalment; the first bill is that of December 2024
        "1, 0, 2024-12, 2024-12-01, 2025-01-01",
        "1, 0, 2025-02, 2025-02-01, 2025-03-01",
        "1, 1, 2024-12, free, free",
        "1, 1, 2025-01, 2025-01-01, 2025-02-01",
        "3, 0, 2024-12, 2024-10-01, 2025-01-01",
        "3, 0, 2025-01, 2025-01-01, 2025-04-01",
        "3, 0, 2025-03, 2025-01-01, 2025-04-01",
        "3, 1, 2024-12, 2024-11-01, 2025-02-01",
        "3, 2, 2024-12, 2024-12-01, 2025-03-01",
        "3, 2, 2025-03, 2025-03-01, 2025-06-01",
        "3, 4, 2025-01, free, free",
        "3, 4, 2025-02, 2025-02-01, 2025-05-01",
    })
    void countsFromTheFirstBill(int interval, int offset, String month, String from, String to) {
        Instalments instalments = new Instalments(MONTHS, DECEMBER, interval, offset);
        Instant first = Instant.parse(month + "-01T00:00:00Z");

        assertThat(instalments.of(MONTHS.periodContaining(first)).map(Period::toString))
                .isEqualTo(
                        from.equals("free")
                                ? Optional.empty()
                                : Optional.of("[%sT00:00:00Z, %sT00:00:00Z)".formatted(from, to)));
    }

    @Test
    void firstInstalmentReachesAsFarBackAsTheLongFirstPeriod() {
        Period longFirst = new Period(Instant.parse("2024-10-16T00:00:00Z"), Instant.parse("2025-01-01T00:00:00Z"));

        assertThat(new Instalments(MONTHS, DECEMBER, 1, 0).of(longFirst)).contains(longFirst);
    }

    @Test
    void partOfAnInstalmentIsCountedByItsDays() {
        Period inForce = new Period(Instant.parse("2024-12-01T00:00:00Z"), Instant.parse("2025-04-01T00:00:00Z"));

        Proration proration = new Instalments(MONTHS, DECEMBER, 3, 0).proration(inForce);

        // 31 of the 92 days of October to December, and January to March whole
        assertThat(proration.numerator() + "/" + proration.denominator()).isEqualTo("123/92");
    }
}

package io.tallystick.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tallystick.seed.Seed;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BillingCalendarTest {
    private static final BillingCalendar CALENDAR = BillingCalendar.standard();

    @ParameterizedTest
    @CsvSource({
        "2025-01-01, 2024-12-01T00:00:00Z, 2025-01-01T00:00:00Z, 31",
        "2025-02-01, 2025-01-01T00:00:00Z, 2025-02-01T00:00:00Z, 31",
        "2025-03-01, 2025-02-01T00:00:00Z, 2025-03-01T00:00:00Z, 28",
        "2024-03-01, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z, 29",
        "2100-03-01, 2100-02-01T00:00:00Z, 2100-03-01T00:00:00Z, 28",
        "2024-05-01, 2024-04-01T00:00:00Z, 2024-05-01T00:00:00Z, 30",
        "2022-01-01, 2021-12-01T00:00:00Z, 2022-01-01T00:00:00Z, 31",
        "1970-01-01, 1969-12-01T00:00:00Z, 1970-01-01T00:00:00Z, 31",
    })
    void cutsTheMonthBeforeTheBillDate(LocalDate billDate, Instant from, Instant to, int days) {
        Period period = CALENDAR.monthlyPeriodEndingOn(billDate);

        assertThat(period).isEqualTo(new Period(from, to));
        assertThat(Duration.between(period.from(), period.to())).isEqualTo(Duration.ofDays(days));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-12-01T00:00:00Z, 2025-01-01",
        "2024-12-12T20:36:00.123456Z, 2025-01-01",
        "2024-12-31T23:59:59.999999999Z, 2025-01-01",
        "2025-01-01T00:00:00Z, 2025-02-01",
        "2024-02-29T12:00:00Z, 2024-03-01",
        "2024-03-31T00:00:00Z, 2024-04-01",
    })
    void findsTheMonthOfAnInstant(Instant instant, LocalDate billDate) {
        assertThat(CALENDAR.monthlyPeriodContaining(instant)).isEqualTo(CALENDAR.monthlyPeriodEndingOn(billDate));
    }

    @ParameterizedTest
    @CsvSource({
        "2025-01-01, 2025-01-01",
        "2025-01-31, 2025-01-01",
        "2024-02-29, 2024-02-01",
        "2024-12-31, 2024-12-01",
    })
    void findsTheLastBillDate(LocalDate date, LocalDate billDate) {
        assertThat(CALENDAR.monthlyBillDateNotAfter(date)).isEqualTo(billDate);
        assertThat(CALENDAR.isMonthlyBillDate(billDate)).isTrue();
    }

    @Test
    void refusesABillDateInsideAMonth() {
        assertThat(CALENDAR.isMonthlyBillDate(LocalDate.of(2025, 1, 31))).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CALENDAR.monthlyPeriodEndingOn(LocalDate.of(2025, 1, 31)))
                .withMessage(
                        "Expected a bill date on which a monthly period ends, such as 2025-01-01, but was 2025-01-31.");
    }

    @Test
    void leavesNoInstantBetweenTwoMonths() {
        Period month = CALENDAR.monthlyPeriodEndingOn(LocalDate.of(2000, 1, 1));
        for (int i = 0; i < 1_200; i++) {
            Period next = CALENDAR.monthlyPeriodContaining(month.to());
            assertThat(next.from()).isEqualTo(month.to());
            month = next;
        }
        assertThat(month.to()).isEqualTo(Instant.parse("2100-01-01T00:00:00Z"));
    }

    @Test
    void putsEveryInstantInsideItsMonth() {
        Seed.runs(BillingCalendarTest.class, 5_000, random -> {
            Instant instant = Instant.ofEpochSecond(
                    random.nextLong(-4_000_000_000L, 8_000_000_000L), random.nextInt(1_000_000_000));

            Period period = CALENDAR.monthlyPeriodContaining(instant);

            assertThat(period.contains(instant)).as("%s in %s", instant, period).isTrue();
        });
    }

    @Test
    void countsInUtcWhateverTheZoneOfTheMachine() {
        assertThat(CALENDAR.zone()).isEqualTo(ZoneOffset.UTC);
    }
}

package io.tallystick.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.account.Account;
import io.tallystick.id.Id;
import io.tallystick.time.BillFrequency;
import io.tallystick.time.Calendars;
import io.tallystick.time.Epochs;
import io.tallystick.time.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BillOrderTest {
    private static final LocalDate TODAY = LocalDate.of(2025, 3, 10);
    private static final Calendars MONTHS =
            new Calendars(Optional.of(BillFrequency.MONTHLY), Optional.of(1), Epochs.STANDARD, ZoneId.of("UTC"));

    @ParameterizedTest
    @CsvSource({
        "2025-01-01, 2024-12-01, 2025-01-01",
        "2025-01-15, 2024-12-01, 2025-01-01",
        "2025-01-31, 2024-12-01, 2025-01-01",
        "2025-02-01, 2025-01-01, 2025-02-01",
        "2024-12-31, 2024-11-01, 2024-12-01",
        "2024-03-01, 2024-02-01, 2024-03-01",
        "2024-02-29, 2024-01-01, 2024-02-01",
        "2023-03-31, 2023-02-01, 2023-03-01"
    })
    void billDateBillsTheLastWholeMonthBeforeIt(LocalDate billDate, LocalDate from, LocalDate to) {
        assertThat(billed(Optional.of(billDate), Optional.empty())).isEqualTo(period(from, to));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-12-31, 2024-12-01, 2025-01-01",
        "2024-12-30, 2024-11-01, 2024-12-01",
        "2024-02-29, 2024-02-01, 2024-03-01",
        "2024-02-28, 2024-01-01, 2024-02-01",
        "2023-02-28, 2023-02-01, 2023-03-01"
    })
    void lastDateBillsTheLastWholeMonthUpToItsEnd(LocalDate lastDate, LocalDate from, LocalDate to) {
        assertThat(billed(Optional.empty(), Optional.of(lastDate))).isEqualTo(period(from, to));
    }

    @Test
    void withoutDatesTheMonthBeforeTodayIsBilled() {
        assertThat(billed(Optional.empty(), Optional.empty()))
                .isEqualTo(period(LocalDate.of(2025, 2, 1), LocalDate.of(2025, 3, 1)));
    }

    @Test
    void datesThatMeanOnePeriodGoTogether() {
        assertThat(billDate(Optional.of(LocalDate.of(2025, 1, 15)), Optional.of(LocalDate.of(2024, 12, 31))))
                .isEqualTo(LocalDate.of(2025, 1, 1));
    }

    @Test
    void datesThatMeanTwoPeriodsAreRefused() {
        assertThatThrownBy(
                        () -> billDate(Optional.of(LocalDate.of(2025, 1, 1)), Optional.of(LocalDate.of(2025, 1, 31))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("2025-01-01", "2025-01-31", "[2024-12-01T00:00:00Z, 2025-01-01T00:00:00Z)");
    }

    @Test
    void datesThatMeanOneMonthButTwoWeeksAreRefusedWhereWeeksAreBilledToo() {
        assertThatThrownBy(() -> BillOrder.billDate(
                        Optional.of(LocalDate.of(2025, 1, 15)),
                        Optional.of(LocalDate.of(2024, 12, 31)),
                        TODAY,
                        Desk.EVERYTHING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("DAILY", "2025-01-15", "2024-12-31");
    }

    @Test
    void moreThanOneHundredAccountsAreRefused() {
        Id<Account> account = new Id<>("a");

        assertThat(orderOf(Collections.nCopies(100, account)).accounts()).hasSize(100);
        assertThatThrownBy(() -> orderOf(Collections.nCopies(101, account))).hasMessageContaining("101");
    }

    private static LocalDate billDate(Optional<LocalDate> billDate, Optional<LocalDate> lastDate) {
        return BillOrder.billDate(billDate, lastDate, TODAY, MONTHS);
    }

    private static Period billed(Optional<LocalDate> billDate, Optional<LocalDate> lastDate) {
        return MONTHS.examples().getFirst().lastWholeBy(billDate(billDate, lastDate));
    }

    private static BillOrder orderOf(List<Id<Account>> accounts) {
        return new BillOrder(accounts, MONTHS, TODAY, Optional.empty(), Optional.empty());
    }

    private static Period period(LocalDate from, LocalDate to) {
        return new Period(Instant.parse(from + "T00:00:00Z"), Instant.parse(to + "T00:00:00Z"));
    }
}

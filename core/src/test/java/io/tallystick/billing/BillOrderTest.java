package io.tallystick.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.account.Account;
import io.tallystick.id.Id;
import io.tallystick.time.BillFrequency;
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
        BillOrder order = order(Optional.of(billDate), Optional.empty());

        assertThat(order.period()).isEqualTo(period(from, to));
        assertThat(order.billDate()).isEqualTo(to);
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
        assertThat(order(Optional.empty(), Optional.of(lastDate)).period()).isEqualTo(period(from, to));
    }

    @Test
    void withoutDatesTheMonthBeforeTodayIsBilled() {
        assertThat(order(Optional.empty(), Optional.empty()).period())
                .isEqualTo(period(LocalDate.of(2025, 2, 1), LocalDate.of(2025, 3, 1)));
    }

    @Test
    void datesThatMeanOnePeriodGoTogether() {
        assertThat(order(Optional.of(LocalDate.of(2025, 1, 1)), Optional.of(LocalDate.of(2024, 12, 31)))
                        .billDate())
                .isEqualTo(LocalDate.of(2025, 1, 1));
    }

    @Test
    void datesThatMeanTwoPeriodsAreRefused() {
        assertThatThrownBy(() -> order(Optional.of(LocalDate.of(2025, 1, 1)), Optional.of(LocalDate.of(2025, 1, 31))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("2025-01-01", "2025-01-31", "[2024-12-01T00:00:00Z, 2025-01-01T00:00:00Z)");
    }

    @Test
    void whatIsNotBuiltYetIsRefused() {
        Period january = period(LocalDate.of(2025, 1, 1), LocalDate.of(2025, 2, 1));

        assertThatThrownBy(() -> new BillOrder(
                        List.of(), BillFrequency.DAILY, january, ZoneId.of("UTC"), Optional.empty(), Optional.empty()))
                .hasMessageContaining("DAILY");
        assertThatThrownBy(() -> new BillOrder(
                        List.of(),
                        BillFrequency.MONTHLY,
                        january,
                        ZoneId.of("Europe/Berlin"),
                        Optional.empty(),
                        Optional.empty()))
                .hasMessageContaining("Europe/Berlin");
    }

    @Test
    void moreThanOneHundredAccountsAreRefused() {
        Id<Account> account = new Id<>("a");

        assertThat(orderOf(Collections.nCopies(100, account)).accounts()).hasSize(100);
        assertThatThrownBy(() -> orderOf(Collections.nCopies(101, account))).hasMessageContaining("101");
    }

    private static BillOrder order(Optional<LocalDate> billDate, Optional<LocalDate> lastDate) {
        return BillOrder.monthly(List.of(), billDate, lastDate, TODAY, Optional.empty(), Optional.empty());
    }

    private static BillOrder orderOf(List<Id<Account>> accounts) {
        return BillOrder.monthly(
                accounts, Optional.empty(), Optional.empty(), TODAY, Optional.empty(), Optional.empty());
    }

    private static Period period(LocalDate from, LocalDate to) {
        return new Period(Instant.parse(from + "T00:00:00Z"), Instant.parse(to + "T00:00:00Z"));
    }
}

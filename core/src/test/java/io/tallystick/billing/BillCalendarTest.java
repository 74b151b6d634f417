package io.tallystick.billing;

import static io.tallystick.billing.Scenario.USD;
import static io.tallystick.billing.Scenario.instant;
import static io.tallystick.billing.Scenario.since;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.account.InvoiceNumbering;
import io.tallystick.account.OrganizationConfig;
import io.tallystick.account.OrganizationConfig.InvoiceDating;
import io.tallystick.catalog.CustomFields;
import io.tallystick.catalog.ListedCurrency;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.document.Document;
import io.tallystick.quantity.Currency;
import io.tallystick.seed.Seed;
import io.tallystick.time.BillFrequency;
import io.tallystick.time.Calendars;
import io.tallystick.time.Cycle;
import io.tallystick.time.Epochs;
import io.tallystick.time.Period;
import io.tallystick.time.Validity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which periods are billed, and what a part of one costs. */
final class BillCalendarTest {
    private final Desk desk = new Desk();
    private final Scenario scenario = new Scenario(desk);

    @Test
    void jobWithoutAFrequencyBillsTheLastWholePeriodOfEachPlan() {
        Document<Account> account = scenario.account("a");
        for (BillFrequency frequency :
                List.of(BillFrequency.DAILY, BillFrequency.WEEKLY, BillFrequency.MONTHLY, BillFrequency.ANNUALLY)) {
            subscribe(account, plan(new Cycle(frequency, 1), "1"), "2020-01-01", Optional.empty());
        }

        assertThat(bills(Desk.order("2025-03-15")))
                .extracting(Bill::frequency, Bill::period, Bill::billDate)
                .containsExactly(
                        tuple(BillFrequency.DAILY, period("2025-03-14", "2025-03-15"), LocalDate.of(2025, 3, 15)),
                        tuple(BillFrequency.WEEKLY, period("2025-03-04", "2025-03-11"), LocalDate.of(2025, 3, 11)),
                        tuple(BillFrequency.MONTHLY, period("2025-02-01", "2025-03-01"), LocalDate.of(2025, 3, 1)),
                        tuple(BillFrequency.ANNUALLY, period("2024-01-01", "2025-01-01"), LocalDate.of(2025, 1, 1)));
    }

    @Test
    void jobForAFrequencyAndIntervalLeavesTheOthersOut() {
        Document<Account> account = scenario.account("a");
        subscribe(account, plan(Cycle.MONTHLY, "1"), "2020-01-01", Optional.empty());
        subscribe(account, plan(new Cycle(BillFrequency.MONTHLY, 3), "1"), "2020-01-01", Optional.empty());
        subscribe(account, plan(new Cycle(BillFrequency.WEEKLY, 3), "1"), "2020-01-01", Optional.empty());

        Calendars quarters =
                new Calendars(Optional.of(BillFrequency.MONTHLY), Optional.of(3), Epochs.STANDARD, ZoneId.of("UTC"));

        assertThat(bills(Desk.order("2025-04-20", quarters)))
                .extracting(Bill::frequencyInterval, Bill::period)
                .containsExactly(tuple(3, period("2025-01-01", "2025-04-01")));
    }

    @Test
    void plansWithOneFrequencyIntervalAndPeriodShareABill() {
        Document<Account> account = scenario.account("a");
        subscribe(account, plan(Cycle.MONTHLY, "1"), "2020-01-01", Optional.empty());
        subscribe(account, plan(Cycle.MONTHLY, "2"), "2024-12-16", Optional.empty());
        subscribe(account, plan(Cycle.MONTHLY, "4"), "2020-01-01", Optional.of("2020-01-15"));

        assertThat(bills(Desk.order("2025-01-20")))
                .extracting(Bill::period, bill -> bill.lines().size())
                .containsExactly(
                        tuple(period("2024-12-01", "2025-01-01"), 2), tuple(period("2024-12-15", "2025-01-15"), 1));
    }

    @ParameterizedTest
    @CsvSource({
        // the documented example: monthly from 1 January, epoch 15 February
        "2025-01-01, 2025-02-15, 2025-02-14, none, none, none",
        "2025-01-01, 2025-02-15, 2025-02-15, 2025-01-01, 2025-02-15, 45",
        "2025-01-01, 2025-02-15, 2025-03-14, 2025-01-01, 2025-02-15, 45",
        "2025-01-01, 2025-02-15, 2025-03-15, 2025-02-15, 2025-03-15, 31",
        // the plan begins within a day
        "2025-02-14T12:00:00Z, 2025-02-15, 2025-02-15, 2025-02-14, 2025-02-15, 0.5",
        // the plan begins on its epoch
        "2025-02-15, 2025-02-15, 2025-02-15, none, none, none",
        "2025-02-15, 2025-02-15, 2025-03-15, 2025-02-15, 2025-03-15, 31",
        // the epoch lies before the plan: the calendar goes on from it, the first period is a part of one
        "2025-02-20, 2025-01-15, 2025-03-15, 2025-02-15, 2025-03-15, 25.46",
    })
    void ownEpochEndsTheFirstPeriodAndBeginsTheNext(
            String start, String epoch, String billDate, String from, String to, String charge) {
        subscribe(scenario.account("a"), plan(Cycle.MONTHLY, "31"), start, Optional.of(epoch));

        List<Bill> bills = bills(Desk.order(billDate));

        if (from.equals("none")) {
            assertThat(bills).isEmpty();
        } else {
            assertThat(bills).singleElement().satisfies(bill -> {
                assertThat(bill.period()).isEqualTo(period(from, to));
                assertThat(bill.billDate()).isEqualTo(LocalDate.parse(to));
                assertThat(bill.total()).isEqualTo(new BigDecimal(charge));
            });
        }
    }

    @Test
    void epochOfTheAccountPlanGoesBeforeTheAccountsAndThatBeforeTheJobs() {
        Document<Account> account = accountWithEpoch("2025-01-10");
        subscribe(account, plan(Cycle.MONTHLY, "1"), "2025-01-01", Optional.empty());
        subscribe(account, plan(Cycle.MONTHLY, "1"), "2025-01-05", Optional.empty());
        subscribe(account, plan(Cycle.MONTHLY, "1"), "2025-01-01", Optional.of("2025-01-20"));
        subscribe(scenario.account("plain"), plan(Cycle.MONTHLY, "1"), "2024-01-01", Optional.empty());
        LocalDate fifth = LocalDate.of(2020, 1, 5);
        Calendars jobs = new Calendars(
                Optional.empty(), Optional.empty(), new Epochs(fifth, fifth, fifth, fifth), ZoneId.of("UTC"));

        assertThat(bills(Desk.order("2025-01-31", jobs)))
                .extracting(bill -> bill.accountCode().value(), Bill::period, bill -> bill.lines()
                        .size())
                .containsExactly(
                        tuple("epoch", period("2025-01-01", "2025-01-10"), 2),
                        tuple("epoch", period("2025-01-01", "2025-01-20"), 1),
                        tuple("plain", period("2024-12-05", "2025-01-05"), 1));
    }

    @Test
    void monthOfBerlinIsBilledBetweenItsMidnights() {
        subscribe(scenario.account("a"), plan(Cycle.MONTHLY, "31"), "2024-03-30T23:00:00Z", Optional.empty());

        Bill bill = bills(Desk.order("2024-04-01", in("Europe/Berlin"))).getFirst();

        assertThat(bill.period())
                .isEqualTo(new Period(instant("2024-02-29T23:00:00Z"), instant("2024-03-31T22:00:00Z")));
        assertThat(bill.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(bill.billDate()).isEqualTo(LocalDate.of(2024, 4, 1));
        // 31 March is a day of 23 hours, and one of 31
        assertThat(bill.total()).isEqualTo(BigDecimal.ONE);
    }

    @ParameterizedTest
    @CsvSource({"Europe/Berlin", "Pacific/Chatham"})
    void yearOfBillsHasThePeriodsThatDatesAloneGive(String zone) {
        ZoneId clock = ZoneId.of(zone);
        for (BillFrequency frequency : List.of(BillFrequency.DAILY, BillFrequency.WEEKLY, BillFrequency.MONTHLY)) {
            Desk year = new Desk();
            Scenario scene = new Scenario(year);
            Document<Plan> plan = plan(scene, new Cycle(frequency, 1), "7");
            scene.subscribe(scene.account("a"), plan, since("2023-12-31T00:00:00Z"));
            List<Period> billed = new ArrayList<>();
            for (LocalDate day = LocalDate.of(2024, 1, 2);
                    !day.isAfter(LocalDate.of(2025, 1, 1));
                    day = day.plusDays(1)) {
                for (Bill bill : bills(year, Desk.order(day.toString(), in(zone)))) {
                    if (bill.billDate().equals(day)) {
                        billed.add(bill.period());
                    }
                }
            }

            assertThat(billed).as("%s", frequency).isEqualTo(naive(frequency, clock));
        }
    }

    /** The periods that end in 2024 or with it, from dates alone. */
    private static List<Period> naive(BillFrequency frequency, ZoneId zone) {
        List<Period> periods = new ArrayList<>();
        for (LocalDate day = LocalDate.of(2024, 1, 2); !day.isAfter(LocalDate.of(2025, 1, 1)); day = day.plusDays(1)) {
            Optional<LocalDate> from =
                    switch (frequency) {
                        case DAILY -> Optional.of(day.minusDays(1));
                        case WEEKLY ->
                            day.getDayOfWeek() == DayOfWeek.TUESDAY ? Optional.of(day.minusWeeks(1)) : Optional.empty();
                        case MONTHLY -> day.getDayOfMonth() == 1 ? Optional.of(day.minusMonths(1)) : Optional.empty();
                        case ANNUALLY, AD_HOC, MIXED -> Optional.empty();
                    };
            LocalDate to = day;
            from.ifPresent(start -> periods.add(new Period(
                    start.atStartOfDay(zone).toInstant(), to.atStartOfDay(zone).toInstant())));
        }
        return periods;
    }

    @Test
    void plansThatFollowEachOtherAnywhereCostOnePeriodTogether() {
        Seed.runs(BillCalendarTest.class, 100, random -> {
            Desk other = new Desk();
            Scenario scene = new Scenario(other);
            Document<Plan> plan = plan(scene, Cycle.MONTHLY, "29");
            Document<Account> account = scene.account("a");
            Instant change = instant("2024-10-01").plusSeconds(random.nextLong(86_400 * 30));
            scene.subscribe(account, plan, new Validity(instant("2024-01-01"), Optional.of(change)));
            scene.subscribe(account, plan, new Validity(change, Optional.empty()));

            Bill bill =
                    bills(other, Desk.order("2024-11-01", in("Europe/Berlin"))).getFirst();

            assertThat(bill.lines().stream()
                            .map(line -> line.amounts().exact())
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .as("changed at %s", change)
                    .isBetween(
                            new BigDecimal("28.99999999999999999999999999999"),
                            new BigDecimal("29.00000000000000000000000000001"));
        });
    }

    @Test
    void organizationSaysWhenBillsAreDueAndHowTheyAreDated() {
        organization("USD", 14, InvoiceDating.LAST_DAY_OF_ARREARS, false);
        subscribe(scenario.account("a"), plan(Cycle.MONTHLY, "1"), "2024-01-01", Optional.empty());

        Bill bill = bills(Desk.december()).getFirst();

        assertThat(bill.dueDate()).isEqualTo(LocalDate.of(2025, 1, 15));
        assertThat(bill.externalInvoiceDate()).isEqualTo(LocalDate.of(2024, 12, 31));
        assertThat(bill.billDate()).isEqualTo(LocalDate.of(2025, 1, 1));
    }

    @Test
    void accountWithoutACurrencyIsBilledInTheOneItsOrganizationHasSaid() {
        organization("EUR", 30, InvoiceDating.FIRST_DAY_OF_NEXT_PERIOD, false);
        subscribe(scenario.account("a"), plan(Cycle.MONTHLY, "1"), "2024-01-01", Optional.empty());

        assertThat(desk.reckon(Desk.december()).parked()).singleElement().satisfies(parked -> assertThat(
                        parked.reason())
                .contains("USD", "the currency of the organization is EUR"));
    }

    @Test
    void emptyBillIsSuppressedWhereTheOrganizationSaysSo() {
        organization("USD", 30, InvoiceDating.FIRST_DAY_OF_NEXT_PERIOD, true);
        subscribe(scenario.account("empty"), plan(Cycle.MONTHLY, "0"), "2024-01-01", Optional.empty());
        subscribe(scenario.account("full"), plan(Cycle.MONTHLY, "1"), "2024-01-01", Optional.empty());

        Reckoning reckoning = desk.reckon(Desk.december());

        assertThat(reckoning.billable())
                .extracting(account -> reckoning.suppresses(reckoning.bill(account)))
                .containsExactly(true, false);
    }

    @ParameterizedTest
    @CsvSource({"0, HALF_UP, 10.5, 11", "0, DOWN, 10.9, 10", "3, UP, 10.0001, 10.001", "2, HALF_EVEN, 10.125, 10.12"})
    void linesAreRoundedAsTheOrganizationListsTheCurrency(
            int decimalPlaces, RoundingMode mode, String exact, String rounded) {
        desk.put(
                ListedCurrency.KIND,
                new ListedCurrency("Dollar", Optional.of(USD), true, Optional.of(decimalPlaces), Optional.of(mode)));
        subscribe(scenario.account("a"), plan(Cycle.MONTHLY, exact), "2024-01-01", Optional.empty());

        assertThat(bills(Desk.december()).getFirst().total()).isEqualTo(new BigDecimal(rounded));
    }

    private void organization(String currency, int days, InvoiceDating dating, boolean suppressesEmptyBills) {
        desk.put(
                OrganizationConfig.KIND,
                new OrganizationConfig(
                        new Currency(currency),
                        ZoneId.of("UTC"),
                        Epochs.STANDARD,
                        days,
                        dating,
                        suppressesEmptyBills,
                        InvoiceNumbering.STANDARD,
                        OrganizationConfig.LATE_USAGE_DAYS));
    }

    private Document<Account> accountWithEpoch(String epoch) {
        Account plain = Scenario.accountOf("epoch");
        return scenario.put(new Account(
                plain.code(),
                plain.name(),
                plain.emailAddress(),
                plain.address(),
                plain.currency(),
                plain.daysBeforeBillDue(),
                Optional.of(LocalDate.parse(epoch)),
                plain.purchaseOrderNumber(),
                plain.customFields()));
    }

    private void subscribe(Document<Account> account, Document<Plan> plan, String start, Optional<String> epoch) {
        desk.put(
                AccountPlan.KIND,
                new AccountPlan(
                        account.id(),
                        plan.id(),
                        plan.content().product(),
                        since(start),
                        epoch.map(LocalDate::parse),
                        Optional.empty(),
                        CustomFields.NONE));
    }

    private Document<Plan> plan(Cycle cycle, String standingCharge) {
        return plan(scenario, cycle, standingCharge);
    }

    private static Document<Plan> plan(Scenario scene, Cycle cycle, String standingCharge) {
        Document<PlanTemplate> template = scene.template(scene.product("p"), cycle, standingCharge);
        return scene.plan(template, "plan");
    }

    private List<Bill> bills(BillOrder order) {
        return bills(desk, order);
    }

    private static List<Bill> bills(Desk desk, BillOrder order) {
        Reckoning reckoning = desk.reckon(order);
        assertThat(reckoning.parked()).isEmpty();
        return reckoning.billable().stream().map(reckoning::bill).toList();
    }

    private static Calendars in(String zone) {
        return new Calendars(Optional.empty(), Optional.empty(), Epochs.STANDARD, ZoneId.of(zone));
    }

    private static Period period(String from, String to) {
        return new Period(instant(from), instant(to));
    }
}

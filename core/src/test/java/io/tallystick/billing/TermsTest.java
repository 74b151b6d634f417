package io.tallystick.billing;

import static io.tallystick.billing.Scenario.between;
import static io.tallystick.billing.Scenario.instant;
import static io.tallystick.billing.Scenario.since;
import static io.tallystick.rating.Bands.band;
import static io.tallystick.rating.Bands.perUnit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tallystick.account.Account;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CustomFields;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Priced;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.price.PriceModel;
import io.tallystick.catalog.price.Tiered;
import io.tallystick.document.Document;
import io.tallystick.id.Code;
import io.tallystick.id.Id;
import io.tallystick.quantity.Currency;
import io.tallystick.time.Period;
import io.tallystick.usage.UsageQuery;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TermsTest {
    private final Desk desk = new Desk();
    private final Scenario scenario = new Scenario(desk);
    private final Document<Meter> meter;
    private final Document<Aggregation> calls;
    private final Document<PlanTemplate> template;
    private final Document<Plan> plan;
    private final Priced onPlan;
    private final Priced onTemplate;

    TermsTest() {
        meter = scenario.meter("m", "x");
        calls = scenario.aggregation(meter, "calls", Function.SUM, "x");
        template = scenario.template(scenario.product("product"), "0");
        plan = scenario.plan(template, "plan");
        onPlan = new Priced.OnPlan(plan.id());
        onTemplate = new Priced.OnTemplate(template.id());
    }

    @Test
    void priceThatChangesInsideThePeriodChargesEachPartAtItsOwnPrice() {
        scenario.pricing(onPlan, calls, unit("1"), between("2024-01-01", "2024-12-15"));
        scenario.pricing(onPlan, calls, unit("2"), since("2024-12-15"));
        Document<Account> account = subscribed();
        desk.measure(meter, account, "2024-12-14T23:59:59.999999Z", "x", "3");
        desk.measure(meter, account, "2024-12-15", "x", "40");

        Bill bill = desk.bill(Desk.december());

        assertThat(bill.lines())
                .extracting(LineItem::servicePeriod, LineItem::units, LineItem::subtotal)
                .containsExactly(
                        tuple(period("2024-12-01", "2024-12-15"), decimal("3"), decimal("3")),
                        tuple(period("2024-12-15", "2025-01-01"), decimal("40"), decimal("80")));
        assertThat(bill.unpricedUsage()).isEmpty();
    }

    @Test
    void eachPriceFillsItsOwnBandsFromTheBeginning() {
        PriceModel model = new Tiered(List.of(band("0", "5", "1"), perUnit("10", "0.1")));
        scenario.pricing(onPlan, calls, model, between("2024-01-01", "2024-12-15"));
        scenario.pricing(onPlan, calls, model, since("2024-12-15"));
        Document<Account> account = subscribed();
        desk.measure(meter, account, "2024-12-01", "x", "10");
        desk.measure(meter, account, "2024-12-15", "x", "10");

        assertThat(desk.bill(Desk.december()).total()).isEqualTo(decimal("30"));
    }

    @Test
    void plansOwnPriceTakesThePlaceOfItsTemplates() {
        scenario.pricing(onTemplate, calls, unit("1"), since("2024-01-01"));
        Document<Pricing> own = scenario.pricing(onPlan, calls, unit("2"), since("2024-01-01"));
        subscribed();

        assertThat(desk.bill(Desk.december()).lines())
                .singleElement()
                .extracting(line -> line.basis().pricing())
                .isEqualTo(Optional.of(own.id()));
    }

    @Test
    void templatesPriceAppliesBeforeAndAfterThePlansOwn() {
        Document<Pricing> inherited = scenario.pricing(onTemplate, calls, unit("1"), since("2024-01-01"));
        Document<Pricing> own = scenario.pricing(onPlan, calls, unit("2"), between("2024-12-10", "2024-12-20"));
        subscribed();

        assertThat(desk.bill(Desk.december()).lines())
                .extracting(
                        LineItem::servicePeriod, line -> line.basis().pricing().orElseThrow())
                .containsExactly(
                        tuple(period("2024-12-01", "2024-12-10"), inherited.id()),
                        tuple(period("2024-12-10", "2024-12-20"), own.id()),
                        tuple(period("2024-12-20", "2025-01-01"), inherited.id()));
    }

    @Test
    void hiddenChangeOfTheTemplatesPriceCutsNothing() {
        scenario.pricing(onTemplate, calls, unit("1"), between("2024-01-01", "2024-12-15"));
        scenario.pricing(onTemplate, calls, unit("2"), since("2024-12-15"));
        scenario.pricing(onPlan, calls, unit("3"), since("2024-01-01"));
        subscribed();

        assertThat(desk.bill(Desk.december()).lines())
                .singleElement()
                .extracting(LineItem::servicePeriod)
                .isEqualTo(period("2024-12-01", "2025-01-01"));
    }

    @Test
    void plansPricingOfOneAggregationLeavesTheOthersToTheTemplate() {
        Document<Aggregation> peaks = scenario.aggregation(meter, "peaks", Function.MAX, "x");
        scenario.pricing(onTemplate, calls, unit("1"), since("2024-01-01"));
        scenario.pricing(onTemplate, peaks, unit("10"), since("2024-01-01"));
        scenario.pricing(onPlan, calls, unit("2"), since("2024-01-01"));
        Document<Account> account = subscribed();
        desk.measure(meter, account, "2024-12-01", "x", "3");

        assertThat(desk.bill(Desk.december()).total()).isEqualTo(decimal("36"));
    }

    @Test
    void usageWithoutAPriceInForceIsSaidOnTheBill() {
        scenario.pricing(onPlan, calls, unit("1"), between("2024-12-05", "2024-12-10"));
        scenario.pricing(onPlan, calls, unit("2"), between("2024-12-20", "2024-12-25"));
        Document<Account> account = subscribed();
        desk.measure(meter, account, "2024-12-06", "x", "1");
        desk.measure(meter, account, "2024-12-10", "x", "50");
        desk.measure(meter, account, "2024-12-19", "x", "7");

        Bill bill = desk.bill(Desk.december());

        assertThat(bill.total()).isEqualTo(decimal("1"));
        assertThat(bill.unpricedUsage()).singleElement().satisfies(unpriced -> {
            assertThat(unpriced.aggregation()).isEqualTo(calls.id());
            assertThat(unpriced.name()).isEqualTo("calls");
            assertThat(unpriced.period()).isEqualTo(period("2024-12-10", "2024-12-20"));
            assertThat(unpriced.quantity()).isEqualTo(decimal("57"));
        });
    }

    @Test
    void usageAfterTheLastPriceEndedIsSaidOnTheBill() {
        scenario.pricing(onPlan, calls, unit("1"), between("2024-01-01", "2024-02-01"));
        Document<Account> account = subscribed();
        desk.measure(meter, account, "2024-12-06", "x", "4");

        Bill bill = desk.bill(Desk.december());

        assertThat(bill.lines()).isEmpty();
        assertThat(bill.unpricedUsage()).extracting(UnpricedUsage::quantity).containsExactly(decimal("4"));
    }

    @Test
    void twoPricesAtOneTimeParkTheAccountAndNameBoth() {
        Document<Pricing> first = scenario.pricing(onPlan, calls, unit("1"), since("2024-01-01"));
        Document<Pricing> second = scenario.pricing(onPlan, calls, unit("2"), since("2024-12-31"));
        Document<Account> account = subscribed();

        Reckoning reckoning = desk.reckon(Desk.december());

        assertThat(reckoning.billable()).isEmpty();
        assertThat(reckoning.parked()).singleElement().satisfies(parked -> {
            assertThat(parked.account()).isEqualTo(account.id());
            assertThat(parked.reason())
                    .contains(first.id().value(), second.id().value(), "calls", "2024-12-31T00:00:00Z");
        });
    }

    @Test
    void pricesThatOverlapAtAnotherTimeDisturbNobody() {
        scenario.pricing(onPlan, calls, unit("1"), since("2024-01-01"));
        scenario.pricing(onPlan, calls, unit("2"), since("2025-01-01"));
        subscribed();

        assertThat(desk.bill(Desk.december()).lines()).hasSize(1);
    }

    @Test
    void usageBeforeAndAfterThePlanIsNotCharged() {
        scenario.pricing(onPlan, calls, unit("1"), since("2024-01-01"));
        Document<Account> account = scenario.account("a");
        scenario.subscribe(account, plan, between("2024-12-10", "2024-12-20"));
        desk.measure(meter, account, "2024-12-09T23:59:59.999999Z", "x", "1");
        desk.measure(meter, account, "2024-12-10", "x", "10");
        desk.measure(meter, account, "2024-12-20", "x", "100");

        Bill bill = desk.bill(Desk.december());

        assertThat(bill.lines()).singleElement().satisfies(line -> {
            assertThat(line.quantity()).isEqualTo(decimal("10"));
            assertThat(line.servicePeriod()).isEqualTo(period("2024-12-10", "2024-12-20"));
        });
    }

    @Test
    void accountOnNoPlanInThePeriodGetsNoBill() {
        scenario.account("never");
        scenario.subscribe(scenario.account("over"), plan, between("2024-01-01", "2024-12-01"));
        scenario.subscribe(scenario.account("not yet"), plan, since("2025-01-01"));

        Reckoning reckoning = desk.reckon(Desk.december());

        assertThat(reckoning.billable()).isEmpty();
        assertThat(reckoning.parked()).isEmpty();
    }

    @Test
    void accountAskedForByNameIsParkedWhereItCannotBeBilled() {
        Document<Account> idle = scenario.account("idle");
        subscribed();
        BillOrder order = Desk.december().only(Set.of(idle.id()));
        BillOrder unknown = Desk.december().only(Set.of(new Id<>("nobody")));

        assertThat(desk.reckon(order).parked()).singleElement().satisfies(parked -> assertThat(parked.reason())
                .contains("idle", "ends by 2025-01-01"));
        assertThat(desk.reckon(order).billable()).isEmpty();
        assertThat(desk.reckon(unknown).parked())
                .containsExactly(new Parked(
                        new Id<>("nobody"), "Expected account nobody to exist, but it did not when the job began."));
    }

    @Test
    void plansOfSeveralProductsAreOneBill() {
        Document<Plan> other = scenario.plan(scenario.template(scenario.product("other"), "5"), "other");
        scenario.pricing(onPlan, calls, unit("1"), since("2024-01-01"));
        Document<Account> account = subscribed();
        scenario.subscribe(account, other, since("2024-03-01"));

        assertThat(desk.bill(Desk.december()).lines())
                .extracting(
                        LineItem::sequenceNumber,
                        LineItem::type,
                        line -> line.booking().product().code().value())
                .containsExactly(
                        tuple(1, LineItemType.USAGE, "product"), tuple(2, LineItemType.STANDING_CHARGE, "other"));
    }

    @Test
    void plansInTwoCurrenciesParkTheAccount() {
        Document<PlanTemplate> inEuro =
                scenario.template(scenario.product("other"), new Currency("EUR"), "5", Optional.empty());
        Document<Account> account = subscribed();
        scenario.subscribe(account, scenario.plan(inEuro, "other"), since("2024-01-01"));

        assertThat(desk.reckon(Desk.december()).parked())
                .singleElement()
                .satisfies(parked -> assertThat(parked.reason()).contains("plan is in USD", "other is in EUR"));
    }

    @Test
    void accountInAnotherCurrencyThanItsPlanIsParkedAndTheOthersAreBilled() {
        Account plain = Scenario.accountOf("euro");
        Document<Account> account = scenario.put(new Account(
                plain.code(),
                plain.name(),
                plain.emailAddress(),
                Optional.empty(),
                Optional.of(new Currency("EUR")),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                CustomFields.NONE));
        scenario.subscribe(account, plan, since("2024-01-01"));
        subscribed();

        Reckoning reckoning = desk.reckon(Desk.december());

        assertThat(reckoning.parked()).singleElement().satisfies(parked -> {
            assertThat(parked.account()).isEqualTo(account.id());
            assertThat(parked.reason()).contains("euro", "EUR", "USD");
        });
        assertThat(reckoning.billable())
                .extracting(billable -> billable.account().content().code())
                .containsExactly(new Code("a"));
    }

    @Test
    void everyContradictionOfAnAccountIsSaidAtOnce() {
        Document<Aggregation> lost = scenario.aggregation(meter, "lost", Function.SUM, "y");
        scenario.pricing(onPlan, lost, unit("1"), since("2024-01-01"));
        scenario.pricing(onPlan, calls, unit("1"), since("2024-01-01"));
        scenario.pricing(onPlan, calls, unit("1"), since("2024-01-01"));
        subscribed();

        assertThat(desk.reckon(Desk.december()).parked())
                .singleElement()
                .satisfies(parked -> assertThat(parked.reason()).contains("a field y", "one price of aggregation"));
    }

    @Test
    void oneQueryPerMeterAndPeriodAsksForAllAccountsAndAggregations() {
        Document<Meter> otherMeter = scenario.meter("other", "x");
        scenario.pricing(onPlan, calls, unit("1"), since("2024-01-01"));
        scenario.pricing(
                onPlan, scenario.aggregation(meter, "same", Function.SUM, "x"), unit("1"), since("2024-01-01"));
        scenario.pricing(
                onPlan, scenario.aggregation(meter, "peaks", Function.MAX, "x"), unit("1"), since("2024-01-01"));
        scenario.pricing(
                onPlan, scenario.aggregation(otherMeter, "else", Function.SUM, "x"), unit("1"), since("2024-01-01"));
        for (String code : List.of("a", "b", "c")) {
            scenario.subscribe(scenario.account(code), plan, since("2024-01-01"));
        }
        scenario.subscribe(scenario.account("late"), plan, since("2024-12-24"));

        Reckoning reckoning = desk.reckon(Desk.december());

        assertThat(reckoning.billable()).hasSize(4);
        assertThat(desk.asked)
                .extracting(
                        UsageQuery::meter,
                        UsageQuery::period,
                        query -> query.measures().size(),
                        query -> ((UsageQuery.Accounts.Only) query.accounts())
                                .numbers()
                                .size())
                .containsExactlyInAnyOrder(
                        tuple(meter.number(), period("2024-12-01", "2025-01-01"), 2, 3),
                        tuple(otherMeter.number(), period("2024-12-01", "2025-01-01"), 1, 3),
                        tuple(meter.number(), period("2024-12-24", "2025-01-01"), 2, 1),
                        tuple(otherMeter.number(), period("2024-12-24", "2025-01-01"), 1, 1));
    }

    @Test
    void nobodyPaysForTheUsageOfOthers() {
        scenario.pricing(onPlan, calls, unit("1"), since("2024-01-01"));
        List<Document<Account>> accounts = List.of(scenario.account("a"), scenario.account("b"), scenario.account("c"));
        accounts.forEach(account -> scenario.subscribe(account, plan, since("2024-01-01")));
        desk.measure(meter, accounts.get(0), "2024-12-01", "x", "1");
        desk.measure(meter, accounts.get(2), "2024-12-01", "x", "100");

        Reckoning reckoning = desk.reckon(Desk.december());

        assertThat(reckoning.billable())
                .extracting(account -> reckoning.bill(account).total())
                .containsExactly(decimal("1"), decimal("0"), decimal("100"));
    }

    private Document<Account> subscribed() {
        Document<Account> account = scenario.account("a");
        scenario.subscribe(account, plan, since("2024-01-01"));
        return account;
    }

    private static PriceModel unit(String price) {
        return new Tiered(List.of(perUnit("0", price)));
    }

    private static Period period(String from, String to) {
        return new Period(instant(from), instant(to));
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}

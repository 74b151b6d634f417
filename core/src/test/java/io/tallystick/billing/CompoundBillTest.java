package io.tallystick.billing;

import static io.tallystick.billing.Scenario.between;
import static io.tallystick.billing.Scenario.since;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tallystick.account.Account;
import io.tallystick.billing.compound.Calculated;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CompoundAggregation;
import io.tallystick.catalog.Countable;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.MinimumSpend;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.Priced;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.PricingType;
import io.tallystick.catalog.price.PricingBand;
import io.tallystick.catalog.price.Tiered;
import io.tallystick.document.Document;
import io.tallystick.id.Id;
import io.tallystick.quantity.Rounding;
import io.tallystick.time.Validity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompoundBillTest {
    private final Desk desk = new Desk();
    private final Scenario scenario = new Scenario(desk);
    private final Document<Meter> reads = scenario.meter("reads", "x");
    private final Document<Meter> writes = scenario.meter("writes", "x");
    private final Document<Aggregation> a = scenario.aggregation(reads, "a", Function.SUM, "x");
    private final Document<Aggregation> b = scenario.aggregation(writes, "b", Function.SUM, "x");
    private final Document<Plan> plan = scenario.plan(scenario.template(scenario.product("product"), "0"), "plan");
    private final Document<Account> account = subscriber("acme");

    @Test
    void formulaOverTwoMetersIsOneLineThatSaysWhatWentIntoIt() {
        Document<CompoundAggregation> both = compound("a + 2 * b", Map.of("a", simple(a), "b", simple(b)), false);
        price(both, "1.5", since("2024-01-01"));
        measure(reads, "2024-12-05", "3");
        measure(reads, "2024-12-06", "4");
        measure(writes, "2024-12-31T23:59:59Z", "5");
        measure(writes, "2025-01-01", "1000");

        LineItem line = onlyLine();

        assertThat(line.quantity()).isEqualTo(decimal("17"));
        assertThat(line.subtotal()).isEqualTo(decimal("25.5"));
        assertThat(line.description()).isEqualTo("a + 2 * b");
        assertThat(line.basis().counted()).contains(new Countable.Compound(both.id()));
        assertThat(line.basis().aggregation()).isEmpty();
        assertThat(line.basis().meter()).isEmpty();
        assertThat(line.basis().calculated())
                .contains(new Calculated("a + 2 * b", List.of(input("a", a, "7"), input("b", b, "5"))));
    }

    @Test
    void formulaSeesQuantitiesAndNotTheUnitsOfItsAggregations() {
        Document<Aggregation> packs = scenario.aggregation(reads, "packs", Function.SUM, "x", "1000", Rounding.UP);
        price(compound("p", Map.of("p", simple(packs)), false, "500", Rounding.UP), "1", since("2024-01-01"));
        measure(reads, "2024-12-05", "1001");

        LineItem line = onlyLine();

        assertThat(line.quantity()).isEqualTo(decimal("1001"));
        assertThat(line.units()).isEqualTo(decimal("3"));
    }

    @ParameterizedTest
    @CsvSource({
        // whether null is evaluated, the calculation, a, b, the quantity
        "false, a + b,                        5, '', 5",
        "false, a * b,                        5, '', 0",
        "false, b / a,                        5, '', 0",
        "false, a + 100,                     '', '', 0",
        "false, a / b,                       '', '', 0",
        "false, 'b == null ? 1 : a',          5, '', 5",
        "true,  'isnull(a, 0) + 100',        '', '', 100",
        "true,  'b == null ? 1 : a',          5, '', 1",
        "true,  'isnull(b, a)',               5, '', 5",
        "true,  'isnull(a, b)',              '', '', 0",
        "false, a / b,                       10, 3,  3.333333333333333333333333333333333",
        "false, 'Math.max(a, b)',             2, 3,  3",
        "false, a - b,                        2, 3,  -1",
        "false, 'a > b ? a : b / 2',          2, 3,  1.5"
    })
    void whatWasNotUsedIsZeroOrNullAsTheCompoundSays(
            boolean evaluatesNull, String calculation, String ofA, String ofB, BigDecimal quantity) {
        price(compound(calculation, Map.of("a", simple(a), "b", simple(b)), evaluatesNull), "1", since("2024-01-01"));
        measure(reads, "2024-12-05", ofA);
        measure(writes, "2024-12-05", ofB);

        assertThat(onlyLine().quantity()).isEqualByComparingTo(quantity);
    }

    @ParameterizedTest
    @CsvSource({
        "false, a / b,        5, '', 'a = 5, b = 0',    divisor",
        "false, a / (b - b),  5, 1,  'a = 5, b = 1',    divisor",
        "true,  a + b,        5, '', 'a = 5, b = null', was null",
        "false, a > b,        5, 1,  'a = 5, b = 1',    it is true"
    })
    void formulaWithoutAValueParksItsAccountAndNoOther(
            boolean evaluatesNull, String calculation, String ofA, String ofB, String values, String why) {
        price(compound(calculation, Map.of("a", simple(a), "b", simple(b)), evaluatesNull), "1", since("2024-01-01"));
        measure(reads, "2024-12-05", ofA);
        measure(writes, "2024-12-05", ofB);
        Document<Account> other = subscriber("other");
        if (calculation.contains("/")) {
            desk.measure(writes, other, "2024-12-05", "x", "1");
        }

        Reckoning reckoning = desk.reckon(Desk.december());

        assertThat(reckoning.parked()).anySatisfy(parked -> {
            assertThat(parked.account()).isEqualTo(account.id());
            assertThat(parked.reason())
                    .contains("account acme", calculation, values, why, "[2024-12-01T00:00:00Z, 2025-01-01T00:00:00Z)");
        });
        assertThat(reckoning.billable()).noneMatch(each -> each.account().equals(account));
        assertThat(reckoning.billable().isEmpty()).isEqualTo(evaluatesNull || calculation.contains("b - b"));
    }

    @Test
    void eachStretchOfAPriceEvaluatesTheFormulaOverItsOwnUsage() {
        Document<CompoundAggregation> ratio = compound("a / b", Map.of("a", simple(a), "b", simple(b)), false);
        price(ratio, "1", between("2024-01-01", "2024-12-16"));
        price(ratio, "2", since("2024-12-16"));
        measure(reads, "2024-12-15T23:59:59.999999Z", "6");
        measure(writes, "2024-12-05", "2");
        measure(reads, "2024-12-16", "20");
        measure(writes, "2024-12-17", "5");

        assertThat(desk.bill(Desk.december()).lines())
                .extracting(LineItem::quantity, LineItem::subtotal)
                .containsExactly(tuple(decimal("3"), decimal("3")), tuple(decimal("4"), decimal("8")));
    }

    @Test
    void defaultValueIsForAnAggregationThatWasNotUsedInTheWholePeriod() {
        Document<Aggregation> seats =
                scenario.put(Scenario.withDefault(Scenario.aggregationOf(writes, "seats", Function.SUM, "x"), "100"));
        Document<CompoundAggregation> both =
                compound("a + seats", Map.of("a", simple(a), "seats", simple(seats)), false);
        price(both, "1", between("2024-01-01", "2024-12-16"));
        price(both, "1", since("2024-12-16"));
        measure(reads, "2024-12-20", "7");
        measure(writes, "2024-12-05", "5");

        assertThat(desk.bill(Desk.december()).lines())
                .extracting(LineItem::quantity)
                .containsExactly(decimal("5"), decimal("7"));
    }

    @Test
    void defaultValueOfAnAggregationGoesIntoItsFormulaOncePerPeriod() {
        Document<Aggregation> seats =
                scenario.put(Scenario.withDefault(Scenario.aggregationOf(writes, "seats", Function.SUM, "x"), "100"));
        Document<CompoundAggregation> both =
                compound("a + seats", Map.of("a", simple(a), "seats", simple(seats)), false);
        price(both, "1", between("2024-01-01", "2024-12-16"));
        price(both, "1", since("2024-12-16"));
        measure(reads, "2024-12-05", "6");
        measure(reads, "2024-12-20", "7");

        assertThat(desk.bill(Desk.december()).lines())
                .extracting(LineItem::quantity)
                .containsExactly(decimal("6"), decimal("107"));
    }

    @Test
    void usageOfAFormulaWithoutAPriceInForceIsSaidOnTheBill() {
        Document<CompoundAggregation> both = compound("isnull(a, 0) + 7", Map.of("a", simple(a)), true);
        price(both, "1", between("2024-01-01", "2024-12-10"));
        price(both, "1", between("2024-12-20", "2024-12-25"));
        measure(reads, "2024-12-12", "6");

        Bill bill = desk.bill(Desk.december());

        assertThat(bill.lines()).extracting(LineItem::quantity).containsExactly(decimal("7"), decimal("7"));
        assertThat(bill.unpricedUsage()).singleElement().satisfies(unpriced -> {
            assertThat(unpriced.counted()).isEqualTo(new Countable.Compound(both.id()));
            assertThat(unpriced.quantity()).isEqualTo(decimal("13"));
        });
    }

    @Test
    void formulaInAFormulaIsSeenBeforeItsOwnRounding() {
        Document<CompoundAggregation> half = compound("a / 2", Map.of("a", simple(a)), false, "10", Rounding.UP);
        Document<CompoundAggregation> outer =
                compound("half + b", Map.of("half", new Countable.Compound(half.id()), "b", simple(b)), false);
        price(outer, "1", since("2024-01-01"));
        measure(reads, "2024-12-05", "5");
        measure(writes, "2024-12-05", "1");

        LineItem line = onlyLine();

        assertThat(line.quantity()).isEqualTo(decimal("3.5"));
        assertThat(line.basis().calculated().orElseThrow().inputs())
                .containsExactly(
                        input("b", b, "1"),
                        input("a", a, "5"),
                        new Calculated.Input(
                                "half",
                                new Countable.Compound(half.id()),
                                Optional.of("a / 2"),
                                Optional.of(decimal("2.5"))));
    }

    @Test
    void minimumOfACompoundPriceIsToppedUpUnderIt() {
        Document<CompoundAggregation> both = compound("a + b", Map.of("a", simple(a), "b", simple(b)), false);
        scenario.put(pricing(
                both, "1", since("2024-01-01"), new MinimumSpend(Optional.of(decimal("100")), Optional.empty())));
        measure(reads, "2024-12-05", "30");

        assertThat(desk.bill(Desk.december()).lines())
                .extracting(LineItem::type, LineItem::description, LineItem::subtotal, line -> line.basis()
                        .compound())
                .containsExactly(
                        tuple(LineItemType.USAGE, "a + b", decimal("30"), Optional.of(both.id())),
                        tuple(
                                LineItemType.MINIMUM_SPEND,
                                "a + b Minimum Spend Adjustment",
                                decimal("70"),
                                Optional.of(both.id())));
    }

    @Test
    void planSpeaksBeforeItsTemplateAndCompoundsComeAfterAggregations() {
        Document<CompoundAggregation> both = compound("a + b", Map.of("a", simple(a), "b", simple(b)), false);
        scenario.put(new Pricing(
                new Priced.OnTemplate(plan.content().template()),
                new Countable.Compound(both.id()),
                unit("5"),
                false,
                since("2024-01-01"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                PricingType.DEBIT,
                MinimumSpend.UNSAID,
                Optional.empty()));
        price(both, "2", between("2024-12-10", "2024-12-20"));
        Document<Aggregation> late = scenario.aggregation(reads, "late", Function.COUNT, "x");
        scenario.pricing(plan, late, unit("1"));
        measure(reads, "2024-12-05", "1");
        measure(reads, "2024-12-15", "1");

        assertThat(desk.bill(Desk.december()).lines())
                .extracting(LineItem::description, LineItem::subtotal)
                .containsExactly(
                        tuple("late", decimal("2")),
                        tuple("a + b", decimal("5")),
                        tuple("a + b", decimal("2")),
                        tuple("a + b", decimal("0")));
    }

    private LineItem onlyLine() {
        assertThat(desk.bill(Desk.december()).lines()).hasSize(1);
        return desk.bill(Desk.december()).lines().getFirst();
    }

    private Document<Account> subscriber(String code) {
        Document<Account> subscriber = scenario.account(code);
        scenario.subscribe(subscriber, plan, since("2024-01-01"));
        return subscriber;
    }

    private void measure(Document<Meter> meter, String at, String value) {
        if (!value.isEmpty()) {
            desk.measure(meter, account, at, "x", value);
        }
    }

    private Document<CompoundAggregation> compound(
            String calculation, Map<String, Countable> inputs, boolean evaluatesNull) {
        return scenario.compound(calculation, inputs, evaluatesNull, "1", Rounding.NONE);
    }

    private Document<CompoundAggregation> compound(
            String calculation,
            Map<String, Countable> inputs,
            boolean evaluatesNull,
            String quantityPerUnit,
            Rounding rounding) {
        return scenario.compound(calculation, inputs, evaluatesNull, quantityPerUnit, rounding);
    }

    private void price(Document<CompoundAggregation> compound, String unitPrice, Validity validity) {
        scenario.put(pricing(compound, unitPrice, validity, MinimumSpend.UNSAID));
    }

    private Pricing pricing(
            Document<CompoundAggregation> compound, String unitPrice, Validity validity, MinimumSpend minimum) {
        return new Pricing(
                new Priced.OnPlan(plan.id()),
                new Countable.Compound(compound.id()),
                unit(unitPrice),
                false,
                validity,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                PricingType.DEBIT,
                minimum,
                Optional.empty());
    }

    private static Tiered unit(String price) {
        return new Tiered(List.of(new PricingBand(new Id<>("band"), BigDecimal.ZERO, BigDecimal.ZERO, decimal(price))));
    }

    private static Countable simple(Document<Aggregation> aggregation) {
        return new Countable.Simple(aggregation.id());
    }

    private static Calculated.Input input(String name, Document<Aggregation> of, String quantity) {
        return new Calculated.Input(name, simple(of), Optional.empty(), Optional.of(decimal(quantity)));
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}

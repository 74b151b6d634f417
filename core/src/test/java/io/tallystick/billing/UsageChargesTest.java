package io.tallystick.billing;

import static io.tallystick.billing.Scenario.since;
import static io.tallystick.rating.Bands.perUnit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tallystick.account.Account;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.MinimumSpend;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.Priced;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.PricingType;
import io.tallystick.catalog.price.Tiered;
import io.tallystick.document.Document;
import io.tallystick.rating.BandUsage;
import io.tallystick.seed.Seed;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class UsageChargesTest {
    private final Desk desk = new Desk();
    private final Scenario scenario = new Scenario(desk);
    private final Document<Meter> meter = scenario.meter("m", "calls", "outage", "goodwill");
    private final Document<Plan> plan = planOf("cloud");
    private final Document<Account> account = subscriber(plan);

    @ParameterizedTest
    @CsvSource({
        // charged for usage, credit at 1 a unit, what is given back, the total
        "PRODUCT_CREDIT, 100, 40, -40, 60",
        "PRODUCT_CREDIT, 100, 99.99, -99.99, 0.01",
        "PRODUCT_CREDIT, 100, 100, -100, 0",
        "PRODUCT_CREDIT, 100, 100.01, -100, 0",
        "PRODUCT_CREDIT, 99.996, 250, -100, 0",
        "PRODUCT_CREDIT, 100, 0, 0, 100",
        "PRODUCT_CREDIT, 0, 40, 0, 0",
        "PRODUCT_CREDIT, -10, 40, 0, -10",
        "PRODUCT_CREDIT, 100, -5, 5, 105",
        "GLOBAL_CREDIT, 100, 40, -40, 60",
        "GLOBAL_CREDIT, 100, 100, -100, 0",
        "GLOBAL_CREDIT, 100, 100.01, -100, 0",
        "GLOBAL_CREDIT, 0, 40, 0, 0",
        "GLOBAL_CREDIT, -10, 40, 0, -10",
        "GLOBAL_CREDIT, 100, -5, 5, 105"
    })
    void givesBackAtMostWhatElseIsCharged(
            PricingType type, String used, String credited, BigDecimal given, BigDecimal total) {
        price(plan, PricingType.DEBIT, "calls");
        price(plan, type, "outage");
        measure("calls", used);
        measure("outage", credited);

        Bill bill = desk.bill(Desk.december());

        assertThat(bill.lines())
                .extracting(LineItem::type)
                .containsExactly(LineItemType.USAGE, LineItemType.USAGE_CREDIT);
        assertThat(bill.lines().getLast().subtotal()).isEqualTo(given);
        assertThat(bill.total()).isEqualTo(total);
    }

    @Test
    void creditsOfAProductComeFirstAndEachTakesWhatIsLeft() {
        price(plan, PricingType.GLOBAL_CREDIT, "goodwill");
        price(plan, PricingType.PRODUCT_CREDIT, "outage");
        price(plan, PricingType.DEBIT, "calls");
        measure("calls", "100");
        measure("outage", "70");
        measure("goodwill", "50");

        assertThat(desk.bill(Desk.december()).lines())
                .extracting(LineItem::description, LineItem::units, LineItem::subtotal)
                .containsExactly(
                        tuple("calls", new BigDecimal("100"), new BigDecimal("100")),
                        tuple("outage", new BigDecimal("70"), new BigDecimal("-70")),
                        tuple("goodwill", new BigDecimal("50"), new BigDecimal("-30")));
    }

    @ParameterizedTest
    @EnumSource(
            value = PricingType.class,
            names = {"PRODUCT_CREDIT", "GLOBAL_CREDIT"})
    void onlyAGlobalCreditPaysForOtherProducts(PricingType type) {
        Document<Plan> other = planOf("storage");
        scenario.subscribe(account, other, since("2024-01-01"));
        price(other, PricingType.DEBIT, "calls");
        price(plan, type, "outage");
        measure("calls", "100");
        measure("outage", "30");

        assertThat(desk.bill(Desk.december()).total())
                .isEqualTo(new BigDecimal(type == PricingType.GLOBAL_CREDIT ? "70" : "100"));
    }

    @Test
    void creditPaysForAMinimumAndDoesNotRaiseIt() {
        scenario.put(pricing(
                plan,
                PricingType.DEBIT,
                "calls",
                new MinimumSpend(Optional.of(new BigDecimal("100")), Optional.empty())));
        price(plan, PricingType.PRODUCT_CREDIT, "outage");
        measure("calls", "60");
        measure("outage", "75");

        assertThat(desk.bill(Desk.december()).lines())
                .extracting(LineItem::type, LineItem::subtotal)
                .containsExactly(
                        tuple(LineItemType.USAGE, new BigDecimal("60")),
                        tuple(LineItemType.MINIMUM_SPEND, new BigDecimal("40")),
                        tuple(LineItemType.USAGE_CREDIT, new BigDecimal("-75")));
    }

    @Test
    void lineShowsWhatTheCreditWouldBeAndWhatItIs() {
        price(plan, PricingType.DEBIT, "calls");
        price(plan, PricingType.GLOBAL_CREDIT, "outage");
        measure("calls", "10");
        measure("outage", "25");

        LineItem credit = desk.bill(Desk.december()).lines().getLast();

        assertThat(credit.bands()).extracting(BandUsage::subtotal).containsExactly(new BigDecimal("25"));
        assertThat(credit.exactAmount()).isEqualTo(new BigDecimal("-10"));
    }

    @Test
    void lineThatGivesBackMoreThanItsBandsOrChargesIsRefused() {
        price(plan, PricingType.DEBIT, "calls");
        price(plan, PricingType.GLOBAL_CREDIT, "outage");
        measure("calls", "100");
        measure("outage", "25");
        LineItem credit = desk.bill(Desk.december()).lines().getLast();

        assertThatThrownBy(() -> amountingTo(credit, "-25.01"))
                .hasMessage(
                        "Expected line %s to give back at most 25, what its bands add up to, but it amounts to -25.01."
                                .formatted(credit.id()));
        assertThatThrownBy(() -> amountingTo(credit, "0.01")).hasMessageContaining("but it amounts to 0.01");
        assertThat(amountingTo(credit, "0").subtotal()).isEqualTo(BigDecimal.ZERO);
    }

    @Test
    void creditsNeverTakeATotalBelowZeroWhateverIsUsed() {
        Seed.runs(UsageChargesTest.class, 50, random -> {
            UsageChargesTest test = new UsageChargesTest();
            test.price(test.plan, PricingType.DEBIT, "calls");
            test.price(test.plan, PricingType.PRODUCT_CREDIT, "outage");
            test.price(test.plan, PricingType.GLOBAL_CREDIT, "goodwill");
            for (String field : List.of("calls", "outage", "goodwill")) {
                test.measure(
                        field, BigDecimal.valueOf(random.nextInt(200_000), 3).toPlainString());
            }

            assertThat(test.desk.bill(Desk.december()).total()).isNotNegative();
        });
    }

    private static LineItem amountingTo(LineItem line, String amount) {
        return new LineItem(
                line.id(),
                line.sequenceNumber(),
                line.type(),
                line.description(),
                line.booking(),
                line.basis(),
                line.servicePeriod(),
                new LineItem.Amounts(
                        new BigDecimal(amount),
                        new BigDecimal(amount),
                        new BigDecimal(amount),
                        BigDecimal.ONE,
                        line.amounts().currency()),
                line.reference());
    }

    private void measure(String field, String value) {
        desk.measure(meter, account, "2024-12-02", field, value);
    }

    private void price(Document<Plan> on, PricingType type, String field) {
        scenario.put(pricing(on, type, field, MinimumSpend.UNSAID));
    }

    /** 1 a unit. */
    private Pricing pricing(Document<Plan> on, PricingType type, String field, MinimumSpend minimum) {
        return new Pricing(
                new Priced.OnPlan(on.id()),
                scenario.aggregation(meter, field, Function.SUM, field).id(),
                new Tiered(List.of(perUnit("0", "1"))),
                false,
                since("2024-01-01"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                type,
                minimum,
                Optional.empty());
    }

    private Document<Plan> planOf(String product) {
        return scenario.plan(scenario.template(scenario.product(product), "0"), product);
    }

    private Document<Account> subscriber(Document<Plan> on) {
        Document<Account> subscriber = scenario.account("a");
        scenario.subscribe(subscriber, on, since("2024-01-01"));
        return subscriber;
    }
}

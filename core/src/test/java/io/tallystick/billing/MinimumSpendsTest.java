package io.tallystick.billing;

import static io.tallystick.billing.Scenario.USD;
import static io.tallystick.billing.Scenario.between;
import static io.tallystick.billing.Scenario.since;
import static io.tallystick.rating.Bands.perUnit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tallystick.account.Account;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CustomFields;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.MinimumSpend;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Priced;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.PricingType;
import io.tallystick.catalog.Product;
import io.tallystick.catalog.price.PriceModel;
import io.tallystick.catalog.price.Tiered;
import io.tallystick.document.Document;
import io.tallystick.id.Code;
import io.tallystick.time.Cycle;
import io.tallystick.time.Period;
import io.tallystick.time.Validity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MinimumSpendsTest {
    private final Desk desk = new Desk();
    private final Scenario scenario = new Scenario(desk);
    private final Document<Product> product = scenario.product("cloud");
    private final Document<Meter> meter = scenario.meter("m", "x");
    private final Document<Aggregation> calls = scenario.aggregation(meter, "calls", Function.SUM, "x");

    @ParameterizedTest
    @CsvSource({
        // usage at 1 a unit, minimum of the plan, what is added
        "800, 1000, 200",
        "999.99, 1000, 0.01",
        "999.994, 1000, 0.01",
        "999.995, 1000, 0",
        "1000, 1000, 0",
        "1000.01, 1000, 0",
        "0, 1000, 1000",
        "-50, 1000, 1050",
        "-50, 0, 0",
        "0, 0, 0"
    })
    void addsWhatIsMissingToTheMinimumOfAPlan(String used, String minimum, BigDecimal added) {
        Document<Plan> plan = scenario.plan(template("0", minimum(minimum)), "plan");
        scenario.pricing(plan, calls, unit("1"));
        desk.measure(meter, accountOn(plan, since("2024-01-01")), "2024-12-02", "x", used);

        Bill bill = desk.bill(Desk.december());

        assertThat(minimums(bill).stream().map(LineItem::subtotal).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(added);
        assertThat(minimums(bill)).hasSize(added.signum());
    }

    @Test
    void comparesWithRoundedLinesNotWithExactAmounts() {
        Document<Plan> plan = scenario.plan(template("0", minimum("0.01")), "plan");
        Document<Account> account = accountOn(plan, since("2024-01-01"));
        for (String field : List.of("a", "b", "c")) {
            Document<Meter> each = scenario.meter("meter " + field, field);
            scenario.pricing(plan, scenario.aggregation(each, field, Function.SUM, field), unit("0.004"));
            desk.measure(each, account, "2024-12-02", field, "1");
        }

        Bill bill = desk.bill(Desk.december());

        // three lines of 0.004 are 0.012 exactly, but nobody is asked for a cent of them
        assertThat(minimums(bill)).extracting(LineItem::subtotal).containsExactly(new BigDecimal("0.01"));
        assertThat(bill.total()).isEqualTo(new BigDecimal("0.01"));
    }

    @Test
    void saysOnItsLineWhatItIsFor() {
        Document<Product> fees = scenario.product("fees");
        Document<Plan> plan =
                scenario.put(plan(template("0", MinimumSpend.UNSAID), "plan", minimum("100"), Optional.of(fees)));
        Document<Pricing> pricing = scenario.put(pricing(plan, unit("1"), since("2024-01-01"), minimum("30")));
        desk.measure(meter, accountOn(plan, since("2024-01-01")), "2024-12-02", "x", "10");

        assertThat(desk.bill(Desk.december()).lines())
                .extracting(
                        LineItem::type,
                        LineItem::description,
                        LineItem::quantity,
                        LineItem::subtotal,
                        line -> line.basis().pricing(),
                        line -> line.booking().accountingProduct().name())
                .containsExactly(
                        tuple(
                                LineItemType.USAGE,
                                "calls",
                                BigDecimal.TEN,
                                BigDecimal.TEN,
                                Optional.of(pricing.id()),
                                "cloud by name"),
                        tuple(
                                LineItemType.MINIMUM_SPEND,
                                "calls Minimum Spend Adjustment",
                                BigDecimal.ONE,
                                new BigDecimal("20"),
                                Optional.of(pricing.id()),
                                "cloud by name"),
                        tuple(
                                LineItemType.MINIMUM_SPEND,
                                "cloud by name Minimum Spend Adjustment",
                                BigDecimal.ONE,
                                new BigDecimal("70"),
                                Optional.empty(),
                                "fees by name"));
    }

    @Test
    void standingChargeDoesNotCountTowardsAMinimum() {
        Document<Plan> plan = scenario.plan(template("20", minimum("100")), "plan");
        scenario.pricing(plan, calls, unit("1"));
        desk.measure(meter, accountOn(plan, since("2024-01-01")), "2024-12-02", "x", "90");

        assertThat(desk.bill(Desk.december()).lines())
                .extracting(LineItem::type, LineItem::subtotal)
                .containsExactly(
                        tuple(LineItemType.STANDING_CHARGE, new BigDecimal("20")),
                        tuple(LineItemType.USAGE, new BigDecimal("90")),
                        tuple(LineItemType.MINIMUM_SPEND, BigDecimal.TEN));
    }

    @ParameterizedTest
    @CsvSource({
        // own minimum and text of the plan, what is added, under which text
        ", , 100, Committed",
        "30, , 30, Committed",
        "30, Own, 30, Own",
        ", ' ', 100, cloud by name Minimum Spend Adjustment"
    })
    void planSaysItsOwnMinimumInsteadOfItsTemplates(String own, String text, BigDecimal added, String description) {
        Document<PlanTemplate> template =
                template("0", new MinimumSpend(Optional.of(new BigDecimal("100")), Optional.of("Committed")));
        MinimumSpend said = new MinimumSpend(Optional.ofNullable(own).map(BigDecimal::new), Optional.ofNullable(text));
        accountOn(scenario.put(plan(template, "plan", said, Optional.empty())), since("2024-01-01"));

        assertThat(desk.bill(Desk.december()).lines())
                .extracting(LineItem::description, LineItem::subtotal)
                .containsExactly(tuple(description, added));
    }

    @Test
    void planThatSaysZeroHasNoMinimumWhateverItsTemplateSays() {
        Document<PlanTemplate> template = template("0", minimum("100"));
        accountOn(scenario.put(plan(template, "plan", minimum("0"), Optional.empty())), since("2024-01-01"));

        assertThat(desk.bill(Desk.december()).lines()).isEmpty();
    }

    @Test
    void eachOfTwoPlansThatFollowEachOtherOwesItsDaysOfItsMinimum() {
        Document<PlanTemplate> template = template("0", MinimumSpend.UNSAID);
        Document<Plan> small = scenario.put(plan(template, "small", minimum("31"), Optional.empty()));
        Document<Plan> large = scenario.put(plan(template, "large", minimum("310"), Optional.empty()));
        scenario.pricing(large, calls, unit("1"));
        Document<Account> account = scenario.account("a");
        scenario.subscribe(account, small, between("2024-12-01", "2024-12-11"));
        scenario.subscribe(account, large, since("2024-12-11"));
        desk.measure(meter, account, "2024-12-20", "x", "200");

        // 31 x 10 / 31 = 10, and 310 x 21 / 31 = 210, of which usage is 200
        assertThat(minimums(desk.bill(Desk.december())))
                .extracting(LineItem::servicePeriod, LineItem::subtotal)
                .containsExactly(
                        tuple(period("2024-12-01", "2024-12-11"), BigDecimal.TEN),
                        tuple(period("2024-12-11", "2025-01-01"), BigDecimal.TEN));
    }

    @Test
    void minimumOfAPriceIsOwedForTheDaysItIsInForce() {
        Document<Plan> plan = scenario.plan(template("0", MinimumSpend.UNSAID), "plan");
        scenario.put(pricing(plan, unit("1"), between("2024-12-01", "2024-12-11"), minimum("310")));
        scenario.put(pricing(plan, unit("2"), since("2024-12-11"), MinimumSpend.UNSAID));
        Document<Account> account = accountOn(plan, since("2024-01-01"));
        desk.measure(meter, account, "2024-12-02", "x", "40");
        desk.measure(meter, account, "2024-12-12", "x", "500");

        // 310 x 10 / 31 = 100, of which usage at that price is 40
        assertThat(minimums(desk.bill(Desk.december())))
                .extracting(LineItem::servicePeriod, LineItem::subtotal)
                .containsExactly(tuple(period("2024-12-01", "2024-12-11"), new BigDecimal("60")));
    }

    @Test
    void creditWithAMinimumIsRefused() {
        assertThatThrownBy(() -> new Pricing(
                        new Priced.OnTemplate(template("0", MinimumSpend.UNSAID).id()),
                        calls.id(),
                        unit("1"),
                        false,
                        since("2024-01-01"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        PricingType.GLOBAL_CREDIT,
                        minimum("5"),
                        Optional.empty()))
                .hasMessage("Expected a minimumSpend on a DEBIT only, but it is on a GLOBAL_CREDIT.");
    }

    private static List<LineItem> minimums(Bill bill) {
        return bill.lines().stream()
                .filter(line -> line.type() == LineItemType.MINIMUM_SPEND)
                .toList();
    }

    private static Period period(String from, String to) {
        return new Period(Scenario.instant(from), Scenario.instant(to));
    }

    private static MinimumSpend minimum(String amount) {
        return new MinimumSpend(Optional.of(new BigDecimal(amount)), Optional.empty());
    }

    private static PriceModel unit(String price) {
        return new Tiered(List.of(perUnit("0", price)));
    }

    private Document<Account> accountOn(Document<Plan> plan, Validity validity) {
        Document<Account> account = scenario.account("a");
        scenario.subscribe(account, plan, validity);
        return account;
    }

    private Document<PlanTemplate> template(String standingCharge, MinimumSpend minimum) {
        return scenario.put(new PlanTemplate(
                product.id(),
                "template",
                Optional.empty(),
                USD,
                Cycle.MONTHLY,
                new BigDecimal(standingCharge),
                Optional.empty(),
                minimum,
                CustomFields.NONE));
    }

    private static Plan plan(
            Document<PlanTemplate> template,
            String code,
            MinimumSpend minimum,
            Optional<Document<Product>> accountingProduct) {
        return new Plan(
                template.id(),
                template.content().product(),
                new Code(code),
                code,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                minimum,
                accountingProduct.map(Document::id),
                CustomFields.NONE);
    }

    private Pricing pricing(Document<Plan> plan, PriceModel model, Validity validity, MinimumSpend minimum) {
        return new Pricing(
                new Priced.OnPlan(plan.id()),
                calls.id(),
                model,
                false,
                validity,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                PricingType.DEBIT,
                minimum,
                Optional.empty());
    }
}

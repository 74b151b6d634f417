package io.tallystick.billing;

import static io.tallystick.billing.Scenario.between;
import static io.tallystick.billing.Scenario.since;
import static io.tallystick.rating.Bands.perUnit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.account.Account;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.Priced;
import io.tallystick.catalog.price.Tiered;
import io.tallystick.document.Document;
import java.math.BigDecimal;
import java.util.List;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is charged where nothing was used: the default value, once per account plan and billing period. */
final class DefaultValueTest {
    private final Desk desk = new Desk();
    private final Scenario scenario = new Scenario(desk);
    private final Document<Meter> meter = scenario.meter("seats", "x", "y");
    private final Document<Plan> plan = scenario.plan(scenario.template(scenario.product("p"), "0"), "plan");
    private final Document<Account> account = scenario.account("a");

    @ParameterizedTest
    @EnumSource(
            value = Function.class,
            names = {"SUM", "MIN", "MAX", "COUNT", "LATEST", "MEAN"})
    void periodWithoutUsageHasTheDefault(Function function) {
        price(aggregation(function, "10"), "2");
        scenario.subscribe(account, plan, since("2024-12-01"));
        desk.measure(meter, account, "2024-11-30T23:59:59.999999Z", "x", "7");
        desk.measure(meter, account, "2024-12-03", "y", "7");
        desk.measure(meter, account, "2025-01-01", "x", "7");

        quantities().containsExactly(new BigDecimal("10"));
        assertThat(desk.bill(Desk.december()).total()).isEqualTo(new BigDecimal("20"));
    }

    @Test
    void usageThatCorrectionsBroughtToZeroWasUsage() {
        price(aggregation(Function.SUM, "10"), "2");
        scenario.subscribe(account, plan, since("2024-12-01"));
        desk.measure(meter, account, "2024-12-03", "x", "5");
        desk.measure(meter, account, "2024-12-04", "x", "-5");

        quantities().containsExactly(BigDecimal.ZERO);
    }

    @Test
    void smallestUsageTakesThePlaceOfTheDefault() {
        price(aggregation(Function.SUM, "10"), "2");
        scenario.subscribe(account, plan, since("2024-12-01"));
        desk.measure(meter, account, "2024-12-31T23:59:59.999999Z", "x", "0.000000000001");

        quantities().containsExactly(new BigDecimal("0.000000000001"));
    }

    @Test
    void priceThatChangesInsideThePeriodDoesNotDoubleTheDefault() {
        Document<Aggregation> seats = aggregation(Function.MAX, "10");
        priceBetween(seats, "2024-01-01", "2024-12-11", "1");
        priceBetween(seats, "2024-12-11", "2024-12-21", "2");
        priceBetween(seats, "2024-12-21", "2025-12-21", "3");
        scenario.subscribe(account, plan, since("2024-12-01"));

        quantities().containsExactly(BigDecimal.ZERO, BigDecimal.ZERO, new BigDecimal("10"));
        assertThat(desk.bill(Desk.december()).total()).isEqualTo(new BigDecimal("30"));
    }

    @Test
    void usageBeforeThePriceChangedLeavesNoDefaultBehindIt() {
        Document<Aggregation> seats = aggregation(Function.MAX, "10");
        priceBetween(seats, "2024-01-01", "2024-12-11", "1");
        priceBetween(seats, "2024-12-11", "2025-12-21", "2");
        scenario.subscribe(account, plan, since("2024-12-01"));
        desk.measure(meter, account, "2024-12-05", "x", "4");

        quantities().containsExactly(new BigDecimal("4"), BigDecimal.ZERO);
    }

    @Test
    void priceThatEndedInsideThePeriodHasTheDefaultAndTheTimeWithoutPriceNone() {
        priceBetween(aggregation(Function.SUM, "10"), "2024-01-01", "2024-12-11", "1");
        scenario.subscribe(account, plan, since("2024-12-01"));

        quantities().containsExactly(new BigDecimal("10"));
        assertThat(desk.bill(Desk.december()).unpricedUsage()).isEmpty();
    }

    @Test
    void eachAccountPlanHasItsOwn() {
        price(aggregation(Function.SUM, "10"), "2");
        scenario.subscribe(account, plan, between("2024-12-01", "2024-12-10"));
        scenario.subscribe(account, plan, between("2024-12-20", "2024-12-25"));
        desk.measure(meter, account, "2024-12-05", "x", "4");

        quantities().containsExactly(new BigDecimal("4"), new BigDecimal("10"));
    }

    @Test
    void defaultBelowZeroIsRefused() {
        assertThatThrownBy(() -> aggregation(Function.SUM, "-0.5"))
                .hasMessage("Expected a defaultValue of at least 0, but was -0.5.");
    }

    private Document<Aggregation> aggregation(Function function, String defaultValue) {
        Aggregation plain = Scenario.aggregationOf(meter, "seats", function, "x");
        return scenario.put(Scenario.withDefault(plain, defaultValue));
    }

    private void price(Document<Aggregation> aggregation, String unitPrice) {
        scenario.pricing(plan, aggregation, new Tiered(List.of(perUnit("0", unitPrice))));
    }

    private void priceBetween(Document<Aggregation> aggregation, String from, String to, String unitPrice) {
        scenario.pricing(
                new Priced.OnPlan(plan.id()),
                aggregation,
                new Tiered(List.of(perUnit("0", unitPrice))),
                between(from, to));
    }

    private ListAssert<BigDecimal> quantities() {
        return assertThat(desk.bill(Desk.december()).lines().stream()
                .map(LineItem::quantity)
                .toList());
    }
}

package io.tallystick.billing;

import static io.tallystick.billing.Scenario.since;
import static io.tallystick.rating.Bands.band;
import static io.tallystick.rating.Bands.perUnit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tallystick.account.Account;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.price.PricingBand;
import io.tallystick.catalog.price.Tiered;
import io.tallystick.catalog.price.Volume;
import io.tallystick.document.Document;
import io.tallystick.quantity.Rounding;
import io.tallystick.rating.Consumption;
import io.tallystick.rating.Rating;
import io.tallystick.seed.Seed;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bands that are filled over the life of an account plan. */
final class SpanningTiersTest {
    private static final int RUNS = 60;
    private static final List<PricingBand> STORAGE = List.of(band("0", "7", "0.15"), band("500", "20", "0.10"));

    private Desk desk = new Desk();

    @Test
    void earlierUnitsFillTheBandsFirstAndAFixedPriceIsChargedOnce() {
        Setting setting = new Setting(desk, "1", Rounding.NONE);
        setting.measure("2024-10-20", "450");
        setting.measure("2024-11-20", "170");
        setting.measure("2024-12-20", "10");

        assertThat(setting.line("2024-11-01").exactAmount()).isEqualTo(new BigDecimal("74.5"));
        assertThat(setting.line("2024-12-01").exactAmount()).isEqualTo(new BigDecimal("39.5"));
        assertThat(setting.line("2025-01-01").exactAmount()).isEqualTo(new BigDecimal("1"));
    }

    @Test
    void lineSaysWhatWasThereBefore() {
        Setting setting = new Setting(desk, "100", Rounding.UP);
        setting.measure("2024-10-20", "50");
        setting.measure("2024-11-20", "30");
        setting.measure("2024-12-20", "30");

        assertThat(List.of(setting.line("2024-11-01"), setting.line("2024-12-01"), setting.line("2025-01-01")))
                .extracting(
                        line -> line.basis().earlier().quantity(),
                        line -> line.basis().earlier().units(),
                        LineItem::quantity,
                        LineItem::units)
                .containsExactly(
                        tuple(number("0"), number("0"), number("50"), number("1")),
                        tuple(number("50"), number("1"), number("30"), number("0")),
                        tuple(number("80"), number("1"), number("30"), number("1")));
    }

    @Test
    void usageBeforeTheAccountPlanFillsNothing() {
        Setting setting = new Setting(desk, "1", Rounding.NONE);
        setting.measure("2024-09-30T23:59:59.999999Z", "1000");
        setting.measure("2024-12-20", "10");

        assertThat(setting.line("2025-01-01").basis().earlier().units()).isEqualTo(BigDecimal.ZERO);
    }

    @Test
    void correctionsGiveBackWhatTheHighestBandsCharged() {
        Setting setting = new Setting(desk, "1", Rounding.NONE);
        setting.measure("2024-11-20", "620");
        setting.measure("2024-12-20", "-220");

        // 120 x 0.10 and the 20 of the second band, then 100 x 0.15
        assertThat(setting.line("2025-01-01").exactAmount()).isEqualTo(new BigDecimal("-47"));
    }

    @Test
    void allThatIsAskedIsOneQuestionForThePeriodAndOneForTheTimeBefore() {
        Setting setting = new Setting(desk, "1", Rounding.NONE);
        setting.measure("2024-11-20", "620");

        setting.line("2025-01-01");

        assertThat(desk.asked)
                .extracting(
                        query -> query.period().from(), query -> query.period().to())
                .containsExactlyInAnyOrder(
                        tuple(Scenario.instant("2024-12-01"), Scenario.instant("2025-01-01")),
                        tuple(Scenario.instant("2024-10-01"), Scenario.instant("2024-12-01")));
    }

    @Test
    void ratingInOneGoEqualsRatingInStepsWhateverIsMeasured() {
        Seed.runs(SpanningTiersTest.class, RUNS, random -> {
            desk = new Desk();
            Rounding rounding = List.of(Rounding.values()).get(random.nextInt(Rounding.values().length));
            Setting setting = new Setting(desk, Integer.toString(1 + random.nextInt(50)), rounding);
            BigDecimal total = BigDecimal.ZERO;
            int measurements = random.nextInt(12);
            for (int i = 0; i < measurements; i++) {
                BigDecimal quantity = BigDecimal.valueOf(random.nextInt(40_000) - 8_000, random.nextInt(3));
                Instant at = Scenario.instant("2024-10-01").plus(Duration.ofSeconds(random.nextInt(92 * 24 * 3600)));
                setting.measure(at.toString(), quantity.toPlainString());
                total = total.add(quantity);
            }

            BigDecimal inSteps = List.of("2024-11-01", "2024-12-01", "2025-01-01").stream()
                    .map(billDate -> setting.line(billDate).exactAmount())
                    .reduce(BigDecimal.ZERO, BigDecimal::add);

            assertThat(inSteps)
                    .isEqualByComparingTo(Rating.rate(
                                    new Tiered(STORAGE),
                                    Consumption.of(setting.aggregation.content().unitSize(), total))
                            .amount());
        });
    }

    @Test
    void volumeCannotSpanAPlan() {
        Scenario scenario = new Scenario(desk);
        Document<Plan> plan = scenario.plan(scenario.template(scenario.product("p"), "0"), "plan");
        Document<Aggregation> stored = scenario.aggregation(scenario.meter("m", "x"), "stored", Function.SUM, "x");

        assertThatThrownBy(() ->
                        scenario.spanning(plan, stored, new Volume(List.of(perUnit("0", "1"))), since("2024-01-01")))
                .hasMessage(
                        "Expected tiersSpanPlan only with cumulative true, but cumulative is false: there a higher band "
                                + "would change the price of units on earlier bills, and those never change.");
    }

    @ParameterizedTest
    @EnumSource(Function.class)
    void onlySumsAndCountsSpanAPlan(Function function) {
        Optional<String> reason = Scenario.aggregationOf(new Scenario(desk).meter("m", "x"), "stored", function, "x")
                .whyTiersCannotSpan();

        assertThat(reason.isEmpty()).isEqualTo(function == Function.SUM || function == Function.COUNT);
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text);
    }

    /** An account on a plan since October whose storage has tiers that span the plan. */
    private static final class Setting {
        private final Desk desk;
        private final Document<Meter> meter;
        private final Document<Account> account;
        private final Document<Aggregation> aggregation;

        Setting(Desk desk, String quantityPerUnit, Rounding rounding) {
            this.desk = desk;
            Scenario scenario = new Scenario(desk);
            meter = scenario.meter("storage", "gigabytes");
            Document<Plan> plan = scenario.plan(scenario.template(scenario.product("p"), "0"), "plan");
            aggregation = scenario.aggregation(meter, "stored", Function.SUM, "gigabytes", quantityPerUnit, rounding);
            scenario.spanning(plan, aggregation, new Tiered(STORAGE), since("2024-01-01"));
            account = scenario.account("a");
            scenario.subscribe(account, plan, since("2024-10-01"));
        }

        void measure(String at, String quantity) {
            desk.measure(meter, account, at, "gigabytes", quantity);
        }

        LineItem line(String billDate) {
            return desk.bill(Desk.order(billDate)).lines().getFirst();
        }
    }
}

package io.tallystick.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.account.Account;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.Priced;
import io.tallystick.catalog.price.PriceModel;
import io.tallystick.catalog.price.Tiered;
import io.tallystick.catalog.price.Volume;
import io.tallystick.document.Document;
import io.tallystick.quantity.Rounding;
import io.tallystick.rating.BandUsage;
import io.tallystick.rating.Bands;
import io.tallystick.seed.Seed;
import io.tallystick.time.Validity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class BillPropertyTest {
    private static final int RUNS = 60;
    private static final Instant DECEMBER = Instant.parse("2024-12-01T00:00:00Z");
    private static final List<Rounding> ROUNDINGS = List.of(Rounding.values());

    @Test
    void everyBillAddsUpFromBandToTotal() {
        Seed.runs(BillPropertyTest.class, RUNS, random -> {
            Desk desk = new Desk();
            arrange(random, desk);

            for (Bill bill : bills(desk)) {
                BigDecimal sum = BigDecimal.ZERO;
                for (LineItem line : bill.lines()) {
                    sum = sum.add(line.subtotal());
                    assertThat(line.subtotal())
                            .isEqualByComparingTo(line.exactAmount().setScale(2, RoundingMode.HALF_UP));
                    if (line.type() == LineItemType.USAGE) {
                        assertThat(line.bands().stream()
                                        .map(BandUsage::subtotal)
                                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                                .isEqualByComparingTo(line.exactAmount());
                    }
                }
                assertThat(bill.total()).isEqualByComparingTo(sum);
            }
        });
    }

    @Test
    void noUsageIsLostOrChargedTwiceWhateverPricesFollowEachOther() {
        Seed.runs(BillPropertyTest.class, RUNS, random -> {
            Desk desk = new Desk();
            BigDecimal measured = arrange(random, desk);

            BigDecimal onLines = BigDecimal.ZERO;
            for (Bill bill : bills(desk)) {
                for (LineItem line : bill.lines()) {
                    onLines = line.type() == LineItemType.USAGE ? onLines.add(line.quantity()) : onLines;
                }
                for (UnpricedUsage unpriced : bill.unpricedUsage()) {
                    onLines = onLines.add(unpriced.quantity());
                }
            }
            assertThat(onLines).isEqualByComparingTo(measured);
        });
    }

    private static List<Bill> bills(Desk desk) {
        Reckoning reckoning = desk.reckon(Desk.december());
        assertThat(reckoning.parked()).isEmpty();
        return reckoning.billable().stream().map(reckoning::bill).toList();
    }

    /** Accounts, prices that follow each other with gaps, and measurements; tells how much was measured in December. */
    private static BigDecimal arrange(RandomGenerator random, Desk desk) {
        Scenario scenario = new Scenario(desk);
        Document<Meter> meter = scenario.meter("m", "x");
        Document<Aggregation> sum = scenario.aggregation(
                meter,
                "sum",
                Function.SUM,
                "x",
                Integer.toString(1 + random.nextInt(7)),
                ROUNDINGS.get(random.nextInt(ROUNDINGS.size())));
        Document<Plan> plan = scenario.plan(
                scenario.template(scenario.product("p"), Integer.toString(random.nextInt(3) * 10)), "plan");
        validities(random)
                .forEach(validity -> scenario.pricing(new Priced.OnPlan(plan.id()), sum, model(random), validity));
        validities(random)
                .forEach(validity -> scenario.pricing(
                        new Priced.OnTemplate(plan.content().template()), sum, model(random), validity));
        // at least one price at some time, otherwise the aggregation is not part of the plan
        scenario.pricing(
                new Priced.OnPlan(plan.id()), sum, model(random), Scenario.between("2023-01-01", "2023-02-01"));
        BigDecimal measured = BigDecimal.ZERO;
        for (int number = 0; number < 1 + random.nextInt(3); number++) {
            Document<Account> account = scenario.account("account " + number);
            scenario.subscribe(account, plan, Scenario.since("2024-01-01"));
            for (int i = 0; i < random.nextInt(20); i++) {
                BigDecimal value = BigDecimal.valueOf(random.nextInt(10_000) - 1_000, random.nextInt(4));
                Instant at = DECEMBER.plus(random.nextInt(31 * 24), ChronoUnit.HOURS);
                desk.measure(meter, account, at.toString(), "x", value.toPlainString());
                measured = measured.add(value);
            }
        }
        return measured;
    }

    private static PriceModel model(RandomGenerator random) {
        List<io.tallystick.catalog.price.PricingBand> bands = List.of(
                Bands.band("0", Integer.toString(random.nextInt(3)), "0.0" + random.nextInt(100)),
                Bands.band("50.5", "0", "0.00" + random.nextInt(100)));
        return random.nextBoolean() ? new Tiered(bands) : new Volume(bands);
    }

    /** Up to three that follow each other around December, with and without gaps. */
    private static List<Validity> validities(RandomGenerator random) {
        TreeSet<Integer> hours = new TreeSet<>();
        for (int i = 0; i < 4; i++) {
            hours.add(random.nextInt(40 * 24) - 5 * 24);
        }
        List<Integer> edges = List.copyOf(hours);
        List<Validity> validities = new ArrayList<>();
        for (int i = 1; i < edges.size(); i++) {
            if (random.nextInt(3) > 0) {
                validities.add(new Validity(
                        DECEMBER.plus(edges.get(i - 1), ChronoUnit.HOURS),
                        Optional.of(DECEMBER.plus(edges.get(i), ChronoUnit.HOURS))));
            }
        }
        return validities;
    }
}

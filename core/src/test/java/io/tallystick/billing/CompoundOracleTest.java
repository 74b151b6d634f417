package io.tallystick.billing;

import static io.tallystick.billing.Scenario.since;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.account.Account;
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
import io.tallystick.seed.Seed;
import io.tallystick.time.Validity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Formulas that are drawn together with what they should come to, reckoned without parser, questions or stretches. */
final class CompoundOracleTest {
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final MathContext QUOTIENT = new MathContext(34, RoundingMode.HALF_EVEN);

    @Test
    void everyLineIsWhatItsFormulaMakesOfTheMeasurementsOfItsStretch() {
        Seed.runs(CompoundOracleTest.class, 300, random -> new World(random).check());
    }

    /** A formula and its value over the sums of the names; empty: a division by zero. */
    private record Drawn(
            String text, java.util.function.Function<Map<String, BigDecimal>, Optional<BigDecimal>> value) {
        static Drawn of(RandomGenerator random) {
            Drawn whole = sum(random, 3);
            if (random.nextBoolean()) {
                return whole;
            }
            Drawn divisor = sum(random, 1);
            return new Drawn(
                    "(%s) / (%s)".formatted(whole.text, divisor.text),
                    sums -> whole.value.apply(sums).flatMap(left -> divisor.value
                            .apply(sums)
                            .filter(right -> right.signum() != 0)
                            .map(right -> left.divide(right, QUOTIENT))));
        }

        private static Drawn sum(RandomGenerator random, int depth) {
            if (depth == 0 || random.nextInt(4) == 0) {
                String name = NAMES.get(random.nextInt(NAMES.size()));
                int factor = 1 + random.nextInt(9);
                return new Drawn(
                        "%s * %d.5".formatted(name, factor),
                        sums -> Optional.of(
                                sums.getOrDefault(name, BigDecimal.ZERO).multiply(new BigDecimal(factor + ".5"))));
            }
            Drawn left = sum(random, depth - 1);
            Drawn right = sum(random, depth - 1);
            return switch (random.nextInt(4)) {
                case 0 -> both(left, "(%s) + (%s)", right, BigDecimal::add);
                case 1 -> both(left, "(%s) - (%s)", right, BigDecimal::subtract);
                case 2 -> both(left, "Math.max(%s, %s)", right, BigDecimal::max);
                default -> both(left, "((%1$s) < (%2$s) ? (%1$s) : (%2$s))", right, BigDecimal::min);
            };
        }

        private static Drawn both(Drawn left, String text, Drawn right, BinaryOperator<BigDecimal> operator) {
            return new Drawn(text.formatted(left.text, right.text), sums -> left.value
                    .apply(sums)
                    .flatMap(one -> right.value.apply(sums).map(other -> operator.apply(one, other))));
        }
    }

    private record Measured(String name, Instant at, BigDecimal value) {}

    private static final class World {
        private final RandomGenerator random;
        private final Desk desk = new Desk();
        private final Scenario scenario = new Scenario(desk);
        private final Document<Plan> plan = scenario.plan(scenario.template(scenario.product("product"), "0"), "plan");
        private final List<Measured> measured = new ArrayList<>();
        private final Drawn drawn;

        World(RandomGenerator random) {
            this.random = random;
            this.drawn = Drawn.of(random);
        }

        void check() {
            Document<Account> account = scenario.account("acme");
            scenario.subscribe(account, plan, since("2024-01-01"));
            Map<String, Countable> inputs = new TreeMap<>();
            for (String name : NAMES) {
                Document<Meter> meter = scenario.meter("m" + name, "x");
                Document<Aggregation> sum = scenario.aggregation(meter, name, Function.SUM, "x");
                if (drawn.text.contains(name + " *")) {
                    inputs.put(name, new Countable.Simple(sum.id()));
                }
                for (int i = random.nextInt(4); i > 0; i--) {
                    Measured one = new Measured(
                            name,
                            Instant.parse("2024-11-30T00:00:00Z").plusSeconds(random.nextInt(33 * 86_400)),
                            BigDecimal.valueOf(random.nextInt(-2_000, 5_000), 3));
                    measured.add(one);
                    desk.measure(
                            meter,
                            account,
                            one.at().toString(),
                            "x",
                            one.value().toPlainString());
                }
            }
            Document<CompoundAggregation> compound = scenario.compound(drawn.text, inputs, false, "1", Rounding.NONE);
            Instant change = Instant.parse("2024-12-01T00:00:00Z").plusSeconds(random.nextInt(1, 31 * 86_400));
            price(compound, "2024-01-01T00:00:00Z", Optional.of(change));
            price(compound, change.toString(), Optional.empty());

            List<Optional<BigDecimal>> expected = List.of(
                    expected(Instant.parse("2024-12-01T00:00:00Z"), change, inputs),
                    expected(change, Instant.parse("2025-01-01T00:00:00Z"), inputs));

            Reckoning reckoning = desk.reckon(Desk.december());
            if (expected.stream().allMatch(Optional::isPresent)) {
                assertThat(reckoning.parked()).isEmpty();
                List<LineItem> lines =
                        reckoning.bill(reckoning.billable().getFirst()).lines();
                for (int i = 0; i < 2; i++) {
                    assertThat(lines.get(i).quantity())
                            .as("%s of %s", drawn.text, measured)
                            .isEqualByComparingTo(expected.get(i).orElseThrow());
                }
            } else {
                assertThat(reckoning.parked())
                        .as("%s of %s", drawn.text, measured)
                        .hasSize(1);
            }
        }

        private Optional<BigDecimal> expected(Instant from, Instant to, Map<String, Countable> inputs) {
            Map<String, BigDecimal> sums = new HashMap<>();
            measured.stream()
                    .filter(one -> inputs.containsKey(one.name())
                            && !one.at().isBefore(from)
                            && one.at().isBefore(to))
                    .forEach(one -> sums.merge(one.name(), one.value(), BigDecimal::add));
            return sums.isEmpty() ? Optional.of(BigDecimal.ZERO) : drawn.value.apply(sums);
        }

        private void price(Document<CompoundAggregation> compound, String from, Optional<Instant> to) {
            scenario.put(new Pricing(
                    new Priced.OnPlan(plan.id()),
                    new Countable.Compound(compound.id()),
                    new Tiered(List.of(new PricingBand(
                            new Id<>("band"), BigDecimal.ZERO, BigDecimal.ZERO, new BigDecimal("0.01")))),
                    false,
                    new Validity(Instant.parse(from), to),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    PricingType.DEBIT,
                    MinimumSpend.UNSAID,
                    Optional.empty()));
        }
    }
}

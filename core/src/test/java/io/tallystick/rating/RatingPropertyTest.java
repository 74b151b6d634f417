package io.tallystick.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.catalog.UnitSize;
import io.tallystick.catalog.price.PriceModel;
import io.tallystick.catalog.price.PricingBand;
import io.tallystick.catalog.price.Tiered;
import io.tallystick.catalog.price.Volume;
import io.tallystick.id.Id;
import io.tallystick.quantity.Exact;
import io.tallystick.quantity.Rounding;
import io.tallystick.seed.Seed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RatingPropertyTest {
    private static final int RUNS = 400;
    private static final int UNITS_MAX = 60;
    private static final List<Rounding> ROUNDINGS = List.of(Rounding.values());

    @Test
    void tieredCostsWhatCountingUnitByUnitCosts() {
        Seed.runs(RatingPropertyTest.class, RUNS, random -> {
            List<PricingBand> bands = bands(random);
            int units = random.nextInt(UNITS_MAX);

            assertThat(Rating.rate(new Tiered(bands), wholeUnits(units)).amount())
                    .isEqualByComparingTo(countedUnitByUnit(bands, units));
        });
    }

    @Test
    void volumeCostsWhatItsHighestBandCosts() {
        Seed.runs(RatingPropertyTest.class, RUNS, random -> {
            List<PricingBand> bands = bands(random);
            int units = 1 + random.nextInt(UNITS_MAX);
            PricingBand highest = bands.reversed().stream()
                    .filter(band -> band.lowerLimit().intValueExact() < units)
                    .findFirst()
                    .orElseThrow();

            assertThat(Rating.rate(new Volume(bands), wholeUnits(units)).amount())
                    .isEqualByComparingTo(
                            highest.fixedPrice().add(highest.unitPrice().multiply(BigDecimal.valueOf(units))));
        });
    }

    @Test
    void tieredNeverCostsLessForMore() {
        Seed.runs(RatingPropertyTest.class, RUNS, random -> {
            PriceModel model = new Tiered(bands(random));
            BigDecimal less = decimal(random, UNITS_MAX);
            BigDecimal more = less.add(decimal(random, 10));

            assertThat(Rating.rate(model, fractionalUnits(more)).amount())
                    .isGreaterThanOrEqualTo(
                            Rating.rate(model, fractionalUnits(less)).amount());
        });
    }

    @Test
    void bandsAddUpToAmountUnitsAndQuantityWhateverTheRounding() {
        Seed.runs(RatingPropertyTest.class, RUNS, random -> {
            BigDecimal quantityPerUnit = decimal(random, 9).add(new BigDecimal("0.001"));
            BigDecimal quantity = decimal(random, 200).subtract(decimal(random, 50));
            Rounding rounding = ROUNDINGS.get(random.nextInt(ROUNDINGS.size()));
            BigDecimal units = rounding.apply(Exact.divide(quantity, quantityPerUnit));
            PriceModel model = random.nextBoolean() ? new Tiered(bands(random)) : new Volume(bands(random));

            Rated rated = Rating.rate(model, new Consumption(quantity, quantityPerUnit, units));

            assertThat(sum(rated.bands().stream().map(BandUsage::subtotal).toList()))
                    .isEqualByComparingTo(rated.amount());
            if (units.signum() != 0) {
                assertThat(sum(rated.bands().stream().map(BandUsage::units).toList()))
                        .isEqualByComparingTo(units);
                assertThat(sum(rated.bands().stream().map(BandUsage::quantity).toList()))
                        .isEqualByComparingTo(quantity);
            }
        });
    }

    @Test
    void ratingInOneGoEqualsRatingInStepsAndCorrectionsAreStepsToo() {
        Seed.runs(RatingPropertyTest.class, RUNS, random -> {
            PriceModel model = new Tiered(bands(random));
            UnitSize size = new UnitSize(
                    decimal(random, 9).add(new BigDecimal("0.001")), ROUNDINGS.get(random.nextInt(ROUNDINGS.size())));
            BigDecimal total = BigDecimal.ZERO;
            List<Rated> steps = new ArrayList<>();
            int stepCount = 1 + random.nextInt(6);
            for (int step = 0; step < stepCount; step++) {
                BigDecimal quantity = decimal(random, 60).subtract(decimal(random, 20));
                Earlier earlier = new Earlier(total, size.units(total));
                steps.add(Rating.rate(model, earlier, Consumption.after(earlier, size, quantity)));
                total = total.add(quantity);
            }

            Rated inOneGo = Rating.rate(model, Consumption.of(size, total));

            assertThat(sum(steps.stream().map(Rated::amount).toList())).isEqualByComparingTo(inOneGo.amount());
            assertThat(perBand(steps)).isEqualTo(perBand(List.of(inOneGo)));
        });
    }

    /** Units and fixed price charged by each band, where anything is left. */
    private static Map<Id<PricingBand>, List<BigDecimal>> perBand(List<Rated> steps) {
        Map<Id<PricingBand>, List<BigDecimal>> charged = new HashMap<>();
        steps.stream()
                .flatMap(step -> step.bands().stream())
                .forEach(band -> charged.merge(
                        band.band(),
                        List.of(band.units(), band.fixedPrice()),
                        (one, other) -> List.of(
                                Exact.plain(one.getFirst().add(other.getFirst())),
                                Exact.plain(one.getLast().add(other.getLast())))));
        charged.values().removeIf(sums -> sums.stream().allMatch(sum -> sum.signum() == 0));
        return charged;
    }

    private static BigDecimal countedUnitByUnit(List<PricingBand> bands, int units) {
        BigDecimal amount = BigDecimal.ZERO;
        for (int unit = 0; unit < units; unit++) {
            int unitsBefore = unit;
            PricingBand own = bands.reversed().stream()
                    .filter(band -> band.lowerLimit().intValueExact() <= unitsBefore)
                    .findFirst()
                    .orElseThrow();
            boolean isFirstOfItsBand = own.lowerLimit().intValueExact() == unitsBefore;
            amount = amount.add(own.unitPrice()).add(isFirstOfItsBand ? own.fixedPrice() : BigDecimal.ZERO);
        }
        return amount;
    }

    /** One to five bands with whole limits, the first at 0, prices below 10,000 with up to three places. */
    private static List<PricingBand> bands(RandomGenerator random) {
        return IntStream.concat(IntStream.of(0), random.ints(random.nextInt(5), 1, UNITS_MAX))
                .distinct()
                .sorted()
                .mapToObj(limit -> new PricingBand(
                        new Id<>("band-" + limit),
                        BigDecimal.valueOf(limit),
                        random.nextBoolean() ? BigDecimal.ZERO : decimal(random, 10),
                        decimal(random, 10)))
                .toList();
    }

    private static BigDecimal decimal(RandomGenerator random, int bound) {
        return BigDecimal.valueOf(random.nextInt(bound * 1000), random.nextInt(4));
    }

    private static Consumption wholeUnits(int units) {
        return fractionalUnits(BigDecimal.valueOf(units));
    }

    private static Consumption fractionalUnits(BigDecimal units) {
        return new Consumption(units, BigDecimal.ONE, units);
    }

    private static BigDecimal sum(List<BigDecimal> numbers) {
        return numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}

package io.tallystick.rating;

import static io.tallystick.rating.Bands.band;
import static io.tallystick.rating.Bands.flat;
import static io.tallystick.rating.Bands.perUnit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tallystick.catalog.UnitSize;
import io.tallystick.catalog.price.PriceModel;
import io.tallystick.catalog.price.Tiered;
import io.tallystick.catalog.price.Volume;
import io.tallystick.id.Id;
import io.tallystick.quantity.Rounding;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RatingTest {
    private static final PriceModel STORAGE = new Tiered(List.of(perUnit("0", "0.15"), perUnit("500", "0.10")));
    private static final PriceModel STORAGE_BY_VOLUME =
            new Volume(List.of(perUnit("0", "0.15"), perUnit("500", "0.10")));
    private static final PriceModel STAIRSTEP = new Volume(List.of(flat("0", "12"), flat("4", "25"), flat("6", "50")));
    private static final PriceModel DURATION = new Tiered(List.of(
            perUnit("0", "0.00001833337"),
            perUnit("6000000000", "0.0000165"),
            perUnit("15000000000", "0.00001466674")));

    @ParameterizedTest
    @CsvSource({
        "0,         0",
        "0.1,       0.015",
        "1,         0.15",
        "499,       74.85",
        "499.999,   74.99985",
        "500,       75",
        "500.001,   75.0001",
        "501,       75.1",
        "620,       87",
        "1000000,   100025"
    })
    void tieredChargesEachUnitAtThePriceOfItsBand(String units, BigDecimal amount) {
        assertThat(rate(STORAGE, units).amount()).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0.15", "499, 74.85", "500, 75", "500.001, 50.0001", "501, 50.1", "620, 62"})
    void volumeChargesAllUnitsAtThePriceOfTheHighestBandReached(String units, BigDecimal amount) {
        assertThat(rate(STORAGE_BY_VOLUME, units).amount()).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.000001, 12", "3.9, 12", "4, 12", "4.000001, 25", "5.2, 25", "6, 25", "6.1, 50", "1000, 50"})
    void stairstepChargesTheStepThatIsReached(String units, BigDecimal amount) {
        assertThat(rate(STAIRSTEP, units).amount()).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 11", "10, 20", "10.5, 25.25", "11, 25.5", "20, 30", "21, 130"})
    void chargesFixedPriceOnceWhenTierIsEntered(String units, BigDecimal amount) {
        PriceModel model = new Tiered(List.of(band("0", "10", "1"), band("10", "5", "0.5"), band("20", "100", "0")));

        assertThat(rate(model, units).amount()).isEqualByComparingTo(amount);
    }

    @Test
    void ratesTheFirstMeasurementOfTheLambdaExampleExactly() {
        assertThat(rate(DURATION, "51200").amount()).isEqualTo(new BigDecimal("0.938668544"));
    }

    @Test
    void ratesSevenBillionGigabyteSecondsOverTwoTiers() {
        Rated rated = rate(DURATION, "7000000000");

        assertThat(rated.amount()).isEqualTo(new BigDecimal("126500.22"));
        assertThat(rated.bands())
                .extracting(BandUsage::subtotal)
                .containsExactly(new BigDecimal("110000.22"), new BigDecimal("16500"));
        assertThat(rated.averageUnitPrice()).isEqualTo(new BigDecimal("0.00001807146"));
    }

    @Test
    void largestQuantityThereCanBeIsRatedToTheLastDigit() {
        Rated rated = rate(DURATION, "99999999999999999999999999.999999999999");

        // 6e9 x 0.00001833337 + 9e9 x 0.0000165 + (1e26 - 1e-12 - 15e9) x 0.00001466674
        assertThat(rated.amount()).isEqualTo(new BigDecimal("1466674000000000038499.11999999999999998533326"));
    }

    @Test
    void bandSaysWhatItHoldsAndCharges() {
        Rated rated = Rating.rate(
                new Tiered(List.of(band("0", "1", "0.25"), band("90", "2", "0.2"))), consumption("48900", "500", "98"));

        assertThat(rated.bands())
                .containsExactly(
                        new BandUsage(
                                new Id<>("band-0"),
                                BigDecimal.ZERO,
                                new BigDecimal("45000"),
                                new BigDecimal("90"),
                                new BigDecimal("0.25"),
                                new BigDecimal("1"),
                                new BigDecimal("22.5"),
                                new BigDecimal("23.5")),
                        new BandUsage(
                                new Id<>("band-90"),
                                new BigDecimal("90"),
                                new BigDecimal("3900"),
                                new BigDecimal("8"),
                                new BigDecimal("0.2"),
                                new BigDecimal("2"),
                                new BigDecimal("1.6"),
                                new BigDecimal("3.6")));
    }

    @Test
    void unitsMadeByRoundingUpTakeNoQuantityFromNowhere() {
        Rated rated = Rating.rate(
                new Tiered(List.of(perUnit("0", "1"), perUnit("97.9", "1"))), consumption("48900", "500", "98"));

        assertThat(rated.bands())
                .extracting(BandUsage::quantity)
                .containsExactly(new BigDecimal("48900"), BigDecimal.ZERO);
    }

    @Test
    void quantityRoundedAwayChargesNothingAndHasNoBand() {
        Rated rated = Rating.rate(new Tiered(List.of(band("0", "10", "1"))), consumption("499", "500", "0"));

        assertThat(rated.amount()).isEqualTo(BigDecimal.ZERO);
        assertThat(rated.bands()).isEmpty();
        assertThat(rated.averageUnitPrice()).isEqualTo(BigDecimal.ZERO);
    }

    @Test
    void volumeShowsOnlyTheBandThatCharges() {
        assertThat(rate(STORAGE_BY_VOLUME, "620").bands()).singleElement().satisfies(band -> {
            assertThat(band.lowerLimit()).isEqualTo(new BigDecimal("500"));
            assertThat(band.units()).isEqualTo(new BigDecimal("620"));
            assertThat(band.quantity()).isEqualTo(new BigDecimal("620"));
        });
    }

    @Test
    void correctionsThatOutweighUsageAreGivenBackAtTheFirstPriceWithoutFixedPrice() {
        List<io.tallystick.catalog.price.PricingBand> bands =
                List.of(band("0", "10", "0.15"), band("500", "20", "0.10"));

        for (PriceModel model : List.of(new Tiered(bands), new Volume(bands))) {
            Rated rated = rate(model, "-4");

            assertThat(rated.amount()).isEqualTo(new BigDecimal("-0.6"));
            assertThat(rated.averageUnitPrice()).isEqualTo(new BigDecimal("0.15"));
            assertThat(rated.bands()).singleElement().satisfies(band -> {
                assertThat(band.quantity()).isEqualTo(new BigDecimal("-4"));
                assertThat(band.fixedPrice()).isEqualTo(BigDecimal.ZERO);
            });
        }
    }

    @Test
    void smallestPriceIsAveragedFromTheExactAmount() {
        Rated rated = Rating.rate(new Tiered(List.of(perUnit("0", "0.22"))), consumption("1", "1000000", "0.000001"));

        assertThat(rated.amount()).isEqualTo(new BigDecimal("0.00000022"));
        assertThat(rated.averageUnitPrice()).isEqualTo(new BigDecimal("0.22"));
    }

    @ParameterizedTest
    @CsvSource({
        // units of 500, rounded up, and what they cost at 0.25 each, the eleventh and later ones at 0.20 and 2 once
        "0,     0,  0",
        "1,     1,  0.25",
        "500,   1,  0.25",
        "501,   2,  0.5",
        "5000,  10, 2.5",
        "5001,  11, 4.7",
        "48900, 98, 22.1"
    })
    void packageChargesEachBegunOne(String quantity, String units, BigDecimal amount) {
        PriceModel model = new Tiered(List.of(perUnit("0", "0.25"), band("10", "2", "0.2")));
        Consumption consumption =
                Consumption.of(new UnitSize(new BigDecimal("500"), Rounding.UP), new BigDecimal(quantity));

        assertThat(consumption.units()).isEqualTo(new BigDecimal(units));
        assertThat(Rating.rate(model, consumption).amount()).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 10.5", "10, 20", "10.1, 10.05", "20, 15", "20.000001, 100"})
    void customVolumeChargesFixedAndUnitPriceOfTheHighestBandReached(String units, BigDecimal amount) {
        PriceModel model = new Volume(List.of(band("0", "10", "1"), band("10", "5", "0.5"), band("20", "100", "0")));

        assertThat(rate(model, units).amount()).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({
        // earlier units, units now, amount now; bands as above
        "0,    10,  20",
        "10,   0,   0",
        "10,   0.5, 5.25",
        "10.5, 9.5, 4.75",
        "5,    20,  115",
        "20,   1,   100",
        "21,   5,   0",
        "21,   -1,  -100",
        "10,   -10, -20",
        "0,    -3,  -3",
        "-3,   13,  23",
        "25,   -28, -133"
    })
    void earlierUnitsFillTheBandsFirst(String earlier, String units, BigDecimal amount) {
        PriceModel model = new Tiered(List.of(band("0", "10", "1"), band("10", "5", "0.5"), band("20", "100", "0")));
        Earlier before = new Earlier(new BigDecimal(earlier), new BigDecimal(earlier));

        assertThat(Rating.rate(model, before, consumption(units, "1", units)).amount())
                .isEqualByComparingTo(amount);
    }

    @Test
    void bandsAfterEarlierUnitsSayWhatIsChargedNow() {
        Rated rated = Rating.rate(
                new Tiered(List.of(perUnit("0", "0.15"), perUnit("500", "0.10"))),
                new Earlier(new BigDecimal("450"), new BigDecimal("450")),
                consumption("170", "1", "170"));

        assertThat(rated.bands())
                .extracting(BandUsage::units, BandUsage::quantity, BandUsage::subtotal)
                .containsExactly(
                        tuple(new BigDecimal("50"), new BigDecimal("50"), new BigDecimal("7.5")),
                        tuple(new BigDecimal("120"), new BigDecimal("120"), new BigDecimal("12")));
    }

    @Test
    void amountThatIsNotTheSumOfItsBandsIsRefused() {
        List<BandUsage> bands = rate(STORAGE, "620").bands();

        assertThatThrownBy(() -> new Rated(consumption("620", "1", "620"), new BigDecimal("87.01"), bands))
                .hasMessage("Expected an amount of 87, the sum of its bands, but was 87.01.");
    }

    @Test
    void bandThatMiscalculatesIsRefused() {
        assertThatThrownBy(() -> new BandUsage(
                        new Id<>("b"),
                        BigDecimal.ZERO,
                        BigDecimal.TWO,
                        BigDecimal.TWO,
                        BigDecimal.TEN,
                        BigDecimal.ONE,
                        BigDecimal.TEN,
                        BigDecimal.TEN))
                .hasMessage("Expected band b to charge 2 x 10 + 1, but was 10 + 1 = 10.");
    }

    @Test
    void equalAmountsAreEqualWhateverTrailingZerosTheyCameWith() {
        PriceModel model = new Tiered(List.of(band("0", "1.00", "2.50")));
        PriceModel sameModel = new Tiered(List.of(band("0", "1", "2.5")));

        assertThat(Rating.rate(model, consumption("2.0", "1.0", "2.00")))
                .isEqualTo(Rating.rate(sameModel, consumption("2", "1", "2")));
    }

    private static Rated rate(PriceModel model, String units) {
        return Rating.rate(model, consumption(units, "1", units));
    }

    private static Consumption consumption(String quantity, String quantityPerUnit, String units) {
        return new Consumption(new BigDecimal(quantity), new BigDecimal(quantityPerUnit), new BigDecimal(units));
    }
}

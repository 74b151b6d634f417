package io.tallystick.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.catalog.price.PricingBand;
import io.tallystick.catalog.price.Tiered;
import io.tallystick.catalog.price.Volume;
import io.tallystick.formula.Formula;
import io.tallystick.id.Code;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import io.tallystick.quantity.Rounding;
import io.tallystick.time.Validity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules that hold inside one document of the catalogue. */
class CatalogTest {
    private static final DataField MEMORY = data("memory", FieldCategory.MEASURE);
    private static final DataField REGION = data("region", FieldCategory.WHERE);

    @Test
    void refusesAFieldCodeThatIsThereTwice() {
        assertThatThrownBy(() -> meter(List.of(MEMORY, data("memory", FieldCategory.COST)), List.of()))
                .hasMessage("Expected each field code once in a meter, but memory is there twice.");
        assertThatThrownBy(() -> meter(List.of(MEMORY), List.of(derived("memory", "memory * 2"))))
                .hasMessageContaining("memory is there twice");
    }

    @Test
    void refusesACalculationThatNamesNoFieldOfItsMeter() {
        assertThatThrownBy(() -> meter(List.of(MEMORY, REGION), List.of(derived("cost", "memory * tim"))))
                .hasMessageContaining("calculation of cost")
                .hasMessageContaining("it names tim; there are memory, region");
    }

    @Test
    void refusesACalculationOverAnotherDerivedField() {
        assertThatThrownBy(() ->
                        meter(List.of(MEMORY), List.of(derived("twice", "memory * 2"), derived("more", "twice * 2"))))
                .hasMessageContaining("it names twice");
    }

    @ParameterizedTest
    @CsvSource({
        "48900, 500, UP, 98",
        "48900, 500, DOWN, 97",
        "48900, 500, NEAREST, 98",
        "48900, 500, NONE, 97.8",
        "0, 500, UP, 0",
        "500, 500, UP, 1",
        "500.000000000001, 500, UP, 2",
        "1, 1000000, NONE, 0.000001",
        "-48900, 500, UP, -97",
    })
    void dividesFirstAndRoundsThen(BigDecimal quantity, BigDecimal perUnit, Rounding rounding, BigDecimal units) {
        assertThat(new UnitSize(perUnit, rounding).units(quantity)).isEqualTo(units);
    }

    @ParameterizedTest
    @EnumSource(
            value = Function.class,
            names = {"SUM", "MIN", "MAX", "LATEST", "MEAN"})
    void refusesArithmeticOnText(Function function) {
        Meter meter = meter(List.of(MEMORY, REGION), List.of());

        assertThat(aggregation("region", function, BigDecimal.ONE, Rounding.NONE)
                        .misfit(meter))
                .hasValueSatisfying(
                        message -> assertThat(message).contains("a numeric field for " + function, "WHERE"));
        assertThat(aggregation("memory", function, BigDecimal.ONE, Rounding.NONE)
                        .misfit(meter))
                .isEmpty();
    }

    @Test
    void countsEveryFieldAndDistinguishesTextsOnly() {
        Meter meter = meter(List.of(MEMORY, REGION), List.of());

        assertThat(aggregation("region", Function.COUNT, BigDecimal.ONE, Rounding.NONE)
                        .misfit(meter))
                .isEmpty();
        assertThat(aggregation("region", Function.UNIQUE, BigDecimal.ONE, Rounding.NONE)
                        .misfit(meter))
                .isEmpty();
        assertThat(aggregation("memory", Function.UNIQUE, BigDecimal.ONE, Rounding.NONE)
                        .misfit(meter))
                .hasValueSatisfying(message -> assertThat(message).contains("a text field for UNIQUE"));
        assertThat(aggregation("nothing", Function.COUNT, BigDecimal.ONE, Rounding.NONE)
                        .misfit(meter))
                .hasValueSatisfying(message -> assertThat(message).contains("[memory, region]"));
    }

    @Test
    void refusesAQuantityPerUnitOfZero() {
        assertThatThrownBy(() -> aggregation("memory", Function.SUM, BigDecimal.ZERO, Rounding.NONE))
                .hasMessage("Expected a quantityPerUnit above 0, but was 0.");
    }

    @Test
    void sortsBandsAndRefusesThoseThatLeaveAGapOrSayALimitTwice() {
        assertThat(new Tiered(List.of(band("500"), band("0"))).bands())
                .extracting(PricingBand::lowerLimit)
                .containsExactly(BigDecimal.ZERO, new BigDecimal("500"));
        assertThatThrownBy(() -> new Volume(List.of(band("1"), band("500"))))
                .hasMessage("Expected pricing bands that start at a lowerLimit of 0, but the lowest was 1.");
        assertThatThrownBy(() -> new Tiered(List.of()))
                .hasMessage("Expected pricing bands that start at a lowerLimit of 0, but there were none.");
        assertThatThrownBy(() -> new Tiered(List.of(band("0"), band("500"), band("500.0"))))
                .hasMessageContaining("Expected each lowerLimit once, but 500");
    }

    @Test
    void pricesCollideWhereTheirTimesOverlapAndNotWhereTheyTouch() {
        Pricing first = pricing("2024-12-01T00:00:00Z", Optional.of("2025-01-01T00:00:00Z"));

        assertThat(first.collidesWith(pricing("2025-01-01T00:00:00Z", Optional.empty())))
                .isFalse();
        assertThat(first.collidesWith(pricing("2024-12-31T23:59:59.999999Z", Optional.empty())))
                .isTrue();
        assertThat(pricing("2025-02-01T00:00:00Z", Optional.empty()).collidesWith(first))
                .isFalse();
    }

    private static Pricing pricing(String start, Optional<String> end) {
        return new Pricing(
                new Priced.OnPlan(new Id<>("plan")),
                new Id<>("aggregation"),
                new Volume(List.of(band("0"))),
                false,
                new Validity(Instant.parse(start), end.map(Instant::parse)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static PricingBand band(String lowerLimit) {
        return new PricingBand(
                new Id<>("band-" + lowerLimit), new BigDecimal(lowerLimit), BigDecimal.ZERO, BigDecimal.ONE);
    }

    private static Aggregation aggregation(String field, Function function, BigDecimal perUnit, Rounding rounding) {
        return new Aggregation(
                Optional.empty(),
                "aggregation",
                new Id<>("meter"),
                new FieldCode(field),
                function,
                new UnitSize(perUnit, rounding),
                Optional.empty(),
                "unit",
                Optional.empty(),
                CustomFields.NONE);
    }

    private static Meter meter(List<DataField> dataFields, List<DerivedField> derivedFields) {
        return new Meter(
                new Code("meter"),
                "meter",
                Optional.empty(),
                Optional.empty(),
                dataFields,
                derivedFields,
                CustomFields.NONE,
                Slots.NONE);
    }

    private static DataField data(String code, FieldCategory category) {
        return new DataField(new FieldCode(code), code, category, Optional.empty());
    }

    private static DerivedField derived(String code, String calculation) {
        return new DerivedField(new FieldCode(code), code, FieldCategory.MEASURE, Optional.empty(), (Formula)
                Formula.parse(calculation));
    }
}

package io.tallystick.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.catalog.price.PricingBand;
import io.tallystick.catalog.price.Volume;
import io.tallystick.id.Code;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import io.tallystick.quantity.Rounding;
import io.tallystick.seed.Seed;
import io.tallystick.time.Validity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which segment a measurement belongs to, and which segmentations there may be. */
final class SegmentationTest {
    private static final FieldCode REGION = new FieldCode("region");
    private static final FieldCode TIER = new FieldCode("tier");
    private static final List<FieldCode> FIELDS = List.of(REGION, TIER);

    @ParameterizedTest(name = "of {0}, {1} and {2}")
    @CsvSource({
        // more exact texts
        "eu gold, eu *, * gold",
        "eu gold, eu **, ** **",
        "eu **, * *, ** **",
        "** gold, * *, ** **",
        // as many: more that must be there
        "eu *, eu **, * **",
        "* gold, eu **, ** gold",
        "* *, * **, ** *",
        // as many of both: the first field decides
        "eu *, * gold, ** gold",
        "eu **, ** gold, * *",
        "* **, ** *, ** **",
        "eu gold, us gold, us *",
    })
    void firstIsMoreSpecificThanTheOthers(String first, String second, String third) {
        for (List<String> declared :
                List.of(List.of(first, second, third), List.of(third, second, first), List.of(second, third, first))) {
            assertThat(segmentation(declared).mostSpecificFirst())
                    .as("declared as %s", declared)
                    .startsWith(segment(first));
        }
    }

    @Test
    void orderOfTheFieldsDecidesAndNotThatOfTheirCodes() {
        Segmentation tierFirst = new Segmentation(List.of(TIER, REGION), List.of(segment("eu *"), segment("* gold")));

        assertThat(tierFirst.mostSpecificFirst()).containsExactly(segment("* gold"), segment("eu *"));
        assertThat(tierFirst.label(segment("eu gold"))).isEqualTo("gold, eu");
        assertThat(segment("eu gold")).hasToString("region=eu, tier=gold");
    }

    @Test
    void noSegmentIsBeatenByALessSpecificOneThatFitsTheSameMeasurement() {
        List<String> texts = List.of("a", "b", Segment.ANY, Segment.ANYTHING);
        Seed.runs(SegmentationTest.class, 200, random -> {
            List<FieldCode> fields = IntStream.range(0, 1 + random.nextInt(Segmentation.FIELDS_MAX))
                    .mapToObj(i -> new FieldCode("f" + i))
                    .toList();
            List<Segment> segments = IntStream.range(0, 1 + random.nextInt(30))
                    .mapToObj(_ -> {
                        Map<FieldCode, String> values = new LinkedHashMap<>();
                        fields.forEach(field -> values.put(field, texts.get(random.nextInt(texts.size()))));
                        return new Segment(values);
                    })
                    .distinct()
                    .toList();

            List<Segment> ordered = new Segmentation(fields, segments).mostSpecificFirst();

            assertThat(ordered).containsExactlyInAnyOrderElementsOf(segments);
            for (int i = 1; i < ordered.size(); i++) {
                for (int j = 0; j < i; j++) {
                    assertThat(isNarrower(ordered.get(i), ordered.get(j)))
                            .as("%s before %s", ordered.get(j), ordered.get(i))
                            .isFalse();
                }
            }
        });
    }

    /** Whether whatever fits the one fits the other too, and not the other way round: it would never be reached. */
    private static boolean isNarrower(Segment one, Segment other) {
        return !one.equals(other)
                && one.values().entrySet().stream().allMatch(field -> {
                    String narrow = field.getValue();
                    String wide = other.values().getOrDefault(field.getKey(), Segment.ANYTHING);
                    return narrow.equals(wide)
                            || wide.equals(Segment.ANYTHING)
                            || (wide.equals(Segment.ANY) && !narrow.equals(Segment.ANYTHING));
                });
    }

    @Test
    void refusesSegmentsThatDoNotNameEveryFieldAndNoOther() {
        assertThatThrownBy(() -> new Segmentation(FIELDS, List.of(new Segment(Map.of(REGION, "eu")))))
                .hasMessage(
                        "Expected each segment to name the segmentedFields [region, tier] and no other field, but one is region=eu.");
        assertThatThrownBy(() -> new Segmentation(List.of(REGION), List.of(segment("eu gold"))))
                .hasMessageContaining("[region] and no other field, but one is region=eu, tier=gold");
        assertThatThrownBy(() -> new Segmentation(FIELDS, List.of(segment("eu gold"), segment("eu gold"))))
                .hasMessage("Expected each segment once, but region=eu, tier=gold is there twice.");
        assertThatThrownBy(() -> new Segmentation(List.of(REGION, REGION), List.of(new Segment(Map.of(REGION, "eu")))))
                .hasMessage("Expected each field once in segmentedFields, but region is there twice.");
        assertThatThrownBy(() -> new Segmentation(FIELDS, List.of()))
                .hasMessage(
                        "Expected segmentedFields and segments together, but there are 2 of the first and 0 of the second.");
        assertThatThrownBy(() -> new Segmentation(List.of(), List.of(segment("eu gold"))))
                .hasMessageContaining("0 of the first and 1 of the second");
    }

    @Test
    void takesFiveFieldsAndAThousandSegmentsAndNoMore() {
        List<FieldCode> fields =
                IntStream.range(0, 6).mapToObj(i -> new FieldCode("f" + i)).toList();
        List<Segment> thousand = IntStream.range(0, 1000)
                .mapToObj(i -> new Segment(Map.of(REGION, "r" + i)))
                .toList();
        List<Segment> more = new ArrayList<>(thousand);
        more.add(new Segment(Map.of(REGION, "one more")));

        assertThat(new Segmentation(List.of(REGION), thousand).segments()).hasSize(1000);
        assertThatThrownBy(() -> new Segmentation(List.of(REGION), more))
                .hasMessage("Expected at most 5 segmentedFields and 1000 segments, but were 1 and 1001.");
        assertThatThrownBy(() -> new Segmentation(fields, List.of())).hasMessageContaining("but were 6 and 0");
        assertThatThrownBy(() -> new Segment(Map.of(REGION, "x".repeat(151))))
                .hasMessageContaining("at most 150 characters");
    }

    @Test
    void fieldsAreTextFieldsOfTheMeter() {
        assertThat(segmentation(List.of("eu gold")).misfit(meter(FieldCategory.WHERE, FieldCategory.WHAT)))
                .isEmpty();
        assertThat(segmentation(List.of("eu gold")).misfit(meter(FieldCategory.WHERE, FieldCategory.MEASURE)))
                .hasValue("Expected segmentedFields to be text fields of meter m, but tier is MEASURE.");
        assertThat(new Segmentation(
                                List.of(new FieldCode("zone")),
                                List.of(new Segment(Map.of(new FieldCode("zone"), "1"))))
                        .misfit(meter(FieldCategory.WHERE, FieldCategory.WHAT)))
                .hasValue(
                        "Expected segmentedFields to be text fields of meter m, but zone is none of its fields [region, tier].");
    }

    @Test
    void pricesAreOfOneOfTheSegmentsWhereThereAreSome() {
        Aggregation segmented = aggregation(segmentation(List.of("eu gold", "* **")));
        Aggregation whole = aggregation(Segmentation.NONE);

        assertThat(segmented.misfit(pricing(Optional.of(segment("* **"))))).isEmpty();
        assertThat(segmented.misfit(pricing(Optional.of(segment("us gold")))))
                .hasValue("Expected segment to be one of the segments of aggregation \"calls\" "
                        + "(region=eu, tier=gold; region=*, tier=**), but was region=us, tier=gold.");
        assertThat(segmented.misfit(pricing(Optional.empty())))
                .hasValueSatisfying(message -> assertThat(message).endsWith("but was absent."));
        assertThat(whole.misfit(pricing(Optional.empty()))).isEmpty();
        assertThat(whole.misfit(pricing(Optional.of(segment("eu gold")))))
                .hasValue(
                        "Expected no segment, because aggregation \"calls\" has no segments, but was region=eu, tier=gold.");
    }

    @Test
    void pricesOfDifferentSegmentsDoNotCollide() {
        assertThat(pricing(Optional.of(segment("eu gold"))).collidesWith(pricing(Optional.of(segment("eu *")))))
                .isFalse();
        assertThat(pricing(Optional.of(segment("eu gold"))).collidesWith(pricing(Optional.of(segment("eu gold")))))
                .isTrue();
    }

    private static Segmentation segmentation(List<String> segments) {
        return new Segmentation(
                FIELDS, segments.stream().map(SegmentationTest::segment).toList());
    }

    /** Region and tier. */
    private static Segment segment(String values) {
        List<String> parts = Arrays.asList(values.split(" ", -1));
        return new Segment(Map.of(REGION, parts.get(0), TIER, parts.get(1)));
    }

    private static Meter meter(FieldCategory region, FieldCategory tier) {
        return new Meter(
                new Code("m"),
                "m",
                Optional.empty(),
                Optional.empty(),
                List.of(
                        new DataField(REGION, "region", region, Optional.empty()),
                        new DataField(TIER, "tier", tier, Optional.empty())),
                List.of(),
                CustomFields.NONE,
                Slots.NONE);
    }

    private static Aggregation aggregation(Segmentation segmentation) {
        return new Aggregation(
                Optional.empty(),
                "calls",
                new Id<>("meter"),
                REGION,
                Function.COUNT,
                new UnitSize(BigDecimal.ONE, Rounding.NONE),
                Optional.empty(),
                "call",
                Optional.empty(),
                CustomFields.NONE,
                segmentation);
    }

    private static Pricing pricing(Optional<Segment> segment) {
        return new Pricing(
                new Priced.OnPlan(new Id<>("plan")),
                new Id<>("aggregation"),
                new Volume(
                        List.of(new PricingBand(new Id<>("band"), BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ONE))),
                false,
                new Validity(Instant.parse("2024-12-01T00:00:00Z"), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                PricingType.DEBIT,
                MinimumSpend.UNSAID,
                segment);
    }
}

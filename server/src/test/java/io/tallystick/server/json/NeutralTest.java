package io.tallystick.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A field that changes money and is not built yet is accepted with its neutral value only, in every shape and for every
 * declaration of one.
 */
final class NeutralTest {
    /** A good body of each shape that has such fields. */
    private static final Map<String, Shape<?>> SHAPES = Map.of(
            "{'name':'n','meterId':'m','targetField':'f','aggregation':'SUM','quantityPerUnit':1,'rounding':'NONE','unit':'u'}",
            Shapes.AGGREGATION,
            "{'name':'n','productId':'p','currency':'USD','billFrequency':'MONTHLY','standingCharge':0}",
            Shapes.PLAN_TEMPLATE,
            "{'code':'c','name':'n','planTemplateId':'t'}",
            Shapes.PLAN,
            "{'planId':'p','aggregationId':'a','startDate':'2024-12-01T00:00:00Z','pricingBands':[{'lowerLimit':0,'fixedPrice':0,'unitPrice':1}]}",
            Shapes.PRICING,
            "{'code':'c','name':'n','emailAddress':'e'}",
            Shapes.ACCOUNT,
            "{'accountId':'a','planId':'p','startDate':'2024-12-01T00:00:00Z'}",
            Shapes.ACCOUNT_PLAN,
            "{}",
            Shapes.BILL_JOB_REQUEST);

    static Stream<Arguments> declarations() {
        return SHAPES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(each -> each.getValue().neutrals().stream()
                        .map(neutral -> Arguments.of(neutral, each.getValue(), each.getKey())));
    }

    @ParameterizedTest
    @MethodSource("declarations")
    void isAcceptedAbsentNullAndWithItsValue(Neutral neutral, Shape<?> shape, String body) {
        assertThat(faults(shape, body, neutral.name(), new Json.Null())).isEmpty();
        neutral.value().ifPresent(value -> assertThat(faults(shape, body, neutral.name(), value))
                .isEmpty());
        if (neutral.value().isEmpty()) {
            assertThat(faults(shape, body, neutral.name(), new Json.Arr(List.of())))
                    .isEmpty();
            assertThat(faults(shape, body, neutral.name(), Json.obj().build())).isEmpty();
        }
        if (neutral.value().equals(Optional.of(Json.of(0)))) {
            assertThat(faults(shape, body, neutral.name(), new Json.Num("0.00")))
                    .isEmpty();
            assertThat(faults(shape, body, neutral.name(), new Json.Num("-0e5")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("declarations")
    void isRefusedWithEveryOtherValue(Neutral neutral, Shape<?> shape, String body) {
        List<Json> others = List.of(
                Json.of("OTHER"),
                Json.of(true),
                Json.of(7),
                new Json.Num("0.01"),
                new Json.Num("1e100000000"),
                new Json.Arr(List.of(Json.of("x"))),
                Json.obj().with("x", "y").build());
        for (Json other : others) {
            List<Fault> faults = faults(shape, body, neutral.name(), other);

            assertThat(faults).as("%s", other).hasSize(1);
            assertThat(faults.getFirst().code()).isEqualTo(Fault.Code.NOT_YET_SUPPORTED);
            assertThat(faults.getFirst().field()).isEqualTo(neutral.name());
            assertThat(faults.getFirst().message())
                    .startsWith("Expected " + neutral.name() + " to be ")
                    .endsWith("but was " + other.shown() + ".");
        }
        if (neutral.value().isPresent()) {
            assertThat(faults(shape, body, neutral.name(), new Json.Arr(List.of())))
                    .hasSize(1);
        }
    }

    @Test
    void namesTheWholePathOfAFieldInsideAnother() {
        List<Fault> faults = faults(
                Shapes.PRICING,
                "{'planId':'p','aggregationId':'a','startDate':'2024-12-01T00:00:00Z','pricingBands':[{'lowerLimit':0,'fixedPrice':0,'unitPrice':1},{'lowerLimit':1,'fixedPrice':0,'unitPrice':1,'creditTypeId':'x'}]}",
                "cumulative",
                Json.of(true));

        assertThat(faults).extracting(Fault::field).containsExactly("pricingBands[1].creditTypeId");
        assertThat(faults.getFirst().message()).startsWith("Expected pricingBands[1].creditTypeId to be absent");
    }

    @Test
    void saysWhyCustomSqlIsRefusedForGood() {
        List<Fault> faults = faults(
                Shapes.AGGREGATION,
                "{'name':'n','meterId':'m','targetField':'f','quantityPerUnit':1,'rounding':'NONE','unit':'u'}",
                "aggregation",
                Json.of("CUSTOM_SQL"));

        assertThat(faults).hasSize(1);
        assertThat(faults.getFirst().message()).contains("CUSTOM_SQL", "no text of a user becomes SQL");
    }

    private static <T> List<Fault> faults(Shape<T> shape, String body, String name, Json value) {
        Json.Obj good = (Json.Obj)
                ((JsonText.Reading.Read) JsonText.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                        .value();
        Map<String, Json> members = new LinkedHashMap<>(good.members());
        members.put(name, value);
        Faults faults = new Faults();
        shape.read(new Json.Obj(members), View.WIRE, faults, () -> "drawn");
        return faults.found();
    }
}

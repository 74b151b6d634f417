package io.tallystick.server.json;

import static io.tallystick.server.json.Field.answeredIfPresent;
import static io.tallystick.server.json.Field.optional;
import static io.tallystick.server.json.Field.required;

import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CompoundAggregation;
import io.tallystick.catalog.Countable;
import io.tallystick.catalog.CustomFields;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Product;
import io.tallystick.catalog.Segment;
import io.tallystick.catalog.Segmentation;
import io.tallystick.catalog.UnitSize;
import io.tallystick.formula.Formula;
import io.tallystick.id.Code;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import io.tallystick.quantity.Rounding;
import io.tallystick.server.json.Type.ReadContext;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An aggregation, simple or compound, as JSON. Source: m3ter API, Aggregation, CompoundAggregation. */
public final class AggregationJson {
    /** An object of texts by field code; a pricing names its segment by it. */
    static final Type<Segment> SEGMENT = new SegmentType();

    private static final Field<Aggregation, Code> CODE = optional(
            "code",
            Types.mapped(Types.FIELD_CODE, code -> new Code(code.value()), code -> new FieldCode(code.value())),
            Aggregation::code);
    private static final Field<Aggregation, String> NAME = required("name", Types.text(1, 200), Aggregation::name);
    private static final Field<Aggregation, Id<Meter>> METER = required("meterId", Types.id(), Aggregation::meter);
    private static final Field<Aggregation, FieldCode> TARGET =
            required("targetField", Types.FIELD_CODE, Aggregation::targetField);
    private static final Field<Aggregation, Function> FUNCTION =
            required("aggregation", new FunctionType(), Aggregation::function);
    private static final Field<Aggregation, BigDecimal> PER_UNIT =
            required("quantityPerUnit", Types.decimalAbove(BigDecimal.ZERO), aggregation -> aggregation
                    .unitSize()
                    .quantityPerUnit());
    private static final Field<Aggregation, Rounding> ROUNDING =
            required("rounding", Types.choice(Rounding.class), aggregation -> aggregation
                    .unitSize()
                    .rounding());
    private static final Field<Aggregation, BigDecimal> DEFAULT =
            optional("defaultValue", Types.decimalAtLeast(BigDecimal.ZERO), Aggregation::defaultValue);
    private static final Field<Aggregation, String> UNIT = required("unit", Types.text(1, 50), Aggregation::unit);
    private static final Field<Aggregation, Id<Product>> ACCOUNTING_PRODUCT =
            optional("accountingProductId", Types.id(), Aggregation::accountingProduct);
    private static final Field<Aggregation, CustomFields> CUSTOM = CustomFieldsJson.field(Aggregation::customFields);
    private static final Field<Aggregation, List<FieldCode>> SEGMENTED_FIELDS = optional(
            "segmentedFields",
            Types.list(Types.FIELD_CODE, 0, Segmentation.FIELDS_MAX),
            aggregation -> unlessNone(aggregation, Segmentation::fields));
    private static final Field<Aggregation, List<Segment>> SEGMENTS = optional(
            "segments",
            Types.list(SEGMENT, 0, Segmentation.SEGMENTS_MAX),
            aggregation -> unlessNone(aggregation, Segmentation::segments));

    static final Shape<Aggregation> SHAPE = Shape.of(
                    values -> new Aggregation(
                            values.find(CODE),
                            values.get(NAME),
                            values.get(METER),
                            values.get(TARGET),
                            values.get(FUNCTION),
                            new UnitSize(values.get(PER_UNIT), values.get(ROUNDING)),
                            values.find(DEFAULT),
                            values.get(UNIT),
                            values.find(ACCOUNTING_PRODUCT),
                            CustomFieldsJson.of(values, CUSTOM),
                            new Segmentation(
                                    values.find(SEGMENTED_FIELDS).orElseGet(List::of),
                                    values.find(SEGMENTS).orElseGet(List::of))),
                    CODE,
                    NAME,
                    METER,
                    TARGET,
                    FUNCTION,
                    PER_UNIT,
                    ROUNDING,
                    DEFAULT,
                    UNIT,
                    ACCOUNTING_PRODUCT,
                    CUSTOM,
                    SEGMENTED_FIELDS,
                    SEGMENTS)
            .accepting(Neutral.absent("customSql"));

    private AggregationJson() {}

    /** What a calculation makes of several; {@code aggregationIds} and {@code compoundAggregationIds} are ours. */
    public static final class Compound {
        private static final Field<CompoundAggregation, Code> CODE =
                optional("code", AggregationJson.CODE.type(), CompoundAggregation::code);
        private static final Field<CompoundAggregation, String> NAME =
                required("name", Types.text(1, 200), CompoundAggregation::name);
        private static final Field<CompoundAggregation, Id<Product>> PRODUCT =
                optional("productId", Types.id(), CompoundAggregation::product);

        /** Over codes of aggregations. */
        public static final Field<CompoundAggregation, Formula> CALCULATION =
                required("calculation", Types.FORMULA, CompoundAggregation::calculation);

        /** Filled in by the house: the id of each aggregation by its name in the calculation. */
        public static final Field<CompoundAggregation, Map<String, String>> AGGREGATIONS = answeredIfPresent(
                CompoundAggregation.AGGREGATIONS, Types.TEXTS, compound -> ids(compound, Countable::aggregation));

        /** Filled in by the house: the id of each compound aggregation by its name in the calculation. */
        public static final Field<CompoundAggregation, Map<String, String>> COMPOUNDS = answeredIfPresent(
                CompoundAggregation.COMPOUNDS, Types.TEXTS, compound -> ids(compound, Countable::compound));

        private static final Field<CompoundAggregation, BigDecimal> PER_UNIT =
                required("quantityPerUnit", AggregationJson.PER_UNIT.type(), compound -> compound.unitSize()
                        .quantityPerUnit());
        private static final Field<CompoundAggregation, Rounding> ROUNDING =
                required("rounding", AggregationJson.ROUNDING.type(), compound -> compound.unitSize()
                        .rounding());
        private static final Field<CompoundAggregation, Boolean> EVALUATES_NULL =
                optional("evaluateNullAggregations", Types.FLAG, compound -> Optional.of(compound.evaluatesNull()));
        private static final Field<CompoundAggregation, String> UNIT =
                required("unit", AggregationJson.UNIT.type(), CompoundAggregation::unit);
        private static final Field<CompoundAggregation, Id<Product>> ACCOUNTING_PRODUCT =
                optional("accountingProductId", Types.id(), CompoundAggregation::accountingProduct);
        private static final Field<CompoundAggregation, CustomFields> CUSTOM =
                CustomFieldsJson.field(CompoundAggregation::customFields);

        static final Shape<CompoundAggregation> SHAPE = Shape.of(
                values -> new CompoundAggregation(
                        values.find(CODE),
                        values.get(NAME),
                        values.find(PRODUCT),
                        values.get(CALCULATION),
                        inputs(values),
                        new UnitSize(values.get(PER_UNIT), values.get(ROUNDING)),
                        values.find(EVALUATES_NULL).orElse(false),
                        values.get(UNIT),
                        values.find(ACCOUNTING_PRODUCT),
                        CustomFieldsJson.of(values, CUSTOM)),
                CODE,
                NAME,
                PRODUCT,
                CALCULATION,
                AGGREGATIONS,
                COMPOUNDS,
                PER_UNIT,
                ROUNDING,
                EVALUATES_NULL,
                UNIT,
                ACCOUNTING_PRODUCT,
                CUSTOM);

        private Compound() {}

        private static SortedMap<String, Countable> inputs(Values<CompoundAggregation> values) {
            SortedMap<String, Countable> inputs = new TreeMap<>();
            values.find(AGGREGATIONS)
                    .orElseGet(Map::of)
                    .forEach((name, id) -> inputs.put(name, new Countable.Simple(new Id<>(id))));
            values.find(COMPOUNDS)
                    .orElseGet(Map::of)
                    .forEach((name, id) -> inputs.put(name, new Countable.Compound(new Id<>(id))));
            return inputs;
        }

        private static <T> Optional<Map<String, String>> ids(
                CompoundAggregation compound, java.util.function.Function<Countable, Optional<Id<T>>> id) {
            Map<String, String> ids = new LinkedHashMap<>();
            compound.inputs()
                    .forEach((name, input) -> id.apply(input).ifPresent(found -> ids.put(name, found.value())));
            return Optional.of(ids).filter(found -> !found.isEmpty());
        }
    }

    private static <V> Optional<V> unlessNone(
            Aggregation aggregation, java.util.function.Function<Segmentation, V> part) {
        return Optional.of(aggregation.segmentation())
                .filter(segmentation -> !segmentation.isNone())
                .map(part);
    }

    /** All of the wire's functions but CUSTOM_SQL, which is refused by name. */
    private static final class FunctionType implements Type<Function> {
        private final Type<Function> choice = Types.choice(Function.class);

        @Override
        public Optional<Function> read(Json json, String field, ReadContext context) {
            if (json.equals(Json.of("CUSTOM_SQL"))) {
                context.faults()
                        .invalid(
                                field,
                                "Expected %s to be a function that can be explained and recomputed, but was CUSTOM_SQL, which no version will run: no text of a user becomes SQL."
                                        .formatted(field));
                return Optional.empty();
            }
            return choice.read(json, field, context);
        }

        @Override
        public Json write(Function value, View view) {
            return choice.write(value, view);
        }
    }

    private static final class SegmentType implements Type<Segment> {
        private final Type<String> value = Types.text(0, Segment.VALUE_MAX);

        @Override
        public Optional<Segment> read(Json json, String field, ReadContext context) {
            if (!(json instanceof Json.Obj(Map<String, Json> members)) || members.isEmpty()) {
                context.faults().mismatch(field, "an object of texts by field code", json);
                return Optional.empty();
            }
            Map<FieldCode, String> values = new LinkedHashMap<>();
            members.forEach((name, text) -> {
                String at = field + "." + name;
                Optional<FieldCode> code = Types.FIELD_CODE.read(Json.of(name), at, context);
                Optional<String> read = value.read(text, at, context);
                if (code.isPresent() && read.isPresent()) {
                    values.put(code.get(), read.get());
                }
            });
            return values.size() == members.size() ? Optional.of(new Segment(values)) : Optional.empty();
        }

        @Override
        public Json write(Segment segment, View view) {
            Json.ObjBuilder members = Json.obj();
            segment.values().forEach((field, text) -> members.with(field.value(), text));
            return members.build();
        }

        @Override
        public String word() {
            return "map";
        }
    }
}

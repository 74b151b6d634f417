package io.tallystick.server.json;

import static io.tallystick.server.json.Field.optional;
import static io.tallystick.server.json.Field.required;

import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CustomFields;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Product;
import io.tallystick.catalog.UnitSize;
import io.tallystick.id.Code;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import io.tallystick.quantity.Rounding;
import java.math.BigDecimal;
import java.util.Optional;

/** An aggregation as JSON. Source: m3ter API, Aggregation. */
final class AggregationJson {
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
                            CustomFieldsJson.of(values, CUSTOM)),
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
                    CUSTOM)
            .accepting(Neutral.absent("segmentedFields"), Neutral.absent("segments"), Neutral.absent("customSql"));

    private AggregationJson() {}

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
}

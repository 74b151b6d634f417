package io.tallystick.server.json;

import static io.tallystick.server.json.Field.kept;
import static io.tallystick.server.json.Field.optional;
import static io.tallystick.server.json.Field.required;

import io.tallystick.catalog.CustomFields;
import io.tallystick.catalog.DataField;
import io.tallystick.catalog.DerivedField;
import io.tallystick.catalog.FieldCategory;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Product;
import io.tallystick.catalog.Slots;
import io.tallystick.formula.Formula;
import io.tallystick.id.Code;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import java.util.List;

/** A meter as JSON. Source: m3ter API, Meter, DataField, DerivedField. */
public final class MeterJson {
    private static final int FIELDS_MAX = 15;

    private static final Field<Meter, Code> CODE = required("code", Types.CODE, Meter::code);
    private static final Field<Meter, String> NAME = required("name", Types.text(1, 200), Meter::name);
    private static final Field<Meter, Id<Product>> PRODUCT = optional("productId", Types.id(), Meter::product);
    private static final Field<Meter, String> GROUP = optional("groupId", Types.text(1, 80), Meter::groupId);
    private static final Field<Meter, List<DataField>> DATA_FIELDS =
            required("dataFields", Types.list(DataFields.SHAPE.asType(), 1, FIELDS_MAX), Meter::dataFields);
    private static final Field<Meter, List<DerivedField>> DERIVED_FIELDS =
            required("derivedFields", Types.list(DerivedFields.SHAPE.asType(), 0, FIELDS_MAX), Meter::derivedFields);
    private static final Field<Meter, CustomFields> CUSTOM = CustomFieldsJson.field(Meter::customFields);

    /** Filled in by the house: the slots of the version before, so that no field loses its slot. */
    public static final Field<Meter, Slots> SLOTS = kept("slots", SlotsJson.SHAPE.asType(), Meter::slots);

    static final Shape<Meter> SHAPE = Shape.of(
            values -> new Meter(
                    values.get(CODE),
                    values.get(NAME),
                    values.find(PRODUCT),
                    values.find(GROUP),
                    values.get(DATA_FIELDS),
                    values.get(DERIVED_FIELDS),
                    CustomFieldsJson.of(values, CUSTOM),
                    values.get(SLOTS)),
            CODE,
            NAME,
            PRODUCT,
            GROUP,
            DATA_FIELDS,
            DERIVED_FIELDS,
            CUSTOM,
            SLOTS);

    private MeterJson() {}

    private static final class DataFields {
        private static final Field<DataField, FieldCode> CODE = required("code", Types.FIELD_CODE, DataField::code);
        private static final Field<DataField, String> NAME = required("name", Types.text(1, 200), DataField::name);
        private static final Field<DataField, FieldCategory> CATEGORY =
                required("category", Types.choice(FieldCategory.class), DataField::category);
        private static final Field<DataField, String> UNIT = optional("unit", Types.text(1, 50), DataField::unit);

        static final Shape<DataField> SHAPE = Shape.of(
                values -> new DataField(values.get(CODE), values.get(NAME), values.get(CATEGORY), values.find(UNIT)),
                CODE,
                NAME,
                CATEGORY,
                UNIT);
    }

    private static final class DerivedFields {
        private static final Field<DerivedField, FieldCode> CODE =
                required("code", Types.FIELD_CODE, DerivedField::code);
        private static final Field<DerivedField, String> NAME =
                required("name", Types.text(1, 200), DerivedField::name);
        private static final Field<DerivedField, FieldCategory> CATEGORY =
                required("category", Types.choice(FieldCategory.class), DerivedField::category);
        private static final Field<DerivedField, String> UNIT = optional("unit", Types.text(1, 50), DerivedField::unit);
        private static final Field<DerivedField, Formula> CALCULATION =
                required("calculation", Types.FORMULA, DerivedField::calculation);

        static final Shape<DerivedField> SHAPE = Shape.of(
                values -> new DerivedField(
                        values.get(CODE),
                        values.get(NAME),
                        values.get(CATEGORY),
                        values.find(UNIT),
                        values.get(CALCULATION)),
                CODE,
                NAME,
                CATEGORY,
                UNIT,
                CALCULATION);
    }

    private static final class SlotsJson {
        private static final Field<Slots, List<FieldCode>> NUMBERS =
                required("numbers", Types.list(Types.FIELD_CODE, 0, Integer.MAX_VALUE), Slots::numbers);
        private static final Field<Slots, List<FieldCode>> TEXTS =
                required("texts", Types.list(Types.FIELD_CODE, 0, Integer.MAX_VALUE), Slots::texts);

        static final Shape<Slots> SHAPE =
                Shape.of(values -> new Slots(values.get(NUMBERS), values.get(TEXTS)), NUMBERS, TEXTS);
    }
}

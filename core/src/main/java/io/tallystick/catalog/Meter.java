package io.tallystick.catalog;

import io.tallystick.document.Kind;
import io.tallystick.id.Code;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What measurements of one kind carry.
 *
 * @param product whose meter it is; absent: of every product
 * @param groupId a label of m3ter's, kept and echoed
 * @param dataFields 1 to 15, carried by measurements
 * @param derivedFields at most 15, computed at the door
 * @param slots where each field, present or past, stands in a usage row
 */
public record Meter(
        Code code,
        String name,
        Optional<Id<Product>> product,
        Optional<String> groupId,
        List<DataField> dataFields,
        List<DerivedField> derivedFields,
        CustomFields customFields,
        Slots slots) {
    public static final Kind<Meter> KIND = Kind.of("meter", Meter.class)
            .unique("code", meter -> meter.code().value())
            .mayReferTo("productId", Product.KIND, Meter::product);

    public Meter {
        dataFields = List.copyOf(dataFields);
        derivedFields = List.copyOf(derivedFields);
        MeterFields.check(dataFields, derivedFields);
        slots = slots.with(dataFields, derivedFields);
    }

    public Optional<FieldCategory> category(FieldCode code) {
        return Stream.concat(
                        dataFields.stream()
                                .filter(field -> field.code().equals(code))
                                .map(DataField::category),
                        derivedFields.stream()
                                .filter(field -> field.code().equals(code))
                                .map(DerivedField::category))
                .findFirst();
    }

    /** The codes of all present fields, data fields first. */
    public List<FieldCode> fieldCodes() {
        return Stream.concat(
                        dataFields.stream().map(DataField::code),
                        derivedFields.stream().map(DerivedField::code))
                .toList();
    }
}

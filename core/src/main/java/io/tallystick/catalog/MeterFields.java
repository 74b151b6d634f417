package io.tallystick.catalog;

import io.tallystick.id.FieldCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules that the fields of one meter keep together. */
final class MeterFields {
    private MeterFields() {}

    static void check(List<DataField> dataFields, List<DerivedField> derivedFields) {
        Set<FieldCode> seen = new HashSet<>();
        Stream.concat(
                        dataFields.stream().map(DataField::code),
                        derivedFields.stream().map(DerivedField::code))
                .filter(code -> !seen.add(code))
                .findFirst()
                .ifPresent(twice -> {
                    throw new IllegalArgumentException(
                            "Expected each field code once in a meter, but %s is there twice.".formatted(twice));
                });
        Set<String> known =
                dataFields.stream().map(field -> field.code().value()).collect(Collectors.toSet());
        derivedFields.forEach(field -> field.calculation().names().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "Expected the calculation of %s to name data fields of its meter, but it names %s; there are %s."
                                    .formatted(field.code(), name, String.join(", ", new java.util.TreeSet<>(known))));
                }));
    }
}

package io.tallystick.server.json;

import io.tallystick.catalog.CustomFields;
import java.util.Optional;
import java.util.function.Function;

/** The field {@code customFields}, which every entity of the catalogue has. */
final class CustomFieldsJson {
    private CustomFieldsJson() {}

    static <T> Field<T, CustomFields> field(Function<T, CustomFields> from) {
        return Field.optional("customFields", Types.CUSTOM_FIELDS, content -> Optional.of(from.apply(content)));
    }

    static <T> CustomFields of(Values<T> values, Field<T, CustomFields> field) {
        return values.find(field).orElse(CustomFields.NONE);
    }
}

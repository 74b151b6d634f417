package io.tallystick.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an organization wants to remember about a document beside its own fields; changes no amount.
 *
 * @param values at most 100, in the order given
 */
public record CustomFields(Map<String, CustomValue> values) {
    public static final int LIMIT = 100;
    public static final CustomFields NONE = new CustomFields(Map.of());

    public CustomFields {
        if (values.size() > LIMIT) {
            throw new IllegalArgumentException(
                    "Expected at most %d custom fields, but there were %d.".formatted(LIMIT, values.size()));
        }
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}

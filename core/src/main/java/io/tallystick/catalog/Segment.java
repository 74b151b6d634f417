package io.tallystick.catalog;

import static java.util.stream.Collectors.joining;

import io.tallystick.id.FieldCode;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * A part of an aggregation's usage that has a price of its own: the measurements whose text fields are as it says. Source:
 * m3ter API, Aggregation {@code segments}; how wildcard and default are written is ours (docs/adr/0130-segments.md).
 *
 * @param values what each segmented field must be: a text, {@link #ANY} or {@link #ANYTHING}; in the order of the codes, so
 *     that equal segments are written alike
 */
public record Segment(Map<FieldCode, String> values) {
    /** Every text that is there, the empty one as well. */
    public static final String ANY = "*";

    /** Every text, and none. */
    public static final String ANYTHING = "**";

    /** Unicode characters of a value, so that five of them fit into the description of a bill line. */
    public static final int VALUE_MAX = 150;

    public Segment {
        values.values().stream()
                .filter(value -> value.codePointCount(0, value.length()) > VALUE_MAX)
                .findFirst()
                .ifPresent(value -> {
                    throw new IllegalArgumentException(
                            "Expected a segment's values to have at most %d characters, but \"%s\" has %d."
                                    .formatted(VALUE_MAX, value, value.codePointCount(0, value.length())));
                });
        TreeMap<FieldCode, String> sorted = new TreeMap<>(Comparator.comparing(FieldCode::value));
        sorted.putAll(values);
        values = Collections.unmodifiableMap(sorted);
    }

    /** The values by the names of their fields, as a bill shows them. */
    public Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((field, value) -> texts.put(field.value(), value));
        return Collections.unmodifiableMap(texts);
    }

    /** What a field must be. */
    String value(FieldCode field) {
        String value = values.get(field);
        if (value == null) {
            throw new IllegalStateException("Expected segment %s to name field %s.".formatted(this, field));
        }
        return value;
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(joining(", "));
    }
}

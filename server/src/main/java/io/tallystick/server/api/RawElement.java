package io.tallystick.server.api;

import io.tallystick.catalog.FieldCategory;
import io.tallystick.quantity.DecimalReading;
import io.tallystick.quantity.Decimals;
import io.tallystick.usage.FieldValue;
import io.tallystick.usage.Refusal.Reason;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One element of {@code measurements} as it was sent: its texts and its fields, and the first thing that is wrong with
 * its form. Filled by one thread. Source: m3ter API, Submit measurements.
 */
final class RawElement {
    private static final Map<String, FieldCategory> CATEGORIES = Stream.of(FieldCategory.values())
            .collect(Collectors.toUnmodifiableMap(
                    category -> category.name().toLowerCase(Locale.ROOT), Function.identity()));

    private final Map<String, Sent> fields = new LinkedHashMap<>();
    private @Nullable String uid;
    private @Nullable String meter;
    private @Nullable String account;
    private @Nullable String ts;
    private @Nullable String ets;
    private @Nullable Fault fault;

    /** A field as it was sent. */
    record Sent(FieldCategory category, FieldValue value) {}

    /** What is wrong. */
    record Fault(Reason reason, String text) {}

    /** Reads the element at the parser's current token, and leaves the parser at its last one. */
    static RawElement read(JsonParser parser) {
        RawElement element = new RawElement();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            element.blame(
                    Reason.MALFORMED, "Expected each measurement to be an object, but was %s.".formatted(kind(parser)));
            parser.skipChildren();
            return element;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            element.member(name, parser);
        }
        return element;
    }

    Optional<String> uid() {
        return Optional.ofNullable(uid);
    }

    Optional<String> meter() {
        return Optional.ofNullable(meter);
    }

    Optional<String> account() {
        return Optional.ofNullable(account);
    }

    Optional<String> ts() {
        return Optional.ofNullable(ts);
    }

    Optional<String> ets() {
        return Optional.ofNullable(ets);
    }

    /** By field code, in the order sent. */
    Map<String, Sent> fields() {
        return fields;
    }

    Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }

    private void member(String name, JsonParser parser) {
        switch (name) {
            case "uid" -> uid = text(name, parser);
            case "meter" -> meter = text(name, parser);
            case "account" -> account = text(name, parser);
            case "ts" -> ts = text(name, parser);
            case "ets" -> ets = text(name, parser);
            default -> {
                FieldCategory category = CATEGORIES.get(name);
                if (category == null) {
                    parser.skipChildren();
                } else {
                    category(name, category, parser);
                }
            }
        }
    }

    private @Nullable String text(String name, JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        if (token != JsonToken.VALUE_NULL) {
            blame(Reason.MALFORMED, "Expected %s to be a string, but was %s.".formatted(name, kind(parser)));
            parser.skipChildren();
        }
        return null;
    }

    private void category(String name, FieldCategory category, JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            blame(Reason.MALFORMED, "Expected %s to be an object of fields, but was %s.".formatted(name, kind(parser)));
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String code = parser.currentName();
            JsonToken token = parser.nextToken();
            if (token != JsonToken.VALUE_NULL) {
                field(name, code, category, parser);
            }
        }
    }

    private void field(String group, String code, FieldCategory category, JsonParser parser) {
        FieldValue value = category.isNumeric() ? number(group, code, parser) : text(group, code, parser);
        if (value == null) {
            return;
        }
        Sent before = fields.put(code, new Sent(category, value));
        if (before != null) {
            blame(
                    Reason.DUPLICATE_FIELD,
                    "Expected each field once in a measurement, but %s is there as %s and as %s."
                            .formatted(code, before.category(), category));
        }
    }

    private @Nullable FieldValue number(String group, String code, JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                && parser.currentToken() != JsonToken.VALUE_NUMBER_FLOAT) {
            blame(
                    Reason.INVALID_NUMBER,
                    "Expected %s.%s to be a number, but was %s.".formatted(group, code, kind(parser)));
            parser.skipChildren();
            return null;
        }
        return switch (Decimals.read(parser.getString())) {
            case DecimalReading.Read(BigDecimal number) -> new FieldValue.NumberValue(number);
            case DecimalReading.Refused(String message) -> {
                blame(Reason.NUMBER_TOO_LARGE, group + "." + code + ": " + message);
                yield null;
            }
        };
    }

    private @Nullable FieldValue text(String group, String code, JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            blame(
                    Reason.INVALID_TEXT,
                    "Expected %s.%s to be a string, but was %s.".formatted(group, code, kind(parser)));
            parser.skipChildren();
            return null;
        }
        String text = parser.getString();
        if (!FieldValue.TextValue.isWellFormed(text)) {
            blame(
                    Reason.INVALID_TEXT,
                    "Expected %s.%s to have at most %d well-formed characters, but there were %d."
                            .formatted(group, code, FieldValue.TextValue.LENGTH_MAX, text.length()));
            return null;
        }
        return new FieldValue.TextValue(text);
    }

    private void blame(Reason reason, String text) {
        if (fault == null) {
            fault = new Fault(reason, text);
        }
    }

    private static String kind(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + parser.getString();
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            case VALUE_NULL -> "null";
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> "no value";
        };
    }
}

package io.tallystick.server.api.usage;

import static io.tallystick.server.json.Fault.placed;

import io.tallystick.catalog.FieldCategory;
import io.tallystick.quantity.DecimalReading;
import io.tallystick.quantity.Decimals;
import io.tallystick.server.http.Texts;
import io.tallystick.usage.FieldValue;
import io.tallystick.usage.Refusal.Reason;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** Source: m3ter API, DataField {@code code}. A longer name can never become a field. */
    private static final int FIELD_NAME_MAX = 80;

    private final int start;
    private final Map<String, Sent> fields = new LinkedHashMap<>();
    private final Set<String> members = new HashSet<>();
    private int end;
    private @Nullable String uid;
    private @Nullable String meter;
    private @Nullable String account;
    private @Nullable String ts;
    private @Nullable String ets;
    private @Nullable Fault fault;

    private RawElement(int start) {
        this.start = start;
    }

    /** A field as it was sent. */
    record Sent(FieldCategory category, FieldValue value) {}

    /** What is wrong. */
    record Fault(Reason reason, String text) {}

    /** Reads the element at the parser's current token, and leaves the parser at its last one. */
    static RawElement read(JsonParser parser) {
        RawElement element =
                new RawElement(Math.toIntExact(parser.currentTokenLocation().getByteOffset()));
        element.readFrom(parser);
        element.end = Math.toIntExact(parser.currentLocation().getByteOffset());
        return element;
    }

    private void readFrom(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            blame(Reason.MALFORMED, "Expected each measurement to be an object, but was %s.".formatted(kind(parser)));
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            member(name, parser);
        }
    }

    /** Where its text begins in the body, in bytes. */
    int start() {
        return start;
    }

    /** Where its text ends in the body, in bytes. */
    int end() {
        return end;
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
            case "uid" -> uid = text(name, parser, Reason.INVALID_UID);
            case "meter" -> meter = text(name, parser, Reason.UNDEFINED_METER);
            case "account" -> account = text(name, parser, Reason.INVALID_ACCOUNT_CODE);
            case "ts" -> ts = text(name, parser, Reason.INVALID_TIMESTAMP);
            case "ets" -> ets = text(name, parser, Reason.INVALID_TIMESTAMP);
            default -> {
                FieldCategory category = CATEGORIES.get(name);
                if (category == null) {
                    parser.skipChildren();
                } else {
                    once(name);
                    category(name, category, parser);
                }
            }
        }
    }

    /** Of two members with one name nobody can say which was meant. */
    private void once(String name) {
        if (!members.add(name)) {
            blame(Reason.MALFORMED, "Expected %s once in a measurement, but it is there twice.".formatted(name));
        }
    }

    private @Nullable String text(String name, JsonParser parser, Reason reason) {
        once(name);
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            String text = parser.getString();
            if (FieldValue.TextValue.isWellFormed(text)) {
                return text;
            }
            blame(reason, notWellFormed(name, text));
            return null;
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
        if (code.isEmpty() || code.codePointCount(0, code.length()) > FIELD_NAME_MAX) {
            blame(
                    Reason.INVALID_TEXT,
                    "Expected the fields of %s to have names of 1 to %d characters, but one is \"%s\"."
                            .formatted(group, FIELD_NAME_MAX, Texts.shortened(code)));
            parser.skipChildren();
            return;
        }
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
                blame(Reason.NUMBER_TOO_LARGE, placed(message, group + "." + code));
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
            blame(Reason.INVALID_TEXT, notWellFormed(group + "." + code, text));
            return null;
        }
        return new FieldValue.TextValue(text);
    }

    private static String notWellFormed(String name, String text) {
        return "Expected %s to have at most %d characters and no half of a surrogate pair, but it has %d%s."
                .formatted(
                        name,
                        FieldValue.TextValue.LENGTH_MAX,
                        text.length(),
                        text.length() <= FieldValue.TextValue.LENGTH_MAX ? " and such a half" : "");
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
            case VALUE_STRING -> "the string \"" + Texts.shortened(parser.getString()) + "\"";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + Texts.shortened(parser.getString());
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            case VALUE_NULL -> "null";
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> "no value";
        };
    }
}

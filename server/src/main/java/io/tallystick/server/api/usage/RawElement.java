package io.tallystick.server.api.usage;

import static io.tallystick.server.json.Fault.placed;

import io.tallystick.catalog.FieldCategory;
import io.tallystick.quantity.DecimalReading;
import io.tallystick.quantity.Decimals;
import io.tallystick.server.http.Texts;
import io.tallystick.usage.FieldValue;
import io.tallystick.usage.Refusal.Reason;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One element of {@code measurements} as it was sent: its texts and its fields, and the first thing that is wrong with
 * its form. Serves one element after the other, by one thread. Source: m3ter API, Submit measurements.
 */
final class RawElement {
    /** The members that hold texts, each with its bit in {@link #members}; the groups of fields have the bits above. */
    private static final int TEXT_MEMBERS = 5;

    private static final Map<String, Group> GROUPS = groups();

    /** Source: m3ter API, DataField {@code code}. A longer name can never become a field. */
    private static final int FIELD_NAME_MAX = 80;

    private final SentFields fields = new SentFields();
    private int start;
    private int end;

    /** A bit for every member that was there: of two with one name nobody can say which was meant. */
    private int members;

    private @Nullable String uid;
    private @Nullable String meter;
    private @Nullable String account;
    private @Nullable SentTime ts;
    private @Nullable SentTime ets;
    private @Nullable Fault fault;

    /**
     * A member that holds fields.
     *
     * @param bit in {@link #members}
     */
    private record Group(FieldCategory category, int bit) {}

    private static Map<String, Group> groups() {
        Map<String, Group> groups = new HashMap<>();
        for (FieldCategory category : FieldCategory.values()) {
            groups.put(category.name().toLowerCase(Locale.ROOT), new Group(category, TEXT_MEMBERS + groups.size()));
        }
        return Map.copyOf(groups);
    }

    /** What is wrong. */
    record Fault(Reason reason, String text) {}

    /**
     * A time as it was sent.
     *
     * @param micros since 1970, or {@link Timestamps#NONE}
     * @param text only where it is no time
     */
    record SentTime(long micros, String text) {
        boolean isTime() {
            return micros != Timestamps.NONE;
        }
    }

    /** Reads the element at the parser's current token, and leaves the parser at its last one. */
    void read(JsonParser parser) {
        clear();
        start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        readFrom(parser);
        end = Math.toIntExact(parser.currentLocation().getByteOffset());
    }

    private void clear() {
        fields.clear();
        members = 0;
        uid = null;
        meter = null;
        account = null;
        ts = null;
        ets = null;
        fault = null;
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

    Optional<SentTime> ts() {
        return Optional.ofNullable(ts);
    }

    Optional<SentTime> ets() {
        return Optional.ofNullable(ets);
    }

    SentFields fields() {
        return fields;
    }

    Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }

    private void member(String name, JsonParser parser) {
        switch (name) {
            case "uid" -> uid = text(0, name, parser, Reason.INVALID_UID);
            case "meter" -> meter = text(1, name, parser, Reason.UNDEFINED_METER);
            case "account" -> account = text(2, name, parser, Reason.INVALID_ACCOUNT_CODE);
            case "ts" -> ts = time(3, name, parser);
            case "ets" -> ets = time(4, name, parser);
            default -> {
                Group group = GROUPS.get(name);
                if (group == null) {
                    parser.skipChildren();
                } else {
                    once(group.bit(), name);
                    category(name, group.category(), parser);
                }
            }
        }
    }

    private void once(int bit, String name) {
        if ((members & (1 << bit)) != 0) {
            blame(Reason.MALFORMED, "Expected %s once in a measurement, but it is there twice.".formatted(name));
        }
        members |= 1 << bit;
    }

    private @Nullable String text(int bit, String name, JsonParser parser, Reason reason) {
        once(bit, name);
        if (isString(name, parser)) {
            String text = parser.getString();
            if (FieldValue.TextValue.isWellFormed(text)) {
                return text;
            }
            blame(reason, notWellFormed(name, text));
        }
        return null;
    }

    private @Nullable SentTime time(int bit, String name, JsonParser parser) {
        once(bit, name);
        if (!isString(name, parser)) {
            return null;
        }
        long micros =
                Timestamps.micros(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
        if (micros != Timestamps.NONE) {
            return new SentTime(micros, "");
        }
        String text = parser.getString();
        if (FieldValue.TextValue.isWellFormed(text)) {
            return new SentTime(micros, text);
        }
        blame(Reason.INVALID_TIMESTAMP, notWellFormed(name, text));
        return null;
    }

    private boolean isString(String name, JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NULL) {
            blame(Reason.MALFORMED, "Expected %s to be a string, but was %s.".formatted(name, kind(parser)));
            parser.skipChildren();
        }
        return token == JsonToken.VALUE_STRING;
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
        int before = fields.find(code);
        boolean isRead =
                category.isNumeric() ? number(group, code, category, parser) : text(group, code, category, parser);
        if (isRead && before >= 0) {
            blame(
                    Reason.DUPLICATE_FIELD,
                    "Expected each field once in a measurement, but %s is there as %s and as %s."
                            .formatted(code, fields.category(before), category));
        }
    }

    private boolean number(String group, String code, FieldCategory category, JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                && parser.currentToken() != JsonToken.VALUE_NUMBER_FLOAT) {
            blame(
                    Reason.INVALID_NUMBER,
                    "Expected %s.%s to be a number, but was %s.".formatted(group, code, kind(parser)));
            parser.skipChildren();
            return false;
        }
        long millionths = CompactNumber.millionths(
                parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
        if (millionths != CompactNumber.NONE) {
            fields.add(category, code, millionths);
            return true;
        }
        return switch (Decimals.read(parser.getString())) {
            case DecimalReading.Read(BigDecimal number) -> {
                fields.add(category, code, number);
                yield true;
            }
            case DecimalReading.Refused(String message) -> {
                blame(Reason.NUMBER_TOO_LARGE, placed(message, group + "." + code));
                yield false;
            }
        };
    }

    private boolean text(String group, String code, FieldCategory category, JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            blame(
                    Reason.INVALID_TEXT,
                    "Expected %s.%s to be a string, but was %s.".formatted(group, code, kind(parser)));
            parser.skipChildren();
            return false;
        }
        String text = parser.getString();
        if (!FieldValue.TextValue.isWellFormed(text)) {
            blame(Reason.INVALID_TEXT, notWellFormed(group + "." + code, text));
            return false;
        }
        fields.add(category, code, text);
        return true;
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

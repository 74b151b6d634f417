package io.tallystick.server.json;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** JSON as text, read within limits and written plainly. */
public final class JsonText {
    private static final int DEPTH_MAX = 64;
    private static final int NUMBER_LENGTH_MAX = 1000;

    /** Reads what people send; a member named twice is refused, because nobody can say which one was meant. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(NUMBER_LENGTH_MAX)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** The same limits, for a reader that looks for members named twice by itself. */
    public static final JsonFactory STREAMING = FACTORY.rebuild()
            .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonText() {}

    /** What came of reading. */
    public sealed interface Reading {
        record Read(Json value) implements Reading {}

        /**
         * Not JSON, or beyond a limit.
         *
         * @param message where and what, for people
         */
        record Malformed(String message) implements Reading {}
    }

    /** Reads one JSON value, UTF-8, and nothing after it. */
    public static Reading read(byte[] text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                return new Reading.Malformed("Expected a JSON value, but the body is empty.");
            }
            Json value = value(parser);
            if (parser.nextToken() != null) {
                return new Reading.Malformed(
                        "Expected one JSON value, but there is more after it at %s.".formatted(place(parser)));
            }
            return new Reading.Read(value);
        } catch (JacksonException e) {
            return new Reading.Malformed(message(e));
        }
    }

    /** Reads what this house wrote itself. */
    public static Json readOwn(String text) {
        return switch (read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
            case Reading.Read(Json value) -> value;
            case Reading.Malformed(String message) -> throw new IllegalStateException(message);
        };
    }

    public static String write(Json value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(value, generator);
        }
        return text.toString();
    }

    /** The sentence in which a parser's complaint is passed on: what was wrong and where, never the input around it. */
    public static String message(JacksonException e) {
        return "Expected well-formed JSON, but %s (line %d, column %d)."
                .formatted(
                        e.getOriginalMessage(),
                        e.getLocation().getLineNr(),
                        e.getLocation().getColumnNr());
    }

    private static String place(JsonParser parser) {
        return "line %d, column %d"
                .formatted(
                        parser.currentTokenLocation().getLineNr(),
                        parser.currentTokenLocation().getColumnNr());
    }

    /** The value that starts at the parser's current token. */
    public static Json value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new Json.Text(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getString());
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> new Json.Null();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("Expected the start of a value, but was at " + token + ".");
        };
    }

    private static Json object(JsonParser parser) {
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new Json.Obj(members);
    }

    private static Json array(JsonParser parser) {
        List<Json> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return new Json.Arr(items);
    }

    private static void write(Json value, JsonGenerator to) {
        switch (value) {
            case Json.Obj(Map<String, Json> members) -> {
                to.writeStartObject();
                members.forEach((name, member) -> {
                    to.writeName(name);
                    write(member, to);
                });
                to.writeEndObject();
            }
            case Json.Arr(List<Json> items) -> {
                to.writeStartArray();
                items.forEach(item -> write(item, to));
                to.writeEndArray();
            }
            case Json.Text(String text) -> to.writeString(text);
            case Json.Num(String literal) -> to.writeRawValue(literal);
            case Json.Bool(boolean bool) -> to.writeBoolean(bool);
            case Json.Null _ -> to.writeNull();
        }
    }
}

package io.tallystick.server.json;

import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** JSON as text, read within limits and written plainly. */
public final class JsonText {
    private static final int DEPTH_MAX = 64;
    private static final int NUMBER_LENGTH_MAX = 1000;
    private static final int DECODED_AT_ONCE = 1 << 13;

    /** Reads what people send; a member named twice is refused, because nobody can say which one was meant. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(NUMBER_LENGTH_MAX)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * For a reader that looks for members named twice, long numbers and long names by itself, because they are the fault
     * of one element and not of the whole text.
     */
    public static final JsonFactory STREAMING = FACTORY.rebuild()
            .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** What the parser adds for those who program with it: names of its settings, and where it keeps the source. */
    private static final Pattern FOR_PROGRAMMERS = Pattern.compile(
            " \\(start marker at .*| \\(not recognized as one since [^)]*\\)|, from `[^`]*`|: enable `[^`]*` to allow");

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
        Optional<String> fault = encodingFault(text);
        if (fault.isPresent()) {
            return new Reading.Malformed(fault.get());
        }
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

    /**
     * Why a text is not UTF-8, if it is not. The parser alone would read other Unicode encodings too, without saying the
     * places in them, and some forms of a character that RFC 3629 forbids.
     */
    public static Optional<String> encodingFault(byte[] text) {
        if (text.length >= 2 && (text[0] == 0 || text[1] == 0)) {
            return Optional.of("Expected JSON in UTF-8, but it is in UTF-16 or UTF-32.");
        }
        if (isAscii(text)) {
            return Optional.empty();
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(text);
        CharBuffer out = CharBuffer.allocate(DECODED_AT_ONCE);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        return result.isError()
                ? Optional.of("Expected JSON in UTF-8, but what stands at byte %d is not.".formatted(in.position() + 1))
                : Optional.empty();
    }

    private static boolean isAscii(byte[] text) {
        int bits = 0;
        for (byte each : text) {
            bits |= each;
        }
        return bits >= 0;
    }

    /** Reads what this house wrote itself. */
    public static Json readOwn(String text) {
        return switch (read(text.getBytes(StandardCharsets.UTF_8))) {
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
        String complaint =
                FOR_PROGRAMMERS.matcher(e.getOriginalMessage()).replaceAll("").strip();
        @Nullable TokenStreamLocation location = e.getLocation();
        return location == null
                ? "Expected well-formed JSON, but: %s.".formatted(complaint)
                : "Expected well-formed JSON, but at line %d, column %d: %s."
                        .formatted(location.getLineNr(), location.getColumnNr(), complaint);
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

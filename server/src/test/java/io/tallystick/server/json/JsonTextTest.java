package io.tallystick.server.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "\"\"",
                "{\"a\":[1,{\"b\":null}],\"c\":\"\\u0000\\\"\\\\\"}",
                "[0,-0.5,6000000000,0.00001833337,1e5,\"ü\uD83D\uDE00\"]"
            })
    void writesWhatItRead(String text) {
        assertThat(JsonText.write(JsonText.readOwn(text))).isEqualTo(text);
    }

    @Test
    void keepsTheCharactersOfANumberAndTheOrderOfMembers() {
        assertThat(read("{\"z\":1.500,\"a\":1E100000000}"))
                .isEqualTo(new JsonText.Reading.Read(Json.obj()
                        .with("z", new Json.Num("1.500"))
                        .with("a", new Json.Num("1E100000000"))
                        .build()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | Expected a JSON value, but the body is empty.",
                "`  ` | Expected a JSON value, but the body is empty.",
                "{} {} | Expected one JSON value, but there is more after it at line 1, column 4.",
                "{\"a\":1,\"a\":2} | Expected well-formed JSON, but at line 1, column 11: Duplicate Object property \"a\".",
                "{\"a\":NaN} | Expected well-formed JSON, but at line 1, column 9: Non-standard token 'NaN'.",
                "[1,] | Expected well-formed JSON, but at line 1, column 4: Unexpected character (']' (code 93)): expected a value."
            })
    void saysWhatIsWrongAndWhere(String text, String message) {
        assertThat(read(text)).isEqualTo(new JsonText.Reading.Malformed(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "\"abc",
                "tru",
                "truex",
                "01",
                "1.",
                ".5",
                "+1",
                "1e",
                "'a'",
                "{a:1}",
                "/* */1",
                "\"\t\"",
                "\"\\x\"",
                "\"\\u12\"",
                "Infinity",
                "\u0000",
                "}",
                "]"
            })
    void refusesWhatIsNoJsonInAWordForPeople(String text) {
        assertThat(malformed(text.getBytes(StandardCharsets.UTF_8)))
                .startsWith("Expected ")
                .contains(", but")
                .endsWith(".")
                .doesNotContain("Exception", "Feature", "Source", "`", "tools.jackson");
    }

    @Test
    void stopsAtADepthOf64() {
        assertThat(read("[".repeat(64) + "]".repeat(64))).isInstanceOf(JsonText.Reading.Read.class);
        assertThat(malformed(("[".repeat(65) + "]".repeat(65)).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(
                        "Expected well-formed JSON, but: Document nesting depth (65) exceeds the maximum allowed (64).");
        assertThat(malformed("{\"a\":".repeat(500_000).getBytes(StandardCharsets.UTF_8)))
                .contains("nesting depth");
    }

    @Test
    void stopsAtANumberOfAThousandCharacters() {
        assertThat(read("1".repeat(1000))).isInstanceOf(JsonText.Reading.Read.class);
        assertThat(malformed("1".repeat(1001).getBytes(StandardCharsets.UTF_8)))
                .startsWith("Expected well-formed JSON, but: Number value length (1001)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void refusesOtherEncodingsThanUtf8(String charset) {
        assertThat(malformed("{\"a\":1}".getBytes(Charset.forName(charset))))
                .isEqualTo("Expected JSON in UTF-8, but it is in UTF-16 or UTF-32.");
    }

    @Test
    void skipsAByteOrderMarkOfUtf8() {
        assertThat(read("\uFEFF{}"))
                .isEqualTo(new JsonText.Reading.Read(Json.obj().build()));
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        for (byte[] text : List.of(
                new byte[] {'"', (byte) 0xff, '"'},
                new byte[] {'"', (byte) 0xc3, '"'},
                new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'},
                new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'})) {
            assertThat(malformed(text)).isEqualTo("Expected JSON in UTF-8, but what stands at byte 2 is not.");
        }
    }

    @Test
    void throwsWhereItsOwnTextIsBroken() {
        assertThatThrownBy(() -> JsonText.readOwn("{")).isInstanceOf(IllegalStateException.class);
    }

    private static JsonText.Reading read(String text) {
        return JsonText.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String malformed(byte[] text) {
        assertThat(JsonText.read(text)).isInstanceOf(JsonText.Reading.Malformed.class);
        return ((JsonText.Reading.Malformed) JsonText.read(text)).message();
    }
}

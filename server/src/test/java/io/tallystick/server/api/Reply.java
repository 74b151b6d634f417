package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.json.Json;
import io.tallystick.server.json.JsonText;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What a server answered. Every answer of the door is JSON, so anything else fails the test. */
public record Reply(int status, HttpHeaders headers, Json.Obj body) {
    private static final Pattern STEP = Pattern.compile("\\{([^}]+)}|([^.\\[\\]{}]+)|\\[(\\d+)]");

    static Reply of(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        return new Reply(response.statusCode(), response.headers(), parsed(response.body()));
    }

    static Json.Obj parsed(String text) {
        JsonText.Reading reading = JsonText.read(text.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).as("%s", text).isInstanceOf(JsonText.Reading.Read.class);
        return (Json.Obj) ((JsonText.Reading.Read) reading).value();
    }

    /**
     * The value at a path such as {@code data[0].code} or {@code data[0].{SUM.memory}}: a string's text, else the JSON;
     * "absent" where there is none.
     */
    public String at(String path) {
        Json value = body;
        Matcher steps = STEP.matcher(path);
        while (steps.find()) {
            if (steps.group(3) == null && value instanceof Json.Obj object) {
                String name = steps.group(1) == null ? steps.group(2) : steps.group(1);
                value = object.members().getOrDefault(name, Json.of("absent"));
            } else if (steps.group(3) != null
                    && value instanceof Json.Arr(List<Json> items)
                    && Integer.parseInt(steps.group(3)) < items.size()) {
                value = items.get(Integer.parseInt(steps.group(3)));
            } else {
                return "absent";
            }
        }
        return value instanceof Json.Text(String text) ? text : JsonText.write(value);
    }

    /** The same member of every element of {@code data}. */
    List<String> all(String member) {
        return IntStream.range(0, size("data"))
                .mapToObj(i -> at("data[%d].%s".formatted(i, member)))
                .toList();
    }

    public int size(String path) {
        String array = at(path);
        return ((Json.Arr) ((JsonText.Reading.Read) JsonText.read(array.getBytes(StandardCharsets.UTF_8))).value())
                .items()
                .size();
    }

    public String message() {
        return at("message");
    }

    public String text() {
        return status + " " + JsonText.write(body);
    }

    /** A refusal: its status, its code, and a message in the words of the house. */
    Reply refused(int expectedStatus, String code) {
        assertThat(status + " " + at("code")).as("%s", text()).isEqualTo("%s %s", expectedStatus, code);
        assertThat(message()).startsWith("Expected ").contains(", but");
        return this;
    }

    public Reply ok() {
        assertThat(status).as("%s", text()).isEqualTo(200);
        return this;
    }
}

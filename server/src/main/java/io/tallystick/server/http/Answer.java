package io.tallystick.server.http;

import io.tallystick.server.json.Fault;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What goes back to a client.
 *
 * @param status of HTTP
 * @param headers beside content type and length
 */
public record Answer(int status, Map<String, String> headers, Body body) {
    private static final String CONNECTION = "connection";
    private static final String CLOSE = "close";

    public Answer {
        headers = Map.copyOf(headers);
    }

    /** What is sent. */
    public sealed interface Body {
        /** Programs read it. */
        record OfJson(Json json) implements Body {}

        /** People, or programs of another sort, read it. */
        record OfText(String contentType, String text) implements Body {}

        default String contentType() {
            return switch (this) {
                case OfJson _ -> "application/json";
                case OfText(String contentType, String _) -> contentType;
            };
        }

        default byte[] bytes() {
            String text =
                    switch (this) {
                        case OfJson(Json json) -> JsonText.write(json);
                        case OfText(String _, String written) -> written;
                    };
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    public static Answer ok(Json body) {
        return new Answer(200, Map.of(), new Body.OfJson(body));
    }

    /** A page or a file, in UTF-8. */
    public static Answer text(String contentType, String text) {
        return new Answer(200, Map.of(), new Body.OfText(contentType, text));
    }

    public static Answer problem(Problem problem) {
        Json.ObjBuilder body = Json.obj()
                .with("message", problem.message())
                .with("code", problem.code().word());
        if (!problem.faults().isEmpty()) {
            List<Json> faults = problem.faults().stream().map(Answer::fault).toList();
            body.with("faults", new Json.Arr(faults));
        }
        return new Answer(problem.code().status(), headers(problem), new Body.OfJson(body.build()));
    }

    /** The same with one more header. */
    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    /** The same, after which nothing more is read from the connection: where its next request begins is unknown. */
    public Answer last() {
        return with(CONNECTION, CLOSE);
    }

    boolean isLast() {
        return CLOSE.equals(headers.get(CONNECTION));
    }

    private static Json fault(Fault fault) {
        return Json.obj()
                .with("field", fault.field())
                .with("code", fault.code().word())
                .with("message", fault.message())
                .build();
    }

    private static Map<String, String> headers(Problem problem) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (problem.code().status() == 409 || problem.code() == Problem.Code.IDENTITY_BUDGET_REACHED) {
            // m3ter's clients repeat these by themselves; a repetition would only meet the same refusal
            headers.put("x-should-retry", "false");
        }
        if (problem.code() == Problem.Code.OVERLOADED || problem.code() == Problem.Code.UNAVAILABLE) {
            headers.put("retry-after", "1");
        }
        if (problem.code() == Problem.Code.UNAUTHORIZED) {
            headers.put("www-authenticate", "Bearer realm=\"tallystick\"");
        }
        return headers;
    }
}

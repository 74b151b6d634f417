package io.tallystick.server.api;

import io.helidon.webserver.http.ServerRequest;
import io.tallystick.document.Author;
import io.tallystick.id.OrganizationId;
import io.tallystick.server.access.Caller;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.JsonText;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One request of somebody who may make it.
 *
 * @param request as it came in
 * @param caller who makes it
 * @param receivedAt when it came in
 */
record Call(ServerRequest request, Caller caller, Instant receivedAt) {
    /** A document's body is small; what is larger is a mistake. */
    private static final int DOCUMENT_BYTES_MAX = 1 << 20;

    OrganizationId organization() {
        return caller.organization();
    }

    Author author() {
        return new Author(caller.author(), receivedAt);
    }

    /** A part of the path by its name. */
    String path(String name) {
        return request.path().pathParameters().get(name);
    }

    /** A query parameter that is there and not empty. */
    Optional<String> query(String name) {
        return request.query().contains(name)
                ? Optional.of(request.query().get(name)).filter(value -> !value.isEmpty())
                : Optional.empty();
    }

    /** All values of a query parameter: repeated, joined by commas, or both. */
    Set<String> queryAll(String name) {
        if (!request.query().contains(name)) {
            return Set.of();
        }
        Set<String> values = new LinkedHashSet<>();
        request.query().all(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .forEach(values::add);
        return values;
    }

    /** Reads the body as a JSON object and goes on with it, or answers what is wrong with it. */
    Answer withObject(Function<Json.Obj, Answer> next) {
        return withBytes(DOCUMENT_BYTES_MAX, bytes -> switch (JsonText.read(bytes)) {
            case JsonText.Reading.Read(Json.Obj object) -> next.apply(object);
            case JsonText.Reading.Read(Json other) ->
                Answer.problem(Problem.of(
                        Problem.Code.INVALID,
                        "Expected the body to be a JSON object, but was %s.".formatted(other.kind())));
            case JsonText.Reading.Malformed(String message) ->
                Answer.problem(Problem.of(Problem.Code.MALFORMED, message));
        });
    }

    /** Reads the body and goes on with it, or answers why it could not be read. */
    Answer withBytes(int limit, Function<byte[], Answer> next) {
        return Body.read(request, limit, next);
    }
}

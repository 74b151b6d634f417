package io.tallystick.server.http;

import io.helidon.webserver.http.ServerRequest;
import io.tallystick.document.Author;
import io.tallystick.id.OrganizationId;
import io.tallystick.server.access.Caller;
import io.tallystick.server.json.Fault;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.JsonText;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One request of somebody who may make it.
 *
 * @param request as it came in
 * @param caller who makes it
 * @param receivedAt when it came in
 * @param bodies reads its body
 */
public record Call(ServerRequest request, Caller caller, Instant receivedAt, Bodies bodies) {
    /** A document's body is small; what is larger is a mistake. */
    private static final int DOCUMENT_BYTES_MAX = 1 << 20;

    public OrganizationId organization() {
        return caller.organization();
    }

    public Author author() {
        return new Author(caller.author(), receivedAt);
    }

    /** A part of the path by its name. */
    public String path(String name) {
        return request.path().pathParameters().get(name);
    }

    /** A query parameter that is there and not empty. */
    public Optional<String> query(String name) {
        return request.query().contains(name)
                ? Optional.of(request.query().get(name)).filter(value -> !value.isEmpty())
                : Optional.empty();
    }

    /** A query parameter that is {@code true} or {@code false}; nothing where it is absent, or is something else, which is a fault. */
    public Optional<Boolean> flag(String name, List<Fault> faults) {
        Optional<String> value = query(name).map(text -> text.toLowerCase(Locale.ROOT));
        if (value.isPresent() && !value.get().equals("true") && !value.get().equals("false")) {
            faults.add(new Fault(
                    name,
                    Fault.Code.INVALID,
                    "Expected %s to be true or false, but was \"%s\".".formatted(name, value.get())));
            return Optional.empty();
        }
        return value.map(Boolean::valueOf);
    }

    /** All values of a query parameter: repeated, joined by commas, or both. */
    public Set<String> queryAll(String name) {
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
    public Answer withObject(Function<Json.Obj, Answer> next) {
        return withBytes(DOCUMENT_BYTES_MAX, bytes -> withObject(bytes, next));
    }

    /** The same for a path where every field is optional: no body at all means no field. */
    public Answer withObjectOrNothing(Function<Json.Obj, Answer> next) {
        return withBytes(
                DOCUMENT_BYTES_MAX,
                bytes -> bytes.length == 0 ? next.apply(Json.obj().build()) : withObject(bytes, next));
    }

    private static Answer withObject(byte[] bytes, Function<Json.Obj, Answer> next) {
        return switch (JsonText.read(bytes)) {
            case JsonText.Reading.Read(Json.Obj object) -> next.apply(object);
            case JsonText.Reading.Read(Json other) ->
                Answer.problem(Problem.of(
                        Problem.Code.INVALID,
                        "Expected the body to be a JSON object, but was %s.".formatted(other.kind())));
            case JsonText.Reading.Malformed(String message) ->
                Answer.problem(Problem.of(Problem.Code.MALFORMED, message));
        };
    }

    /** Does work that may take long on another thread, which is interrupted if the client hangs up meanwhile. */
    public <T> T whileClientWaits(Supplier<T> work) {
        return ClientLine.CURRENT.isBound() ? ClientLine.CURRENT.get().whilePresent(work) : work.get();
    }

    /** Reads the body and goes on with it, or answers why it could not be read. */
    public Answer withBytes(int limit, Function<byte[], Answer> next) {
        return bodies.read(request, limit, next);
    }
}

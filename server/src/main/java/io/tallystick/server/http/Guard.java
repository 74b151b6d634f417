package io.tallystick.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tallystick.document.DocumentsUnavailable;
import io.tallystick.server.access.Access;
import io.tallystick.server.access.Caller;
import io.tallystick.server.access.Role;
import io.tallystick.usage.QuestionFailedException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before every path: lets in who showed a valid credential of the organization in the path and has the role, and
 * turns whatever comes of it into one answer.
 */
public final class Guard {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
    private static final HeaderName API_KEY = HeaderNames.create("X-API-KEY");
    private static final int ID_LENGTH_MAX = 80;
    private static final String BEARER = "bearer ";

    private final Access access;
    private final InstantSource clock;
    private final Bodies bodies;

    public Guard(Access access, InstantSource clock, Bodies bodies) {
        this.access = access;
        this.clock = clock;
        this.bodies = bodies;
    }

    /** What is done for somebody who may. */
    @FunctionalInterface
    public interface Action {
        Answer answer(Call call);
    }

    /** What is done for anybody. */
    @FunctionalInterface
    public interface OpenAction {
        Answer answer(ServerRequest request);
    }

    /** For callers of the organization named in the path as {@code orgId}, with a role. */
    Handler of(Role needed, Action action) {
        return (request, response) ->
                send(request, response, guarded(() -> answer(Optional.of(needed), action, request)));
    }

    /** For callers of the organization named in the path, whatever their role. */
    Handler ofAnyRole(Action action) {
        return (request, response) -> send(request, response, guarded(() -> answer(Optional.empty(), action, request)));
    }

    /** For everybody. */
    Handler open(OpenAction action) {
        return (request, response) -> send(request, response, guarded(() -> action.answer(request)));
    }

    /** Plain text for callers of any organization, with a role. */
    Handler text(Role needed, String contentType, Function<Caller, String> text) {
        return (request, response) -> {
            Optional<Caller> caller = caller(request);
            if (caller.isPresent() && caller.get().role().includes(needed)) {
                response.status(Status.OK_200).header(HeaderNames.CONTENT_TYPE, contentType);
                response.send(text.apply(caller.get()).getBytes(StandardCharsets.UTF_8));
            } else {
                send(
                        request,
                        response,
                        caller.map(known -> forbidden(needed, known)).orElseGet(Guard::unauthorized));
            }
        };
    }

    private static Answer unauthorized() {
        return Answer.problem(
                Problem.of(
                        Problem.Code.UNAUTHORIZED,
                        "Expected a valid credential, Authorization: Bearer with a token of /oauth/token or X-API-KEY, but there is none or it has expired."));
    }

    private static Answer forbidden(Role needed, Caller caller) {
        return Answer.problem(Problem.of(
                Problem.Code.FORBIDDEN,
                "Expected a key with the role %s or ADMIN, but this one has %s.".formatted(needed, caller.role())));
    }

    private Answer answer(Optional<Role> needed, Action action, ServerRequest request) {
        Optional<Caller> caller = caller(request);
        if (caller.isEmpty()) {
            return unauthorized();
        }
        String organization = request.path().pathParameters().get("orgId");
        if (!caller.get().organization().value().equals(organization)) {
            return Answer.problem(Problem.of(
                    Problem.Code.FORBIDDEN,
                    "Expected a path of organization %s, whose key this is, but was %s."
                            .formatted(caller.get().organization(), organization)));
        }
        if (needed.isPresent() && !caller.get().role().includes(needed.get())) {
            return forbidden(needed.get(), caller.get());
        }
        String id = request.path().pathParameters().first("id").orElse("-");
        if (id.isBlank() || id.length() > ID_LENGTH_MAX) {
            return Answer.problem(Problem.of(
                    Problem.Code.NOT_FOUND,
                    "Expected an id of 1 to %d characters in the path, but was \"%s\".".formatted(ID_LENGTH_MAX, id)));
        }
        return action.answer(new Call(request, caller.get(), clock.instant(), bodies));
    }

    private Optional<Caller> caller(ServerRequest request) {
        if (request.headers().contains(HeaderNames.AUTHORIZATION)) {
            String value = request.headers().get(HeaderNames.AUTHORIZATION).get();
            return value.regionMatches(true, 0, BEARER, 0, BEARER.length())
                    ? access.byToken(value.substring(BEARER.length()).strip())
                    : Optional.empty();
        }
        return request.headers().contains(API_KEY)
                ? access.byApiKey(request.headers().get(API_KEY).get())
                : Optional.empty();
    }

    /** Nothing of what went wrong inside reaches a client; the log has it, under a number that the client is told. */
    static Answer guarded(Supplier<Answer> work) {
        try {
            return work.get();
        } catch (DocumentsUnavailable e) {
            LOG.error("outcome=documents_unavailable", e);
            return Answer.problem(
                    Problem.of(
                            Problem.Code.UNAVAILABLE,
                            "Expected the store of documents to answer, but it cannot at present. Repeat the request later; the log says what to mend."));
        } catch (QuestionFailedException e) {
            return Answer.problem(failed(e));
        } catch (RuntimeException e) {
            String incident = UUID.randomUUID().toString();
            LOG.error("incident={} outcome=internal_error", incident, e);
            return Answer.problem(Problem.of(
                    Problem.Code.INTERNAL,
                    "Expected to answer, but something went wrong inside. The log has it as incident %s."
                            .formatted(incident)));
        }
    }

    private static Problem failed(QuestionFailedException failure) {
        return switch (failure.reason()) {
            case TOO_SLOW ->
                Problem.of(
                        Problem.Code.TOO_SLOW,
                        "Expected a question about usage that is answered in time, but this one took too long. Ask for less: a shorter period, fewer groups.");
            case TOO_MANY ->
                Problem.of(
                        Problem.Code.OVERLOADED,
                        "Expected room for a question about usage, but too many wait already. Ask again later.");
            // Whoever asked is gone and reads none of this.
            case CANCELLED ->
                Problem.of(
                        Problem.Code.UNAVAILABLE,
                        "Expected somebody to wait for the answer, but the connection was closed. Ask again.");
            case UNKNOWN_WATERMARK, STORE_FAILED -> {
                LOG.error("outcome=usage_unavailable", failure);
                yield Problem.of(
                        Problem.Code.UNAVAILABLE,
                        "Expected the store of usage to answer, but it cannot at present. Repeat the request later; the log says what to mend.");
            }
        };
    }

    private static void send(ServerRequest request, ServerResponse response, Answer answer) {
        response.status(Status.create(answer.status()));
        answer.headers().forEach((name, value) -> response.header(name, value));
        response.header(HeaderNames.CONTENT_TYPE, answer.body().contentType());
        if (request.prologue().method().equals(Method.HEAD)) {
            response.send();
        } else {
            response.send(answer.body().bytes());
        }
        if (answer.isLast() || request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
            // Helidon says that it closes the connection and then reads on
            throw new CloseConnectionException("The answer was the last one on this connection.");
        }
    }
}

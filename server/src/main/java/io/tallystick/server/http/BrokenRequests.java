package io.tallystick.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests that Helidon cannot read, before any path is known. What Helidon would say of them is left out: it
 * quotes its own classes.
 */
public final class BrokenRequests implements DirectHandler {
    private BrokenRequests() {}

    public static DirectHandlers handlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        BrokenRequests broken = new BrokenRequests();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, broken);
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String message) {
        Answer answer = Answer.problem(problem(type, status));
        return TransportResponse.builder()
                .status(status)
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, answer.body().contentType())
                // what follows on the connection cannot be told from the rest of this request
                .keepAlive(false)
                .entity(answer.body().bytes())
                .build();
    }

    private static Problem problem(EventType type, Status status) {
        return switch (status.code()) {
            case 413 -> Problem.of(Problem.Code.TOO_LARGE, "Expected a smaller body, but it is beyond every limit.");
            case 414 -> Problem.of(Problem.Code.TOO_LARGE, "Expected a shorter path and query, but they are too long.");
            case 500 -> Problem.of(Problem.Code.INTERNAL, "Expected to answer, but something went wrong inside.");
            case 503 ->
                Problem.of(Problem.Code.UNAVAILABLE, "Expected room for a request, but there is none. Repeat it.");
            case 505 ->
                Problem.of(Problem.Code.MALFORMED, "Expected a request in HTTP/1.1, but it is in another version.");
            default ->
                type == EventType.FORBIDDEN
                        ? Problem.of(Problem.Code.FORBIDDEN, "Expected a request that may be made, but it may not.")
                        : Problem.of(
                                Problem.Code.MALFORMED,
                                "Expected an HTTP/1.1 request with a well-formed path and query, headers of at most 16 kB in all, a number as Content-Length, and gzip, deflate or nothing as Content-Encoding, but at least one of them is different.");
        };
    }
}

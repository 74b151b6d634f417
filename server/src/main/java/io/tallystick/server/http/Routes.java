package io.tallystick.server.http;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.tallystick.server.access.Caller;
import io.tallystick.server.access.Role;
import io.tallystick.server.metrics.Requests;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Puts the doors at their paths and remembers which methods a path has, so that another one is answered with 405. A path
 * is served with and without a slash at its end; HEAD is served wherever GET is.
 */
public final class Routes {
    private final HttpRouting.Builder routing;
    private final Guard guard;
    private final Requests requests;
    private final Map<String, TreeSet<String>> methods = new LinkedHashMap<>();

    public Routes(HttpRouting.Builder routing, Guard guard, Requests requests) {
        this.routing = routing;
        this.guard = guard;
        this.requests = requests;
    }

    public Routes get(String path, Role needed, Guard.Action action) {
        return on(Method.GET, path, needed, action).on(Method.HEAD, path, needed, action);
    }

    public Routes post(String path, Role needed, Guard.Action action) {
        return on(Method.POST, path, needed, action);
    }

    public Routes put(String path, Role needed, Guard.Action action) {
        return on(Method.PUT, path, needed, action);
    }

    public Routes delete(String path, Role needed, Guard.Action action) {
        return on(Method.DELETE, path, needed, action);
    }

    /** For every key of the organization, whatever its role. */
    public Routes getAnyRole(String path, Guard.Action action) {
        routing.route(Method.GET, known(Method.GET, path), guard.ofAnyRole(action));
        routing.route(Method.HEAD, known(Method.HEAD, path), guard.ofAnyRole(action));
        return this;
    }

    /** For everybody. */
    public Routes getOpen(String path, Guard.OpenAction action) {
        routing.route(Method.GET, known(Method.GET, path), guard.open(action));
        routing.route(Method.HEAD, known(Method.HEAD, path), guard.open(action));
        return this;
    }

    /** For everybody. */
    public Routes postOpen(String path, Guard.OpenAction action) {
        return on(Method.POST, path, guard.open(action));
    }

    /** A page of plain text, for whoever has the role in any organization. */
    public Routes getText(String path, String contentType, Role needed, Function<Caller, String> text) {
        Handler handler = guard.text(needed, contentType, text);
        return on(Method.GET, path, handler).on(Method.HEAD, path, handler);
    }

    /** After the last path: what every request gets that none of them took. */
    public void refuseTheRest() {
        Requests.Route wrongMethod = requests.route("other", "method_not_allowed");
        Requests.Route unknown = requests.route("other", "not_found");
        methods.forEach((path, allowed) -> routing.any(path, counted(wrongMethod, guard.open(request -> {
            String list = String.join(", ", allowed);
            return Answer.problem(Problem.of(
                            Problem.Code.METHOD_NOT_ALLOWED,
                            "Expected one of the methods %s at this path, but was %s."
                                    .formatted(list, request.prologue().method().text())))
                    .with("allow", list);
        }))));
        routing.any(counted(
                unknown,
                guard.open(request -> Answer.problem(Problem.of(
                        Problem.Code.NOT_FOUND,
                        "Expected a path of the API, such as /organizations/{orgId}/products, but was %s."
                                .formatted(request.path().path()))))));
    }

    private Routes on(Method method, String path, Role needed, Guard.Action action) {
        return on(method, path, guard.of(needed, action));
    }

    private Routes on(Method method, String path, Handler handler) {
        routing.route(method, known(method, path), counted(requests.route(method.text(), path), handler));
        return this;
    }

    private static Handler counted(Requests.Route route, Handler handler) {
        return (request, response) -> {
            long begun = System.nanoTime();
            try {
                handler.handle(request, response);
            } finally {
                route.answered(response.status().code(), System.nanoTime() - begun);
            }
        };
    }

    private String known(Method method, String path) {
        String pattern = path + "[/]";
        methods.computeIfAbsent(pattern, _ -> new TreeSet<>()).add(method.text());
        return pattern;
    }
}

package io.tallystick.server.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** How often each route was answered with which status, and how long that took. Safe for use by many threads. */
public final class Requests {
    private final List<Route> routes = new CopyOnWriteArrayList<>();

    /** One method of one path of the routing, not of a request: there are as many as the routing has. */
    public static final class Route {
        private final Map<String, String> labels = new LinkedHashMap<>();
        private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
        private final Histogram durations = new Histogram();

        private Route(String method, String path) {
            labels.put("method", method);
            labels.put("route", path);
        }

        public void answered(int status, long nanos) {
            statuses.computeIfAbsent(status, _ -> new LongAdder()).increment();
            durations.record(nanos);
        }
    }

    public Route route(String method, String path) {
        Route route = new Route(method, path);
        routes.add(route);
        return route;
    }

    /** Writes what was asked for at least once. */
    public void write(Exposition out) {
        List<Route> used =
                routes.stream().filter(route -> !route.statuses.isEmpty()).toList();
        out.family("tallystick_http_requests_total", Exposition.Type.COUNTER, "Answered requests.");
        used.forEach(route -> route.statuses.forEach((status, count) -> {
            Map<String, String> labels = new LinkedHashMap<>(route.labels);
            labels.put("status", Integer.toString(status));
            out.sample("tallystick_http_requests_total", labels, count.sum());
        }));
        out.family(
                "tallystick_http_request_seconds",
                Exposition.Type.HISTOGRAM,
                "From the request's head to the end of its answer.");
        used.forEach(route -> out.histogram("tallystick_http_request_seconds", route.labels, route.durations));
    }
}

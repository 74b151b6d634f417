package io.tallystick.server.app;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps pages of other sites out of a development server, whose credentials everybody knows: the Host must be a loopback
 * name (a name that somebody points at 127.0.0.1 is not), and a browser may change something from our own pages only.
 */
final class DevGuard implements Filter {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> READING = Set.of(Method.GET.text(), Method.HEAD.text(), Method.OPTIONS.text());

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String host = request.headers().contains(HeaderNames.HOST)
                ? request.headers().get(HeaderNames.HOST).get().toLowerCase(Locale.ROOT)
                : "";
        if (!LOOPBACK.contains(withoutPort(host))) {
            refuse(response, "Expected a Host of localhost, 127.0.0.1 or [::1] in development mode, but was another.");
        } else if (isFromElsewhere(request, host)) {
            refuse(
                    response,
                    "Expected a change from a page of this server in development mode, but the Origin was another.");
        } else {
            chain.proceed();
        }
    }

    private static boolean isFromElsewhere(RoutingRequest request, String host) {
        if (READING.contains(request.prologue().method().text())
                || !request.headers().contains(HeaderNames.ORIGIN)) {
            return false;
        }
        try {
            String authority =
                    URI.create(request.headers().get(HeaderNames.ORIGIN).get()).getAuthority();
            return authority == null || !authority.toLowerCase(Locale.ROOT).equals(host);
        } catch (IllegalArgumentException e) {
            return true; // no origin of ours looks like that
        }
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private static void refuse(RoutingResponse response, String message) {
        response.status(Status.FORBIDDEN_403)
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .send("{\"message\":\"" + message + "\",\"code\":\"forbidden\"}");
    }
}

package io.tallystick.server.app;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerResponse;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Answers {@code /health/live} (200 as long as the process answers at all) and {@code /health/ready} (200 from the ready
 * line to the stop, unless the house can no longer work, else 503), so that a load balancer sends nothing to a server that stops.
 */
final class Health implements HttpService {
    /** Where the server is between its start and its end. */
    enum Stage {
        STARTING,
        READY,
        STOPPING
    }

    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.STARTING);
    private final BooleanSupplier isAble;

    /**
     * @param isAble whether the house can do its work
     */
    Health(BooleanSupplier isAble) {
        this.isAble = isAble;
    }

    void enter(Stage next) {
        stage.set(next);
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/live", (_, response) -> answer(response, Status.OK_200, "live"));
        rules.get("/ready", (_, response) -> {
            Stage now = stage.get();
            boolean isReady = now == Stage.READY && isAble.getAsBoolean();
            answer(
                    response,
                    isReady ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503,
                    now == Stage.READY && !isReady ? "failed" : now.name().toLowerCase(Locale.ROOT));
        });
    }

    private static void answer(ServerResponse response, Status status, String word) {
        response.status(status)
                .header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"))
                .header(HeaderValues.CACHE_NO_CACHE)
                .send("{\"status\":\"" + word + "\"}");
    }
}

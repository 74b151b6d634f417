package io.tallystick.server.app;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerResponse;
import io.tallystick.usage.intake.IdentityBudget;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

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
    private final Supplier<IdentityBudget> identities;

    /**
     * @param isAble whether the house can do its work
     * @param identities how much of their memory they take
     */
    Health(BooleanSupplier isAble, Supplier<IdentityBudget> identities) {
        this.isAble = isAble;
        this.identities = identities;
    }

    void enter(Stage next) {
        stage.set(next);
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/live", (_, response) -> answer(response, Status.OK_200, "live", ""));
        rules.get("/ready", (_, response) -> {
            Stage now = stage.get();
            boolean isReady = now == Stage.READY && isAble.getAsBoolean();
            answer(
                    response,
                    isReady ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503,
                    now == Stage.READY && !isReady ? "failed" : now.name().toLowerCase(Locale.ROOT),
                    warnings(identities.get()));
        });
    }

    /** What will go wrong and did not yet, or what of the house still works: no reason to send its requests elsewhere. */
    private static String warnings(IdentityBudget budget) {
        String code =
                switch (budget.stage()) {
                    case AMPLE -> "";
                    case SCARCE -> "identity_budget_scarce";
                    case REACHED -> "identity_budget_reached";
                };
        return code.isEmpty()
                ? ""
                : ",\"warnings\":[{\"code\":\"%s\",\"message\":\"Expected uids to take less than 80 %% of intake.identity-memory, but they take %d %%. Raise it and start the server again; at 100 %% new measurements get 503.\"}]"
                        .formatted(code, budget.percent());
    }

    private static void answer(ServerResponse response, Status status, String word, String warnings) {
        response.status(status)
                .header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"))
                .header(HeaderValues.CACHE_NO_CACHE)
                .send("{\"status\":\"" + word + "\"" + warnings + "}");
    }
}

package io.tallystick.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.webserver.http.ServerRequest;
import io.tallystick.id.OrganizationId;
import io.tallystick.server.access.Access;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;

/** Addresses from which one thing can be loaded without a credential, for five minutes: their signature is the credential. */
public record DownloadLink(Access access) {
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final String UNTIL = "until";
    private static final String SIGNATURE = "signature";

    /**
     * An address on the host that was asked.
     *
     * @param path below the organization, with the parameter that names the thing
     * @param thing what may be loaded
     */
    public String to(Call call, String path, String thing) {
        long until = call.receivedAt().plus(LIFETIME).getEpochSecond();
        return "%s://%s/organizations/%s%s&%s=%d&%s=%s"
                .formatted(
                        call.request().requestedUri().scheme(),
                        call.request().requestedUri().authority(),
                        encoded(call.organization().value()),
                        path,
                        UNTIL,
                        until,
                        SIGNATURE,
                        access.signLink(call.organization(), thing, Instant.ofEpochSecond(until)));
    }

    /** Whether a request shows the signature of this thing, and its time is not over. */
    public boolean isShown(ServerRequest request, OrganizationId organization, String thing) {
        String until = query(request, UNTIL);
        return until.matches("[0-9]{1,11}")
                && access.isLink(
                        organization, thing, Instant.ofEpochSecond(Long.parseLong(until)), query(request, SIGNATURE));
    }

    /** A parameter of a request; empty where it is absent. */
    public static String query(ServerRequest request, String name) {
        return request.query().contains(name) ? request.query().get(name) : "";
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /** What another address gets. */
    public static Answer refusal(String askAt) {
        return Answer.problem(Problem.of(
                Problem.Code.FORBIDDEN,
                "Expected an address as %s answers it, valid for five minutes, but it is another one or its time is over. Ask for a new one."
                        .formatted(askAt)));
    }
}

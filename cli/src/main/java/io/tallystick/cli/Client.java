package io.tallystick.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tallystick.server.json.Json;
import io.tallystick.server.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Base64;
import java.util.Optional;

/**
 * Talks to a server as a customer does: over a socket, through the public API, with a token for one organization. Used
 * by one thread at a time.
 *
 * <p>It stands on {@link HttpURLConnection} because that is ready in a tenth of the time of {@code java.net.http}.
 */
final class Client {
    private static final int TIMEOUT_MS = 30_000;
    private static final int FIRST_FAILURE = 400;

    private final URI base;
    private final String authorization;

    private Client(URI base, String authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    /**
     * Exchanges the two halves of a key for a token.
     *
     * @param base address of the server, without a path
     * @throws RequestFailed if they do not belong together, or nothing answers there
     */
    static Client signIn(URI base, String organization, String accessKey, String apiSecret) throws RequestFailed {
        String pair = Base64.getEncoder().encodeToString((accessKey + ":" + apiSecret).getBytes(UTF_8));
        Json grant = Json.obj().with("grant_type", "client_credentials").build();
        Received token = new Client(base.resolve("/oauth/"), "Basic " + pair).post("token", grant);
        return new Client(base.resolve("/organizations/" + organization + "/"), "Bearer " + token.text("access_token"));
    }

    /**
     * Sends something and answers what came back.
     *
     * @param path below the organization, such as {@code products}
     */
    Received post(String path, Json body) throws RequestFailed {
        return send("POST", path, Optional.of(body));
    }

    /** Asks for something below the organization. */
    Received get(String path) throws RequestFailed {
        return send("GET", path, Optional.empty());
    }

    private Received send(String method, String path, Optional<Json> body) throws RequestFailed {
        URI uri = base.resolve(path);
        String request = method + " " + uri.getPath();
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MS);
            connection.setReadTimeout(TIMEOUT_MS);
            connection.setRequestMethod(method);
            connection.setRequestProperty("Authorization", authorization);
            if (body.isPresent()) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(JsonText.write(body.get()).getBytes(UTF_8));
                }
            }
            int status = connection.getResponseCode();
            Received received = new Received(request, read(request, status, connection));
            if (status >= FIRST_FAILURE) {
                throw new RequestFailed("Expected %s to succeed, but the answer was %d %s: %s"
                        .formatted(request, status, received.text("code"), received.text("message")));
            }
            return received;
        } catch (RequestFailed refused) {
            throw refused;
        } catch (IOException noAnswer) {
            throw new RequestFailed(
                    "Expected an answer to %s from %s, but: %s".formatted(request, base.getAuthority(), noAnswer));
        }
    }

    /** Reads to the end, so that the next request can use the same connection. */
    private static Json.Obj read(String request, int status, HttpURLConnection connection) throws IOException {
        byte[] text;
        try (InputStream in = status < FIRST_FAILURE ? connection.getInputStream() : connection.getErrorStream()) {
            text = in == null ? new byte[0] : in.readAllBytes();
        }
        if (JsonText.read(text) instanceof JsonText.Reading.Read(Json.Obj object)) {
            return object;
        }
        throw new RequestFailed("Expected a JSON object as the answer to %s, but status %d came with something else."
                .formatted(request, status));
    }
}

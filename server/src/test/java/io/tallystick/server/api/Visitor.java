package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.access.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Somebody at the door of a live server, with a key of an organization. Bodies are written with ' for ", and paths begin
 * below the organization.
 */
public record Visitor(HttpClient client, URI address, String organization, Credentials credentials, String keyId) {
    public Reply get(String path) {
        return send("GET", path, Optional.empty());
    }

    public Reply post(String path, String body) {
        return send("POST", path, Optional.of(body));
    }

    public Reply put(String path, String body) {
        return send("PUT", path, Optional.of(body));
    }

    public Reply delete(String path) {
        return send("DELETE", path, Optional.empty());
    }

    /** The id of what a POST creates. */
    public String created(String path, String body) {
        Reply reply = post(path, body);
        assertThat(reply.status()).as("POST %s %s", path, reply.text()).isEqualTo(200);
        return reply.at("id");
    }

    /** A POST of bytes as they are. */
    Reply postBytes(String path, byte[] body, String... headers) {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    Reply send(String method, String path, Optional<String> body) {
        return send(request(path)
                .method(
                        method,
                        body.map(text -> BodyPublishers.ofByteArray(
                                        text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                                .orElseGet(BodyPublishers::noBody)));
    }

    /** A request as it stands; the visitor adds nothing. */
    Reply send(HttpRequest.Builder request) {
        return Reply.of(response(request));
    }

    /** The same for an answer that need not be JSON. */
    HttpResponse<String> response(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A request for a path below the organization, with the visitor's key. */
    HttpRequest.Builder request(String path) {
        return bare("/organizations/" + organization + path).header("X-API-KEY", credentials.apiKey());
    }

    /** A request for a whole path, without a key. */
    HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).header("Content-Type", "application/json");
    }
}

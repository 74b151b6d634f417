package io.tallystick.server.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.tallystick.server.access.Access;
import io.tallystick.server.access.Token;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Problem;
import io.tallystick.server.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * {@code POST /oauth/token}: a key's two halves for a token. The body, JSON or form, is the same for everybody and so is
 * not read. Source: m3ter API, Authentication.
 */
final class TokenDoor {
    private static final String BASIC = "basic ";

    private final Access access;

    TokenDoor(Access access) {
        this.access = access;
    }

    Answer exchange(ServerRequest request) {
        return credentials(request)
                .flatMap(pair -> access.token(pair.accessKey(), pair.apiSecret()))
                .map(TokenDoor::answer)
                .orElseGet(
                        () -> Answer.problem(
                                Problem.of(
                                        Problem.Code.UNAUTHORIZED,
                                        "Expected Authorization: Basic with base64 of accessKey:apiSecret of a living key, but there is none. Keys are made by ./tallystick key create.")));
    }

    private record Pair(String accessKey, String apiSecret) {}

    private static Optional<Pair> credentials(ServerRequest request) {
        if (!request.headers().contains(HeaderNames.AUTHORIZATION)) {
            return Optional.empty();
        }
        String value = request.headers().get(HeaderNames.AUTHORIZATION).get();
        if (!value.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(value.substring(BASIC.length()).strip());
            String pair = new String(decoded, StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Pair(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not base64: no credential
        }
    }

    private static Answer answer(Token token) {
        return Answer.ok(Json.obj()
                .with("access_token", token.value())
                .with("expires_in", token.lifetime().toSeconds())
                .with("token_type", "Bearer")
                .build());
    }
}

package io.tallystick.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.tallystick.server.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client against a server that says what the test wants. */
@Timeout(60)
final class ClientTest {
    private final List<String> requests = new ArrayList<>();

    private HttpServer server;
    private URI base;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        answer("/oauth/token", 200, "{\"access_token\":\"t0ken\",\"expires_in\":18000}");
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void signsInWithTheKeyAndSendsTheTokenAfterwards() throws Exception {
        answer("/organizations/o1/products", 200, "{\"id\":\"p1\",\"price\":0.10,\"data\":[{\"id\":\"p2\"}]}");

        Received product =
                client().post("products", Json.obj().with("code", "c").build());

        assertThat(product.text("id")).isEqualTo("p1");
        assertThat(product.number("price")).isEqualTo(new BigDecimal("0.10"));
        assertThat(product.objects("data").getFirst().text("id")).isEqualTo("p2");
        assertThat(requests)
                .containsExactly(
                        "POST Basic a2V5OnNlY3JldA== {\"grant_type\":\"client_credentials\"}",
                        "POST Bearer t0ken {\"code\":\"c\"}");
    }

    @Test
    void tellsTheCodeAndTheWordsOfARefusal() throws Exception {
        answer("/organizations/o1/products", 409, "{\"message\":\"Expected a free code.\",\"code\":\"taken\"}");
        Client client = client();

        assertThatExceptionOfType(RequestFailed.class)
                .isThrownBy(() -> client.post("products", Json.obj().build()))
                .withMessage(
                        "Expected POST /organizations/o1/products to succeed, but the answer was 409 taken: Expected a free code.");
    }

    @Test
    void tellsThatAKeyWasRefused() {
        server.removeContext("/oauth/token");
        answer("/oauth/token", 401, "{\"message\":\"Expected a living key.\",\"code\":\"unauthorized\"}");

        assertThatExceptionOfType(RequestFailed.class)
                .isThrownBy(this::client)
                .withMessage(
                        "Expected POST /oauth/token to succeed, but the answer was 401 unauthorized: Expected a living key.");
    }

    @Test
    void namesWhatIsMissingInAnAnswer() throws Exception {
        answer("/organizations/o1/products", 200, "{\"id\":7}");
        Received product = client().get("products");

        assertThatExceptionOfType(RequestFailed.class)
                .isThrownBy(() -> product.text("id"))
                .withMessage(
                        "Expected \"id\" to be a string in the answer to GET /organizations/o1/products, but it was 7.");
        assertThatExceptionOfType(RequestFailed.class)
                .isThrownBy(() -> product.number("price"))
                .withMessageEndingWith("but it was null.");
        assertThatExceptionOfType(RequestFailed.class)
                .isThrownBy(() -> product.objects("data"))
                .withMessageContaining("an array of objects");
    }

    @Test
    void saysWhereAnAnswerIsNoJson() throws Exception {
        answer("/organizations/o1/products", 502, "<html>Bad Gateway</html>");
        Client client = client();

        assertThatExceptionOfType(RequestFailed.class)
                .isThrownBy(() -> client.get("products"))
                .withMessage(
                        "Expected a JSON object as the answer to GET /organizations/o1/products, but status 502 came with something else.");
    }

    @Test
    void saysWhereNobodyAnswers() {
        server.stop(0);

        assertThatExceptionOfType(RequestFailed.class)
                .isThrownBy(this::client)
                .withMessageStartingWith("Expected an answer to POST /oauth/token from 127.0.0.1:");
    }

    private Client client() throws RequestFailed {
        return Client.signIn(base, "o1", "key", "secret");
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
            requests.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}

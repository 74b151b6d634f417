package io.tallystick.server.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.http.HttpRouting;
import io.tallystick.server.settings.Settings;
import io.tallystick.server.settings.SettingsAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ServerTest {
    @TempDir
    private Path directory;

    private Settings settings;

    @BeforeEach
    void onAnyFreePort() {
        settings = Settings.defaults().withPort(0).withData(directory.resolve("data"));
    }

    @Test
    void isReadyWhenItHasStarted() throws Exception {
        try (Server server = ready(Server.start(settings));
                HttpClient client = HttpClient.newHttpClient()) {
            assertThat(server.address().toString()).matches("http://127\\.0\\.0\\.1:[1-9][0-9]*");
            HttpResponse<String> ready = get(client, server.address().resolve("/health/ready"));
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(ready.body()).isEqualTo("{\"status\":\"ready\"}");
            assertThat(get(client, server.address().resolve("/health/live")).body())
                    .isEqualTo("{\"status\":\"live\"}");
        }
    }

    @Test
    void freesPortAndDataDirectoryWhenItIsClosedAndCanBeClosedTwice() {
        Server first = ready(Server.start(settings));
        first.close();
        first.close();

        try (Server second =
                ready(Server.start(settings.withPort(first.address().getPort())))) {
            assertThat(second.address()).isEqualTo(first.address());
        }
    }

    @Test
    void finishesTheRequestsItAcceptedAndTakesNoMoreBeforeItIsClosed() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        Server server = ready(Server.start(
                settings,
                (HttpRouting.Builder routes) -> routes.get("/slow", (_, response) -> {
                    entered.countDown();
                    mayAnswer.await();
                    response.send("finished");
                })));
        try (HttpClient client = HttpClient.newHttpClient();
                Socket idle = new Socket(
                        InetAddress.getLoopbackAddress(), server.address().getPort())) {
            get(client, server.address().resolve("/health/ready"));
            CompletableFuture<HttpResponse<String>> accepted = client.sendAsync(
                    HttpRequest.newBuilder(server.address().resolve("/slow")).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();

            Thread stop = Thread.ofPlatform().start(server::close);
            // the idle connection ends when the stop has reached the listener
            assertThat(idle.getInputStream().read()).isEqualTo(-1);
            assertThat(stop.isAlive()).as("the stop waits for the request").isTrue();
            mayAnswer.countDown();

            assertThat(accepted.get().body()).isEqualTo("finished");
            server.awaitStop();
        }
    }

    @Test
    void answersWhatComesOnAnOpenConnectionWhileItIsClosedAndSaysThatItIsTheLastAnswer() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        Server server = ready(Server.start(
                settings, (HttpRouting.Builder routes) -> routes.get("/quick", (_, response) -> response.send("quick"))
                        .get("/slow", (_, response) -> {
                            entered.countDown();
                            mayAnswer.await();
                            response.send("slow");
                        })));
        try (Socket slow = connect(server);
                Socket kept = connect(server)) {
            ask(slow, "/slow");
            assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
            ask(kept, "/quick");
            assertThat(answer(kept, "quick")).startsWith("HTTP/1.1 200").doesNotContain("close");

            Thread stop = Thread.ofPlatform().start(server::close);
            Awaitility.await("no new connections")
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> !isListening(server));
            // the second one comes in the same piece, and is not begun: nobody could be told what became of it
            kept.getOutputStream().write((request("/quick") + request("/quick")).getBytes(US_ASCII));

            assertThat(answer(kept, "quick")).startsWith("HTTP/1.1 200").containsIgnoringCase("connection: close");
            assertThat(kept.getInputStream().read()).isEqualTo(-1);
            assertThat(stop.isAlive()).as("the stop waits for the request").isTrue();
            mayAnswer.countDown();
            assertThat(answer(slow, "slow")).startsWith("HTTP/1.1 200").containsIgnoringCase("connection: close");
            assertThat(slow.getInputStream().read()).isEqualTo(-1);
            server.awaitStop();
        }
    }

    private static Socket connect(Server server) throws IOException {
        return new Socket(server.address().getHost(), server.address().getPort());
    }

    private static boolean isListening(Server server) {
        try (Socket connected = connect(server)) {
            return connected.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static void ask(Socket socket, String path) throws IOException {
        socket.getOutputStream().write(request(path).getBytes(US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String request(String path) {
        return "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path);
    }

    /** The head of the answer with this body, which is read too. */
    private static String answer(Socket socket, String body) throws IOException {
        StringBuilder answer = new StringBuilder();
        String end = "\r\n\r\n" + body;
        while (answer.indexOf(end) < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("after %s", answer).isNotNegative();
            answer.append((char) next);
        }
        return answer.toString();
    }

    @Test
    void refusesAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThat(refused(settings.withPort(taken.getLocalPort())))
                    .isEqualTo(
                            "Expected to listen on 127.0.0.1:%s, but: Address already in use. Stop what listens there, or choose another with --port (0 takes any free one) or --bind.",
                            taken.getLocalPort());
            assertThat(settings.data().resolve("documents.sqlite")).doesNotExist();
        }
        ready(Server.start(settings)).close();
    }

    @Test
    void refusesAnAddressThatIsNotOfThisMachine() {
        assertThat(refused(with("bind", "192.0.2.1"))).startsWith("Expected to listen on 192.0.2.1:0, but: ");
        assertThat(refused(with("bind", "nowhere.invalid")))
                .isEqualTo(
                        "Expected an address of this machine to bind to, but the name 'nowhere.invalid' is unknown. Choose another with --bind.");
    }

    @Test
    void refusesADataDirectoryThatIsAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");

        assertThat(refused(settings.withData(file))).startsWith("Expected a directory for data");
    }

    @Test
    void speaksHttpsWithAPemCertificate() throws Exception {
        PemCertificate certificate = PemCertificate.generateIn(directory);
        Settings secured = with(
                "tls-cert",
                certificate.certificate().toString(),
                "tls-key",
                certificate.key().toString());

        try (Server server = ready(Server.start(secured));
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(certificate.trusted())
                        .build()) {
            assertThat(server.address().toString()).startsWith("https://127.0.0.1:");
            assertThat(get(client, server.address().resolve("/health/ready")).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void refusesPemFilesThatAreMissingOrSomethingElse() throws Exception {
        PemCertificate certificate = PemCertificate.generateIn(directory);
        String missing = directory.resolve("missing.pem").toString();

        assertThat(refused(with("tls-cert", certificate.certificate().toString(), "tls-key", missing)))
                .isEqualTo("Expected a readable PEM file, but %s is none", missing);
        String swapped = refused(with(
                "tls-cert", certificate.key().toString(),
                "tls-key", certificate.certificate().toString()));
        assertThat(swapped)
                .startsWith("Expected a PEM certificate in " + certificate.key())
                .endsWith("A key of another kind becomes one by 'openssl pkcs8 -topk8 -nocrypt'.");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    private Settings with(String... keysAndTexts) {
        Map<String, String> flags =
                new HashMap<>(Map.of("port", "0", "data", settings.data().toString()));
        for (int i = 0; i < keysAndTexts.length; i += 2) {
            flags.put(keysAndTexts[i], keysAndTexts[i + 1]);
        }
        return ((SettingsAnswer.Complete) Settings.read(flags, Map.of())).settings();
    }

    private static HttpResponse<String> get(HttpClient client, URI uri) throws Exception {
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Server ready(Start start) {
        assertThat(start).isInstanceOf(Start.Ready.class);
        return ((Start.Ready) start).server();
    }

    private static String refused(Settings settings) {
        Start start = Server.start(settings);
        assertThat(start).isInstanceOf(Start.Refused.class);
        return ((Start.Refused) start).reason();
    }
}

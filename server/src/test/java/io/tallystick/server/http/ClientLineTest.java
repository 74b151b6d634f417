package io.tallystick.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.tallystick.id.OrganizationId;
import io.tallystick.server.access.Caller;
import io.tallystick.server.access.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real sockets to a real listener, whose only handler waits until it is told to go on or is interrupted. */
@Timeout(60)
class ClientLineTest {
    private static final Duration NOTICED = Duration.ofSeconds(1);
    private static final String QUICK = "quick";

    private final BlockingQueue<String> begun = new ArrayBlockingQueue<>(10);
    private final CompletableFuture<Long> interruptedNanos = new CompletableFuture<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Bodies bodies = new Bodies(1 << 20, Duration.ofSeconds(10), Duration.ofSeconds(60));
    private final WebServer server;

    ClientLineTest() {
        Handler waiting = (request, response) -> {
            Call call = new Call(
                    request, new Caller("somebody", new OrganizationId("o"), Role.READ), Instant.EPOCH, bodies);
            response.send(call.whileClientWaits(() -> answer(request.path().path())));
        };
        WebServerConfig.Builder listener = WebServer.builder();
        HttpRouting.Builder routing = HttpRouting.builder().any(waiting);
        AttentiveConnections.into(listener, routing);
        server = listener.host("127.0.0.1")
                .port(0)
                .shutdownHook(false)
                .routing(routing)
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        server.stop();
        bodies.close();
    }

    private String answer(String path) {
        try {
            begun.add(path);
            if (!path.endsWith(QUICK)) {
                goOn.await();
            }
            return path;
        } catch (InterruptedException e) {
            interruptedNanos.complete(System.nanoTime());
            throw new IllegalStateException("Expected to be told to go on, but was interrupted.", e);
        }
    }

    @Test
    void interruptsTheWorkWithinASecondOfTheClientsHangingUp() throws Exception {
        Socket client = connect();
        send(client, "slow");
        assertThat(begun.take()).isEqualTo("/slow");

        assertThat(hangUp(client)).isLessThan(NOTICED);
    }

    @Test
    void interruptsTheWorkOfAConnectionThatHasBeenAnsweredBefore() throws Exception {
        Socket client = connect();
        send(client, QUICK);
        assertThat(body(client)).isEqualTo("/quick");
        send(client, "slow");
        assertThat(List.of(begun.take(), begun.take())).containsExactly("/quick", "/slow");

        assertThat(hangUp(client)).isLessThan(NOTICED);
    }

    /** How long it then takes until the work is interrupted. */
    private Duration hangUp(Socket client) throws Exception {
        long hungUpNanos = System.nanoTime();
        client.close();
        return Duration.ofNanos(interruptedNanos.get(10, TimeUnit.SECONDS) - hungUpNanos);
    }

    @Test
    void answersTheRequestsThatWereSentWhileTheFirstWasAnswered() throws Exception {
        try (Socket client = connect()) {
            send(client, "one");
            assertThat(begun.take()).isEqualTo("/one");
            send(client, "two");
            send(client, "three");
            goOn.countDown();

            assertThat(List.of(body(client), body(client), body(client))).containsExactly("/one", "/two", "/three");
        }
        assertThat(interruptedNanos).isNotDone();
    }

    @Test
    void passesOnWhatTheWorkThrows() {
        ClientLine line = new ClientLine(ClientLineTest::nothingEver);

        assertThatThrownBy(() -> line.whilePresent(() -> {
                    throw new IllegalArgumentException("as it was");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("as it was");
    }

    private static Optional<byte[]> nothingEver() {
        try {
            new CountDownLatch(1).await();
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private static void send(Socket client, String path) throws IOException {
        client.getOutputStream()
                .write(("GET /" + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }

    /** The body of the next answer. */
    private static String body(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.read());
        }
        String length = head.toString()
                .lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .findFirst()
                .orElseThrow()
                .substring(15)
                .strip();
        return new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.US_ASCII);
    }
}

package io.tallystick.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.tallystick.server.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Room for one kilobyte of bodies, behind a real server. */
final class BodiesRoomTest {
    private final Bodies bodies = new Bodies(1 << 10, Duration.ofMillis(200), Duration.ofSeconds(60));
    private final CountDownLatch isHeld = new CountDownLatch(1);
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebServer web = WebServer.builder()
            .port(0)
            .shutdownHook(false)
            .routing(routing -> routing.post("/", (request, response) -> {
                Answer answer = bodies.read(request, 2_000, this::answer);
                response.status(Status.create(answer.status())).send();
            }))
            .build()
            .start();

    @AfterEach
    void stop() {
        mayAnswer.countDown();
        web.stop();
        bodies.close();
    }

    @Test
    void turnsAwayWhoFindsNoRoomForTooLong() throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Integer> first = post("hold");
        assertThat(isHeld.await(30, SECONDS)).isTrue();

        assertThat(post("second").get(30, SECONDS)).isEqualTo(429);

        mayAnswer.countDown();
        assertThat(first.get(30, SECONDS)).isEqualTo(200);
        assertThat(post("third").get(30, SECONDS)).isEqualTo(200);
    }

    @Test
    void takesABodyThatIsLargerThanTheRoom() throws InterruptedException, ExecutionException, TimeoutException {
        assertThat(post("x".repeat(2_000)).get(30, SECONDS)).isEqualTo(200);
        assertThat(post("x".repeat(2_001)).get(30, SECONDS)).isEqualTo(413);
        assertThat(post("x").get(30, SECONDS)).isEqualTo(200);
    }

    private Answer answer(byte[] body) {
        if (body[0] == 'h') {
            isHeld.countDown();
            try {
                assertThat(mayAnswer.await(30, SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return Answer.ok(Json.obj().build());
    }

    private CompletableFuture<Integer> post(String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + "/"))
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.sendAsync(request, BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }
}

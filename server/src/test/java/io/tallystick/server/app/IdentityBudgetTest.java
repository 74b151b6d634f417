package io.tallystick.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.settings.Settings;
import io.tallystick.server.settings.SettingsAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients and operators see when the memory of uids is used up, over HTTP and across a restart. */
@Timeout(120)
final class IdentityBudgetTest {
    private static final String BATCH =
            "{\"meter\":\"m\",\"account\":\"a\",\"ts\":\"2024-12-10T12:00:00Z\",\"measure\":{\"n\":1}%s}";

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void refusesNewUidsAtTheBudgetAndWarnsBeforeAlsoAfterARestart() throws Exception {
        int counted = 0;
        try (Server server = start("64kB")) {
            makeMeter(server);
            assertThat(ready(server)).isEqualTo("200 {\"status\":\"ready\"}");
            while (!ready(server).contains("identity_budget_scarce")) {
                assertThat(send(server, counted, counted + 10))
                        .startsWith("200 ")
                        .contains("\"accepted\":10");
                counted += 10;
                assertThat(counted).isLessThan(1_000);
            }
            assertThat(ready(server)).startsWith("200 {\"status\":\"ready\",\"warnings\":[");

            String refusal = send(server, counted, counted + 10);
            while (refusal.startsWith("200 ")) {
                counted += 10;
                assertThat(counted).isLessThan(1_000);
                refusal = send(server, counted, counted + 10);
            }

            assertThat(refusal)
                    .startsWith("503 ")
                    .contains("\"code\":\"identity_budget_reached\"", "intake.identity-memory", "of the 64000 bytes");
            assertThat(ready(server)).startsWith("200 ").contains("identity_budget_reached");
            assertThat(send(server, 0, 10)).contains("\"duplicates\":10");
            assertThat(post(server, "/measurements", "{\"measurements\":[" + BATCH.formatted("") + "]}"))
                    .contains("\"accepted\":1");
            assertThat(count(server)).isEqualTo(counted + 1);
        }

        try (Server server = start("64kB")) {
            assertThat(send(server, counted, counted + 10)).contains("identity_budget_reached");
            assertThat(ready(server)).startsWith("200 ").contains("identity_budget_reached");
            assertThat(count(server)).isEqualTo(counted + 1);
        }
        try (Server server = start("1MB")) {
            assertThat(send(server, counted, counted + 10)).contains("\"accepted\":10");
            assertThat(send(server, 0, counted)).contains("\"duplicates\":" + counted);
            assertThat(count(server)).isEqualTo(counted + 11);
        }
    }

    private Server start(String identityMemory) {
        Settings settings =
                switch (Settings.read(Map.of(), Map.of("TALLYSTICK_INTAKE_IDENTITY_MEMORY", identityMemory))) {
                    case SettingsAnswer.Complete complete -> complete.settings();
                    case SettingsAnswer.Faulty faulty -> throw new AssertionError(faulty);
                };
        return switch (Server.start(
                settings.withPort(0).withData(directory.resolve("data")).inDevelopment())) {
            case Start.Ready(Server server) -> server;
            case Start.Refused(String reason) -> throw new AssertionError(reason);
        };
    }

    private void makeMeter(Server server) {
        assertThat(
                        post(
                                server,
                                "/meters",
                                "{\"name\":\"m\",\"code\":\"m\",\"dataFields\":[{\"category\":\"MEASURE\",\"code\":\"n\",\"name\":\"n\",\"unit\":\"1\"}],\"derivedFields\":[]}"))
                .startsWith("200 ");
    }

    private String send(Server server, int from, int to) {
        return post(
                server,
                "/measurements",
                IntStream.range(from, to)
                        .mapToObj(i -> BATCH.formatted(",\"uid\":\"uid-" + i + "\""))
                        .collect(Collectors.joining(",", "{\"measurements\":[", "]}")));
    }

    /** How many measurements a question counts: the server answers at the budget, and nothing that it refused is there. */
    private long count(Server server) {
        String rows = post(
                server,
                "/usage/query",
                "{\"startDate\":\"2024-12-01T00:00:00Z\",\"endDate\":\"2025-01-01T00:00:00Z\",\"limit\":20000}");
        assertThat(rows).startsWith("200 ");
        return rows.split("\"receivedAt\"", -1).length - 1L;
    }

    private String ready(Server server) {
        return send(HttpRequest.newBuilder(server.address().resolve("/health/ready")));
    }

    private String post(Server server, String path, String body) {
        return send(HttpRequest.newBuilder(
                        URI.create(server.address() + "/organizations/" + DevCredentials.ORGANIZATION + path))
                .header("X-API-KEY", DevCredentials.API_KEY)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

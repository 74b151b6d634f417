package io.tallystick.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code org} and {@code key} as processes of their own, beside a server that runs and after it. */
@Timeout(180)
final class OrganizationsTest {
    private static final String READY = "tallystick is ready at ";

    @TempDir
    private Path directory;

    @Test
    void makesOrganizationsAndKeysBesideARunningServerAndOneNeverSeesTheOther() throws Exception {
        try (Program server = Program.start(directory, "serve", "--port", "0");
                HttpClient client = HttpClient.newHttpClient()) {
            URI base = URI.create(server.nextLine().substring(READY.length()));
            String acme = run("org", "create", "Acme").substring(0, 36);
            String other = run("org", "create", "Other Ltd").substring(0, 36);
            String acmeKey = apiKey(run("key", "create", "--org", "Acme", "--role", "admin"));
            String otherKey = apiKey(run("key", "create", "--org", other, "--role", "admin"));

            assertThat(post(client, base, acme, acmeKey).statusCode()).isEqualTo(200);

            assertThat(get(client, base, acme, acmeKey).body()).contains("\"code\":\"secret\"");
            HttpResponse<String> empty = get(client, base, other, otherKey);
            assertThat(empty.statusCode()).isEqualTo(200);
            assertThat(empty.body()).startsWith("{\"data\":[]");
            assertThat(get(client, base, acme, otherKey).statusCode()).isEqualTo(403);
            assertThat(post(client, base, acme, otherKey).statusCode()).isEqualTo(403);
            assertThat(get(client, base, other, acmeKey).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void givesAKeyItsRoleAndNoMore() throws Exception {
        try (Program server = Program.start(directory, "serve", "--port", "0");
                HttpClient client = HttpClient.newHttpClient()) {
            URI base = URI.create(server.nextLine().substring(READY.length()));
            String acme = run("org", "create", "Acme").substring(0, 36);
            String readKey = apiKey(run("key", "create", "--org", "Acme", "--role", "read"));

            assertThat(get(client, base, acme, readKey).statusCode()).isEqualTo(200);
            assertThat(post(client, base, acme, readKey).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void listsOrganizationsAndKeysAfterTheServerHasStoppedAndShowsNoSecret() throws Exception {
        try (Program server = Program.start(directory, "serve", "--port", "0")) {
            assertThat(server.nextLine()).startsWith(READY);
            server.terminate();
            assertThat(server.exitCode()).isZero();
        }
        String acme = run("org", "create", "Acme");
        String secrets = run("key", "create", "--org", "Acme", "--role", "ingest");

        assertThat(run("org", "list").lines()).hasSize(2).contains(acme).anyMatch(line -> line.endsWith("  default"));
        String keys = run("key", "list");
        assertThat(keys.lines())
                .hasSize(2)
                .contains(value("access key", secrets) + "  ingest  Acme")
                .anyMatch(line -> line.endsWith("  admin   default"));
        assertThat(keys).doesNotContain(apiKey(secrets), value("API secret", secrets));
    }

    @Test
    void refusesANameThatIsTakenAndNamesItsHolder() throws Exception {
        startAndStopAServer();
        String acme = run("org", "create", "Acme").substring(0, 36);

        assertThat(refusal("org", "create", "Acme"))
                .isEqualTo("Expected a name that is free, but 'Acme' is the name of organization %s. Choose another."
                        .formatted(acme));
    }

    @Test
    void refusesAKeyForAnOrganizationThatDoesNotExist() throws Exception {
        startAndStopAServer();

        assertThat(refusal("key", "create", "--org", "Nobody", "--role", "admin"))
                .startsWith("Expected the name or the id of an organization, but there is none with 'Nobody'.");
        assertThat(run("key", "list").lines()).hasSize(1);
    }

    private void startAndStopAServer() throws Exception {
        try (Program server = Program.start(directory, "serve", "--port", "0")) {
            assertThat(server.nextLine()).startsWith(READY);
            server.terminate();
            assertThat(server.exitCode()).isZero();
        }
    }

    private String run(String... arguments) throws Exception {
        try (Program program = Program.start(directory, arguments)) {
            String output = program.remainingOutput();
            assertThat(program.exitCode()).as(program.errors()).isZero();
            return output;
        }
    }

    private String refusal(String... arguments) throws Exception {
        try (Program program = Program.start(directory, arguments)) {
            assertThat(program.exitCode()).isEqualTo(1);
            return program.errors().strip();
        }
    }

    private static String apiKey(String credentials) {
        return value("X-API-KEY", credentials);
    }

    private static String value(String name, String credentials) {
        List<String> values = credentials
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .toList();
        assertThat(values).as(name).hasSize(1);
        return values.getFirst();
    }

    private static HttpResponse<String> get(HttpClient client, URI base, String organization, String key)
            throws IOException, InterruptedException {
        return client.send(products(base, organization, key).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(HttpClient client, URI base, String organization, String key)
            throws IOException, InterruptedException {
        return client.send(
                products(base, organization, key)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"secret\",\"name\":\"Secret\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder products(URI base, String organization, String key) {
        return HttpRequest.newBuilder(base.resolve("/organizations/%s/products".formatted(organization)))
                .header("X-API-KEY", key);
    }
}

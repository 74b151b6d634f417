package io.tallystick.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a customer has: an address, a key and HTTP. Every answer's numbers are held against plain notation. */
public record Client(HttpClient http, URI address, String organization, String apiKey) {
    public static final String DEV_ORGANIZATION = "00000000-0000-4000-8000-000000000001";
    public static final String DEV_KEY = "dev-api-key";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PLAIN_NUMBER = "-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /** A client of the organization that development mode makes. */
    public static Client dev(HttpClient http, URI address) {
        return new Client(http, address, DEV_ORGANIZATION, DEV_KEY);
    }

    /** An answer, whatever its status. */
    public record Answer(int status, JsonNode body) {
        /** How many elements got this verdict, of an answer to measurements. */
        public int count(String verdict) {
            return body.path(verdict).intValue();
        }
    }

    /** What {@code /health/ready} says. */
    record Ready(int status, String word) {}

    Ready ready() {
        Answer answer = sent(HttpRequest.newBuilder(address.resolve("/health/ready")));
        return new Ready(answer.status(), answer.body().get("status").stringValue());
    }

    /** Makes an entity and gives its id. */
    public String create(String path, Map<String, Object> entity) {
        return ok(send("POST", path, JSON.writeValueAsString(entity)), path)
                .get("id")
                .stringValue();
    }

    public JsonNode read(String path) {
        return ok(send("GET", path, ""), path);
    }

    public JsonNode ask(Map<String, Object> question) {
        return ok(send("POST", "usage/query", JSON.writeValueAsString(question)), "usage/query");
    }

    /** Sends measurements that are written as JSON already. */
    public Answer measure(List<String> elements) {
        return send("POST", "measurements", measurements(elements));
    }

    /** Posts a body that is written as JSON already. */
    public Answer post(String path, String body) {
        return send("POST", path, body);
    }

    static String measurements(List<String> elements) {
        return "{\"measurements\":[" + String.join(",", elements) + "]}";
    }

    /** Has accounts billed for the month before the date and waits for the job's end. */
    JsonNode bill(String billDate, List<String> accounts) {
        return awaitJob(startJob(billDate, accounts));
    }

    String startJob(String billDate, List<String> accounts) {
        return create("billjobs", Map.of("billDate", billDate, "billingFrequency", "MONTHLY", "accountIds", accounts));
    }

    JsonNode awaitJob(String job) {
        JsonNode ended = Awaitility.await("bill job " + job)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> read("billjobs/" + job), read -> switch (read.get("status")
                        .stringValue()) {
                    case "COMPLETE", "CANCELLED" -> true;
                    default -> false;
                });
        assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("COMPLETE");
        return ended;
    }

    Answer send(String method, String path, String body) {
        return sent(HttpRequest.newBuilder(address.resolve("/organizations/" + organization + "/" + path))
                .header("X-API-KEY", apiKey)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body)));
    }

    private Answer sent(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            requirePlainNumbers(response.body());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException noAnswer) {
            throw new UncheckedIOException(noAnswer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Expected an answer, but was interrupted.", e);
        }
    }

    /** Plain digits, as a reader without arbitrary precision shows them to a person: no exponent, no spare zeros. */
    static void requirePlainNumbers(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric()) {
                    assertThat(parser.getString()).as(text).matches(PLAIN_NUMBER);
                }
            }
        }
    }

    private static JsonNode ok(Answer answer, String path) {
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return answer.body();
    }
}

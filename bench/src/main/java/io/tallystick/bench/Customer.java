package io.tallystick.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tallystick.bench.event.Event;
import io.tallystick.bench.event.Events;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a customer of a server in development mode does beside sending measurements: make meters, ask questions.
 *
 * @param server where it listens
 */
record Customer(InetSocketAddress server) {
    /** Everybody knows it: docs/configuration.md, {@code dev}. */
    static final String API_KEY = "dev-api-key";

    static final String ORGANIZATION = "00000000-0000-4000-8000-000000000001";
    static final String PATH = "/organizations/" + ORGANIZATION + "/";

    private static final int TIMEOUT_MS = 60_000;
    private static final int FIRST_FAILURE = 400;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Makes the meters of the events; their ids, in the order of their numbers. */
    List<String> makeMeters(int meters) throws IOException {
        List<String> ids = new ArrayList<>();
        for (int meter = 0; meter < meters; meter++) {
            ids.add(makeMeter(Event.meterCode(meter)));
        }
        return ids;
    }

    private String makeMeter(String code) throws IOException {
        Map<String, Object> meter = Map.of(
                "code",
                code,
                "name",
                code,
                "dataFields",
                List.of(
                        number("memory", "GB"),
                        number("time", "s"),
                        text("region", "WHERE"),
                        text("product", "WHAT"),
                        text("user", "WHO")),
                "derivedFields",
                List.of(Map.of(
                        "code",
                        "duration",
                        "name",
                        "duration",
                        "category",
                        "MEASURE",
                        "unit",
                        "GB-s",
                        "calculation",
                        "memory * time")));
        return post("meters", meter).get("id").stringValue();
    }

    private static Map<String, Object> number(String code, String unit) {
        return Map.of("code", code, "name", code, "category", "MEASURE", "unit", unit);
    }

    private static Map<String, Object> text(String code, String category) {
        return Map.of("code", code, "name", code, "category", category);
    }

    /** Makes all accounts, by one measurement of each to a meter that is asked nothing. */
    void makeAccounts(int accounts) throws IOException {
        String code = "bench_accounts";
        post(
                "meters",
                Map.of(
                        "code",
                        code,
                        "name",
                        code,
                        "dataFields",
                        List.of(number("one", "1")),
                        "derivedFields",
                        List.of()));
        int batch = 1_000;
        for (int first = 0; first < accounts; first += batch) {
            List<Map<String, Object>> measurements = new ArrayList<>();
            for (int account = first; account < Math.min(accounts, first + batch); account++) {
                measurements.add(Map.of(
                        "meter",
                        code,
                        "account",
                        Event.accountCode(account),
                        "ts",
                        Events.FROM.toString(),
                        "measure",
                        Map.of("one", 1)));
            }
            JsonNode receipt = post("measurements", Map.of("measurements", measurements));
            if (receipt.get("accepted").intValue() != measurements.size()) {
                throw new WrongFigureException("Expected an account for each of %d codes, but the answer was: %s"
                        .formatted(measurements.size(), receipt));
            }
        }
    }

    /** Asks a usage query. */
    JsonNode ask(Map<String, Object> question) throws IOException {
        return post("usage/query", question);
    }

    /** The same, of which only the arrival is of interest. */
    void askBlindly(Map<String, Object> question) throws IOException {
        send("POST", "usage/query", JSON.writeValueAsBytes(question));
    }

    JsonNode get(String path) throws IOException {
        return JSON.readTree(send("GET", path, new byte[0]));
    }

    JsonNode post(String path, Map<String, Object> body) throws IOException {
        return JSON.readTree(send("POST", path, JSON.writeValueAsBytes(body)));
    }

    private byte[] send(String method, String path, byte[] body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://%s:%d%s%s".formatted(server.getHostString(), server.getPort(), PATH, path))
                        .toURL()
                        .openConnection();
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        connection.setRequestMethod(method);
        connection.setRequestProperty("X-API-KEY", API_KEY);
        if (body.length > 0) {
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        boolean isFailure = connection.getResponseCode() >= FIRST_FAILURE;
        try (InputStream in = isFailure ? connection.getErrorStream() : connection.getInputStream()) {
            byte[] answer = in.readAllBytes();
            if (isFailure) {
                throw new IOException("Expected %s %s to succeed, but the answer was %d: %s"
                        .formatted(method, path, connection.getResponseCode(), new String(answer, UTF_8)));
            }
            return answer;
        }
    }
}

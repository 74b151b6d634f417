package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.access.Role;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is counted equals what was answered, for the organization that asks and for nobody else. */
@ExtendWith(LiveServer.Extension.class)
final class IntakeHealthTest {
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) ([a-z_]+) (.+)");
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-z_]+)((?:\\{(?:[a-z]+=\"(?:[^\"\\\\\\n]|\\\\[\\\\n\"])*\",?)+})?) ([0-9]+(?:\\.[0-9]+)?)");

    private Visitor visitor;
    private LiveServer server;

    @BeforeEach
    void makeMeters(LiveServer live, Visitor visiting) {
        server = live;
        visitor = visiting;
        for (String meter : new String[] {"first", "se\\\"cond"}) {
            String escaped = meter.replace("\\", "\\\\").replace("\"", "\\\"");
            assertThat(visitor.postBytes(
                                    "/meters",
                                    "{\"name\":\"m\",\"code\":\"%s\",\"dataFields\":[{\"category\":\"MEASURE\",\"code\":\"n\",\"name\":\"n\",\"unit\":\"1\"}],\"derivedFields\":[]}"
                                            .formatted(escaped)
                                            .getBytes(StandardCharsets.UTF_8))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void totalsAreTheSumOfAllAnswers() {
        Map<String, Long> answered = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            int round = i;
            String batch = IntStream.range(0, 5)
                            .mapToObj(j -> element("first", "u" + (round * 3 + j), 1))
                            .collect(Collectors.joining(","))
                    + "," + element("first", "u" + round, 2)
                    + "," + element("nowhere", "x", 1)
                    + ",{\"meter\":\"first\",\"account\":\"a\"},7";
            Reply reply = visitor.postBytes("/measurements", body(batch)).ok();
            for (String verdict : new String[] {"accepted", "duplicates", "conflicts", "refused"}) {
                answered.merge(verdict, Long.parseLong(reply.at(verdict)), Long::sum);
            }
        }
        assertThat(visitor.postBytes("/measurements", body("")).status()).isEqualTo(400);

        Map<String, String> samples = samples();
        assertThat(sum(samples, "accepted")).isEqualTo(answered.get("accepted"));
        assertThat(sum(samples, "duplicate")).isEqualTo(answered.get("duplicates"));
        assertThat(sum(samples, "conflict")).isEqualTo(answered.get("conflicts"));
        assertThat(sum(samples, "refused")).isEqualTo(answered.get("refused")).isEqualTo(60);
        assertThat(samples)
                .as("refused for what is missing, and for a meter that is none")
                .containsEntry("tallystick_measurements_total{meter=\"first\",verdict=\"refused\"}", "20")
                .containsEntry("tallystick_measurements_total{meter=\"\",verdict=\"refused\"}", "40")
                .containsEntry(
                        "tallystick_late_measurements_total{meter=\"first\"}",
                        Long.toString(answered.getOrDefault("accepted", 0L)));

        Reply health =
                visitor.send("GET", "/measurements/health", Optional.empty()).ok();
        assertThat(health.at("meters[1].meter")).isEqualTo("first");
        assertThat(health.at("meters[1].accepted")).isEqualTo(Long.toString(answered.getOrDefault("accepted", 0L)));
        long ofMinutes = IntStream.range(0, health.size("meters[1].minutes"))
                .mapToLong(i -> Long.parseLong(health.at("meters[1].minutes[%d].accepted".formatted(i))))
                .sum();
        assertThat(ofMinutes).isEqualTo(answered.get("accepted"));
        assertThat(new BigDecimal(health.at("meters[1].lagMaxSeconds")))
                .isGreaterThan(BigDecimal.valueOf(86_400L * 365));
    }

    @Test
    void showsNobodyElsesMetersAndNothingWithoutARole() {
        visitor.postBytes("/measurements", body(element("se\\\\\\\"cond", "a", 1)))
                .ok();
        Visitor other = server.visitor(Role.READ);

        assertThat(samples())
                .containsEntry("tallystick_measurements_total{meter=\"se\\\\\\\"cond\",verdict=\"accepted\"}", "1");
        assertThat(metrics(other).statusCode()).isEqualTo(200);
        assertThat(metrics(other).body()).contains("tallystick_identities ").doesNotContain("meter=");
        assertThat(metrics(server.visitor(Role.INGEST)).statusCode()).isEqualTo(403);
        assertThat(visitor.send(visitor.bare("/metrics").GET()).status()).isEqualTo(401);
    }

    private static String element(String meter, String uid, int value) {
        return "{\"uid\":\"%s\",\"meter\":\"%s\",\"account\":\"a\",\"ts\":\"2024-12-10T12:00:00Z\",\"measure\":{\"n\":%d}}"
                .formatted(uid, meter, value);
    }

    private static byte[] body(String elements) {
        return "{\"measurements\":[%s]}".formatted(elements).getBytes(StandardCharsets.UTF_8);
    }

    private static long sum(Map<String, String> samples, String verdict) {
        return samples.entrySet().stream()
                .filter(sample -> sample.getKey().startsWith("tallystick_measurements_total{")
                        && sample.getKey().contains("verdict=\"" + verdict + "\""))
                .mapToLong(sample -> Long.parseLong(sample.getValue()))
                .sum();
    }

    private static HttpResponse<String> metrics(Visitor asking) {
        HttpRequest.Builder request = asking.bare("/metrics")
                .header("X-API-KEY", asking.credentials().apiKey())
                .GET();
        return asking.response(request);
    }

    /** Every sample of the page, read as strictly as the format is written. */
    private Map<String, String> samples() {
        HttpResponse<String> response = metrics(visitor);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        String page = response.body();
        assertThat(page).endsWith("\n");
        Map<String, String> types = new HashMap<>();
        Map<String, String> samples = new LinkedHashMap<>();
        String family = "";
        for (String line : page.lines().toList()) {
            Matcher comment = COMMENT.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (comment.matches() && comment.group(1).equals("TYPE")) {
                family = comment.group(2);
                assertThat(types.put(family, comment.group(3))).as(line).isNull();
            } else if (!comment.matches()) {
                assertThat(sample.matches()).as(line).isTrue();
                boolean isCompound = Set.of("histogram", "summary").contains(types.getOrDefault(family, "none"));
                assertThat(sample.group(1).replaceFirst(isCompound ? "_(bucket|sum|count)$" : "$", ""))
                        .as(line)
                        .isEqualTo(family);
                assertThat(samples.put(sample.group(1) + sample.group(2), sample.group(3)))
                        .as(line)
                        .isNull();
            }
        }
        assertThat(types).containsEntry("tallystick_intake_commit_seconds", "histogram");
        assertThat(samples.get("tallystick_intake_commit_seconds_bucket{le=\"+Inf\"}"))
                .isEqualTo(samples.get("tallystick_intake_commit_seconds_count"));
        return samples;
    }
}

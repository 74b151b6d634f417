package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.access.Role;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own programs read {@code /metrics}, configured as docs/operations.md says. */
@Tag("needs-more")
@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class PrometheusTest {
    private static final Path PAGE = Path.of("..", "docs", "operations.md");
    private static final Pattern SCRAPE_CONFIG = Pattern.compile("(?s)```yaml\\n(scrape_configs:.*?)```");
    private static final Pattern TABLE_OF_METRICS = Pattern.compile("(?m)^\\| metric \\|.*\\n((?:\\|.*\\n)+)");
    private static final Pattern DOCUMENTED = Pattern.compile("`((?:tallystick|jvm|process)_[a-z_]+)[{`]");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)(?:\\{(.*)})? ([0-9.]+)$");
    private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private LiveServer server;
    private Visitor visitor;

    @BeforeEach
    void sendWhatGetsEveryVerdict(LiveServer live, Visitor visiting) {
        server = live;
        visitor = visiting;
        for (String meter : new String[] {"plain", "od\\\\d \\\"code\\\""}) {
            visitor.created(
                    "/meters",
                    "{'name':'m','code':'%s','dataFields':[{'category':'MEASURE','code':'n','name':'n','unit':'1'}],'derivedFields':[]}"
                            .formatted(meter));
            Reply reply = visitor.post(
                            "/measurements",
                            Sample.batch(
                                    element(meter, "1", 1),
                                    element(meter, "2", 1),
                                    element(meter, "3", 1),
                                    element(meter, "1", 1),
                                    element(meter, "2", 1),
                                    element(meter, "3", 2),
                                    element("nowhere", "4", 1)))
                    .ok();
            assertThat(reply.at("accepted") + reply.at("duplicates") + reply.at("conflicts") + reply.at("refused"))
                    .isEqualTo("3211");
        }
    }

    @Test
    void promtoolHasNothingToComplainAbout() throws IOException {
        Prometheus.Said said = Prometheus.checked(directory, metrics());

        assertThat(said).isEqualTo(new Prometheus.Said(0, ""));
    }

    @Test
    void prometheusEndsUpWithTheNumbersOfTheServer() throws IOException {
        try (Prometheus prometheus = Prometheus.start(directory, configuration())) {
            Awaitility.await("Prometheus and the server have the same samples")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(samples(prometheus))
                            .as(prometheus.targets())
                            .isEqualTo(samples(metrics())));

            Reply totals = prometheus.query("sort_desc(sum by (verdict) (tallystick_measurements_total{meter!=''}))");
            assertThat(totals.at("data.result[0].metric.verdict") + totals.at("data.result[0].value[1]"))
                    .isEqualTo("accepted6");
            assertThat(totals.at("data.result[1].metric.verdict") + totals.at("data.result[1].value[1]"))
                    .isEqualTo("duplicate4");
            assertThat(prometheus
                            .query("tallystick_measurements_total{meter='od\\\\d \"code\"',verdict='conflict'}")
                            .at("data.result[0].value[1]"))
                    .isEqualTo("1");
            assertThat(prometheus
                            .query("tallystick_measurements_total{meter='',verdict='refused'}")
                            .at("data.result[0].value[1]"))
                    .isEqualTo("2");
        }
    }

    @Test
    void pageNamesTheMetricsThatPrometheusGets() throws IOException {
        String table = only(TABLE_OF_METRICS, Files.readString(PAGE));

        try (Prometheus prometheus = Prometheus.start(directory, configuration())) {
            Awaitility.await("Prometheus has been told of the metrics")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(members(prometheus.metadata(), "data"))
                            .as(prometheus.targets())
                            .containsExactlyInAnyOrderElementsOf(DOCUMENTED
                                    .matcher(table)
                                    .results()
                                    .map(name -> name.group(1))
                                    .toList()));
        }
    }

    private static String element(String meter, String uid, int value) {
        return "{'uid':'%s %s','meter':'%s','account':'a','ts':'2024-12-10T12:00:00Z','measure':{'n':%d}}"
                .formatted(meter, uid, meter, value);
    }

    /** The page's, with this server and a key that may only read. */
    private String configuration() throws IOException {
        Visitor reader = server.visitor(visitor.organization(), Role.READ);
        Path secret = Files.writeString(
                directory.resolve("secret"), reader.credentials().apiSecret());
        String page = only(SCRAPE_CONFIG, Files.readString(PAGE));
        assertThat(page).contains("127.0.0.1:8080", "ACCESS_KEY", "/etc/prometheus/tallystick.secret");
        return "global: {scrape_interval: 1s}\n"
                + page.replace("127.0.0.1:8080", "127.0.0.1:" + server.port())
                        .replace("ACCESS_KEY", reader.credentials().accessKey())
                        .replace("/etc/prometheus/tallystick.secret", secret.toString());
    }

    private static String only(Pattern pattern, String page) {
        assertThat(pattern.matcher(page).results())
                .as("%s in %s", pattern, PAGE)
                .hasSize(1);
        return pattern.matcher(page)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private String metrics() {
        HttpRequest.Builder request = visitor.bare("/metrics")
                .header("X-API-KEY", visitor.credentials().apiKey())
                .GET();
        return visitor.response(request).body();
    }

    /** Of the page, by name and labels. Prometheus keeps numbers as doubles, so the page's are compared as such. */
    private static Map<Map<String, String>, Double> samples(String page) {
        Map<Map<String, String>, Double> samples = new HashMap<>();
        SAMPLE.matcher(page).results().forEach(sample -> {
            Map<String, String> labels = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2))
                    .results()
                    // to Prometheus, an empty label is none
                    .filter(label -> !label.group(2).isEmpty())
                    .collect(Collectors.toMap(
                            label -> label.group(1), PrometheusTest::unescaped, (first, _) -> first, TreeMap::new));
            labels.put("__name__", sample.group(1));
            if (stands(labels)) {
                samples.put(labels, Double.valueOf(sample.group(3)));
            }
        });
        return samples;
    }

    private static String unescaped(MatchResult label) {
        return Pattern.compile("\\\\(.)").matcher(label.group(2)).replaceAll("$1");
    }

    /** What Prometheus has, by name and labels without those that it adds. */
    private static Map<Map<String, String>, Double> samples(Prometheus prometheus) {
        Reply reply = prometheus.query("{job='tallystick',__name__=~'tallystick_.+'}");
        Map<Map<String, String>, Double> samples = new HashMap<>();
        for (int i = 0; i < reply.size("data.result"); i++) {
            Map<String, String> labels = new TreeMap<>();
            for (String label : members(reply, "data.result[%d].metric".formatted(i))) {
                labels.put(label, reply.at("data.result[%d].metric.%s".formatted(i, label)));
            }
            labels.keySet().removeAll(Set.of("job", "instance"));
            if (stands(labels)) {
                samples.put(labels, Double.valueOf(reply.at("data.result[%d].value[1]".formatted(i))));
            }
        }
        return samples;
    }

    /** Whether it stays as it is while nobody but Prometheus and this test comes. */
    private static boolean stands(Map<String, String> labels) {
        return labels.getOrDefault("__name__", "").startsWith("tallystick_")
                && !labels.getOrDefault("route", "").equals("/metrics");
    }

    private static Set<String> members(Reply reply, String path) {
        return Reply.parsed(reply.at(path)).members().keySet();
    }
}

package io.tallystick.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.proof.World.Installed;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Money bugs that other metering systems had, each held against a whole server. The links lead to the stories. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MoralsTest {
    private static final Instant NOON = Instant.parse("2024-12-12T12:00:00Z");
    private static final String NINES_26 = "9".repeat(26);

    private final InProcess server;

    MoralsTest(@TempDir Path directory) {
        server = InProcess.start(directory.resolve("data"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** <a href="https://github.com/killbill/killbill/issues/1081">killbill 1081</a>: they vanished from the invoice. */
    @Test
    void veryLargeAmountsAreBilledToTheDigit() {
        World world = World.simple("large", "SUM", new BigDecimal("0.01"));
        String account = world.subscribe(world.install(server.client()), "large");
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            samples.add(world.sample("large-" + i, "large", NOON, NINES_26 + ".999999999999"));
        }
        accepted(samples);

        JsonNode line = bill(account).get("lineItems").get(0);

        assertThat(line.get("quantity").decimalValue())
                .isEqualByComparingTo(new BigDecimal("1" + "9".repeat(26) + "9.99999999998"));
        assertThat(line.get("subtotal").decimalValue()).isEqualByComparingTo("20000000000000000000000000");
        assertThat(Oracle.text(server.client().read("bills/latest/" + account))).isEqualTo(Oracle.bill(world, samples));
    }

    /** <a href="https://github.com/NangoHQ/nango/pull/7495">nango 7495</a>: 0.02 came back as 0.01999999999999999872. */
    @Test
    void aTenthThreeTimesIsThreeTenthsInPlainDigits() {
        World world = World.simple("plain", "SUM", new BigDecimal("0.2"));
        String account = world.subscribe(world.install(server.client()), "plain");
        accepted(List.of(
                world.sample("plain-1", "plain", NOON, "0.1"),
                world.sample("plain-2", "plain", NOON, "0.1"),
                world.sample("plain-3", "plain", NOON, "0.1"),
                world.sample("plain-4", "plain", NOON, "0.0000001"),
                world.sample("plain-5", "plain", NOON, "600000000000")));

        String bill = bill(account).toString();

        assertThat(bill).contains("\"quantity\":600000000000.3000001,", "\"subtotal\":120000000000.06,");
        assertThat(bill).contains("\"exactAmount\":120000000000.06000002,");
    }

    /** <a href="https://github.com/getlago/lago-api/pull/2405">lago-api 2405</a>: the wrong event was left out. */
    @Test
    void anEventInTheFutureTakesNoOtherWithIt() {
        World world = World.simple("future", "COUNT", BigDecimal.ONE);
        String account = world.subscribe(world.install(server.client()), "future");
        Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.MICROS);
        List<String> elements = List.of(
                json(world.sample("future-1", "future", NOON, "1")),
                json(world.sample("future-2", "future", now.plus(23, ChronoUnit.HOURS), "1")),
                json(world.sample("future-3", "future", now.plus(25, ChronoUnit.HOURS), "1")),
                json(world.sample("future-4", "future", NOON, "1")));

        Client.Answer answer = server.client().measure(elements);

        assertThat(answer.count("accepted")).isEqualTo(3);
        assertThat(answer.count("refused")).isEqualTo(1);
        assertThat(answer.body().get("details").get(0).get("index").intValue()).isEqualTo(2);
        assertThat(bill(account).get("billTotal").decimalValue()).isEqualByComparingTo("2");
    }

    /** <a href="https://github.com/getlago/lago-api/pull/3049">lago-api 3049</a>: a whole batch failed with 422. */
    @Test
    void aBatchOfWhichAPartIsKnownIsAnsweredWithSuccessAndTheRestCounts() {
        World world = World.simple("resent", "COUNT", BigDecimal.ONE);
        String account = world.subscribe(world.install(server.client()), "resent");
        Sample known = world.sample("resent-1", "resent", NOON, "1");
        accepted(List.of(known));

        Client.Answer answer =
                server.client().measure(List.of(json(known), json(world.sample("resent-2", "resent", NOON, "1"))));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("result").stringValue()).isEqualTo("accepted");
        assertThat(answer.count("duplicates")).isEqualTo(1);
        assertThat(answer.count("accepted")).isEqualTo(1);
        assertThat(bill(account).get("billTotal").decimalValue()).isEqualByComparingTo("2");
    }

    /**
     * <a href="https://github.com/openmeterio/openmeter/pull/1136">openmeter 1136</a>: a filter by customer was missing,
     * and each was charged for everybody.
     */
    @Test
    void eachAccountIsChargedForItselfAlone() {
        World world = World.simple("alone", "SUM", BigDecimal.ONE);
        Installed installed = world.install(server.client());
        Map<String, String> totals = new LinkedHashMap<>();
        List<Sample> samples = new ArrayList<>();
        for (int account = 0; account < 5; account++) {
            String code = "alone-" + account;
            totals.put(world.subscribe(installed, code), "1" + "0".repeat(account));
            samples.add(world.sample(code, code, NOON, "1" + "0".repeat(account)));
        }
        accepted(samples);

        server.client().bill("2025-01-01", List.copyOf(totals.keySet()));

        totals.forEach((account, total) -> assertThat(server.client()
                        .read("bills/latest/" + account)
                        .get("billTotal")
                        .decimalValue())
                .isEqualByComparingTo(total));
    }

    /** <a href="https://github.com/getlago/lago-api/pull/1868">lago-api 1868</a>: jobs that met billed a period twice. */
    @Test
    void jobsForOnePeriodMakeOneBillHoweverManyRunAndHoweverTheyNameIt() {
        World world = World.simple("once", "SUM", BigDecimal.ONE);
        String account = world.subscribe(world.install(server.client()), "once");
        accepted(List.of(world.sample("once-1", "once", NOON, "5")));
        List<String> jobs = new ArrayList<>();
        for (String billDate : List.of("2025-01-01", "2025-01-15", "2025-01-31", "2025-01-01")) {
            jobs.add(server.client().startJob(billDate, List.of(account)));
        }
        jobs.forEach(job -> server.client().awaitJob(job));
        accepted(List.of(world.sample("once-2", "once", NOON, "2")));
        server.client().bill("2025-01-01", List.of(account));

        JsonNode bills = server.client().read("bills?accountId=" + account).get("data");

        assertThat(bills).hasSize(1);
        assertThat(bills.get(0).get("billTotal").decimalValue()).isEqualByComparingTo("7");
    }

    /**
     * <a href="https://github.com/flexprice/flexprice/pull/2584">flexprice 2584</a>: windows followed the server's time
     * zone. These tests run in Pacific/Chatham.
     */
    @Test
    void monthsAndDaysBeginAndEndAtMidnightUtcToTheMicrosecond() {
        World world = World.simple("edges", "SUM", BigDecimal.ONE);
        Installed installed = world.install(server.client());
        String account = world.subscribe(installed, "edges");
        accepted(List.of(
                world.sample("edges-1", "edges", Instant.parse("2024-11-30T23:59:59.999999Z"), "1"),
                world.sample("edges-2", "edges", Instant.parse("2024-12-01T00:00:00Z"), "10"),
                world.sample("edges-3", "edges", Instant.parse("2024-12-31T23:59:59.999999Z"), "100"),
                world.sample("edges-4", "edges", Instant.parse("2025-01-01T00:00:00Z"), "1000")));

        assertThat(bill(account).get("billTotal").decimalValue()).isEqualByComparingTo("110");
        assertThat(sums(installed, "DAY"))
                .containsExactly(
                        "2024-11-30T00:00:00Z 1",
                        "2024-12-01T00:00:00Z 10",
                        "2024-12-31T00:00:00Z 100",
                        "2025-01-01T00:00:00Z 1000");
        assertThat(sums(installed, "MONTH"))
                .containsExactly("2024-11-01T00:00:00Z 1", "2024-12-01T00:00:00Z 110", "2025-01-01T00:00:00Z 1000");
    }

    /** <a href="https://github.com/tuist/tuist/pull/11903">tuist 11903</a>: late usage landed in the next cycle. */
    @Test
    void usageCountsInThePeriodOfItsEventHoweverLateItArrives() {
        World world = World.simple("late", "SUM", BigDecimal.ONE);
        String account = world.subscribe(world.install(server.client()), "late");
        accepted(List.of(world.sample("late-1", "late", NOON, "5")));
        server.client().bill("2025-01-01", List.of(account));
        server.client().bill("2025-02-01", List.of(account));

        accepted(List.of(world.sample("late-2", "late", NOON, "0.5")));
        server.client().bill("2025-01-01", List.of(account));
        server.client().bill("2025-02-01", List.of(account));

        List<String> totals = new ArrayList<>();
        for (JsonNode bill : server.client().read("bills?accountId=" + account).get("data")) {
            totals.add(bill.get("billDate").stringValue() + " "
                    + bill.get("billTotal").decimalValue().toPlainString());
        }
        assertThat(totals).containsExactlyInAnyOrder("2025-01-01 5.5", "2025-02-01 0");
    }

    private List<String> sums(Installed installed, String frequency) {
        JsonNode answer = server.client()
                .ask(Map.of(
                        "startDate",
                        "2024-11-01T00:00:00Z",
                        "endDate",
                        "2025-02-01T00:00:00Z",
                        "aggregations",
                        List.of(Map.of(
                                "meterId", installed.meters().get("edgesm0"),
                                "fieldCode", "a",
                                "fieldType", "MEASURE",
                                "function", "SUM")),
                        "groups",
                        List.of(Map.of("groupType", "TIME", "frequency", frequency))));
        List<String> sums = new ArrayList<>();
        for (JsonNode row : answer.get("data")) {
            sums.add(row.get("time").stringValue() + " "
                    + row.get("SUM.a").decimalValue().toPlainString());
        }
        return sums;
    }

    private JsonNode bill(String account) {
        server.client().bill("2025-01-01", List.of(account));
        return server.client().read("bills/latest/" + account);
    }

    private void accepted(List<Sample> samples) {
        Client.Answer answer =
                server.client().measure(samples.stream().map(MoralsTest::json).toList());
        assertThat(answer.count("accepted")).as(answer.body().toString()).isEqualTo(samples.size());
    }

    private static String json(Sample sample) {
        return sample.json(new SplittableRandom(0));
    }
}

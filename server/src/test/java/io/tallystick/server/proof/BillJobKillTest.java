package io.tallystick.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.seed.Seed;
import io.tallystick.server.proof.World.Installed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A bill job whose process is killed. */
@Timeout(180)
final class BillJobKillTest {
    private static final int ACCOUNTS = 300;
    private static final int PAGE_SIZE = 100;

    /** How far a job has got when its process is killed, and the bill date of that job. */
    private enum Moment {
        ASKED_FOR("2024-12-01"),
        BEGUN("2025-01-01"),
        BEGUN_A_WHILE_AGO("2025-02-01");

        private final String billDate;

        Moment(String billDate) {
            this.billDate = billDate;
        }
    }

    @TempDir
    private Path directory;

    @Test
    void resumesAfterKillsAndMakesOneBillPerAccountAndPeriod() {
        Seed.runs(BillJobKillTest.class, 1, random -> {
            World world = World.draw(random, "jobs").since(Instant.parse("2024-01-01T00:00:00Z"));
            ServerProcess server = start();
            try (HttpClient http = HttpClient.newHttpClient()) {
                Map<String, List<Sample>> samplesById = billable(world, Client.dev(http, server.address()), random);
                Map<String, String> jobs = new LinkedHashMap<>();
                for (Moment moment : Moment.values()) {
                    Client client = Client.dev(http, server.address());
                    String job = client.startJob(moment.billDate, List.of());
                    jobs.put(moment.billDate, job);
                    await(moment, client, job, random);
                    server.kill();
                    server = start();
                }
                Client client = Client.dev(http, server.address());
                jobs.forEach((billDate, job) -> {
                    JsonNode ended = client.awaitJob(job);
                    assertThat(ended.get("pending").intValue()).isZero();
                    JsonNode parked = ended.get("parkedAccounts");
                    parked.forEach(account -> assertThat(account.get("reason").stringValue())
                            .contains("at most 26 digits before the point"));
                    assertThat(ended.get("billIds").size()).isEqualTo(ACCOUNTS - parked.size());
                    assertThat(bills(client, billDate).keySet()).hasSize(ACCOUNTS - parked.size());
                });
                Map<String, JsonNode> december = bills(client, "2025-01-01");
                samplesById.forEach((account, samples) -> {
                    if (Oracle.isBeyondLimits(world, samples)) {
                        assertThat(december).as("what is parked").doesNotContainKey(account);
                    } else {
                        assertThat(Optional.ofNullable(december.get(account)).map(Oracle::text))
                                .contains(Oracle.bill(world, samples));
                    }
                });
            } finally {
                server.close();
            }
        });
    }

    private static void await(Moment moment, Client client, String job, RandomGenerator random) {
        if (moment == Moment.ASKED_FOR) {
            return;
        }
        Duration moreTime = moment == Moment.BEGUN ? Duration.ZERO : Duration.of(random.nextInt(60), ChronoUnit.MILLIS);
        Awaitility.await("job " + job + " to begin")
                .atMost(Duration.ofSeconds(30))
                .pollDelay(moreTime)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> !client.read("billjobs/" + job)
                        .get("status")
                        .stringValue()
                        .equals("PENDING"));
    }

    /** Accounts on a plan, with a few measurements each, by id. */
    private static Map<String, List<Sample>> billable(World world, Client client, RandomGenerator random) {
        Installed installed = world.install(client);
        Map<String, List<Sample>> samplesById = new LinkedHashMap<>();
        List<String> elements = new ArrayList<>();
        for (int account = 0; account < ACCOUNTS; account++) {
            String code = "jobs-" + account;
            List<Sample> samples = world.samples(random, random.nextInt(4), code, true);
            samples.forEach(sample -> elements.add(sample.json(random)));
            samplesById.put(world.subscribe(installed, code), samples);
        }
        assertThat(client.measure(elements).count("accepted")).isEqualTo(elements.size());
        return samplesById;
    }

    /** Every bill with that date, by account; two for one account would be one too many. */
    private static Map<String, JsonNode> bills(Client client, String billDate) {
        Map<String, JsonNode> bills = new LinkedHashMap<>();
        String next = "";
        do {
            JsonNode page = client.read("bills?billDate=%s&pageSize=%d%s".formatted(billDate, PAGE_SIZE, next));
            for (JsonNode bill : page.get("data")) {
                assertThat(bills.put(bill.get("accountId").stringValue(), bill))
                        .as("a second bill: %s", bill)
                        .isNull();
            }
            next = page.path("nextToken").isString()
                    ? "&nextToken=" + page.get("nextToken").stringValue()
                    : "";
        } while (!next.isEmpty());
        return bills;
    }

    private ServerProcess start() {
        try {
            return ServerProcess.start(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

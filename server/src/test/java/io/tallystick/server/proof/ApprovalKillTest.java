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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Approvals whose process is killed. */
@Timeout(180)
final class ApprovalKillTest {
    private static final int ACCOUNTS = 60;
    private static final int KILLS = 2;
    private static final int APPROVERS = 3;

    @TempDir
    private Path directory;

    @Test
    void numbersHaveNoGapAfterKills() {
        Seed.runs(ApprovalKillTest.class, 1, random -> {
            World world = World.draw(random, "books").since(Instant.parse("2024-01-01T00:00:00Z"));
            Map<String, String> answered = new ConcurrentHashMap<>();
            ServerProcess server = start();
            try (HttpClient http = HttpClient.newHttpClient()) {
                List<String> bills = billed(world, Client.dev(http, server.address()));
                for (int kill = 1; kill <= KILLS; kill++) {
                    approveUntilKilled(server, Client.dev(http, server.address()), bills, answered, random);
                    server = start();
                    requireNoGap(Client.dev(http, server.address()), answered);
                }
                Client client = Client.dev(http, server.address());
                bills.forEach(bill -> approve(client, bill, answered));
                assertThat(requireNoGap(client, answered)).hasSize(ACCOUNTS);
            } finally {
                server.close();
            }
        });
    }

    /** Each of the bills, by several at once in the same order, until some have been approved and the process is gone. */
    private static void approveUntilKilled(
            ServerProcess server,
            Client client,
            List<String> bills,
            Map<String, String> answered,
            RandomGenerator random) {
        int enough = answered.size() + random.nextInt(1, ACCOUNTS / (KILLS + 1));
        try (ExecutorService approvers = Executors.newFixedThreadPool(APPROVERS)) {
            for (int i = 0; i < APPROVERS; i++) {
                approvers.execute(() -> bills.forEach(bill -> approve(client, bill, answered)));
            }
            Awaitility.await("approvals")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> answered.size() >= enough);
            server.kill();
        }
    }

    /** An approval that is not answered may have happened or not. */
    private static void approve(Client client, String bill, Map<String, String> answered) {
        try {
            Client.Answer answer = client.send("PUT", "bills/" + bill + "/status", "{\"status\":\"APPROVED\"}");
            assertThat(answer.status()).isEqualTo(200);
            answered.put(bill, answer.body().get("sequentialInvoiceNumber").stringValue());
        } catch (UncheckedIOException killed) {
            // nothing was answered, so nothing is demanded
        }
    }

    /** The numbers in the books, by bill: 1 to as many as are approved, and each that was answered. */
    private static Map<String, String> requireNoGap(Client client, Map<String, String> answered) {
        Map<String, String> numbers = new LinkedHashMap<>();
        for (JsonNode bill : client.read("bills?status=APPROVED&pageSize=200").get("data")) {
            numbers.put(
                    bill.get("id").stringValue(),
                    bill.get("sequentialInvoiceNumber").stringValue());
        }
        assertThat(numbers).containsAllEntriesOf(answered);
        assertThat(numbers.values())
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, numbers.size())
                        .mapToObj(Integer::toString)
                        .toList());
        return numbers;
    }

    private static List<String> billed(World world, Client client) {
        Installed installed = world.install(client);
        IntStream.range(0, ACCOUNTS).forEach(account -> world.subscribe(installed, "books-" + account));
        List<String> bills = new ArrayList<>();
        client.bill("2025-01-01", List.of()).get("billIds").forEach(id -> bills.add(id.stringValue()));
        assertThat(bills).hasSize(ACCOUNTS);
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

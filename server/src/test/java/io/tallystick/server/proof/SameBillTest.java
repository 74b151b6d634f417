package io.tallystick.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.seed.Seed;
import io.tallystick.server.proof.World.Installed;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The same measurements make the same bill, whatever way they came, and however wrong some were before they were mended. */
@Timeout(180)
final class SameBillTest {
    private static final int ROUNDS = 20;
    private static final int LANES = 3;
    private static final List<String> VERDICTS = List.of("accepted", "duplicates", "conflicts", "refused");

    @TempDir
    private Path directory;

    private int round;

    @Test
    void isTheSameToTheDigitInAnyOrderSplitRepeatedRacedRestartedAndMended() {
        try (InProcess server = InProcess.start(directory.resolve("data"));
                ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            Seed.runs(SameBillTest.class, ROUNDS, random -> {
                round++;
                World world = World.draw(random, "r" + round);
                Installed installed = world.install(server.client());
                List<List<Sample>> inOrder = new ArrayList<>();
                List<List<Sample>> shuffled = new ArrayList<>();
                for (int account = 0; account <= random.nextInt(3); account++) {
                    List<Sample> samples =
                            world.billable(random, random.nextInt(14), "r%da%d".formatted(round, account), false);
                    inOrder.add(samples);
                    shuffled.add(
                            samples.stream().map(SameBillTest::ofOtherAccount).toList());
                }
                List<String> ids = new ArrayList<>();
                for (int account = 0; account < inOrder.size(); account++) {
                    ids.add(world.subscribe(installed, "r%da%d".formatted(round, account)));
                    ids.add(world.subscribe(installed, "r%db%d".formatted(round, account)));
                }

                deliver(Delivery.inOrder(flat(inOrder), random), server, lanes, false);
                Mistakes mistakes = Mistakes.draw(flat(shuffled), random);
                deliver(Delivery.shuffled(mistakes.sent(), random, 2, LANES), server, lanes, random.nextInt(3) == 0);
                mistakes.mend(server.client(), random);

                server.client().bill("2025-01-01", ids);
                for (int account = 0; account < inOrder.size(); account++) {
                    JsonNode first = latestBill(server, ids.get(2 * account));
                    JsonNode second = latestBill(server, ids.get(2 * account + 1));
                    assertThat(Oracle.text(first)).isEqualTo(Oracle.bill(world, inOrder.get(account)));
                    assertThat(Oracle.text(second)).isEqualTo(Oracle.text(first));
                }
                List<Sample> sent = new ArrayList<>(flat(inOrder));
                sent.addAll(flat(shuffled));
                accountsAddUpToTheTotal(world, installed.through(server.client()), ids, sent);
            });
        }
    }

    /**
     * Of every meter: what all accounts used together is what each used, asked for in one row each or one by one, and
     * what was sent. The list of measurements shows as many as count.
     */
    private static void accountsAddUpToTheTotal(
            World world, Installed installed, List<String> accounts, List<Sample> sent) {
        for (Metered meter : world.meters()) {
            String id = installed.meters().get(meter.code());
            String field = meter.fields().getFirst();
            List<BigDecimal> numbers = sent.stream()
                    .filter(sample -> sample.meter().equals(meter.code()))
                    .map(sample -> sample.number(field))
                    .toList();
            BigDecimal oracle = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            Map<String, Object> sum =
                    Map.of("meterId", id, "fieldCode", field, "fieldType", "MEASURE", "function", "SUM");
            Client client = installed.client();

            assertThat(sum(client.ask(question("aggregations", List.of(sum))), field))
                    .isEqualByComparingTo(oracle);
            assertThat(sum(
                            client.ask(question(
                                    "aggregations", List.of(sum), "groups", List.of(Map.of("groupType", "ACCOUNT")))),
                            field))
                    .isEqualByComparingTo(oracle);
            assertThat(accounts.stream()
                            .map(account -> sum(
                                    client.ask(question("aggregations", List.of(sum), "accountIds", List.of(account))),
                                    field))
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(oracle);
            assertThat(client.ask(question("meterIds", List.of(id), "limit", 20_000))
                            .get("data")
                            .size())
                    .isEqualTo(numbers.size());
        }
    }

    private static Map<String, Object> question(Object... keysAndValues) {
        Map<String, Object> question =
                new TreeMap<>(Map.of("startDate", "2024-11-01T00:00:00Z", "endDate", "2025-03-01T00:00:00Z"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            question.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return question;
    }

    private static BigDecimal sum(JsonNode answer, String field) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode row : answer.get("data")) {
            sum = sum.add(row.get("SUM." + field).decimalValue());
        }
        return sum;
    }

    private static JsonNode latestBill(InProcess server, String account) {
        return server.client().read("bills/latest/" + account);
    }

    /** The same measurement for the account of the other history; uids keep their order among themselves. */
    private static Sample ofOtherAccount(Sample sample) {
        return new Sample(
                sample.uid().map(uid -> uid.replace('a', 'b')),
                sample.meter(),
                sample.account().replace('a', 'b'),
                sample.at(),
                sample.numbers(),
                sample.texts());
    }

    private static List<Sample> flat(List<List<Sample>> samples) {
        return samples.stream().flatMap(List::stream).toList();
    }

    private static void deliver(Delivery delivery, InProcess server, ExecutorService lanes, boolean restarts) {
        Map<String, Integer> verdicts = new TreeMap<>();
        for (Delivery.Stage stage : delivery.stages()) {
            Client client = server.client();
            stage.lanes().stream()
                    .map(lane -> CompletableFuture.supplyAsync(() -> send(lane, client), lanes))
                    .toList()
                    .forEach(lane ->
                            lane.join().forEach((verdict, count) -> verdicts.merge(verdict, count, Integer::sum)));
            if (restarts) {
                server.restart(() -> {});
            }
        }
        Map<String, Integer> expected = new TreeMap<>(delivery.expected());
        expected.values().removeIf(count -> count == 0);
        assertThat(verdicts).isEqualTo(expected);
    }

    private static Map<String, Integer> send(Delivery.Lane lane, Client client) {
        Map<String, Integer> verdicts = new TreeMap<>();
        for (List<String> batch : lane.batches()) {
            Client.Answer answer = client.measure(batch);
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
            for (String verdict : VERDICTS) {
                int count = answer.count(verdict);
                if (count > 0) {
                    verdicts.merge(verdict, count, Integer::sum);
                }
            }
        }
        return verdicts;
    }
}

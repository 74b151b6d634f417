package io.tallystick.server.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk on which nothing can be written any more, full or read-only, under a real server: what it says, and that it goes on
 * without a restart when there is room again; whatever was acknowledged counts once.
 */
@Timeout(120)
final class FullDiskTest {
    private static final World WORLD = World.simple("disk", "SUM", BigDecimal.ONE);
    private static final int DISK_MIB = 96;
    private static final int BATCH = 500;
    private static final int BATCHES_MAX = 2_000;

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Integer> acknowledged = new ArrayList<>();
    private final List<Integer> refused = new ArrayList<>();
    private SmallDisk disk;
    private ServerProcess server;

    @BeforeEach
    void starts() throws IOException {
        disk = SmallDisk.mount(directory.resolve("data"), DISK_MIB);
        server = started();
        World.Installed installed = WORLD.install(client());
        WORLD.subscribe(installed, "disk-0");
    }

    @AfterEach
    void ends() {
        if (server != null) {
            server.close();
        }
        if (disk != null) {
            disk.close();
        }
        http.close();
    }

    @Test
    void goesOnWithoutARestartWhenThereIsRoomAndCountsEverythingOnce() throws Exception {
        disk.leave(5);
        sendUntilRefused();
        for (int more = 0; more < 3; more++) {
            send(acknowledged.size() + refused.size());
        }

        assertThat(client().ready()).isEqualTo(new Client.Ready(503, "failed"));
        assertThat(log()).contains("No space left on device", "Make room on the disk");

        disk.makeRoom();
        awaitReady();
        countsAllOnce();

        restart();
        countsAllOnce();
    }

    @Test
    void countsEverythingOnceWhenItWasKilledOnAFullDisk() throws Exception {
        disk.leave(3);
        sendUntilRefused();
        server.kill();

        // what was committed is read without writing
        server = started();
        assertThat(WORLD.used(client())).isGreaterThanOrEqualTo(BigDecimal.valueOf((long) acknowledged.size() * BATCH));
        server.kill();
        disk.makeRoom();
        server = started();

        countsAllOnce();
    }

    @Test
    void refusesDocumentsOnAFullDiskAndTakesThemWhenThereIsRoom() throws Exception {
        disk.leave(0);
        List<Client.Answer> answers = new ArrayList<>();
        for (int i = 0; i < 200 && (answers.isEmpty() || answers.getLast().status() == 200); i++) {
            answers.add(product(i));
        }
        assertThat(answers.getLast().status())
                .as(answers.getLast().body().toString())
                .isEqualTo(503);
        assertThat(answers.getLast().body().get("message").stringValue())
                .startsWith("Expected the store of documents to answer, but it cannot at present.");
        assertThat(log()).contains("documents.sqlite", "Make room on the disk; writing goes on by itself then.");
        Client.Answer ofNewAccount = client().measure(List.of(
                WORLD.sample("first", "disk-new", World.DECEMBER, "1").json(new SplittableRandom(0))));
        assertThat(ofNewAccount.status()).as(ofNewAccount.body().toString()).isEqualTo(503);

        disk.makeRoom();
        awaitReady();

        assertThat(product(answers.size() - 1).status()).isEqualTo(200);
        assertThat(client().read("products?pageSize=200").get("data").size()).isEqualTo(answers.size() + 1);
        assertThat(client().measure(List.of(WORLD.sample("first", "disk-new", World.DECEMBER, "1")
                                .json(new SplittableRandom(0))))
                        .count("accepted"))
                .isEqualTo(1);
    }

    @Test
    void refusesToStartOnAReadOnlyDisk() throws Exception {
        server.kill();
        disk.forbidWriting();

        assertThat(ServerProcess.refused(program(), directory)).isEqualTo(1);

        assertThat(log().lines().filter(line -> line.startsWith("Expected")))
                .singleElement()
                .asString()
                .startsWith("Expected to read and write in the data directory " + directory.resolve("data"))
                .contains("Read-only file system")
                .endsWith("Make it writable for this user, or choose another with --data.");
    }

    @Test
    void refusesToBeginOnAFullDisk() throws Exception {
        server.kill();
        disk.clear();
        disk.leave(0);

        assertThat(ServerProcess.refused(program(), directory)).isEqualTo(1);

        assertThat(log().lines().filter(line -> line.startsWith("Expected")))
                .singleElement()
                .asString()
                .startsWith("Expected to read and write in the data directory " + directory.resolve("data"))
                .contains("No space left on device")
                .endsWith("Make room there, or choose another with --data.");
    }

    private void countsAllOnce() {
        for (int batch : List.copyOf(acknowledged)) {
            Client.Answer again = client().measure(elements(batch));
            assertThat(again.count("duplicates"))
                    .as("batch %d: %s", batch, again.body())
                    .isEqualTo(BATCH);
        }
        for (int batch : List.copyOf(refused)) {
            Client.Answer again = client().measure(elements(batch));
            assertThat(again.count("duplicates") + again.count("accepted"))
                    .as("batch %d: %s", batch, again.body())
                    .isEqualTo(BATCH);
            acknowledged.add(batch);
        }
        refused.clear();
        assertThat(WORLD.used(client())).isEqualByComparingTo(BigDecimal.valueOf((long) acknowledged.size() * BATCH));
    }

    private void sendUntilRefused() {
        int before = refused.size();
        while (refused.size() == before) {
            assertThat(acknowledged.size()).as("batches on a full disk").isLessThan(BATCHES_MAX);
            send(acknowledged.size() + refused.size());
        }
    }

    private void send(int batch) {
        Client.Answer answer = client().measure(elements(batch));
        if (answer.status() == 200) {
            assertThat(answer.count("accepted")).as(answer.body().toString()).isEqualTo(BATCH);
            acknowledged.add(batch);
        } else {
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(503);
            assertThat(answer.body().get("message").stringValue())
                    .startsWith("Expected the disk to take the measurements, but it failed")
                    .contains("Send them again, with the same uids");
            refused.add(batch);
        }
    }

    private static List<String> elements(int batch) {
        return IntStream.range(0, BATCH)
                .mapToObj(i -> WORLD.sample("b" + batch + "-" + i, "disk-0", World.DECEMBER, "1")
                        .json(new SplittableRandom(0)))
                .toList();
    }

    private Client.Answer product(int number) {
        return client().send(
                        "POST", "products", "{\"code\":\"p%d\",\"name\":\"%s\"}".formatted(number, "x".repeat(100)));
    }

    private void awaitReady() {
        Awaitility.await("a server that is ready")
                .atMost(Duration.ofSeconds(20))
                .until(() -> client().ready().status() == 200);
    }

    private void restart() throws IOException {
        server.terminate();
        assertThat(server.exitCode()).isZero();
        server = started();
    }

    private ServerProcess started() throws IOException {
        return ServerProcess.start(program(), directory);
    }

    private ServerProcess.Program program() {
        return disk.seenBy(ServerProcess.Program.ofClass(ServerProcess.class));
    }

    private Client client() {
        return Client.dev(http, server.address());
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve(ServerProcess.ERRORS), UTF_8);
    }
}

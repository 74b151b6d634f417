package io.tallystick.server.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.app.Server;
import io.tallystick.server.app.Start;
import io.tallystick.server.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A server whose files were damaged says which, and what to do, and does not start: it never begins with fewer measurements
 * or documents than were acknowledged, and leaves the files to whoever mends them.
 */
@Timeout(120)
final class DamagedFileTest {
    private static final String USAGE = "usage.duckdb";
    private static final String USAGE_LOG = "usage.duckdb.wal";
    private static final String DOCUMENTS = "documents.sqlite";
    private static final String DOCUMENTS_LOG = "documents.sqlite-wal";
    private static final String RESTORE = "restore a backup of the whole directory (docs/recovery.md)";

    private static final World WORLD = World.simple("damage", "SUM", BigDecimal.ONE);
    private static final int COMMITS = 40;

    /** What a killed server has left: both databases with their logs. */
    private static Map<String, byte[]> killed = Map.of();

    /** What a server has left that was stopped: all is in the databases. */
    private static Map<String, byte[]> stopped = Map.of();

    @TempDir
    private Path directory;

    @BeforeAll
    static void leavesDataBehind(@TempDir Path made) throws IOException {
        try (ServerProcess server = ServerProcess.start(made);
                HttpClient http = HttpClient.newHttpClient()) {
            Client client = Client.dev(http, server.address());
            World.Installed installed = WORLD.install(client);
            WORLD.subscribe(installed, "damage-0");
            for (int commit = 0; commit < COMMITS; commit++) {
                assertThat(client.measure(List.of(element(commit))).status()).isEqualTo(200);
            }
            server.kill();
        }
        killed = files(made.resolve("data"));
        assertThat(killed).containsKeys(USAGE, USAGE_LOG, DOCUMENTS, DOCUMENTS_LOG);
        try (InProcess server = InProcess.start(made.resolve("data"))) {
            assertThat(kept(server.client())).isEqualTo(COMMITS);
        }
        stopped = files(made.resolve("data"));
        assertThat(stopped).containsKeys(USAGE, DOCUMENTS).doesNotContainKeys(USAGE_LOG, DOCUMENTS_LOG);
    }

    /** Each place is a fraction of the file. */
    @ParameterizedTest
    @CsvSource({
        USAGE + ", 0",
        USAGE + ", 0.0025",
        USAGE + ", 0.005",
        DOCUMENTS + ", 0",
        DOCUMENTS + ", 0.3",
    })
    void refusesADatabaseWithOverwrittenBytes(String file, double place) throws IOException {
        byte[] bytes = bytes(stopped, file).clone();
        // a page of SQLite; DuckDB's blocks are larger and have checksums
        overwrite(bytes, (int) (bytes.length * place) / 4096 * 4096, 4096);

        refuses(stopped, file, bytes);
    }

    @ParameterizedTest
    @CsvSource({
        USAGE + ", 0",
        USAGE + ", 0.002",
        USAGE + ", 0.4",
        DOCUMENTS + ", 0",
        DOCUMENTS + ", 0.0005",
        DOCUMENTS + ", 0.5",
        DOCUMENTS + ", 0.99"
    })
    void refusesATruncatedDatabase(String file, double part) throws IOException {
        byte[] bytes = bytes(stopped, file);

        refuses(stopped, file, Arrays.copyOf(bytes, (int) (bytes.length * part)));
    }

    /** Every eighth of the log, at whatever lies there: a length, a checksum, content. */
    @Test
    void refusesALogThatIsDamagedBeforeItsLastCommit() throws IOException {
        for (String file : List.of(USAGE_LOG, DOCUMENTS_LOG)) {
            for (int eighth = 0; eighth < 7; eighth++) {
                byte[] bytes = bytes(killed, file).clone();
                overwrite(bytes, bytes.length * eighth / 8, 8);

                refuses(killed, file, bytes);
            }
        }
    }

    /** DuckDB takes a length that leads nowhere for the torn end, and would drop what is behind without a word. */
    @Test
    void refusesALogOfUsageWithADamagedLengthWhereverItIs() throws IOException {
        for (int at : entries(bytes(killed, USAGE_LOG))) {
            byte[] bytes = bytes(killed, USAGE_LOG).clone();
            bytes[at + 6] = 1;

            refuses(killed, USAGE_LOG, bytes);
        }
    }

    @ParameterizedTest
    @CsvSource({USAGE, DOCUMENTS})
    void refusesToBeginAnewWhereADatabaseIsMissing(String file) throws IOException {
        lay(stopped);
        Files.delete(data().resolve(file));
        Map<String, byte[]> before = files(data());

        assertThat(refused())
                .startsWith("Expected %s beside ".formatted(data().resolve(file)))
                .contains(RESTORE);
        assertThat(files(data()).keySet()).isEqualTo(before.keySet());
    }

    @Test
    void takesALogWhoseLastCommitWasCutOffAsACrashLeavesIt() throws IOException {
        List<Integer> entries = entries(bytes(killed, USAGE_LOG));
        lay(killed);
        Files.write(data().resolve(USAGE_LOG), Arrays.copyOf(bytes(killed, USAGE_LOG), entries.getLast() + 10));

        try (InProcess server = InProcess.start(data())) {
            assertThat(kept(server.client())).isEqualTo(COMMITS - 1);
            assertThat(server.client().measure(List.of(element(COMMITS - 1))).count("accepted"))
                    .isEqualTo(1);
            assertThat(server.client().measure(List.of(element(0))).count("duplicates"))
                    .isEqualTo(1);
        }
    }

    /**
     * DuckDB opens the file, because what describes the tables is sound, and finds the damage where it reads. Identities are
     * read at each start: without them nothing can be taken in.
     */
    @Test
    void saysThatItFailedWhereIdentitiesCannotBeRead() throws Exception {
        lay(stopped);
        byte[] bytes = bytes(stopped, USAGE);
        Files.write(data().resolve(USAGE), Arrays.copyOf(bytes, (int) (bytes.length * 0.99)));

        try (ServerProcess server = ServerProcess.start(directory);
                HttpClient http = HttpClient.newHttpClient()) {
            Client client = Client.dev(http, server.address());
            Client.Answer answer = client.measure(List.of(element(COMMITS)));

            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(503);
            assertThat(answer.body().get("message").stringValue()).contains("its log says why");
            assertThat(client.ready()).isEqualTo(new Client.Ready(503, "failed"));
        }
        assertThat(Files.readString(directory.resolve(ServerProcess.ERRORS), UTF_8))
                .contains("event=intake_ended", data().resolve(USAGE).toString(), RESTORE);
    }

    @Test
    void endsTheProcessWith1AndOneLine() throws IOException {
        lay(stopped);
        byte[] bytes = bytes(stopped, USAGE).clone();
        overwrite(bytes, 0, 64);
        Files.write(data().resolve(USAGE), bytes);

        assertThat(ServerProcess.refused(ServerProcess.Program.ofClass(ServerProcess.class), directory))
                .isEqualTo(1);

        assertThat(Files.readString(directory.resolve(ServerProcess.ERRORS), UTF_8)
                        .lines())
                .filteredOn(line -> !line.startsWith("WARNING"))
                .singleElement()
                .asString()
                .startsWith("Expected a usage database that can be opened and read at %s, but: "
                        .formatted(data().resolve(USAGE)))
                .endsWith(RESTORE + ".");
    }

    private void refuses(Map<String, byte[]> healthy, String file, byte[] damaged) throws IOException {
        lay(healthy);
        Files.write(data().resolve(file), damaged);

        String reason = refused();

        assertThat(reason)
                .as(file)
                .startsWith("Expected ")
                .contains(", but", data().resolve(file).toString().replaceFirst("[.-]wal$", ""))
                .contains(RESTORE);
        Map<String, byte[]> after = files(data());
        healthy.forEach((name, bytes) -> {
            // the other database is sound and may have been opened and closed
            if (name.startsWith(file.substring(0, 5))) {
                assertThat(Arrays.equals(bytes(after, name), name.equals(file) ? damaged : bytes))
                        .as("%s is untouched after: %s", name, reason)
                        .isTrue();
            }
        });
    }

    private String refused() {
        return switch (Server.start(
                Settings.defaults().withPort(0).withData(data()).inDevelopment())) {
            case Start.Refused(String reason) -> reason;
            case Start.Ready(Server server) -> {
                server.close();
                throw new AssertionError("Expected a refused start, but the server was ready.");
            }
        };
    }

    private Path data() {
        return directory.resolve("data");
    }

    /** What a server left, and nothing else. */
    private void lay(Map<String, byte[]> left) throws IOException {
        Files.createDirectories(data());
        for (String name : files(data()).keySet()) {
            Files.delete(data().resolve(name));
        }
        for (Map.Entry<String, byte[]> file : left.entrySet()) {
            Files.write(data().resolve(file.getKey()), file.getValue());
        }
    }

    private static Map<String, byte[]> files(Path data) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(data)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                // the lock names the process; the other is SQLite's shared memory, made anew at each start
                if (!name.equals("lock") && !name.endsWith("-shm")) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return files;
    }

    private static byte[] bytes(Map<String, byte[]> files, String name) {
        return requireNonNull(files.get(name), name);
    }

    private static void overwrite(byte[] bytes, int from, int count) {
        for (int i = from; i < Math.min(bytes.length, from + count); i++) {
            bytes[i] ^= 0x5a;
        }
    }

    /** Where each entry of DuckDB's log begins; the first one is behind the end of the version. */
    private static List<Integer> entries(byte[] log) {
        int at = 0;
        while (log[at] != -1 || log[at + 1] != -1) {
            at++;
        }
        at += 2;
        List<Integer> entries = new ArrayList<>();
        while (at < log.length) {
            entries.add(at);
            at += 16 + (log[at] & 0xff) + ((log[at + 1] & 0xff) << 8) + ((log[at + 2] & 0xff) << 16);
        }
        return entries;
    }

    private static String element(int number) {
        return WORLD.sample("damage-" + number, "damage-0", World.DECEMBER, "1")
                .json(RandomGenerator.of("L64X128MixRandom"));
    }

    private static long kept(Client client) {
        return WORLD.used(client).longValueExact();
    }
}

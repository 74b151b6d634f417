package io.tallystick.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of its own in a new directory, on loopback. Its durability is as installed (fsync, synchronous_commit
 * and full_page_writes on); it gets as much memory as our usage store and room for its log, so that it need not stop for
 * checkpoints more often than it likes.
 */
final class PostgresServer implements AutoCloseable {
    private static final String USER = "bench";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> SETTINGS = List.of("shared_buffers=512MB", "max_wal_size=4GB");

    private final Process process;
    private final String url;

    private PostgresServer(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** The directory of {@code initdb} and {@code postgres}: the newest in /usr/lib/postgresql, or the one on the PATH. */
    static Optional<Path> installed() throws IOException {
        List<Path> found = new ArrayList<>();
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.sorted(Comparator.comparing(
                                        (Path version) -> version.getFileName().toString())
                                .reversed())
                        .map(version -> version.resolve("bin"))
                        .forEach(found::add);
            }
        }
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            found.add(Path.of(directory));
        }
        return found.stream()
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("postgres")))
                .findFirst();
    }

    /** What to say where it is not installed. */
    static String missing() {
        return "Expected PostgreSQL's initdb and postgres in /usr/lib/postgresql or on the PATH, but there are none."
                + " Install the package postgresql (apt-get install postgresql).";
    }

    /**
     * Makes a database and starts its server. PostgreSQL does not run as root: then it runs as the user postgres, or
     * nobody.
     *
     * @param directory new, in a directory that this user can reach
     */
    static PostgresServer start(Path directory) throws IOException, InterruptedException {
        Path bin = installed().orElseThrow(() -> new IOException(missing()));
        Files.createDirectories(directory);
        List<String> asUser = asUser(directory);
        run(
                directory,
                asUser,
                List.of(
                        bin.resolve("initdb").toString(),
                        "--pgdata=" + directory.resolve("pg"),
                        "--username=" + USER,
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--no-locale"));
        int port = freePort();
        List<String> command = new ArrayList<>(asUser);
        command.addAll(List.of(
                bin.resolve("postgres").toString(),
                "-D",
                directory.resolve("pg").toString(),
                "-p",
                String.valueOf(port),
                "-h",
                "127.0.0.1",
                "-k",
                ""));
        SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("postgres.log").toFile())
                .start();
        PostgresServer server =
                new PostgresServer(process, "jdbc:postgresql://127.0.0.1:%d/postgres?user=%s".formatted(port, USER));
        boolean isReady = false;
        try {
            server.awaitReady(directory.resolve("postgres.log"));
            isReady = true;
            return server;
        } finally {
            if (!isReady) {
                server.close();
            }
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }

    /** CPU time of all of its processes that live. */
    Duration cpu() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** A fast shutdown: SIGINT to the server itself, whatever stands between it and us. */
    @Override
    public void close() {
        List<ProcessHandle> processes = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        process.toHandle().destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                processes.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            processes.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady(Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Connection connection = connect()) {
                connection.isValid(1);
                return;
            } catch (SQLException notYet) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException(
                            "Expected PostgreSQL to start, but it said: " + Files.readString(log), notYet);
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Words before a command that make it run as somebody else than root; the directory becomes theirs. */
    private static List<String> asUser(Path directory) throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        String user = Files.readString(Path.of("/etc/passwd")).lines().anyMatch(line -> line.startsWith("postgres:"))
                ? "postgres"
                : "nobody";
        Files.getFileAttributeView(directory, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setOwner(directory
                        .getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(user));
        return List.of(
                "setpriv",
                "--reuid=" + user,
                "--regid=" + (user.equals("nobody") ? "nogroup" : user),
                "--clear-groups");
    }

    private static void run(Path directory, List<String> asUser, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(asUser);
        command.addAll(arguments);
        Path log = directory.resolve("initdb.log");
        int exitCode = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (exitCode != 0) {
            throw new IOException("Expected %s to succeed, but it ended with %d: %s"
                    .formatted(command, exitCode, Files.readString(log)));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

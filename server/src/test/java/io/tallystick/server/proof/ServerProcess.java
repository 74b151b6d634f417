package io.tallystick.server.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.app.HostProcess;
import io.tallystick.server.app.ServeCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The server as a process of its own, in development mode on any free port: it can be killed. */
final class ServerProcess implements AutoCloseable {
    private static final String READY = "tallystick is ready at ";
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final URI address;
    private final long startMillis;

    private ServerProcess(Process process, URI address, long startMillis) {
        this.process = process;
        this.address = address;
        this.startMillis = startMillis;
    }

    /** What the program does with {@code serve}. */
    public static void main(String... arguments) {
        HostProcess.writeLogTo(System.err);
        System.exit(ServeCommand.commandLine().execute(arguments));
    }

    /** Starts it on {@code data} in a directory, and waits until it is ready. Everything it leaves is in the directory. */
    static ServerProcess start(Path directory) throws IOException {
        Path errors = directory.resolve("stderr.txt");
        // a killed JVM leaves 72 MB of unpacked libraries where it keeps temporary files
        Path unpacked = emptied(directory.resolve("unpacked"));
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + unpacked,
                        "-Dorg.sqlite.tmpdir=" + unpacked,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerProcess.class.getName(),
                        "--dev",
                        "--port",
                        "0",
                        "--data",
                        directory.resolve("data").toString())
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("TALLYSTICK_"));
        long began = System.nanoTime();
        Process process = builder.start();
        boolean isReady = false;
        try {
            String line = firstLine(process);
            assertThat(line).as(Files.readString(errors)).startsWith(READY);
            isReady = true;
            return new ServerProcess(
                    process,
                    URI.create(line.substring(READY.length())),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        } finally {
            if (!isReady) {
                process.destroyForcibly();
            }
        }
    }

    URI address() {
        return address;
    }

    /** From the start of the process to the line that says it is ready. */
    long startMillis() {
        return startMillis;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL: it gets no chance to do anything more. */
    void kill() {
        process.destroyForcibly();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** SIGTERM. */
    void terminate() {
        process.toHandle().destroy();
    }

    int exitCode() {
        return process.onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join()
                .exitValue();
    }

    @Override
    public void close() {
        kill();
    }

    private static String firstLine(Process process) {
        BufferedReader output = process.inputReader(UTF_8);
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return requireNonNullElse(output.readLine(), "(end of output)");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static Path emptied(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var left = Files.list(directory)) {
                for (Path file : left.toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(directory);
    }
}

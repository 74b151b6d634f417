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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The server as a process of its own, in development mode on any free port: it can be killed. */
public final class ServerProcess implements AutoCloseable {
    /** What the server logs, in the directory that it is started in. */
    public static final String ERRORS = "stderr.txt";

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

    /**
     * What is started.
     *
     * @param prefix a command that calls the rest; empty where nothing does
     * @param command how it is called, without the arguments of {@code serve}
     */
    public record Program(List<String> prefix, List<String> command) {
        public Program {
            prefix = List.copyOf(prefix);
            command = List.copyOf(command);
        }

        /** The same, called by another command. */
        Program behind(List<String> caller) {
            return new Program(caller, command);
        }

        /** A main method on this JVM's class path that takes the arguments of {@code serve}; quick to start. */
        public static Program ofClass(Class<?> main, String... options) {
            return java(Stream.of(
                    List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"),
                    List.of(options),
                    List.of("-cp", System.getProperty("java.class.path"), main.getName())));
        }

        /** The program as it is delivered: what the launcher starts, without the launcher. */
        public static Program built(Path dist) {
            return java(Stream.of(
                    List.of(
                            "-XX:-UsePerfData",
                            "-XX:+ExitOnOutOfMemoryError",
                            "-Xlog:disable",
                            "-Xlog:all=error,aot*=off,cds*=off:stderr",
                            "-XX:AOTCache=" + dist.resolve("tallystick.aot")),
                    List.of("-jar", dist.resolve("tallystick.jar").toString(), "serve")));
        }

        private static Program java(Stream<List<String>> rest) {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            return new Program(
                    List.of(),
                    Stream.concat(Stream.of(java, "-XX:+UseSerialGC"), rest.flatMap(List::stream))
                            .toList());
        }

        /** The same with temporary files where they belong; options of the JVM come right behind its name. */
        private List<String> keepingTemporaryFilesIn(Path directory) {
            return Stream.of(
                            prefix,
                            command.subList(0, 1),
                            List.of("-Djava.io.tmpdir=" + directory, "-Dorg.sqlite.tmpdir=" + directory),
                            command.subList(1, command.size()))
                    .flatMap(List::stream)
                    .toList();
        }
    }

    /** Starts it on {@code data} in a directory, and waits until it is ready. Everything it leaves is in the directory. */
    static ServerProcess start(Path directory) throws IOException {
        return start(Program.ofClass(ServerProcess.class), directory);
    }

    /** The same with any program. */
    public static ServerProcess start(Program program, Path directory) throws IOException {
        long began = System.nanoTime();
        Process process = begun(program, directory);
        boolean isReady = false;
        try {
            String line = firstLine(process);
            assertThat(line).as(Files.readString(directory.resolve(ERRORS))).startsWith(READY);
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

    /** Starts it where it must not start, and gives the exit code. */
    static int refused(Program program, Path directory) throws IOException {
        Process process = begun(program, directory);
        try {
            return process.onExit()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join()
                    .exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts it and kills it so long after, ready or not. */
    public static void startAndKill(Program program, Path directory, Duration after)
            throws IOException, InterruptedException {
        Process process = begun(program, directory);
        try {
            process.waitFor(after);
        } finally {
            kill(process);
        }
    }

    public URI address() {
        return address;
    }

    /** From the start of the process to the line that says it is ready. */
    public long startMillis() {
        return startMillis;
    }

    long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it still runs after so long; where it does not, the answer comes at once. */
    public boolean isAliveAfter(Duration time) throws InterruptedException {
        return !process.waitFor(time);
    }

    /** SIGKILL: it gets no chance to do anything more. */
    public void kill() {
        kill(process);
    }

    private static void kill(Process process) {
        process.destroyForcibly();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** SIGSTOP: it stands still, with everything it has open, until {@link #resume}. */
    public void pause() throws IOException {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start();
        int exitCode = kill.onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join()
                .exitValue();
        if (exitCode != 0) {
            throw new IOException("Expected SIG%s to reach process %d, but kill ended with %d."
                    .formatted(name, process.pid(), exitCode));
        }
    }

    /** SIGTERM. */
    public void terminate() {
        process.toHandle().destroy();
    }

    public int exitCode() {
        return process.onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join()
                .exitValue();
    }

    @Override
    public void close() {
        kill();
    }

    private static Process begun(Program program, Path directory) throws IOException {
        // a killed JVM leaves 72 MB of unpacked libraries where it keeps temporary files
        Path unpacked = emptied(directory.resolve("unpacked"));
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                                program.keepingTemporaryFilesIn(unpacked).stream(),
                                Stream.of(
                                        "--dev",
                                        "--port",
                                        "0",
                                        "--data",
                                        directory.resolve("data").toString()))
                        .toList())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve(ERRORS).toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("TALLYSTICK_"));
        return builder.start();
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

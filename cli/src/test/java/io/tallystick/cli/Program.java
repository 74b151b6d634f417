package io.tallystick.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The program as a process of its own, with the class path of the tests and without the variables of this one that are
 * settings.
 */
final class Program implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader output;
    private final Path errors;

    private Program(Process process, Path errors) {
        this.process = process;
        this.output = process.inputReader(UTF_8);
        this.errors = errors;
    }

    /** Starts the program in a directory; what it says on stderr goes into a file there. */
    static Program start(Path directory, String... arguments) throws IOException {
        return start(directory, List.of(), arguments);
    }

    static Program start(Path directory, List<String> jvmOptions, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                // what a killed process leaves of unpacked native libraries goes with the test's directory
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(jvmOptions);
        command.add(Tallystick.class.getName());
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile(directory, "stderr", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TALLYSTICK_"));
        return new Program(builder.start(), errors);
    }

    long pid() {
        return process.pid();
    }

    String nextLine() throws IOException {
        return requireNonNullElse(output.readLine(), "(end of output)");
    }

    /** All that it has still to say on stdout. */
    String remainingOutput() {
        return String.join("\n", output.lines().toList());
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    /** Asks it to stop, as SIGTERM does, and leaves its streams open. */
    void terminate() {
        process.toHandle().destroy();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "Expected the program to end within %s s, but it runs".formatted(PATIENCE_SECONDS));
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}

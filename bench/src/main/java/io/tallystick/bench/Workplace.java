package io.tallystick.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory for one run, deleted when it is closed unless it is to be kept.
 *
 * @param path new
 * @param keep whether it stays
 */
record Workplace(Path path, boolean keep) implements AutoCloseable {
    static Workplace in(Path directory, boolean keep) throws IOException {
        Files.createDirectories(directory);
        // PostgreSQL's user has to get through it
        Path path = Files.createTempDirectory(directory, "tallystick-bench-");
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
        }
        return new Workplace(path, keep);
    }

    /** Runs a main class of this module in a process of its own, with the JVM options of a server; its last line. */
    String run(Class<?> main, List<String> arguments) throws IOException, InterruptedException {
        Path errors = path.resolve(main.getSimpleName() + ".stderr.txt");
        List<String> command = new ArrayList<>(List.of(
                Launch.java(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + path,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("Expected %s to succeed, but it ended with %d: %s"
                        .formatted(main.getSimpleName(), process.exitValue(), Files.readString(errors)));
            }
            return output.lines().reduce("", (_, line) -> line);
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() throws IOException {
        if (keep) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

package io.tallystick.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import io.tallystick.bench.measure.Footprint;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in development mode, as a process of its own, on any free port. */
final class ServerProcess implements AutoCloseable {
    private static final String READY = "tallystick is ready at ";
    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path data;
    private final URI address;
    private final Duration start;

    private ServerProcess(Process process, Path data, URI address, Duration start) {
        this.process = process;
        this.data = data;
        this.address = address;
        this.start = start;
    }

    /** Starts it on a data directory and waits until it says that it is ready. */
    static ServerProcess start(Launch launch, Path data) throws IOException {
        Path errors = data.resolveSibling(data.getFileName() + ".stderr.txt");
        List<String> command = new ArrayList<>(launch.command());
        command.addAll(List.of("--dev", "--port", "0", "--data", data.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TALLYSTICK_"));
        long began = System.nanoTime();
        Process process = builder.start();
        boolean isReady = false;
        try {
            BufferedReader output = process.inputReader(UTF_8);
            String line = requireNonNullElse(output.readLine(), "");
            Duration start = Duration.ofNanos(System.nanoTime() - began);
            if (!line.startsWith(READY)) {
                throw new IOException("Expected the server to say that it is ready, but it said \"%s\" and: %s"
                        .formatted(line, Files.readString(errors)));
            }
            isReady = true;
            return new ServerProcess(process, data, URI.create(line.substring(READY.length())), start);
        } finally {
            if (!isReady) {
                process.destroyForcibly();
            }
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(address.getHost(), address.getPort());
    }

    Customer customer() {
        return new Customer(address());
    }

    /** From the start of the process to the line that says it is ready. */
    Duration start() {
        return start;
    }

    /** What it took from the machine so far. */
    Footprint footprint() throws IOException {
        return Footprint.of(process.toHandle());
    }

    /** Bytes of the usage store, its log of the last commits included. */
    long usageBytes() throws IOException {
        long bytes = 0;
        try (var files = Files.list(data)) {
            for (Path file : files.toList()) {
                boolean isUsage = file.getFileName().toString().startsWith("usage.duckdb");
                bytes += isUsage ? Files.size(file) : 0;
            }
        }
        return bytes;
    }

    /** SIGKILL: it gets no chance to do anything more. */
    void kill() {
        process.destroyForcibly();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** SIGTERM, and waits: it finishes what it took. */
    @Override
    public void close() {
        process.toHandle().destroy();
        try {
            process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } finally {
            process.destroyForcibly();
        }
    }
}

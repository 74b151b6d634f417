package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A Prometheus of its own, as installed: a process on loopback that keeps what it has in one directory. */
final class Prometheus implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path log;
    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();

    private Prometheus(Process process, Path log, URI address) {
        this.process = process;
        this.log = log;
        this.address = address;
    }

    /** Starts it and waits until it answers. */
    static Prometheus start(Path directory, String configuration) throws IOException {
        Path file = Files.writeString(directory.resolve("prometheus.yml"), configuration);
        String listening = "127.0.0.1:" + freePort();
        Path log = directory.resolve("prometheus.log");
        Process process = begun(new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + directory.resolve("samples"),
                        "--web.listen-address=" + listening)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile()));
        Prometheus prometheus = new Prometheus(process, log, URI.create("http://" + listening));
        boolean isReady = false;
        try {
            prometheus.awaitReady();
            isReady = true;
            return prometheus;
        } finally {
            if (!isReady) {
                prometheus.close();
            }
        }
    }

    /** What {@code promtool check metrics} ends with and says when it reads this page. */
    static Said checked(Path directory, String page) throws IOException {
        Path in = Files.writeString(directory.resolve("promtool.in"), page);
        Path out = directory.resolve("promtool.out");
        Process process = begun(new ProcessBuilder("promtool", "check", "metrics")
                .redirectInput(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile()));
        try {
            int exitCode = process.onExit()
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join()
                    .exitValue();
            return new Said(exitCode, Files.readString(out));
        } finally {
            process.destroyForcibly();
        }
    }

    /** How a program ended, and all that it wrote. */
    record Said(int exitCode, String text) {}

    /** What a query gives now. */
    Reply query(String expression) {
        return get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    }

    /** What it was told of each metric that it has scraped. */
    Reply metadata() {
        return get("/api/v1/metadata");
    }

    /** What it says about where it scrapes, for messages. */
    String targets() {
        return answer("/api/v1/targets").body();
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Reply get(String path) {
        HttpResponse<String> response = answer(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Reply.of(response);
    }

    private HttpResponse<String> answer(String path) {
        try {
            return sent(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> sent(String path) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(address + path))
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Expected an answer, but was interrupted.", e);
        }
    }

    private void awaitReady() throws IOException {
        Awaitility.await("the start of Prometheus").atMost(PATIENCE).until(() -> !process.isAlive() || isReady());
        assertThat(process.isAlive())
                .as("Prometheus runs; it said: %s", Files.readString(log))
                .isTrue();
    }

    private boolean isReady() {
        try {
            return sent("/-/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Process begun(ProcessBuilder program) throws IOException {
        try {
            return program.start();
        } catch (IOException e) {
            throw new IOException(
                    "Expected %s on the PATH, but it does not start. Install the package prometheus (apt-get install prometheus)."
                            .formatted(program.command().getFirst()),
                    e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

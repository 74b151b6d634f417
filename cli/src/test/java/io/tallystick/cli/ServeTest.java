package io.tallystick.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server as a real process: what it prints, what it answers, how it ends. */
@Timeout(120)
final class ServeTest {
    private static final String READY = "tallystick is ready at ";

    @TempDir
    private Path directory;

    @Test
    void saysWhenItIsReadyAndExitsWith0OnSigterm() throws Exception {
        try (Program program = Program.start(directory, "serve", "--port", "0");
                HttpClient client = HttpClient.newHttpClient()) {
            String line = program.nextLine();
            assertThat(line).matches(READY + "http://127\\.0\\.0\\.1:[1-9][0-9]*");
            URI ready = URI.create(line.substring(READY.length())).resolve("/health/ready");
            assertThat(client.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(directory.resolve("data/format")).hasContent("1");

            program.terminate();

            assertThat(program.exitCode()).isZero();
            assertThat(program.remainingOutput()).isEmpty();
            assertThat(program.errors().lines())
                    .first()
                    .isEqualTo("These credentials are shown once and kept as hashes only. Write them down now.");
            assertThat(program.errors().lines()).last().asString().contains("event=stopped");
        }
    }

    @Test
    void startsAgainAfterItWasKilledAndDeletesWhatWasLeftInTmp() throws Exception {
        try (Program killed = Program.start(directory, "serve", "--port", "0")) {
            assertThat(killed.nextLine()).startsWith(READY);
        }
        Path left = Files.writeString(directory.resolve("data/tmp/left-behind"), "x");

        try (Program program = Program.start(directory, "serve", "--port", "0")) {
            assertThat(program.nextLine()).startsWith(READY);
            assertThat(left).doesNotExist();
        }
    }

    @Test
    void exitsWith1WhereThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                Program program = Program.start(directory, "serve", "--port", "" + taken.getLocalPort())) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.remainingOutput()).isEmpty();
            assertThat(program.errors().lines())
                    .last()
                    .asString()
                    .startsWith("Expected to listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void exitsWith1WhereTheDataDirectoryIsInUseAndNamesTheOtherProcess() throws Exception {
        try (Program first = Program.start(directory, "serve", "--port", "0")) {
            assertThat(first.nextLine()).startsWith(READY);
            try (Program second = Program.start(directory, "serve", "--port", "0")) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.errors()).contains("but process " + first.pid() + " uses it");
            }
        }
    }

    @Test
    void exitsWith2WhereASettingIsWrong() throws Exception {
        try (Program program = Program.start(directory, "serve", "--port", "http", "--dev", "--bind", "0.0.0.0")) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.errors().lines())
                    .containsExactly(
                            "--port: Expected a port number from 0 to 65535, but was 'http'",
                            "Expected a loopback address (127.0.0.1, ::1 or localhost) to bind to in development mode, but was '0.0.0.0'",
                            "Try 'tallystick serve --help'.");
            assertThat(directory.resolve("data")).doesNotExist();
        }
    }
}

package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.app.Server;
import io.tallystick.server.app.Start;
import io.tallystick.server.settings.Settings;
import io.tallystick.server.settings.SettingsAnswer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that waits for a body for one second. */
final class BodiesTest {
    private static final String HEAD =
            """
            POST /organizations/00000000-0000-4000-8000-000000000001/measurements HTTP/1.1\r
            Host: localhost\r
            X-API-KEY: dev-api-key\r
            Content-Type: application/json\r
            Content-Length: 1000\r
            \r
            """;

    private final Server server;

    BodiesTest(@TempDir Path directory) {
        SettingsAnswer read = Settings.read(
                Map.of(
                        "port",
                        "0",
                        "dev",
                        "true",
                        "data",
                        directory.resolve("data").toString()),
                Map.of("TALLYSTICK_HTTP_BODY_TIMEOUT", "1s"));
        Start start = Server.start(((SettingsAnswer.Complete) read).settings());
        server = ((Start.Ready) start).server();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void hangsUpOnAClientThatStopsInTheMiddleOfABody() {
        try (RawHttp client = new RawHttp(server.address().getPort())) {
            client.write(HEAD + "{\"measurements\":");

            assertThat(client.untilClosed()).isEmpty();
        }
    }

    @Test
    void tellsAClientThatTricklesItsBody() {
        try (RawHttp client = new RawHttp(server.address().getPort())) {
            client.write(HEAD);
            for (int i = 0; i < 60 && !client.answersWithin(50); i++) {
                client.write(" ");
            }

            assertThat(client.next().status()).isEqualTo(408);
        }
    }

    @Test
    void answersTheNextClientAsEver() {
        try (RawHttp stalled = new RawHttp(server.address().getPort());
                RawHttp next = new RawHttp(server.address().getPort())) {
            stalled.write(HEAD + "{");

            next.write(HEAD.replace("1000", "19") + "{\"measurements\":[]}");

            assertThat(next.next().status()).isEqualTo(400);
        }
    }
}

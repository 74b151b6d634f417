package io.tallystick.server.proof;

import io.tallystick.server.app.Server;
import io.tallystick.server.app.Start;
import io.tallystick.server.settings.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;

/** A server in this process, which can be stopped and started on the same data. */
final class InProcess implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Settings settings;
    private Server server;

    private InProcess(Settings settings) {
        this.settings = settings;
        server = started(settings);
    }

    /** In development mode, on any free port. */
    static InProcess start(Path data) {
        return new InProcess(Settings.defaults().withPort(0).withData(data).inDevelopment());
    }

    Client client() {
        return Client.dev(http, server.address());
    }

    URI address() {
        return server.address();
    }

    HttpClient http() {
        return http;
    }

    /** Stops it, does something with the data directory while nobody has it, and starts it again. */
    void restart(Runnable meanwhile) {
        server.close();
        meanwhile.run();
        server = started(settings);
    }

    @Override
    public void close() {
        server.close();
        http.close();
    }

    private static Server started(Settings settings) {
        return switch (Server.start(settings)) {
            case Start.Ready(Server ready) -> ready;
            case Start.Refused(String reason) -> throw new IllegalStateException(reason);
        };
    }
}

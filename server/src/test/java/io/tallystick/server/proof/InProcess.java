package io.tallystick.server.proof;

import io.tallystick.server.app.Server;
import io.tallystick.server.app.ServerOnStore;
import io.tallystick.server.app.Start;
import io.tallystick.server.settings.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.InstantSource;

/** A server in this process, which can be stopped and started on the same data. */
final class InProcess implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Settings settings;
    private final InstantSource clock;
    private Server server;

    private InProcess(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        server = started(settings, clock);
    }

    /** In development mode, on any free port. */
    static InProcess start(Path data) {
        return start(data, InstantSource.system());
    }

    /** The same by another clock. */
    static InProcess start(Path data, InstantSource clock) {
        return new InProcess(Settings.defaults().withPort(0).withData(data).inDevelopment(), clock);
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
        server = started(settings, clock);
    }

    @Override
    public void close() {
        server.close();
        http.close();
    }

    private static Server started(Settings settings, InstantSource clock) {
        return switch (ServerOnStore.start(settings, clock)) {
            case Start.Ready(Server ready) -> ready;
            case Start.Refused(String reason) -> throw new IllegalStateException(reason);
        };
    }
}

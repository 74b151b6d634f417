package io.tallystick.server.faults;

import io.tallystick.server.app.HostProcess;
import io.tallystick.server.app.ServerOnStore;
import io.tallystick.server.app.Start;
import io.tallystick.server.proof.ServerProcess;
import io.tallystick.server.settings.Settings;
import java.nio.file.Path;
import java.util.List;

/** The whole server, with one bug planted between it and its store of usage. */
final class FaultyServer {
    private static final String BUG = "tallystick.planted-bug";

    private FaultyServer() {}

    static ServerProcess.Program with(PlantedBug bug) {
        return ServerProcess.Program.ofClass(FaultyServer.class, "-D" + BUG + "=" + bug);
    }

    public static void main(String... arguments) throws InterruptedException {
        HostProcess.writeLogTo(System.err);
        Path data = Path.of(List.of(arguments).get(List.of(arguments).indexOf("--data") + 1));
        Settings settings = Settings.defaults().withPort(0).withData(data).inDevelopment();
        HostProcess.prepareFor(settings);
        switch (ServerOnStore.start(settings, PlantedBug.valueOf(System.getProperty(BUG))::in)) {
            case Start.Refused(String reason) -> throw new IllegalStateException(reason);
            case Start.Ready(var server) -> {
                System.out.println("tallystick is ready at " + server.address());
                server.awaitStop();
            }
        }
    }
}

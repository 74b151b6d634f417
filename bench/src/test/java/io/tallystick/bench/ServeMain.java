package io.tallystick.bench;

import io.tallystick.server.app.HostProcess;
import io.tallystick.server.app.ServeCommand;
import java.nio.file.Path;
import java.util.List;

/** What the program does with {@code serve}, from the class path of the tests instead of dist/. */
final class ServeMain {
    private ServeMain() {}

    public static void main(String... arguments) {
        HostProcess.writeLogTo(System.err);
        System.exit(ServeCommand.commandLine().execute(arguments));
    }

    /** Everything such a server leaves behind is in the directory. */
    static Launch launch(Path directory) {
        return new Launch(List.of(
                Launch.java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + directory,
                "-Dorg.sqlite.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                ServeMain.class.getName()));
    }
}

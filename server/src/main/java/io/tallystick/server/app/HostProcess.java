package io.tallystick.server.app;

import io.tallystick.server.settings.Settings;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to the whole process and not to one server in it. A main method calls {@link #writeLogTo} before anything
 * else and {@link #prepareFor} before its server; tests that start servers in their own process call neither.
 */
public final class HostProcess {
    private HostProcess() {}

    /** Sends the log of this process to a stream, one line for each record. */
    public static void writeLogTo(PrintStream stream) {
        // before the first logger exists, because the JDK reads it once
        System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new LineHandler(stream));
        Quiet.LOGGERS.forEach(logger -> logger.setLevel(Level.WARNING));
        Quiet.PORT_TAKEN.setLevel(Level.OFF);
    }

    /** Keeps to itself what goes as it should: for a command whose output is read by a person. */
    public static void logWarningsOnly() {
        Quiet.HOUSE.setLevel(Level.WARNING);
    }

    /** Points temporary files into the data directory and native libraries to those beside the program. */
    public static void prepareFor(Settings settings) {
        // a process that is killed leaves its temporary files there, and the next start deletes them
        System.setProperty(
                "java.io.tmpdir", DataDirectory.temporary(settings.data()).toString());
        locateNatives();
    }

    /** SQLite's driver unpacks its library at every start, unless it is told of a file; DuckDB's looks for it by itself. */
    static void locateNatives() {
        @Nullable CodeSource source = HostProcess.class.getProtectionDomain().getCodeSource();
        if (source == null || System.getProperty("org.sqlite.lib.path") != null) {
            return;
        }
        try {
            String name = System.mapLibraryName("sqlitejdbc");
            @Nullable Path directory = Path.of(source.getLocation().toURI()).getParent();
            if (directory != null && Files.exists(directory.resolve(name))) {
                System.setProperty("org.sqlite.lib.path", directory.toString());
                System.setProperty("org.sqlite.lib.name", name);
            }
        } catch (URISyntaxException notAFile) {
            throw new IllegalStateException("Expected this program in a file, but it is in " + source, notAFile);
        }
    }

    /** Loggers held by a constant, because the log manager forgets those, and with them their levels, that nobody holds. */
    private static final class Quiet {
        static final List<Logger> LOGGERS = List.of(Logger.getLogger("io.helidon"), Logger.getLogger("org.flywaydb"));

        /** Says at length, with a stack trace, what {@link Server} says in one line. */
        static final Logger PORT_TAKEN = Logger.getLogger("io.helidon.webserver.LoomServer");

        static final Logger HOUSE = Logger.getLogger("io.tallystick");

        private Quiet() {}
    }

    private static final class LineHandler extends Handler {
        private final PrintStream stream;
        private final Formatter line = new LogLine();

        LineHandler(PrintStream stream) {
            this.stream = stream;
        }

        @Override
        public void publish(LogRecord logged) {
            if (isLoggable(logged)) {
                stream.print(line.format(logged));
                stream.flush();
            }
        }

        @Override
        public void flush() {
            stream.flush();
        }

        @Override
        public void close() {
            // the stream belongs to the process
        }
    }
}

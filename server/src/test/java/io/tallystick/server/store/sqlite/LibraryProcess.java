package io.tallystick.server.store.sqlite;

import static io.tallystick.document.Library.CITY;
import static io.tallystick.document.Library.SHELVES;
import static io.tallystick.document.Library.author;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tallystick.document.Documents;
import io.tallystick.document.Library.Shelf;
import io.tallystick.document.Registered;
import io.tallystick.document.Registrar;
import io.tallystick.id.Id;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A process of its own that writes batches of shelves and says of each, on its own line, that it is written:
 * {@code DIRECTORY NAME FIRST COUNT}. Each batch also tries to take a code that others may want.
 */
final class LibraryProcess implements AutoCloseable {
    static final int BATCH = 3;

    private final Process process;
    private final BufferedReader lines;

    private LibraryProcess(Process process) {
        this.process = process;
        lines = process.inputReader(UTF_8);
    }

    static LibraryProcess start(Path directory, String name, int first, int count) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LibraryProcess.class.getName(),
                directory.toString(),
                name,
                Integer.toString(first),
                Integer.toString(count));
        return new LibraryProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.to(new File("/dev/null")))
                .start());
    }

    /** The next line it says; empty when it has ended. */
    String line() throws IOException {
        String line = lines.readLine();
        return line == null ? "" : line;
    }

    /** {@code kill -9} through the handle: what it has said before can still be read. */
    void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        String name = arguments[1];
        int first = Integer.parseInt(arguments[2]);
        int count = Integer.parseInt(arguments[3]);
        try (Documents documents = LibraryStore.open(directory)) {
            for (int batch = first; batch < first + count; batch++) {
                System.out.println(batch + " " + (write(documents, name, batch) ? "won" : "lost"));
            }
        }
    }

    /** One transaction; tells whether it won the code that belongs to nobody. */
    static boolean write(Documents documents, String name, int batch) {
        return documents.write(author("KEY_" + name, batch), transaction -> {
            Registrar registrar = new Registrar(transaction, CITY);
            for (int i = 0; i < BATCH; i++) {
                String code = name + "-" + batch + "-" + i;
                registrar.create(SHELVES, new Id<Shelf>(code), new Shelf(code));
            }
            return registrar.create(SHELVES, new Id<Shelf>("wanted by " + name + batch), new Shelf("wanted " + batch))
                    instanceof Registered.Done;
        });
    }
}

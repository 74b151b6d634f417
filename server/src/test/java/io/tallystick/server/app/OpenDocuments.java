package io.tallystick.server.app;

import io.tallystick.document.Documents;
import io.tallystick.server.store.sqlite.SqliteDocuments;
import java.nio.file.Path;

/** The documents of a data directory, opened beside or without a server. */
public final class OpenDocuments {
    private OpenDocuments() {}

    public static Documents in(Path directory) {
        return SqliteDocuments.open(directory, Codecs.all());
    }
}

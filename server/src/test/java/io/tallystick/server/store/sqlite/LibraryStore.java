package io.tallystick.server.store.sqlite;

import io.tallystick.document.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A store for the documents of the contracts. */
final class LibraryStore {
    private LibraryStore() {}

    static SqliteDocuments open(Path directory) {
        return SqliteDocuments.open(directory, LibraryCodecs.ALL);
    }

    static Documents openEmptyBelow(Path directory) {
        try {
            return open(Files.createTempDirectory(directory, "data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.tallystick.server.store.sqlite;

import io.tallystick.document.DocumentsUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Refuses a damaged file before anything is done with it. SQLite notices damage only where it happens to read, and takes
 * the first damaged frame of its log for the end of the log, dropping what was committed behind it.
 */
final class Integrity {
    private static final String GOOD = "ok";

    private Integrity() {}

    /**
     * Reads all pages of the file. Neither it nor its log is written to.
     *
     * @throws DocumentsUnavailable if the file or its log is damaged
     */
    static void check(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        try {
            Optional<String> objection = WriteAheadLog.objection(file);
            if (objection.isPresent()) {
                throw SqliteFailure.damaged(file, objection.get());
            }
        } catch (IOException e) {
            throw new DocumentsUnavailable("Expected to read %s, but: %s.".formatted(file, e), e);
        }
        try (Session session = Session.visitor(file)) {
            String finding = session.row("PRAGMA quick_check(1)", row -> row.getString(1))
                    .orElse("no answer to quick_check");
            if (!finding.equals(GOOD)) {
                throw SqliteFailure.damaged(file, finding.lines().findFirst().orElse(finding) + ".");
            }
        }
    }
}

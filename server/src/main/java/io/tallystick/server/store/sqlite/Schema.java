package io.tallystick.server.store.sqlite;

import io.tallystick.document.DocumentsUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Brings the tables to the present version. The version is SQLite's own {@code user_version}; a step is a numbered
 * script beside this class, never edited once released. See docs/adr/0200.
 */
final class Schema {
    /** Step n leads from version n - 1 to version n. */
    private static final List<String> STEPS = List.of("001-documents.sql");

    static final int VERSION = STEPS.size();

    private static final String BEGINNING = "SQLite format 3\0";
    private static final int HEADER_BYTES = 64;
    private static final int USER_VERSION_AT = 60;

    private Schema() {}

    /**
     * Refuses a file of a newer version before SQLite opens it, because already opening would make files beside it.
     *
     * @throws DocumentsUnavailable if the file comes from a newer version, cannot be read or is no database
     */
    static void check(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] header = in.readNBytes(HEADER_BYTES);
            if (header.length > 0 && !new String(header, StandardCharsets.ISO_8859_1).startsWith(BEGINNING)) {
                throw SqliteFailure.damaged(file, "it does not begin as a database of SQLite does.");
            }
            if (header.length == HEADER_BYTES) {
                refuseNewer(file, ByteBuffer.wrap(header).getInt(USER_VERSION_AT));
            }
        } catch (IOException e) {
            throw new DocumentsUnavailable("Expected to read %s, but: %s.".formatted(file, e), e);
        }
    }

    /** All missing steps in one transaction: after a crash in the middle the next start finds the old version. */
    static void migrate(Path file, Session session) {
        if (version(session) == VERSION) {
            return;
        }
        session.beginWriting();
        try {
            long present = version(session);
            refuseNewer(file, present);
            for (String step : STEPS.subList((int) present, VERSION)) {
                session.run(script(step));
            }
            session.run("PRAGMA user_version = " + VERSION);
            session.commit();
        } catch (RuntimeException e) {
            session.rollback();
            throw e;
        }
    }

    private static long version(Session session) {
        return session.number("PRAGMA user_version");
    }

    private static void refuseNewer(Path file, long version) {
        if (version > VERSION) {
            throw new DocumentsUnavailable(
                    "Expected %s to be of version %d or older, but it is of version %d: a newer Tallystick wrote it. Nothing was touched; start that version."
                            .formatted(file, VERSION, version));
        }
    }

    private static String script(String name) {
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "Expected the script %s beside the class, but it is missing.".formatted(name));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

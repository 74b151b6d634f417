package io.tallystick.server.store.sqlite;

import io.tallystick.document.Author;
import io.tallystick.document.Card;
import io.tallystick.document.Changes;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.DocumentsUnavailable;
import io.tallystick.document.Kind;
import io.tallystick.document.Listing;
import io.tallystick.document.Page;
import io.tallystick.document.Revision;
import io.tallystick.document.Transaction;
import io.tallystick.document.Watermark;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Documents in {@code documents.sqlite}: one thread writes, two read, all of them platform threads. Other processes may
 * write to the same file meanwhile.
 */
public final class SqliteDocuments implements Documents {
    /** Name of the file in the data directory; {@code -wal} and {@code -shm} stand beside it while it is open. */
    public static final String FILE_NAME = "documents.sqlite";

    /** Two, so that one long question (documents as of a watermark) does not hold up the short ones. */
    private static final int READERS = 2;

    private final DocumentCodecs codecs;
    private final DocumentCache cache = new DocumentCache();
    private final Lane writer;
    private final Lane readers;

    private SqliteDocuments(Path file, DocumentCodecs codecs, Function<Path, Session> writers) {
        this.codecs = codecs;
        writer = new Lane("documents-writer", 1, () -> writers.apply(file));
        readers = new Lane("documents-reader", READERS, () -> Session.reader(file));
    }

    /**
     * Opens the file, making or migrating it if need be.
     *
     * @param directory the data directory, which must exist
     * @param codecs of every kind that will be asked for
     * @throws DocumentsUnavailable if it cannot be opened or comes from a newer version; nothing is touched then
     */
    public static SqliteDocuments open(Path directory, DocumentCodecs codecs) {
        return open(directory, codecs, Session::writer);
    }

    static SqliteDocuments open(Path directory, DocumentCodecs codecs, Function<Path, Session> writers) {
        Path file = directory.resolve(FILE_NAME);
        Schema.check(file);
        Integrity.check(file);
        SqliteDocuments documents = new SqliteDocuments(file, codecs, writers);
        try {
            documents.prepare(file);
        } catch (RuntimeException e) {
            documents.close();
            throw e;
        }
        return documents;
    }

    private void prepare(Path file) {
        writer.ask(session -> {
            Schema.migrate(file, session);
            return true;
        });
        writer.ask(session -> {
            Lookups lookups = new Lookups(session);
            List<Kind<?>> missing = codecs.kinds().stream()
                    .filter(kind -> !lookups.isPresent(kind))
                    .toList();
            return missing.isEmpty() || makeLookups(session, missing);
        });
    }

    private boolean makeLookups(Session session, List<Kind<?>> kinds) {
        return writing(session, rows -> {
            Lookups lookups = new Lookups(session);
            kinds.forEach(kind -> lookups.make(kind, rows));
            return true;
        });
    }

    @Override
    public Watermark watermark() {
        return readers.ask(DocumentRows::watermark);
    }

    @Override
    public <R> R write(Author author, Function<Transaction, R> work) {
        if (writer.isHere()) {
            throw new IllegalStateException(
                    "Expected a transaction to be started outside of another one, but it would wait for itself.");
        }
        return writer.ask(session -> writing(session, rows -> {
            SqliteTransaction transaction = new SqliteTransaction(session, codecs, rows, author);
            try {
                return work.apply(transaction);
            } finally {
                transaction.end();
            }
        }));
    }

    private <R> R writing(Session session, Function<DocumentRows, R> work) {
        session.beginWriting();
        boolean done = false;
        try {
            R result = work.apply(rows(session));
            session.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                session.rollback();
            }
        }
    }

    @Override
    public <T> Optional<Document<T>> find(Kind<T> kind, OrganizationId organization, Id<T> id) {
        return reading(rows -> rows.find(kind, organization, id));
    }

    @Override
    public <T> List<Document<T>> findBy(Kind<T> kind, OrganizationId organization, String key, String value) {
        return reading(rows -> rows.findBy(kind, organization, key, value));
    }

    @Override
    public <T> Page<T> list(Listing<T> listing) {
        return reading(rows -> rows.list(listing));
    }

    @Override
    public <T> List<Document<T>> asOf(Watermark watermark, Kind<T> kind, OrganizationId organization) {
        return reading(rows -> rows.asOf(watermark, kind, organization));
    }

    @Override
    public <T> List<Document<T>> asOf(
            Watermark watermark, Kind<T> kind, OrganizationId organization, String key, Set<String> values) {
        return reading(rows -> rows.asOf(watermark, kind, organization, key, values));
    }

    @Override
    public <T> Set<String> values(Kind<T> kind, OrganizationId organization, String key) {
        return reading(rows -> rows.values(kind, organization, key));
    }

    @Override
    public <T> List<Revision<T>> history(Kind<T> kind, OrganizationId organization, Id<T> id) {
        return reading(rows -> rows.history(kind, organization, id));
    }

    @Override
    public <T, R> List<R> sift(
            Kind<T> kind, OrganizationId organization, String key, Function<Card<T>, Optional<R>> look) {
        return reading(rows -> rows.sift(kind, organization, key, look));
    }

    @Override
    public List<Revision<?>> changes(Changes asked) {
        return reading(rows -> rows.changes(asked));
    }

    /** Several queries of one question see one state. */
    private <R> R reading(Function<DocumentRows, R> question) {
        return readers.ask(session -> {
            session.beginReading();
            try {
                return question.apply(rows(session));
            } finally {
                session.rollback();
            }
        });
    }

    private DocumentRows rows(Session session) {
        return new DocumentRows(
                session, codecs, cache, DocumentRows.watermark(session).value());
    }

    @Override
    public void close() {
        readers.close();
        writer.close();
    }
}

package io.tallystick.server.store.sqlite;

import io.tallystick.document.Audit;
import io.tallystick.document.Author;
import io.tallystick.document.Document;
import io.tallystick.document.Kind;
import io.tallystick.document.Listing;
import io.tallystick.document.Page;
import io.tallystick.document.Referrer;
import io.tallystick.document.Revision.Change;
import io.tallystick.document.Transaction;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import java.util.List;
import java.util.Optional;

/** The writes, and reads that see them. Good for one thread, until its work ends. */
final class SqliteTransaction implements Transaction {
    private static final String REFERRER =
            "SELECT l.kind, l.key, d.id FROM lookup l JOIN document d ON d.number = l.number"
                    + " WHERE l.organization = ? AND l.target = ? AND l.value = ? AND NOT (d.kind = l.target AND d.id = l.value)"
                    + " ORDER BY l.number LIMIT 1";

    private final Session session;
    private final DocumentCodecs codecs;
    private final DocumentRows rows;
    private final Lookups lookups;
    private final Author author;
    private final Thread owner = Thread.currentThread();
    private boolean over;

    SqliteTransaction(Session session, DocumentCodecs codecs, DocumentRows rows, Author author) {
        this.session = session;
        this.codecs = codecs;
        this.rows = rows;
        this.lookups = new Lookups(session);
        this.author = author;
    }

    void end() {
        over = true;
    }

    @Override
    public <T> Optional<Document<T>> find(Kind<T> kind, OrganizationId organization, Id<T> id) {
        return reading().find(kind, organization, id);
    }

    @Override
    public <T> List<Document<T>> findBy(Kind<T> kind, OrganizationId organization, String key, String value) {
        return reading().findBy(kind, organization, key, value);
    }

    @Override
    public <T> Page<T> list(Listing<T> listing) {
        return reading().list(listing);
    }

    @Override
    public <T> Document<T> insert(Kind<T> kind, OrganizationId organization, Id<T> id, T content) {
        DocumentCodec<T> codec = writing().of(kind);
        int number = Math.toIntExact(session.number(
                "INSERT INTO document (organization, kind, id) VALUES (?, ?, ?) RETURNING number",
                organization.value(),
                kind.name(),
                id.value()));
        Document<T> document = new Document<>(kind, organization, id, number, 1, Audit.first(author), content);
        append(document, Change.CREATED, codec);
        lookups.add(document);
        return document;
    }

    @Override
    public <T> Document<T> update(Document<T> current, T content) {
        DocumentCodec<T> codec = writing().of(current.kind());
        mustBePresent(current);
        Document<T> next = new Document<>(
                current.kind(),
                current.organization(),
                current.id(),
                current.number(),
                current.version() + 1,
                current.audit().changedBy(author),
                content);
        append(next, Change.REPLACED, codec);
        lookups.remove(next);
        lookups.add(next);
        return next;
    }

    @Override
    public <T> void delete(Document<T> current) {
        DocumentCodec<T> codec = writing().of(current.kind());
        mustBePresent(current);
        append(current, Change.DELETED, codec);
        lookups.remove(current);
    }

    @Override
    public <T> Optional<Referrer> referrer(Kind<T> target, OrganizationId organization, Id<T> id) {
        reading();
        return session.row(
                REFERRER,
                row -> new Referrer(row.getString("kind"), row.getString("id"), row.getString("key")),
                organization.value(),
                target.name(),
                id.value());
    }

    private <T> void mustBePresent(Document<T> current) {
        Optional<Integer> present =
                rows.find(current.kind(), current.organization(), current.id()).map(Document::version);
        if (!present.equals(Optional.of(current.version()))) {
            throw new IllegalStateException("Expected %s %s in version %d, but the store holds %s."
                    .formatted(
                            current.kind(),
                            current.id(),
                            current.version(),
                            present.map(version -> "version " + version).orElse("none")));
        }
    }

    private <T> void append(Document<T> document, Change change, DocumentCodec<T> codec) {
        Audit audit = document.audit();
        long revision = session.number(
                "INSERT INTO revision (number, organization, kind, version, change, at, author, created, created_by,"
                        + " modified, modified_by, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING revision",
                document.number(),
                document.organization().value(),
                document.kind().name(),
                document.version(),
                change.name(),
                author.at().toString(),
                author.name(),
                audit.created().toString(),
                audit.createdBy(),
                audit.lastModified().toString(),
                audit.lastModifiedBy(),
                codec.write(document.content()));
        boolean living =
                switch (change) {
                    case CREATED, REPLACED -> true;
                    case DELETED -> false;
                };
        session.change(
                "UPDATE document SET revision = IIF(?, ?, NULL) WHERE number = ?", living, revision, document.number());
    }

    private DocumentRows reading() {
        mustBeOpen();
        return rows;
    }

    private DocumentCodecs writing() {
        mustBeOpen();
        return codecs;
    }

    private void mustBeOpen() {
        if (over || !owner.equals(Thread.currentThread())) {
            throw new IllegalStateException(
                    "Expected a transaction to be used by its own work only, but it is over or on another thread.");
        }
    }
}

package io.tallystick.server.store.sqlite;

import static java.util.Comparator.comparingInt;
import static java.util.Objects.requireNonNull;

import io.tallystick.document.Audit;
import io.tallystick.document.Author;
import io.tallystick.document.Card;
import io.tallystick.document.Changes;
import io.tallystick.document.Document;
import io.tallystick.document.Key;
import io.tallystick.document.Kind;
import io.tallystick.document.Listing;
import io.tallystick.document.Page;
import io.tallystick.document.Reading;
import io.tallystick.document.Revision;
import io.tallystick.document.Watermark;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** Every question about documents as SQL, on one session. */
final class DocumentRows implements Reading {
    /** How many rows are read at a time once a predicate in Java has refused some of the first ones. */
    private static final int CHUNK = 500;

    private static final JsonMapper JSON = new JsonMapper();

    private static final String COLUMNS =
            "r.revision, r.version, r.created, r.created_by, r.modified, r.modified_by, r.body, d.number, d.id";
    private static final String LIVING =
            "SELECT " + COLUMNS + " FROM document d JOIN revision r ON r.revision = d.revision"
                    + " WHERE d.organization = ? AND d.kind = ?";
    private static final String BY_KEY = LIVING
            + " AND d.number IN (SELECT number FROM lookup WHERE organization = ? AND kind = ? AND key = ? AND value = ?)"
            + " ORDER BY d.number";
    private static final String AS_OF = "SELECT " + COLUMNS + " FROM (SELECT number, MAX(revision) AS revision"
            + " FROM revision WHERE organization = ? AND kind = ? AND revision <= ? GROUP BY number) newest"
            + " JOIN revision r ON r.revision = newest.revision JOIN document d ON d.number = newest.number"
            + " WHERE r.change <> 'DELETED'";
    private static final String CARDS =
            "SELECT d.id, l.number, l.value FROM lookup l JOIN document d ON d.number = l.number"
                    + " WHERE l.organization = ? AND l.kind = ? AND l.key = ?";

    /**
     * Who had a value then has it still, or was changed since: the revisions after the watermark, found by their numbers
     * and not by the index of their kind, which all its documents are in.
     */
    private static final String AS_OF_BY_KEY = "SELECT " + COLUMNS
            + " FROM (SELECT number FROM lookup WHERE organization = ? AND kind = ? AND key = ?"
            + " AND value IN (SELECT value FROM json_each(?))"
            + " UNION SELECT number FROM revision WHERE revision > ? AND +organization = ? AND +kind = ?) candidate"
            + " JOIN revision r ON r.revision = (SELECT MAX(revision) FROM revision"
            + " WHERE number = candidate.number AND revision <= ?)"
            + " JOIN document d ON d.number = r.number WHERE r.change <> 'DELETED' ORDER BY d.number";

    private static final String HISTORY = "SELECT " + COLUMNS + ", r.change, r.author, r.at"
            + " FROM document d JOIN revision r ON r.number = d.number"
            + " WHERE d.organization = ? AND d.kind = ? AND d.id = ? ORDER BY r.revision";

    private static final String CHANGES = "SELECT " + COLUMNS + ", r.kind, r.change, r.author, r.at"
            + " FROM revision r JOIN document d ON d.number = r.number WHERE r.organization = ? AND r.revision < ?"
            + " AND r.kind || ' ' || r.change IN (SELECT value FROM json_each(?)) ORDER BY r.revision DESC LIMIT ?";

    private final Session session;
    private final DocumentCodecs codecs;
    private final DocumentCache cache;
    private final long committed;

    /** @param committed revisions up to this one may be cached; the ones after it can still be rolled back */
    DocumentRows(Session session, DocumentCodecs codecs, DocumentCache cache, long committed) {
        this.session = session;
        this.codecs = codecs;
        this.cache = cache;
        this.committed = committed;
    }

    static Watermark watermark(Session session) {
        return new Watermark(session.number("SELECT COALESCE(MAX(revision), 0) FROM revision"));
    }

    @Override
    public <T> Optional<Document<T>> find(Kind<T> kind, OrganizationId organization, Id<T> id) {
        return session.row(
                LIVING + " AND d.id = ?",
                row -> document(row, kind, organization),
                organization.value(),
                kind.name(),
                id.value());
    }

    @Override
    public <T> List<Document<T>> findBy(Kind<T> kind, OrganizationId organization, String key, String value) {
        key(kind, key);
        return List.copyOf(session.rows(
                BY_KEY,
                row -> document(row, kind, organization),
                organization.value(),
                kind.name(),
                organization.value(),
                kind.name(),
                key,
                value));
    }

    @Override
    public <T> Page<T> list(Listing<T> listing) {
        List<Document<T>> found = new ArrayList<>();
        long before = listing.before().isPresent() ? listing.before().getAsInt() : Long.MAX_VALUE;
        int size = listing.limit() + 1;
        while (true) {
            List<Document<T>> chunk = chunk(listing, before, size);
            for (Document<T> document : chunk) {
                if (!listing.where().test(document.content())) {
                    continue;
                }
                if (found.size() == listing.limit()) {
                    return new Page<>(found, OptionalInt.of(found.getLast().number()));
                }
                found.add(document);
            }
            if (chunk.size() < size) {
                return new Page<>(found, OptionalInt.empty());
            }
            before = chunk.getLast().number();
            size = CHUNK;
        }
    }

    private <T> List<Document<T>> chunk(Listing<T> listing, long before, int size) {
        StringBuilder sql = new StringBuilder(LIVING).append(" AND d.number < ?");
        List<Object> parameters = new ArrayList<>();
        parameters.add(listing.organization().value());
        parameters.add(listing.kind().name());
        parameters.add(before);
        if (!listing.ids().isEmpty()) {
            sql.append(" AND d.number IN (SELECT number FROM document WHERE organization = ? AND kind = ?"
                    + " AND id IN (SELECT value FROM json_each(?)))");
            parameters.add(listing.organization().value());
            parameters.add(listing.kind().name());
            parameters.add(array(listing.ids()));
        }
        listing.keyed().forEach((key, values) -> {
            sql.append(" AND d.number IN (SELECT number FROM lookup WHERE organization = ? AND kind = ? AND key = ?"
                    + " AND value IN (SELECT value FROM json_each(?)))");
            parameters.add(listing.organization().value());
            parameters.add(listing.kind().name());
            parameters.add(key);
            parameters.add(array(values));
        });
        sql.append(" ORDER BY d.number DESC LIMIT ?");
        parameters.add(size);
        return session.rows(
                sql.toString(), row -> document(row, listing.kind(), listing.organization()), parameters.toArray());
    }

    <T> List<Document<T>> asOf(Watermark watermark, Kind<T> kind, OrganizationId organization) {
        checkKnown(watermark);
        List<Document<T>> documents = session.rows(
                AS_OF, row -> document(row, kind, organization), organization.value(), kind.name(), watermark.value());
        // here and not in SQL, where all bodies would go through the sorter; they come in order already
        documents.sort(comparingInt(Document::number));
        return List.copyOf(documents);
    }

    <T> List<Document<T>> asOf(
            Watermark watermark, Kind<T> kind, OrganizationId organization, String key, Set<String> values) {
        checkKnown(watermark);
        Key<T> known = key(kind, key);
        List<Document<T>> candidates = session.rows(
                AS_OF_BY_KEY,
                row -> document(row, kind, organization),
                organization.value(),
                kind.name(),
                key,
                array(values),
                watermark.value(),
                organization.value(),
                kind.name(),
                watermark.value());
        return candidates.stream()
                .filter(document ->
                        known.values().apply(document.content()).stream().anyMatch(values::contains))
                .toList();
    }

    <T> Set<String> values(Kind<T> kind, OrganizationId organization, String key) {
        key(kind, key);
        return Set.copyOf(session.rows(
                "SELECT DISTINCT value FROM lookup WHERE organization = ? AND kind = ? AND key = ?",
                row -> row.getString("value"),
                organization.value(),
                kind.name(),
                key));
    }

    private void checkKnown(Watermark watermark) {
        Watermark present = watermark(session);
        if (!present.covers(watermark)) {
            throw new IllegalStateException("Expected a watermark up to %d, but was %d: it comes from another store."
                    .formatted(present.value(), watermark.value()));
        }
    }

    private static <T> Key<T> key(Kind<T> kind, String key) {
        return kind.key(key)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected a key of kind %s, but was \"%s\".".formatted(kind, key)));
    }

    /** Of all organizations, by number. */
    <T> List<Document<T>> everyLiving(Kind<T> kind) {
        return session.rows(
                "SELECT " + COLUMNS + ", d.organization FROM document d JOIN revision r ON r.revision = d.revision"
                        + " WHERE d.kind = ? ORDER BY d.number",
                row -> document(row, kind, new OrganizationId(row.getString("organization"))),
                kind.name());
    }

    <T, R> List<R> sift(Kind<T> kind, OrganizationId organization, String key, Function<Card<T>, Optional<R>> look) {
        key(kind, key);
        return session
                .rows(
                        CARDS,
                        row -> look.apply(new Card<>(
                                new Id<T>(row.getString("id")), row.getInt("number"), row.getString("value"))),
                        organization.value(),
                        kind.name(),
                        key)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    <T> List<Revision<T>> history(Kind<T> kind, OrganizationId organization, Id<T> id) {
        return List.copyOf(session.rows(
                HISTORY, row -> revision(row, kind, organization), organization.value(), kind.name(), id.value()));
    }

    List<Revision<?>> changes(Changes asked) {
        Map<String, Kind<?>> kinds = new HashMap<>();
        List<String> wanted = new ArrayList<>();
        asked.kinds().forEach((kind, changes) -> {
            kinds.put(kind.name(), kind);
            changes.forEach(change -> wanted.add(kind.name() + " " + change));
        });
        return List.copyOf(session.rows(
                CHANGES,
                row -> revision(row, requireNonNull(kinds.get(row.getString("kind"))), asked.organization()),
                asked.organization().value(),
                asked.before().map(Watermark::value).orElse(Long.MAX_VALUE),
                array(wanted),
                asked.limit()));
    }

    private <T> Revision<T> revision(ResultSet row, Kind<T> kind, OrganizationId organization) throws SQLException {
        return new Revision<>(
                new Watermark(row.getLong("revision")),
                Revision.Change.valueOf(row.getString("change")),
                new Author(row.getString("author"), Instant.parse(row.getString("at"))),
                document(row, kind, organization));
    }

    /** The text of a column is fetched only if the document was not read before: that is most of the cost. */
    private <T> Document<T> document(ResultSet row, Kind<T> kind, OrganizationId organization) throws SQLException {
        long revision = row.getLong("revision");
        Optional<Document<T>> known = cache.find(revision, kind);
        if (known.isPresent()) {
            return known.get();
        }
        Document<T> document = new Document<>(
                kind,
                organization,
                new Id<T>(row.getString("id")),
                row.getInt("number"),
                row.getInt("version"),
                new Audit(
                        Instant.parse(row.getString("created")),
                        row.getString("created_by"),
                        Instant.parse(row.getString("modified")),
                        row.getString("modified_by")),
                codecs.of(kind).read(row.getString("body")));
        if (revision <= committed) {
            cache.put(revision, document);
        }
        return document;
    }

    private static String array(Collection<String> values) {
        return JSON.writeValueAsString(values);
    }
}

package io.tallystick.server.store.sqlite;

import io.tallystick.document.Document;
import io.tallystick.document.Kind;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * The documents read last, parsed, by revision. Needs no invalidation: a committed revision never changes.
 *
 * <p>Only committed revisions may be put in: after a rollback their numbers are given again.
 */
final class DocumentCache {
    /** About 30 MB of ordinary documents; a job over more of them than this parses again. */
    static final int REVISIONS_MAX = 20_000;

    private final LinkedHashMap<Long, Document<?>> documents = new LinkedHashMap<>(16, 0.75f, true);

    @SuppressWarnings("unchecked") // a document of this very kind holds what the kind says
    synchronized <T> Optional<Document<T>> find(long revision, Kind<T> kind) {
        Document<?> document = documents.get(revision);
        return document != null && document.kind().equals(kind)
                ? Optional.of((Document<T>) document)
                : Optional.empty();
    }

    synchronized void put(long revision, Document<?> document) {
        documents.put(revision, document);
        if (documents.size() > REVISIONS_MAX) {
            documents.pollFirstEntry();
        }
    }
}

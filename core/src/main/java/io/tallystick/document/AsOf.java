package io.tallystick.document;

import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import java.util.Optional;

/**
 * The documents of an organization as they stood at a watermark, one by one.
 *
 * @param documents where they are kept
 */
public record AsOf(Documents documents, Watermark watermark, OrganizationId organization) {
    /** The document as it stood then; absent where it was not there yet, or no more. */
    public <T> Optional<Document<T>> find(Kind<T> kind, Id<T> id) {
        return documents.history(kind, organization, id).stream()
                .filter(revision -> watermark.covers(revision.watermark()))
                .reduce((_, later) -> later)
                .filter(revision -> revision.change() != Revision.Change.DELETED)
                .map(Revision::document);
    }
}

package io.tallystick.document;

import java.time.Instant;

/**
 * Who made a document and who changed it last.
 *
 * @param created when its first revision was written
 * @param createdBy by whom
 * @param lastModified when this revision was written
 * @param lastModifiedBy by whom
 */
public record Audit(Instant created, String createdBy, Instant lastModified, String lastModifiedBy) {
    public static Audit first(Author author) {
        return new Audit(author.at(), author.name(), author.at(), author.name());
    }

    public Audit changedBy(Author author) {
        return new Audit(created, createdBy, author.at(), author.name());
    }
}

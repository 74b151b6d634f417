package io.tallystick.document;

import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;

/**
 * One revision of something that is kept.
 *
 * @param kind what sort of thing it is
 * @param organization whose it is
 * @param id how people refer to it
 * @param number how rows of usage refer to it: small, unique in the whole store, never given to another document
 * @param version 1 when created, one more with each change: the lock that a writer has to show
 * @param audit who made and last changed it, and when
 * @param content what it says
 */
public record Document<T>(
        Kind<T> kind, OrganizationId organization, Id<T> id, int number, int version, Audit audit, T content) {
    public Document {
        if (number < 1 || version < 1) {
            throw new IllegalArgumentException(
                    "Expected a number and a version of at least 1, but were %d and %d.".formatted(number, version));
        }
    }
}

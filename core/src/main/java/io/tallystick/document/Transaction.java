package io.tallystick.document;

import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import java.util.Optional;

/**
 * One transaction's view and its writes. The writes here check nothing but what the disk must know; {@link Registrar}
 * checks first.
 */
public interface Transaction extends Reading {
    /**
     * Writes version 1 under the next number.
     *
     * @throws IllegalStateException if the id was ever used, also by a document that is deleted by now
     */
    <T> Document<T> insert(Kind<T> kind, OrganizationId organization, Id<T> id, T content);

    /**
     * Writes the next version.
     *
     * @throws IllegalStateException if {@code current} is not what the store holds: somebody's change would be lost
     */
    <T> Document<T> update(Document<T> current, T content);

    /**
     * Takes a document out of the living; its revisions stay, its number and id are never given to another one.
     *
     * @throws IllegalStateException if {@code current} is not what the store holds
     */
    <T> void delete(Document<T> current);

    /** The first living document, other than itself, that refers to the given one, if any. */
    <T> Optional<Referrer> referrer(Kind<T> target, OrganizationId organization, Id<T> id);
}

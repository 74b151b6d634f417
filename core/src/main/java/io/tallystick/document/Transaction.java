package io.tallystick.document;

import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import java.util.Optional;

/**
 * One transaction's view and its writes. The writes here check nothing but what the disk must know; {@link Registrar}
 * checks first.
 */
public interface Transaction extends Reading {
    <T> Document<T> insert(Kind<T> kind, OrganizationId organization, Id<T> id, T content);

    /** Writes the next version. */
    <T> Document<T> update(Document<T> current, T content);

    /** Takes a document out of the living; its revisions stay. */
    <T> void delete(Document<T> current);

    /** Some living document that refers to the given one, if any. */
    <T> Optional<Referrer> referrer(Kind<T> target, OrganizationId organization, Id<T> id);
}

package io.tallystick.document;

import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import java.util.List;
import java.util.Optional;

/** Questions about living documents. */
public interface Reading {
    <T> Optional<Document<T>> find(Kind<T> kind, OrganizationId organization, Id<T> id);

    /**
     * Living documents that have a value for a key, by number.
     *
     * @param key the name of one of the kind's keys, anything else is an IllegalArgumentException
     */
    <T> List<Document<T>> findBy(Kind<T> kind, OrganizationId organization, String key, String value);

    /** A page of living documents, newest first. */
    <T> Page<T> list(Listing<T> listing);
}

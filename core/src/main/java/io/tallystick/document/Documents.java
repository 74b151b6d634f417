package io.tallystick.document;

import io.tallystick.id.OrganizationId;
import java.util.List;
import java.util.function.Function;

/**
 * Where documents are kept, in all their revisions. Port; {@code DocumentsContract} says what every adapter must do.
 *
 * <p>Safe for use by many threads. Writers are served one after the other.
 */
public interface Documents extends Reading, AutoCloseable {
    /** The present state. */
    Watermark watermark();

    /**
     * Runs work in one transaction: all of its writes are on disk when this returns, or none ever is. Within it, reads
     * see its own writes. An exception of the work undoes everything and is passed on.
     */
    <R> R write(Author author, Function<Transaction, R> work);

    /** Every living document of a kind as it stood at a watermark, by number. */
    <T> List<Document<T>> asOf(Watermark watermark, Kind<T> kind, OrganizationId organization);

    /** Every revision of one document, oldest first, its deletion included. */
    <T> List<Revision<T>> history(Kind<T> kind, OrganizationId organization, io.tallystick.id.Id<T> id);

    @Override
    void close();
}

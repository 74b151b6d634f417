package io.tallystick.document;

import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Where documents are kept, in all their revisions. Port; {@code DocumentsContract} says what every adapter must do.
 *
 * <p>Safe for use by many threads and processes. Writers are served one after the other; a reader sees all of a
 * transaction or nothing of it, and never a revision without the ones before it. Every method throws {@link
 * DocumentsUnavailable} if the store cannot be read or written at present.
 */
public interface Documents extends Reading, AutoCloseable {
    /** The present state. */
    Watermark watermark();

    /**
     * Runs work in one transaction: all of its writes are on disk when this returns, or none ever is. Within it, reads
     * see its own writes. An exception of the work undoes everything and is passed on; so does one that a method of the
     * transaction threw, even if the work caught it.
     *
     * @param work runs on a thread of the store and uses the transaction there and then only; it may not call {@code
     *     write} again: that is an IllegalStateException, since it would wait for itself
     */
    <R> R write(Author author, Function<Transaction, R> work);

    /**
     * Every living document of a kind as it stood at a watermark, by number.
     *
     * @throws IllegalStateException if the watermark lies ahead of the store, which then is not the one it came from
     */
    <T> List<Document<T>> asOf(Watermark watermark, Kind<T> kind, OrganizationId organization);

    /**
     * Living documents of a kind that had one of these values for a key, as they stood at a watermark, by number.
     *
     * @param key the name of one of the kind's keys, anything else is an IllegalArgumentException
     * @throws IllegalStateException if the watermark lies ahead of the store, which then is not the one it came from
     */
    <T> List<Document<T>> asOf(
            Watermark watermark, Kind<T> kind, OrganizationId organization, String key, Set<String> values);

    /**
     * The different values that living documents of a kind have for a key, at present. No document is read for it.
     *
     * @param key the name of one of the kind's keys, anything else is an IllegalArgumentException
     */
    <T> Set<String> values(Kind<T> kind, OrganizationId organization, String key);

    /** Every revision of one document, oldest first, its deletion included. */
    <T> List<Revision<T>> history(Kind<T> kind, OrganizationId organization, Id<T> id);

    /**
     * Looks through what every living document of a kind says for a key, without opening the documents: 100,000 take about a
     * fifth of a second. In no particular order.
     *
     * @param key the name of one of the kind's keys, anything else is an IllegalArgumentException
     * @param look what to keep of a card, if anything; runs on a thread of the store and may not ask it anything
     */
    <T, R> List<R> sift(Kind<T> kind, OrganizationId organization, String key, Function<Card<T>, Optional<R>> look);

    /** What happened to documents of an organization, the latest first. */
    List<Revision<?>> changes(Changes asked);

    @Override
    void close();
}

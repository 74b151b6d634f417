package io.tallystick.server.store.sqlite;

/**
 * How documents of one kind are written as text at rest. What was written once must be readable for ever, since
 * revisions are never rewritten.
 *
 * @param <T> what the documents hold; immutable, as one object may be given to many readers
 */
public interface DocumentCodec<T> {
    String write(T content);

    /** The inverse: equal to what was written. */
    T read(String body);
}

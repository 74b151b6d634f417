package io.tallystick.document;

/**
 * What came of an attempt to create, replace or delete a document.
 *
 * @param <T> what the document holds
 */
public sealed interface Registered<T> {
    /** Done; for a deletion the document as it was last. */
    record Done<T>(Document<T> document) implements Registered<T> {}

    /** There is no such living document. */
    record Unknown<T>(String kind, String id) implements Registered<T> {}

    /** The writer has not seen the present version. */
    record Stale<T>(String kind, String id, int expectedVersion, int actualVersion) implements Registered<T> {}

    /** Another living document has this value of a unique key. */
    record Taken<T>(String kind, String key, String value, String holder) implements Registered<T> {}

    /** A field names a document that does not exist. */
    record Dangling<T>(String kind, String field, String targetKind, String targetId) implements Registered<T> {}

    /** Another document still refers to it. */
    record InUse<T>(String kind, String id, Referrer by) implements Registered<T> {}
}

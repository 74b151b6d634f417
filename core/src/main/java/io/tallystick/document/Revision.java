package io.tallystick.document;

/**
 * One entry of a document's history.
 *
 * @param watermark the state of all documents from which on it is seen
 * @param change what happened
 * @param author who did it, and when; a deletion is nowhere else
 * @param document the document after it; for a deletion, as it was last
 */
public record Revision<T>(Watermark watermark, Change change, Author author, Document<T> document) {
    /** What can happen to a document. */
    public enum Change {
        CREATED,
        REPLACED,
        DELETED
    }
}

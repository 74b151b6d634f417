package io.tallystick.document;

import java.util.List;
import java.util.OptionalInt;

/**
 * A part of a list.
 *
 * @param documents newest first
 * @param next what to pass as {@link Listing#before} for the next page; absent: this was the last one
 */
public record Page<T>(List<Document<T>> documents, OptionalInt next) {
    public Page {
        documents = List.copyOf(documents);
    }
}

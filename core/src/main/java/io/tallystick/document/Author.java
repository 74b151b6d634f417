package io.tallystick.document;

import java.time.Instant;

/**
 * Who writes, and when: the same for every document of one transaction.
 *
 * @param name for example {@code USER_<id>} or {@code KEY_<id>}, not blank
 * @param at the moment of writing, from the edge's clock; kept to the nanosecond
 */
public record Author(String name, Instant at) {
    public Author {
        if (name.isBlank()) {
            throw new IllegalArgumentException("Expected an author with a name, but it was blank.");
        }
    }
}

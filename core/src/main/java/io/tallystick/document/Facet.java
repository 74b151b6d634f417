package io.tallystick.document;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Something that documents can be searched and sorted by.
 *
 * @param name the wire name of the field
 * @param form what its values are, and so how two of them compare
 * @param value as text, in the form's notation; absent where the document says nothing
 * @param <T> what the documents hold
 */
public record Facet<T>(String name, Form form, Function<T, Optional<String>> value) {
    /** What the values of a facet are. */
    public sealed interface Form {
        /** Running text. */
        record Text() implements Form {}

        /** Names that are compared as a whole: ids. */
        record Name() implements Form {}

        /** One of a few words. */
        record Word(List<String> words) implements Form {
            public Word {
                words = List.copyOf(words);
            }
        }

        /** Decimals, such as 12.5. */
        record Decimal() implements Form {}

        /** Dates, such as 2025-01-01. */
        record Day() implements Form {}

        /** Instants, such as 2025-01-01T00:00:00Z. */
        record Moment() implements Form {}
    }
}

package io.tallystick.document;

import java.util.List;
import java.util.function.Function;

/**
 * Something by which documents of one kind can be found.
 *
 * @param <T> what the documents hold
 */
public sealed interface Key<T> {
    /** The wire name of the field it is taken from, for messages and for list filters. */
    String name();

    /** What a document says for this key: none, one or several values. */
    Function<T, List<String>> values();

    /** At most one living document per organization and value. */
    record Unique<T>(String name, Function<T, List<String>> values) implements Key<T> {}

    /** The id of another document, which must exist and cannot be deleted while this one refers to it. */
    record Reference<T>(String name, Function<T, List<String>> values, Kind<?> target) implements Key<T> {}

    /**
     * The ids of other documents of the same kind, which must exist and cannot be deleted while this one refers to them.
     * That they lead to no circle is for the kind's own rules to see to.
     */
    record Sibling<T>(String name, Function<T, List<String>> values) implements Key<T> {}

    /** For finding only. */
    record Lookup<T>(String name, Function<T, List<String>> values) implements Key<T> {}
}

package io.tallystick.document;

import io.tallystick.id.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A sort of document and everything the register must know about it. Declared once, in the room that owns it.
 *
 * @param name one word, also its name at rest, for example {@code plantemplate}; never changed
 * @param type what its documents hold
 * @param keys how its documents are found and what they refer to
 */
public record Kind<T>(String name, Class<T> type, List<Key<T>> keys) {
    public Kind {
        keys = List.copyOf(keys);
        if (name.isBlank()) {
            throw new IllegalArgumentException("Expected a kind with a name, but it was blank.");
        }
        long names = keys.stream().map(Key::name).distinct().count();
        if (names != keys.size()) {
            throw new IllegalArgumentException("Expected %d different key names of kind %s, but %d are: %s."
                    .formatted(
                            keys.size(),
                            name,
                            names,
                            keys.stream().map(Key::name).toList()));
        }
    }

    public static <T> Kind<T> of(String name, Class<T> type) {
        return new Kind<>(name, type, List.of());
    }

    /** A value that at most one living document of an organization may have. */
    public Kind<T> unique(String key, Function<T, String> value) {
        return with(new Key.Unique<>(key, content -> List.of(value.apply(content))));
    }

    /** The same, for a field that may be absent. */
    public Kind<T> uniqueIfPresent(String key, Function<T, Optional<String>> value) {
        return with(
                new Key.Unique<>(key, content -> value.apply(content).stream().toList()));
    }

    public <R> Kind<T> refersTo(String key, Kind<R> target, Function<T, Id<R>> id) {
        return with(
                new Key.Reference<>(key, content -> List.of(id.apply(content).value()), target));
    }

    public <R> Kind<T> mayReferTo(String key, Kind<R> target, Function<T, Optional<Id<R>>> id) {
        return with(new Key.Reference<>(
                key, content -> id.apply(content).map(Id::value).stream().toList(), target));
    }

    /** The same, for a field that names any number of documents. */
    public <R> Kind<T> refersToAll(String key, Kind<R> target, Function<T, List<Id<R>>> ids) {
        return with(new Key.Reference<>(key, content -> values(ids.apply(content)), target));
    }

    /** The same, of documents of this kind. */
    public Kind<T> refersToSiblings(String key, Function<T, List<Id<T>>> ids) {
        return with(new Key.Sibling<>(key, content -> values(ids.apply(content))));
    }

    public Kind<T> foundBy(String key, Function<T, Optional<String>> value) {
        return with(
                new Key.Lookup<>(key, content -> value.apply(content).stream().toList()));
    }

    /** The same, for a document that is found by several values. */
    public Kind<T> foundByEach(String key, Function<T, List<String>> values) {
        return with(new Key.Lookup<>(key, values));
    }

    public Optional<Key<T>> key(String key) {
        return keys.stream().filter(each -> each.name().equals(key)).findFirst();
    }

    private static <R> List<String> values(List<Id<R>> ids) {
        return ids.stream().map(Id::value).distinct().toList();
    }

    private Kind<T> with(Key<T> key) {
        List<Key<T>> more = new ArrayList<>(keys);
        more.add(key);
        return new Kind<>(name, type, more);
    }

    @Override
    public String toString() {
        return name;
    }
}

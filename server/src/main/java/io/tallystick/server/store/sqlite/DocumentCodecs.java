package io.tallystick.server.store.sqlite;

import io.tallystick.document.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which kinds a store keeps, and the codec of each. Immutable. */
public final class DocumentCodecs {
    private record Entry<T>(Kind<T> kind, DocumentCodec<T> codec) {}

    private final Map<String, Entry<?>> entries;

    private DocumentCodecs(Map<String, Entry<?>> entries) {
        this.entries = Map.copyOf(entries);
    }

    public static DocumentCodecs none() {
        return new DocumentCodecs(Map.of());
    }

    /** These and one more. */
    public <T> DocumentCodecs with(Kind<T> kind, DocumentCodec<T> codec) {
        Map<String, Entry<?>> more = new HashMap<>(entries);
        if (more.put(kind.name(), new Entry<>(kind, codec)) != null) {
            throw new IllegalArgumentException("Expected one codec per kind, but %s has two.".formatted(kind));
        }
        return new DocumentCodecs(more);
    }

    List<Kind<?>> kinds() {
        List<Kind<?>> kinds = new ArrayList<>();
        entries.values().forEach(entry -> kinds.add(entry.kind()));
        return List.copyOf(kinds);
    }

    @SuppressWarnings("unchecked") // `with` pairs a kind only with a codec of its type, and the kind is compared here
    <T> DocumentCodec<T> of(Kind<T> kind) {
        Entry<?> entry = entries.get(kind.name());
        if (entry == null || !entry.kind().equals(kind)) {
            throw new IllegalStateException(
                    "Expected a kind of %s, but \"%s\" has no codec here.".formatted(entries.keySet(), kind));
        }
        return (DocumentCodec<T>) entry.codec();
    }
}

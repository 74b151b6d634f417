package io.tallystick.server.store.sqlite;

import io.tallystick.document.Document;
import io.tallystick.document.Key;
import io.tallystick.document.Kind;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table by which living documents are found. */
final class Lookups {
    private final Session session;

    Lookups(Session session) {
        this.session = session;
    }

    <T> void add(Document<T> document) {
        for (Key<T> key : document.kind().keys()) {
            key.values().apply(document.content()).stream().distinct().forEach(value -> add(document, key, value));
        }
    }

    private <T> void add(Document<T> document, Key<T> key, String value) {
        session.change(
                "INSERT INTO lookup (organization, kind, key, value, number, is_unique, target)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                document.organization().value(),
                document.kind().name(),
                key.name(),
                value,
                document.number(),
                isUnique(key),
                target(document.kind(), key));
    }

    void remove(Document<?> document) {
        session.change("DELETE FROM lookup WHERE number = ?", document.number());
    }

    /** Whether the lookups of a kind were made with the keys it declares now. */
    boolean isPresent(Kind<?> kind) {
        return session.row("SELECT keys FROM declaration WHERE kind = ?", row -> row.getString("keys"), kind.name())
                .equals(Optional.of(declaration(kind)));
    }

    /** Makes the lookups of a kind again, from its living documents. */
    <T> void make(Kind<T> kind, DocumentRows rows) {
        session.change("DELETE FROM lookup WHERE kind = ?", kind.name());
        rows.everyLiving(kind).forEach(this::add);
        session.change(
                "INSERT INTO declaration (kind, keys) VALUES (?, ?) ON CONFLICT (kind) DO UPDATE SET keys = excluded.keys",
                kind.name(),
                declaration(kind));
    }

    private static <T> String declaration(Kind<T> kind) {
        return kind.keys().stream()
                .map(key -> "%s unique=%s target=%s".formatted(key.name(), isUnique(key), target(kind, key)))
                .collect(Collectors.joining("; "));
    }

    private static boolean isUnique(Key<?> key) {
        return switch (key) {
            case Key.Unique<?> _ -> true;
            case Key.Reference<?> _, Key.Sibling<?> _, Key.Lookup<?> _ -> false;
        };
    }

    private static @Nullable String target(Kind<?> kind, Key<?> key) {
        return switch (key) {
            case Key.Reference<?> reference -> reference.target().name();
            case Key.Sibling<?> _ -> kind.name();
            case Key.Unique<?> _, Key.Lookup<?> _ -> null; // SQL's NULL, and no further
        };
    }
}

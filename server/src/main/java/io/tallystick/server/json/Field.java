package io.tallystick.server.json;

import java.util.Optional;
import java.util.function.Function;

/**
 * One field of a shape: its name, what it holds, and where it stands in the record.
 *
 * @param presence who has to give it, and who gets to see it
 * @param from takes it out of the content; empty: absent
 * @param <T> the content
 * @param <V> the value
 */
public record Field<T, V>(String name, Type<V> type, Presence presence, Function<T, Optional<V>> from) {
    /** Who gives a field and who sees it. */
    enum Presence {
        /** A client has to send it. */
        REQUIRED,
        /** A client may send it. */
        OPTIONAL,
        /** The house fills it in; clients see it. */
        ANSWERED,
        /** The house fills it in and keeps it to itself. */
        KEPT,
        /** Earlier versions stored it; read from the store, never written. */
        FORMER,
        /** Clients see it; it follows from other fields, so it is not stored. */
        SHOWN
    }

    public static <T, V> Field<T, V> required(String name, Type<V> type, Function<T, V> from) {
        return new Field<>(name, type, Presence.REQUIRED, content -> Optional.of(from.apply(content)));
    }

    public static <T, V> Field<T, V> optional(String name, Type<V> type, Function<T, Optional<V>> from) {
        return new Field<>(name, type, Presence.OPTIONAL, from);
    }

    public static <T, V> Field<T, V> answered(String name, Type<V> type, Function<T, V> from) {
        return new Field<>(name, type, Presence.ANSWERED, content -> Optional.of(from.apply(content)));
    }

    public static <T, V> Field<T, V> answeredIfPresent(String name, Type<V> type, Function<T, Optional<V>> from) {
        return new Field<>(name, type, Presence.ANSWERED, from);
    }

    public static <T, V> Field<T, V> shown(String name, Type<V> type, Function<T, V> from) {
        return new Field<>(name, type, Presence.SHOWN, content -> Optional.of(from.apply(content)));
    }

    public static <T, V> Field<T, V> shownIfPresent(String name, Type<V> type, Function<T, Optional<V>> from) {
        return new Field<>(name, type, Presence.SHOWN, from);
    }

    public static <T, V> Field<T, V> kept(String name, Type<V> type, Function<T, V> from) {
        return new Field<>(name, type, Presence.KEPT, content -> Optional.of(from.apply(content)));
    }

    public static <T, V> Field<T, V> former(String name, Type<V> type) {
        return new Field<>(name, type, Presence.FORMER, _ -> Optional.empty());
    }

    /** Whether a text of this view may contain it. */
    boolean isSentBy(View view) {
        return switch (presence) {
            case REQUIRED, OPTIONAL -> true;
            case ANSWERED, KEPT, FORMER -> view == View.REST;
            case SHOWN -> false;
        };
    }

    /** Whether it is written for this view. */
    boolean isSeenBy(View view) {
        return switch (presence) {
            case REQUIRED, OPTIONAL, ANSWERED -> true;
            case KEPT -> view == View.REST;
            case SHOWN -> view == View.WIRE;
            case FORMER -> false;
        };
    }
}

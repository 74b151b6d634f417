package io.tallystick.server.json;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a field may hold, in both directions.
 *
 * @param <V> what it is inside the house
 */
public interface Type<V> {
    /** The value, or a fault and nothing. */
    Optional<V> read(Json json, String field, ReadContext context);

    Json write(V value, View view);

    /** What it is on the wire, in m3ter's words: string, double, int, boolean, map, array. */
    default String word() {
        return "string";
    }

    /** What stands for a field that is not there; usually nothing does. */
    default Optional<Json> absent(ReadContext context) {
        return Optional.empty();
    }

    /**
     * What goes along when a body is read.
     *
     * @param faults where to put what is wrong
     * @param ids draws identifiers for parts that have none yet
     * @param view whose text it is
     */
    record ReadContext(Faults faults, Supplier<String> ids, View view) {}
}

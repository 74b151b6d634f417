package io.tallystick.server.json;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The values read for the fields of one shape, before the content is made of them. What the house has to fill in is
 * {@link #set} in between. Not for use by several threads.
 */
public final class Values<T> {
    private final Map<Field<T, ?>, Object> values = new HashMap<>();

    /** The value of a field that must be there by now. */
    public <V> V get(Field<T, V> field) {
        return find(field)
                .orElseThrow(() ->
                        new IllegalStateException("Expected a value of " + field.name() + ", but there is none."));
    }

    @SuppressWarnings("unchecked") // put under this very field by set
    public <V> Optional<V> find(Field<T, V> field) {
        return Optional.ofNullable((V) values.get(field));
    }

    public <V> void set(Field<T, V> field, V value) {
        values.put(field, value);
    }
}

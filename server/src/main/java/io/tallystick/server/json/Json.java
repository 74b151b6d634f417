package io.tallystick.server.json;

import io.tallystick.quantity.Exact;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value. Numbers keep the characters they came in, so that no arithmetic happens before they were looked at. */
public sealed interface Json {
    record Obj(Map<String, Json> members) implements Json {
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** A member's value; a member that is null counts as absent. */
        public Optional<Json> member(String name) {
            return Optional.ofNullable(members.get(name)).filter(value -> !(value instanceof Null));
        }
    }

    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    record Text(String text) implements Json {}

    /**
     * A number.
     *
     * @param literal as JSON writes numbers; not yet checked for size
     */
    record Num(String literal) implements Json {}

    record Bool(boolean value) implements Json {}

    record Null() implements Json {}

    static Json of(String text) {
        return new Text(text);
    }

    static Json of(BigDecimal number) {
        return new Num(Exact.plain(number).toPlainString());
    }

    static Json of(long number) {
        return new Num(Long.toString(number));
    }

    static Json of(boolean value) {
        return new Bool(value);
    }

    /** What kind of value it is, for messages. */
    default String kind() {
        return switch (this) {
            case Obj _ -> "an object";
            case Arr _ -> "an array";
            case Text _ -> "a string";
            case Num _ -> "a number";
            case Bool _ -> "a boolean";
            case Null _ -> "null";
        };
    }

    /** The value as a person may see it in a message: short, and a string in quotes. */
    default String shown() {
        String text = JsonText.write(this);
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }

    /** Members in the order they are added. */
    static ObjBuilder obj() {
        return new ObjBuilder();
    }

    /** Builds an object. */
    final class ObjBuilder {
        private final Map<String, Json> members = new LinkedHashMap<>();

        private ObjBuilder() {}

        public ObjBuilder with(String name, Json value) {
            members.put(name, value);
            return this;
        }

        public ObjBuilder with(String name, String text) {
            return with(name, of(text));
        }

        public ObjBuilder with(String name, BigDecimal number) {
            return with(name, of(number));
        }

        public ObjBuilder with(String name, long number) {
            return with(name, of(number));
        }

        public ObjBuilder with(String name, boolean value) {
            return with(name, of(value));
        }

        public ObjBuilder withAll(Obj other) {
            members.putAll(other.members());
            return this;
        }

        public Obj build() {
            return new Obj(members);
        }
    }
}

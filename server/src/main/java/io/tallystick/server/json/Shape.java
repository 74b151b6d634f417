package io.tallystick.server.json;

import io.tallystick.server.json.Type.ReadContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How one kind of content looks as a JSON object: its fields, in order, and how the content is made of them. Said once;
 * reading, writing, validation and storage follow from it.
 *
 * @param <T> the content
 */
public final class Shape<T> {
    private final List<Field<T, ?>> fields;
    private final List<Neutral> neutrals;
    private final Function<Values<T>, T> maker;

    private Shape(List<Field<T, ?>> fields, List<Neutral> neutrals, Function<Values<T>, T> maker) {
        this.fields = List.copyOf(fields);
        this.neutrals = List.copyOf(neutrals);
        this.maker = maker;
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // List.of copies, nothing is stored into the array
    public static <T> Shape<T> of(Function<Values<T>, T> maker, Field<T, ?>... fields) {
        return new Shape<>(List.of(fields), List.of(), maker);
    }

    /** The same shape, with fields of the wire that are accepted with their neutral value only. */
    Shape<T> accepting(Neutral... neutral) {
        return new Shape<>(fields, List.of(neutral), maker);
    }

    /**
     * Reads what a body says. Members that no field names are ignored.
     *
     * @param faults gets everything that is wrong
     * @param ids draws identifiers for parts that have none yet
     */
    public Values<T> read(Json.Obj body, View view, Faults faults, Supplier<String> ids) {
        return readAt("", body, new ReadContext(faults, ids, view));
    }

    /** The content, or nothing and a fault where its fields contradict each other. */
    public Optional<T> make(Values<T> values, Faults faults) {
        return makeAt("", values, faults);
    }

    /** What a client sees, or what the store keeps. */
    public Json.Obj write(T content, View view) {
        Map<String, Json> members = new LinkedHashMap<>();
        fields.stream().filter(field -> field.isSeenBy(view)).forEach(field -> write(field, content, view, members));
        if (view == View.WIRE) {
            neutrals.stream().filter(Neutral::isShown).forEach(neutral -> neutral.value()
                    .ifPresent(value -> members.put(neutral.name(), value)));
        }
        return new Json.Obj(members);
    }

    /** Reads what {@link #write} wrote for the store. */
    public T readOwn(Json.Obj body) {
        Faults faults = new Faults();
        Values<T> values = read(body, View.REST, faults, () -> {
            throw new IllegalStateException("Expected every part at rest to have an id, but one has none.");
        });
        return make(values, faults)
                .orElseThrow(() -> new IllegalStateException(
                        "Expected a document at rest to be readable, but: " + faults.found()));
    }

    Values<T> readAt(String path, Json.Obj body, ReadContext context) {
        Values<T> values = new Values<>();
        fields.stream()
                .filter(field -> field.isSentBy(context.view()))
                .forEach(field -> read(field, path, body, context, values));
        if (context.view() == View.WIRE) {
            neutrals.forEach(neutral -> neutral.check(body, at(path, neutral.name()), context.faults()));
        }
        return values;
    }

    Optional<T> makeAt(String path, Values<T> values, Faults faults) {
        if (!faults.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(maker.apply(values));
        } catch (IllegalArgumentException e) {
            // the records of the rooms say in words which of their rules the fields break together
            faults.invalid(path, Objects.requireNonNullElse(e.getMessage(), "Expected fields that fit together."));
            return Optional.empty();
        }
    }

    private <V> void read(Field<T, V> field, String path, Json.Obj body, ReadContext context, Values<T> values) {
        String at = at(path, field.name());
        Optional<Json> sent = body.member(field.name()).or(() -> field.type().absent(context));
        if (sent.isPresent()) {
            field.type().read(sent.get(), at, context).ifPresent(value -> values.set(field, value));
        } else if (field.presence() == Field.Presence.REQUIRED) {
            context.faults()
                    .add(new Fault(at, Fault.Code.MISSING, "Expected the field %s, but it is absent.".formatted(at)));
        }
    }

    private static String at(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static <T, V> void write(Field<T, V> field, T content, View view, Map<String, Json> members) {
        field.from()
                .apply(content)
                .ifPresent(value -> members.put(field.name(), field.type().write(value, view)));
    }

    /** This shape as the type of a field: an object within an object. */
    Type<T> asType() {
        return new Type<>() {
            @Override
            public Optional<T> read(Json json, String field, ReadContext context) {
                if (!(json instanceof Json.Obj body)) {
                    context.faults().mismatch(field, "an object", json);
                    return Optional.empty();
                }
                Faults own = new Faults();
                Values<T> values = readAt(field, body, new ReadContext(own, context.ids(), context.view()));
                Optional<T> made = makeAt(field, values, own);
                own.found().forEach(context.faults()::add);
                return made;
            }

            @Override
            public Json write(T value, View view) {
                return Shape.this.write(value, view);
            }

            @Override
            public String word() {
                return "map";
            }
        };
    }

    /** What a client may see, by field name, in m3ter's words: string, double, int, boolean, map, array. */
    public Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        fields.stream()
                .filter(field -> field.isSeenBy(View.WIRE))
                .forEach(field -> words.put(field.name(), field.type().word()));
        neutrals.stream().filter(Neutral::isShown).forEach(neutral -> neutral.value()
                .ifPresent(value -> words.put(neutral.name(), word(value))));
        return words;
    }

    private static String word(Json neutral) {
        return switch (neutral) {
            case Json.Text _ -> "string";
            case Json.Num _ -> "int";
            case Json.Bool _ -> "boolean";
            case Json.Arr _ -> "array";
            case Json.Obj _, Json.Null _ -> "map";
        };
    }

    /** The fields that are accepted with their neutral value only, parts of the content left out. */
    List<Neutral> neutrals() {
        return neutrals;
    }

    List<Field<T, ?>> fields() {
        return fields;
    }
}

package io.tallystick.server.json;

import static java.util.stream.Collectors.joining;

import io.tallystick.catalog.CustomFields;
import io.tallystick.catalog.CustomValue;
import io.tallystick.formula.Formula;
import io.tallystick.formula.Malformed;
import io.tallystick.id.Code;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import io.tallystick.quantity.Currency;
import io.tallystick.quantity.DecimalReading;
import io.tallystick.quantity.Decimals;
import io.tallystick.quantity.Exact;
import io.tallystick.server.json.Type.ReadContext;
import io.tallystick.time.BillFrequency;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The types that fields have, each in one place. */
public final class Types {
    /** Times that the stores can hold and that four digits of a year can say. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant AFTER_LAST = Instant.parse("+10000-01-01T00:00:00Z");

    static final Decimal DECIMAL = new Decimal();
    public static final Type<Boolean> FLAG = new Type<>() {
        @Override
        public Optional<Boolean> read(Json json, String field, ReadContext context) {
            if (json instanceof Json.Bool(boolean value)) {
                return Optional.of(value);
            }
            context.faults().mismatch(field, "true or false", json);
            return Optional.empty();
        }

        @Override
        public Json write(Boolean value, View view) {
            return Json.of(value);
        }

        @Override
        public String word() {
            return "boolean";
        }
    };
    public static final Type<Code> CODE = word(
            "a code of 1 to 80 characters without control characters and without white space at either end",
            Code::isWellFormed,
            Code::new,
            Code::value);
    static final Type<FieldCode> FIELD_CODE = word(
            "a code of 1 to 80 letters, digits, _ or $ that does not start with a digit",
            FieldCode::isWellFormed,
            FieldCode::new,
            FieldCode::value);
    static final Type<Currency> CURRENCY =
            word("a currency of three capital letters", Currency::isWellFormed, Currency::new, Currency::code);
    public static final Type<Instant> INSTANT = word(
            "a date-time with an offset or Z in the years 1 to 9999, such as 2024-12-01T00:00:00Z",
            text -> parses(() -> inKnownYears(OffsetDateTime.parse(text).toInstant())),
            text -> OffsetDateTime.parse(text).toInstant(),
            Instant::toString);
    static final Type<LocalDate> DATE = word(
            "a date in the years 1 to 9999, such as 2025-01-01",
            text -> parses(() -> inKnownYears(
                    LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant())),
            LocalDate::parse,
            LocalDate::toString);
    static final Type<ZoneId> ZONE = word(
            "a time zone such as UTC or Europe/Berlin",
            text -> parses(() -> ZoneId.of(text).getRules() != null),
            ZoneId::of,
            ZoneId::getId);
    /** A zone that knows when its clock is changed: an offset such as +01:00 is none. */
    static final Type<ZoneId> NAMED_ZONE = word(
            "the name of a time zone such as UTC or Europe/Berlin",
            ZoneId.getAvailableZoneIds()::contains,
            ZoneId::of,
            ZoneId::getId);

    /** Frequencies that a calendar has periods of. */
    static final Type<BillFrequency> FREQUENCY = choiceOf(
            BillFrequency.class,
            Stream.of(BillFrequency.values()).filter(BillFrequency::repeats).toList());

    static final Type<CustomFields> CUSTOM_FIELDS = new CustomFieldsType();
    static final Type<Formula> FORMULA = new FormulaType();

    /** Texts by name, such as the values of a segment by field. */
    static final Type<Map<String, String>> TEXTS = new Type<>() {
        @Override
        public Optional<Map<String, String>> read(Json json, String field, ReadContext context) {
            if (!(json instanceof Json.Obj(Map<String, Json> members))) {
                context.faults().mismatch(field, "an object of strings", json);
                return Optional.empty();
            }
            Map<String, String> texts = new LinkedHashMap<>();
            members.forEach((name, value) ->
                    text(0, 10_000).read(value, field + "." + name, context).ifPresent(text -> texts.put(name, text)));
            return texts.size() == members.size() ? Optional.of(texts) : Optional.empty();
        }

        @Override
        public Json write(Map<String, String> value, View view) {
            Json.ObjBuilder members = Json.obj();
            value.forEach(members::with);
            return members.build();
        }

        @Override
        public String word() {
            return "map";
        }
    };

    private Types() {}

    public static <T> Type<Id<T>> id() {
        return word("an id of 1 to 80 characters", text -> !text.isBlank() && text.length() <= 80, Id::new, Id::value);
    }

    /** The id of a part, which gets a new one where it has none. */
    static <T> Type<Id<T>> idOrDrawn() {
        Type<Id<T>> id = id();
        return new Type<>() {
            @Override
            public Optional<Id<T>> read(Json json, String field, ReadContext context) {
                return id.read(json, field, context);
            }

            @Override
            public Json write(Id<T> value, View view) {
                return id.write(value, view);
            }

            @Override
            public Optional<Json> absent(ReadContext context) {
                return Optional.of(Json.of(context.ids().get()));
            }
        };
    }

    public static Type<String> text(int min, int max) {
        return word(
                "a string of %d to %d characters".formatted(min, max),
                text -> hasLength(text, min, max)
                        && StandardCharsets.UTF_8.newEncoder().canEncode(text),
                text -> text,
                text -> text);
    }

    /** Characters are Unicode's: an emoji is one. Half of a surrogate pair is none, and has no form at rest. */
    private static boolean hasLength(String text, int min, int max) {
        int length = text.length() > 2 * (long) max ? Integer.MAX_VALUE : text.codePointCount(0, text.length());
        return length >= min && length <= max;
    }

    /** One of an enum's names, spelled as they are. */
    public static <E extends Enum<E>> Type<E> choice(Class<E> type) {
        List<E> all = List.of(type.getEnumConstants());
        List<String> names = all.stream().map(Enum::name).toList();
        return word("one of " + names(all), names::contains, text -> Enum.valueOf(type, text), Enum::name);
    }

    /** One of an enum's names; of these, only some are supported yet. */
    static <E extends Enum<E>> Type<E> choiceOf(Class<E> type, List<E> supported) {
        Type<E> choice = choice(type);
        return new Type<>() {
            @Override
            public Optional<E> read(Json json, String field, ReadContext context) {
                Optional<E> chosen = choice.read(json, field, context);
                if (chosen.isPresent() && !supported.contains(chosen.get())) {
                    context.faults()
                            .add(new Fault(
                                    field,
                                    Fault.Code.NOT_YET_SUPPORTED,
                                    "Expected %s to be one of %s, because others are not supported yet, but was %s."
                                            .formatted(field, names(supported), chosen.get())));
                }
                return chosen;
            }

            @Override
            public Json write(E value, View view) {
                return choice.write(value, view);
            }
        };
    }

    static Type<BigDecimal> decimalAtLeast(BigDecimal min) {
        return DECIMAL.where("a number of at least " + min.toPlainString(), number -> number.compareTo(min) >= 0);
    }

    public static Type<BigDecimal> decimalAbove(BigDecimal limit) {
        return DECIMAL.where("a number above " + limit.toPlainString(), number -> number.compareTo(limit) > 0);
    }

    static Type<Integer> integer(int min, int max) {
        Type<BigDecimal> number = DECIMAL.where(
                "a whole number of %d to %d".formatted(min, max),
                value -> value.stripTrailingZeros().scale() <= 0
                        && value.compareTo(BigDecimal.valueOf(min)) >= 0
                        && value.compareTo(BigDecimal.valueOf(max)) <= 0);
        return mapped(number, BigDecimal::intValueExact, BigDecimal::valueOf, "int");
    }

    static <V, W> Type<W> mapped(Type<V> type, Function<V, W> in, Function<W, V> out) {
        return mapped(type, in, out, type.word());
    }

    private static <V, W> Type<W> mapped(Type<V> type, Function<V, W> in, Function<W, V> out, String word) {
        return new Type<>() {
            @Override
            public Optional<W> read(Json json, String field, ReadContext context) {
                return type.read(json, field, context).map(in);
            }

            @Override
            public Json write(W value, View view) {
                return type.write(out.apply(value), view);
            }

            @Override
            public String word() {
                return word;
            }
        };
    }

    static <V> Type<List<V>> list(Type<V> item, int min, int max) {
        return new Type<>() {
            @Override
            public Optional<List<V>> read(Json json, String field, ReadContext context) {
                if (!(json instanceof Json.Arr(List<Json> items)) || items.size() < min || items.size() > max) {
                    String was = json instanceof Json.Arr(List<Json> items) ? items.size() + " items" : json.shown();
                    context.faults()
                            .invalid(
                                    field,
                                    "Expected %s to be an array of %d to %d items, but was %s."
                                            .formatted(field, min, max, was));
                    return Optional.empty();
                }
                List<V> values = new ArrayList<>();
                for (int i = 0; i < items.size(); i++) {
                    item.read(items.get(i), "%s[%d]".formatted(field, i), context)
                            .ifPresent(values::add);
                }
                return values.size() == items.size() ? Optional.of(List.copyOf(values)) : Optional.empty();
            }

            @Override
            public Json write(List<V> value, View view) {
                return new Json.Arr(
                        value.stream().map(each -> item.write(each, view)).toList());
            }

            @Override
            public String word() {
                return "array";
            }
        };
    }

    private static <V> Type<V> word(
            String expected, Predicate<String> isWellFormed, Function<String, V> in, Function<V, String> out) {
        return new Type<>() {
            @Override
            public Optional<V> read(Json json, String field, ReadContext context) {
                if (json instanceof Json.Text(String text) && isWellFormed.test(text)) {
                    return Optional.of(in.apply(text));
                }
                context.faults().mismatch(field, expected, json);
                return Optional.empty();
            }

            @Override
            public Json write(V value, View view) {
                return Json.of(out.apply(value));
            }
        };
    }

    private static boolean inKnownYears(Instant instant) {
        return !instant.isBefore(FIRST) && instant.isBefore(AFTER_LAST);
    }

    private static boolean parses(BooleanSupplier parse) {
        try {
            return parse.getAsBoolean();
        } catch (DateTimeException e) {
            return false; // the caller says what was expected
        }
    }

    /** An exact number, checked on its characters before any arithmetic. */
    static final class Decimal implements Type<BigDecimal> {
        @Override
        public Optional<BigDecimal> read(Json json, String field, ReadContext context) {
            if (!(json instanceof Json.Num(String literal))) {
                context.faults().mismatch(field, "a number", json);
                return Optional.empty();
            }
            if (context.view() == View.REST) {
                // exact amounts at rest have more digits than anything that comes in by the door
                return Optional.of(Exact.plain(new BigDecimal(literal)));
            }
            return switch (Decimals.read(literal)) {
                case DecimalReading.Read(BigDecimal number) -> Optional.of(number);
                case DecimalReading.Refused(String message) -> {
                    context.faults().invalid(field, Fault.placed(message, field));
                    yield Optional.empty();
                }
            };
        }

        @Override
        public Json write(BigDecimal value, View view) {
            return Json.of(value);
        }

        @Override
        public String word() {
            return "double";
        }

        boolean isSame(String literal, String other) {
            return Decimals.read(literal) instanceof DecimalReading.Read(BigDecimal number)
                    && Decimals.read(other) instanceof DecimalReading.Read(BigDecimal otherNumber)
                    && number.compareTo(otherNumber) == 0;
        }

        Type<BigDecimal> where(String expected, Predicate<BigDecimal> rule) {
            return new Type<>() {
                @Override
                public Optional<BigDecimal> read(Json json, String field, ReadContext context) {
                    Optional<BigDecimal> number = DECIMAL.read(json, field, context);
                    if (number.isPresent() && !rule.test(number.get())) {
                        context.faults().mismatch(field, expected, json);
                        return Optional.empty();
                    }
                    return number;
                }

                @Override
                public Json write(BigDecimal value, View view) {
                    return DECIMAL.write(value, view);
                }

                @Override
                public String word() {
                    return DECIMAL.word();
                }
            };
        }
    }

    private static final class FormulaType implements Type<Formula> {
        private static final int LENGTH_MAX = 5000;
        private final Type<String> text = text(1, LENGTH_MAX);

        @Override
        public Optional<Formula> read(Json json, String field, ReadContext context) {
            return text.read(json, field, context).flatMap(calculation -> switch (Formula.parse(calculation)) {
                case Formula formula -> Optional.of(formula);
                case Malformed malformed -> {
                    context.faults().invalid(field, Fault.placed(malformed.message(), field));
                    yield Optional.empty();
                }
            });
        }

        @Override
        public Json write(Formula value, View view) {
            return Json.of(value.text());
        }
    }

    private static final class CustomFieldsType implements Type<CustomFields> {
        private static final int NAME_MAX = 200;
        private static final Type<String> TEXT = text(0, 10_000);

        @Override
        public Optional<CustomFields> read(Json json, String field, ReadContext context) {
            if (!(json instanceof Json.Obj(Map<String, Json> members)) || members.size() > CustomFields.LIMIT) {
                context.faults()
                        .mismatch(
                                field,
                                "an object of at most %d strings or numbers".formatted(CustomFields.LIMIT),
                                json);
                return Optional.empty();
            }
            Map<String, CustomValue> values = new LinkedHashMap<>();
            members.forEach((name, value) ->
                    custom(name, value, field + "." + name, context).ifPresent(each -> values.put(name, each)));
            return values.size() == members.size() ? Optional.of(new CustomFields(values)) : Optional.empty();
        }

        private static Optional<CustomValue> custom(String name, Json value, String field, ReadContext context) {
            if (!hasLength(name, 1, NAME_MAX)) {
                context.faults().mismatch(field, "named by 1 to %d characters".formatted(NAME_MAX), Json.of(name));
                return Optional.empty();
            }
            return switch (value) {
                case Json.Text text -> TEXT.read(text, field, context).map(CustomValue.Text::new);
                case Json.Num number -> DECIMAL.read(number, field, context).map(CustomValue.Numeric::new);
                case Json.Obj _, Json.Arr _, Json.Bool _, Json.Null _ -> {
                    context.faults().mismatch(field, "a string or a number", value);
                    yield Optional.empty();
                }
            };
        }

        @Override
        public Json write(CustomFields value, View view) {
            Json.ObjBuilder members = Json.obj();
            value.values().forEach((name, each) -> {
                switch (each) {
                    case CustomValue.Text(String text) -> members.with(name, text);
                    case CustomValue.Numeric(BigDecimal number) -> members.with(name, number);
                }
            });
            return members.build();
        }

        @Override
        public String word() {
            return "map";
        }
    }

    private static String names(List<? extends Enum<?>> values) {
        return values.stream().map(Enum::name).collect(joining(", "));
    }

    /** How an enum's name is written in a sentence. */
    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

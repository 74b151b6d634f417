package io.tallystick.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.id.Id;
import io.tallystick.quantity.Rounding;
import io.tallystick.server.json.Type.ReadContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TypesTest {
    private final Faults faults = new Faults();

    /** A type that takes strings, the words of its fault, and one good string. */
    private record Word(Type<?> type, String expected, String good) {}

    private static final List<Word> WORDS = List.of(
            new Word(Types.CODE, "a code of 1 to 80 characters", "a b"),
            new Word(Types.FIELD_CODE, "a code of 1 to 80 letters", "$ü_1"),
            new Word(Types.CURRENCY, "a currency of three capital letters", "USD"),
            new Word(Types.INSTANT, "a date-time with an offset or Z", "2024-12-01T00:00:00Z"),
            new Word(Types.DATE, "a date in the years 1 to 9999", "2024-02-29"),
            new Word(Types.ZONE, "a time zone such as UTC", "Europe/Berlin"),
            new Word(Types.<Object>id(), "an id of 1 to 80 characters", "x"),
            new Word(Types.text(1, 80), "a string of 1 to 80 characters", " "),
            new Word(Types.choice(Rounding.class), "one of UP, DOWN, NEAREST, NONE", "NONE"));

    @Test
    void writesAStringAsItReadIt() {
        for (Word each : WORDS) {
            assertThat(copied(each.type(), Json.of(each.good())))
                    .as("%s", each.expected())
                    .contains(Json.of(each.good()));
        }
        assertThat(faults.found()).isEmpty();
    }

    private <V> Optional<Json> copied(Type<V> type, Json json) {
        return type.read(json, "field", context()).map(value -> type.write(value, View.WIRE));
    }

    @Test
    void refusesEveryOtherKindWhereAStringIsExpected() {
        for (Word each : WORDS) {
            for (Json other : List.of(
                    new Json.Num("5"),
                    new Json.Bool(true),
                    new Json.Arr(List.of()),
                    Json.obj().build(),
                    new Json.Null())) {
                assertThat(fault(each.type(), other))
                        .startsWith("Expected field to be " + each.expected())
                        .endsWith(", but was %s.".formatted(other.shown()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\uD83D\uDE00"})
    void countsCharactersAsUnicodeDoes(String character) {
        assertThat(read(Types.text(1, 80), character.repeat(80))).contains(character.repeat(80));
        assertThat(read(Types.text(0, 80), "")).contains("");
        assertThat(fault(Types.text(1, 80), Json.of(""))).endsWith("but was \"\".");
        assertThat(fault(Types.text(1, 80), Json.of(character.repeat(81)))).contains("1 to 80 characters");
        assertThat(read(Types.CODE, character.repeat(80))).isPresent();
        assertThat(fault(Types.CODE, Json.of(character.repeat(81)))).contains("1 to 80 characters");
        assertThat(read(Types.<Object>id(), "a".repeat(80))).isPresent();
        assertThat(fault(Types.<Object>id(), Json.of("a".repeat(81)))).contains("1 to 80 characters");
    }

    @Test
    void refusesHalfOfASurrogatePairWhichHasNoFormAtRest() {
        fault(Types.text(0, 80), Json.of("a\uD83D"));
        fault(Types.text(0, 80), Json.of("\uDE00\uD83D"));
        fault(Types.CODE, Json.of("a\uD83Db"));
        fault(Types.CUSTOM_FIELDS, Json.obj().with("a", Json.of("\uD83D")).build());
    }

    @Test
    void showsOnlyTheBeginningOfALongValue() {
        assertThat(fault(Types.text(0, 80), Json.of("x".repeat(1_000_000)))).hasSizeLessThan(200);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-12-01T00:00:00Z, 2024-12-01T00:00:00Z",
        "2024-12-01T00:00+05:30, 2024-11-30T18:30:00Z",
        "2024-12-01T00:00:00.123456789-12:00, 2024-12-01T12:00:00.123456789Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999999Z"
    })
    void readsInstantsWithAnyOffset(String text, Instant instant) {
        assertThat(read(Types.INSTANT, text)).contains(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-12-01",
                "2024-12-01T00:00:00",
                "2024-02-30T00:00:00Z",
                "2024-12-01T24:00:01Z",
                "0000-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "-999999999-01-01T00:00:00Z",
                "0001-01-01T00:00:00+01:00",
                "2024-12-01T00:00:00Europe/Berlin",
                "1733011200",
                ""
            })
    void refusesInstantsThatAreNone(String text) {
        assertThat(fault(Types.INSTANT, Json.of(text))).endsWith("but was \"%s\".".formatted(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2023-02-29", "2024-1-1", "2024-12-01T00:00:00Z", "0000-01-01", "+10000-01-01", "today", ""})
    void refusesDatesThatAreNone(String text) {
        fault(Types.DATE, Json.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"usd", "US", "USDX", "ÜSD", "U D", ""})
    void refusesCurrenciesThatAreNone(String text) {
        fault(Types.CURRENCY, Json.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1a", "a-b", "a b", "a.b", ""})
    void refusesFieldCodesThatAreNone(String text) {
        fault(Types.FIELD_CODE, Json.of(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "1.500, 1.5",
        "6E9, 6000000000",
        "1e-13, 0",
        "0.0000000000025, 0.000000000002",
        "99999999999999999999999999.999999999999, 99999999999999999999999999.999999999999"
    })
    void readsNumbersExactly(String literal, BigDecimal number) {
        assertThat(Types.DECIMAL.read(new Json.Num(literal), "field", context()).orElseThrow())
                .isEqualByComparingTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e100000000", "1e26", "-1e26", "1e999999999999", "100000000000000000000000000"})
    void refusesNumbersBeyond26DigitsBeforeAnyArithmetic(String literal) {
        long start = System.nanoTime();

        String message = fault(Types.DECIMAL, new Json.Num(literal));

        assertThat(message)
                .isEqualTo("Expected at most 26 digits before the point, but was \"%s\" in field.".formatted(literal));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void refusesNaNAsAString() {
        assertThat(fault(Types.DECIMAL, Json.of("NaN"))).isEqualTo("Expected field to be a number, but was \"NaN\".");
    }

    @Test
    void readsAtRestMoreDigitsThanComeInByTheDoor() {
        Json exact = new Json.Num("0.1234567890123456789012345678901234");

        assertThat(Types.DECIMAL.read(exact, "field", new ReadContext(faults, () -> "id", View.REST)))
                .contains(new BigDecimal("0.1234567890123456789012345678901234"));
    }

    @Test
    void keepsNumbersToTheirBounds() {
        assertThat(number(Types.decimalAtLeast(BigDecimal.ZERO), "0")).isPresent();
        assertThat(number(Types.decimalAbove(BigDecimal.ZERO), "0.000000000001"))
                .isPresent();
        assertThat(fault(Types.decimalAtLeast(BigDecimal.ZERO), new Json.Num("-0.01")))
                .isEqualTo("Expected field to be a number of at least 0, but was -0.01.");
        assertThat(fault(Types.decimalAbove(BigDecimal.ZERO), new Json.Num("0")))
                .isEqualTo("Expected field to be a number above 0, but was 0.");
        for (String whole : List.of("1", "365", "1.0", "3.65e2")) {
            assertThat(number(Types.integer(1, 365), whole)).as(whole).isPresent();
        }
        for (String other : List.of("0", "366", "1.5", "-1", "1e9")) {
            assertThat(fault(Types.integer(1, 365), new Json.Num(other)))
                    .isEqualTo("Expected field to be a whole number of 1 to 365, but was %s.".formatted(other));
        }
        fault(Types.integer(1, 365), Json.of("1"));
    }

    @Test
    void readsTrueAndFalseAndNothingElse() {
        assertThat(copied(Types.FLAG, Json.of(true))).contains(Json.of(true));
        assertThat(copied(Types.FLAG, Json.of(false))).contains(Json.of(false));
        fault(Types.FLAG, Json.of("true"));
        fault(Types.FLAG, new Json.Num("1"));
    }

    @Test
    void keepsListsToTheirLengthAndNamesEachBadItem() {
        Type<List<String>> list = Types.list(Types.text(1, 5), 1, 3);

        assertThat(copied(list, array("a"))).contains(array("a"));
        assertThat(copied(list, array("a", "b", "c"))).contains(array("a", "b", "c"));
        assertThat(fault(list, array())).endsWith("an array of 1 to 3 items, but was 0 items.");
        assertThat(fault(list, array("a", "b", "c", "d"))).endsWith("but was 4 items.");
        assertThat(fault(list, Json.of("a"))).endsWith("but was \"a\".");
        Faults own = new Faults();
        assertThat(list.read(array("", "b", "toolong"), "field", new ReadContext(own, () -> "", View.WIRE)))
                .isEmpty();
        assertThat(own.found()).extracting(Fault::field).containsExactly("field[0]", "field[2]");
    }

    @Test
    void drawsAnIdWhereAPartHasNone() {
        Type<Id<Object>> type = Types.idOrDrawn();

        assertThat(type.absent(context())).contains(Json.of("drawn"));
        assertThat(type.read(Json.of("sent"), "field", context())).contains(new Id<>("sent"));
    }

    @Test
    void saysWhatIsNotBuiltYet() {
        Type<Rounding> type = Types.choiceOf(Rounding.class, List.of(Rounding.UP, Rounding.NEAREST));

        assertThat(type.read(Json.of("UP"), "field", context())).contains(Rounding.UP);
        assertThat(faults.found()).isEmpty();
        type.read(Json.of("DOWN"), "field", context());
        assertThat(faults.found())
                .containsExactly(
                        new Fault(
                                "field",
                                Fault.Code.NOT_YET_SUPPORTED,
                                "Expected field to be one of UP, NEAREST, because others are not supported yet, but was DOWN."));
    }

    @ParameterizedTest
    @CsvSource({"a*, 2", "a b, 2", "(a, 2", "foo(1), 0"})
    void saysAtWhichPositionAFormulaBreaks(String formula, String position) {
        assertThat(fault(Types.FORMULA, Json.of(formula)))
                .startsWith("Expected ")
                .contains(", but at position " + position + " stood ")
                .endsWith(" in field.");
    }

    @Test
    void keepsFormulasTo5000CharactersAndAsTheyWereWritten() {
        assertThat(copied(Types.FORMULA, Json.of(" a*  b "))).contains(Json.of(" a*  b "));
        fault(Types.FORMULA, Json.of(""));
        fault(Types.FORMULA, Json.of("1" + "+1".repeat(2500)));
    }

    @Test
    void readsCustomFieldsOfStringsAndNumbers() {
        Json custom = Json.obj()
                .with("z", "text")
                .with("a", new BigDecimal("1.5"))
                .with("", "x")
                .build();

        assertThat(fault(Types.CUSTOM_FIELDS, custom)).startsWith("Expected field. to be named by 1 to 200 characters");
        Json good =
                Json.obj().with("z", "text").with("a", new BigDecimal("1.5")).build();
        assertThat(copied(Types.CUSTOM_FIELDS, good)).contains(good);
        assertThat(fault(Types.CUSTOM_FIELDS, Json.obj().with("a", true).build()))
                .isEqualTo("Expected field.a to be a string or a number, but was true.");
        Json.ObjBuilder many = Json.obj();
        IntStream.range(0, 101).forEach(i -> many.with("name" + i, "x"));
        assertThat(fault(Types.CUSTOM_FIELDS, many.build())).contains("at most 100 strings or numbers");
    }

    private ReadContext context() {
        return new ReadContext(faults, () -> "drawn", View.WIRE);
    }

    private <V> Optional<V> read(Type<V> type, String text) {
        return type.read(Json.of(text), "field", context());
    }

    private <V> Optional<V> number(Type<V> type, String literal) {
        return type.read(new Json.Num(literal), "field", context());
    }

    private static Json array(String... items) {
        return new Json.Arr(Arrays.stream(items).map(Json::of).toList());
    }

    /** The message of the one fault that reading has. */
    private static String fault(Type<?> type, Json json) {
        Faults own = new Faults();
        assertThat(type.read(json, "field", new ReadContext(own, () -> "drawn", View.WIRE)))
                .as("%s", json)
                .isEqualTo(Optional.empty());
        assertThat(own.found()).as("%s", json).hasSize(1);
        return own.found().getFirst().message();
    }
}

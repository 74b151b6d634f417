package io.tallystick.formula;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.formula.Evaluated.CalculationError;
import io.tallystick.formula.Evaluated.Result;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormulaTest {
    private static final Map<String, Value> FIELDS = Map.of(
            "memory", number("32"),
            "time", number("1600"),
            "price", number("0.00001833337"),
            "region", new Value.Text("eu-west-1"),
            "other", new Value.Text("us-east-1"),
            "isSpot", new Value.Truth(true),
            "größe", number("7"),
            "_a$1", number("8"),
            "IN", number("9"),
            "Math", number("10"));

    @ParameterizedTest
    @CsvSource({
        "memory*time, 51200",
        "memory * time * price, 0.938668544",
        "1 + 2 * 3, 7",
        "(1 + 2) * 3, 9",
        "10 - 4 - 3, 3",
        "100 / 10 / 2, 5",
        "100 / (10 / 2), 20",
        "2 * 7 % 4, 2",
        "7 % 3, 1",
        "-7 % 3, -1",
        "7 % -3, 1",
        "7.5 % 2, 1.5",
        "2 ^ 10, 1024",
        "2 ^ 3 ^ 2, 512",
        "(2 ^ 3) ^ 2, 64",
        "-2 ^ 2, -4",
        "(-2) ^ 2, 4",
        "2 ^ 2 * 3, 12",
        "0 ^ 0, 1",
        "1.5 ^ 2, 2.25",
        "2 * -3, -6",
        "--3, 3",
        "2 - -3, 5",
        "6e9 * 2E-3, 12000000",
        "1.50 + 1.50, 3",
        "größe + _a$1, 15",
        "IN + Math, 19",
        "10 / 4, 2.5",
        "10 / 3, 3.333333333333333333333333333333333",
        "20 / 3, 6.666666666666666666666666666666667",
        "10 * 3 / 3, 10",
        "10 / 3 * 3, 9.999999999999999999999999999999999",
    })
    void calculatesInTheOrderOfTheOperators(String text, String expected) {
        assertThat(evaluate(text)).isEqualTo(new Result(number(expected)));
    }

    @ParameterizedTest
    @CsvSource({
        "'Math.max(memory, time)', 1600",
        "'Math.max(time, memory)', 1600",
        "'Math.min(memory, time)', 32",
        "Math.floor(2.9), 2",
        "Math.floor(-2.1), -3",
        "Math.ceil(2.1), 3",
        "Math.ceil(-2.9), -2",
        "Math.abs(-2.5), 2.5",
        "'Math.pow(2, 10)', 1024",
        "'Math.pow(2, Math.pow(2, 2))', 16",
        "'Math.round(2.345, 2)', 2.35",
        "'Math.round(-2.345, 2)', -2.35",
        "'Math.round(2.5, 0)', 3",
        "'Math.round(2.4999, 0)', 2",
        "'Math.round(2.5, 38)', 2.5",
        "'Math.round(10 / 3, 2)', 3.33",
        "Math . PI, 3.141592653589793238462643383279503",
        "'isnull(memory, 5)', 32",
        "'isnull(missing, 5)', 5",
        "'isnull(null, isnull(missing, 6))', 6",
        "'isnull(missing, 5) + 1', 6",
        "'IN (region, \"eu-west-1\") ? 1 : 2', 1",
    })
    void callsTheFunctions(String text, String expected) {
        assertThat(evaluate(text)).isEqualTo(new Result(number(expected)));
    }

    @ParameterizedTest
    @CsvSource({
        "1 == 1.0, true",
        "1 != 1.0, false",
        "memory == 32, true",
        "memory < 32, false",
        "memory <= 32, true",
        "memory > 32, false",
        "memory >= 32, true",
        "memory < 32.000000000001, true",
        "region == \"eu-west-1\", true",
        "region != \"eu-west-1\", false",
        "region == other, false",
        "isSpot == true, true",
        "missing == null, true",
        "missing != null, false",
        "null == missing, true",
        "region == null, false",
        "memory != null, true",
        "1 < 2 == 3 < 4, true",
        "1 < 2 != 4 < 3, true",
        "true AND false, false",
        "true AND true AND true, true",
        "false OR true, true",
        "false OR false, false",
        "true OR false AND false, true",
        "(true OR false) AND false, false",
        "1 < 2 AND memory + 1 > memory, true",
        "'IN(region, \"us-east-1\", \"eu-west-1\")', true",
        "'IN(region, other)', false",
        "'IN(memory, 1, 2, 32.0)', true",
        "'IN(missing, 1, null)', true",
        "'IN(missing, 1, 2)', false",
        "1 > 2 ? false : true, true",
    })
    void decidesBetweenTrueAndFalse(String text, boolean expected) {
        assertThat(evaluate(text)).isEqualTo(new Result(new Value.Truth(expected)));
    }

    @ParameterizedTest
    @CsvSource({
        "memory > 16 ? 1 : 2, 1",
        "memory > 64 ? 1 : 2, 2",
        "memory > 64 ? 1 : memory > 16 ? 2 : 3, 2",
        "memory > 16 ? memory > 64 ? 1 : 2 : 3, 2",
        "1 + (isSpot ? 1 : 2) * 10, 11",
        "isSpot ? 1 : 2 + 10, 1",
    })
    void choosesFromRightToLeft(String text, String expected) {
        assertThat(evaluate(text)).isEqualTo(new Result(number(expected)));
    }

    @Test
    void evaluatesOnlyWhatDecides() {
        assertThat(evaluate("0 == 0 ? 7 : 1 / 0")).isEqualTo(new Result(number("7")));
        assertThat(evaluate("false AND 1 / 0 > 1")).isEqualTo(new Result(new Value.Truth(false)));
        assertThat(evaluate("true OR 1 / 0 > 1")).isEqualTo(new Result(new Value.Truth(true)));
        assertThat(evaluate("isnull(1, 1 / 0)")).isEqualTo(new Result(number("1")));
        assertThat(evaluate("IN(1, 1, 1 / 0)")).isEqualTo(new Result(new Value.Truth(true)));
    }

    @Test
    void givesTextsNullAndTruthValuesBack() {
        assertThat(evaluate("region")).isEqualTo(new Result(new Value.Text("eu-west-1")));
        assertThat(evaluate("isSpot ? 'spot' : \"on demand\"")).isEqualTo(new Result(new Value.Text("spot")));
        assertThat(evaluate("'it\\'s \\\\ \\\" \"'")).isEqualTo(new Result(new Value.Text("it's \\ \" \"")));
        assertThat(evaluate("''")).isEqualTo(new Result(new Value.Text("")));
        assertThat(evaluate("'🐘'")).isEqualTo(new Result(new Value.Text("🐘")));
        assertThat(evaluate("missing")).isEqualTo(new Result(Value.NOTHING));
        assertThat(evaluate("null")).isEqualTo(new Result(Value.NOTHING));
        assertThat(evaluate("true")).isEqualTo(new Result(new Value.Truth(true)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memory / 0 | Expected a divisor other than 0, but was 32 / 0 at position 7.",
                "memory % (1 - 1) | Expected a divisor other than 0, but was 32 % 0 at position 7.",
                "memory * missing | Expected a number, but missing was null.",
                "missing + 1 | Expected a number, but missing was null.",
                "-missing | Expected a number, but missing was null.",
                "memory + null | Expected a number, but the literal at position 9 was null.",
                "Math.max(1, missing) | Expected a number, but missing was null.",
                "memory * region | Expected a number, but region was a text of 9 characters.",
                "1 + isSpot | Expected a number, but isSpot was true.",
                "1 + (1 < 2) | Expected a number, but < at position 7 was true.",
                "1 + (true AND true) | Expected a number, but AND at position 10 was true.",
                "1 + IN(1, 2) | Expected a number, but IN at position 4 was false.",
                "1 + isnull(missing, null) | Expected a number, but isnull at position 4 was null.",
                "region < other | Expected a number, but region was a text of 9 characters.",
                "missing < 1 | Expected a number, but missing was null.",
                "memory ? 1 : 2 | Expected true or false, but memory was 32.",
                "memory + 1 ? 1 : 2 | Expected true or false, but the + at position 7 was 33.",
                "2 ^ 2 AND true | Expected true or false, but the power at position 2 was 4.",
                "-memory OR true | Expected true or false, but the negative of memory was -32.",
                "Math.abs(1) OR true | Expected true or false, but Math.abs at position 0 was 1.",
                "(isSpot ? 1 : 2) OR true | Expected true or false, but the ? at position 8 was 1.",
                "missing AND true | Expected true or false, but missing was null.",
                "true AND null | Expected true or false, but the literal at position 9 was null.",
                "memory == region | Expected two values of one kind for == at position 7, but were 32 and a text of 9 characters.",
                "IN(1, isSpot) | Expected two values of one kind for IN at position 0, but were 1 and true.",
                "2 ^ 65 | Expected a whole exponent from 0 to 64, but was 2 ^ 65 at position 2.",
                "2 ^ -1 | Expected a whole exponent from 0 to 64, but was 2 ^ -1 at position 2.",
                "2 ^ 0.5 | Expected a whole exponent from 0 to 64, but was 2 ^ 0.5 at position 2.",
                "2 ^ 1e25 | Expected a whole exponent from 0 to 64, but was 2 ^ 10000000000000000000000000 at position 2.",
                "Math.pow(2, 65) | Expected a whole exponent from 0 to 64, but was 2 ^ 65 at position 0.",
                "Math.round(1, -1) | Expected whole places from 0 to 38, but was Math.round(1, -1) at position 0.",
                "Math.round(1, 39) | Expected whole places from 0 to 38, but was Math.round(1, 39) at position 0.",
                "Math.round(1, 1.5) | Expected whole places from 0 to 38, but was Math.round(1, 1.5) at position 0.",
            })
    void reportsACalculationErrorWithTheValues(String text, String message) {
        assertThat(evaluate(text)).isEqualTo(new CalculationError(message));
    }

    @Test
    void asksTheScopeForNamesInTheOrderOfTheText() {
        List<String> asked = new ArrayList<>();

        parse("b * a + b").evaluate(name -> {
            asked.add(name);
            return number("2");
        });

        assertThat(asked).containsExactly("b", "a", "b");
    }

    @Test
    void namesWhatItRefersTo() {
        Formula formula = parse("Math.max(time, memory) * isnull(IN, 1) + (IN(region, 'time') ? time : null)");

        assertThat(formula.names())
                .containsExactly("IN", "memory", "region", "time")
                .isUnmodifiable();
        assertThat(parse("1 + Math.PI").names()).isEmpty();
    }

    @Test
    void isItsText() {
        assertThat(parse(" a*b ").text()).isEqualTo(" a*b ");
        assertThat(parse("a*b"))
                .isEqualTo(parse("a*b"))
                .hasSameHashCodeAs(parse("a*b"))
                .hasToString("a*b");
        assertThat(parse("a*b")).isNotEqualTo(parse("a * b"));
    }

    private static Evaluated evaluate(String text) {
        return parse(text).evaluate(name -> FIELDS.getOrDefault(name, Value.NOTHING));
    }

    private static Formula parse(String text) {
        return switch (Formula.parse(text)) {
            case Formula formula -> formula;
            case Malformed malformed -> throw new AssertionError(malformed);
        };
    }

    private static Value number(String number) {
        return new Value.Number(new BigDecimal(number));
    }
}

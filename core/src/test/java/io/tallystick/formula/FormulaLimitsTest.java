package io.tallystick.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.tallystick.formula.Evaluated.CalculationError;
import io.tallystick.formula.Evaluated.Result;
import io.tallystick.seed.Seed;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What keeps every formula that somebody can write short in stack, digits and time. */
final class FormulaLimitsTest {
    private static final List<String> PARTS = List.of(
            "(",
            ")",
            "+",
            "-",
            "*",
            "/",
            "%",
            "^",
            "?",
            ":",
            ",",
            "==",
            "!=",
            "<=",
            "<",
            "=",
            "!",
            "'",
            "\"",
            "\\",
            ".",
            " ",
            "AND",
            "OR",
            "IN",
            "isnull",
            "Math",
            "Math.max(",
            "Math.PI",
            "null",
            "true",
            "x",
            "_",
            "1",
            "0",
            "2.5",
            "e9",
            "1e",
            "🐘",
            "\ud83d",
            "ß",
            "\n",
            "DateTime.");

    /** Half of what the JDK gives a thread where nobody says otherwise. */
    private static final long STACK_BYTES = 512 * 1024;

    private static final String TOO_MANY_DIGITS =
            "Expected a result of at most 38 digits that is 0 or no closer to 0 than 1e-38, but was ";

    @ParameterizedTest
    @CsvSource({
        "x ^ 37, 10, 10000000000000000000000000000000000000",
        "x * x, 9999999999999999999, 99999999999999999980000000000000000001",
        "x ^ 2, 9999999999999999999, 99999999999999999980000000000000000001",
        "x ^ 38, 0.1, 0.00000000000000000000000000000000000001",
        "x ^ 64, -1, 1",
        "x + 1, 99999999999999999999999999999999999998, 99999999999999999999999999999999999999",
        "x * 0.5 * 2, 99999999999999999999999999999999999998, 99999999999999999999999999999999999998",
    })
    void calculatesExactlyUpToThirtyEightDigits(String text, String x, String expected) {
        assertThat(evaluate(text, x)).isEqualTo(new Result(number(expected)));
    }

    @ParameterizedTest
    @CsvSource({
        "x ^ 38, 10, 10 ^ 38 at position 2",
        "x * x, 10000000000000000000, 1E+38 = 10000000000000000000 * 10000000000000000000 at position 2",
        "x * x, 1.2345678901234567891, 1.52415787532388367526596557677488187881 = 1.2345678901234567891 * 1.2345678901234567891 at position 2",
        "x ^ 39, 0.1, 0.1 ^ 39 at position 2",
        "x + 1, 99999999999999999999999999999999999999, 1E+38 = 99999999999999999999999999999999999999 + 1 at position 2",
        "x - 10, 0.00000000000000000000000000000000000001, -9.99999999999999999999999999999999999999 = 1E-38 - 10 at position 2",
    })
    void refusesAResultOverThirtyEightDigits(String text, String x, String refused) {
        Evaluated evaluated = evaluate(text, x);

        assertThat(evaluated).isEqualTo(new CalculationError(TOO_MANY_DIGITS + refused + "."));
    }

    @Test
    void refusesANameWithMoreDigits() {
        assertThat(evaluate("x + 0", "123456789012345678901234567890123456789"))
                .isEqualTo(new CalculationError(
                        "Expected at most 38 digits, but x was 123456789012345678901234567890123456789."));
    }

    @ParameterizedTest
    @CsvSource({
        "x / 1073741824 * 123456.789, 123456789, 14194.82636283200327306985855102539",
        "x / 3 * 86400.123456, 10, 288000.41152",
        "1 / x + 100000000000000000000, 3, 100000000000000000000.3333333333333",
        "-(1 / x) ^ 2, 3, -0.1111111111111111111111111111111111",
        "(1 / x) ^ 64 * 3 ^ 64, 3, 0.9999999999999999999999999999999937",
        "Math.PI * x ^ 2, 1234567, 4788276279326.616601264461558660174",
        "'Math.max(x / 7, 0) * 1000000.000001', 1, 142857.1428572857142857142857142858",
        "'isnull(x / 7, 0) * 1000000.000001', 1, 142857.1428572857142857142857142858",
        "(x > 0 ? x / 7 : 0) * 1000000.000001, 1, 142857.1428572857142857142857142858",
    })
    void cutsToThirtyFourDigitsWhatIsCalculatedFromAQuotient(String text, String x, String expected) {
        assertThat(evaluate(text, x)).isEqualTo(new Result(number(expected)));
    }

    @Test
    void takesARoundedQuotientForTheNumberItIs() {
        String tooLong = "12345678901234567890123456.789012345678";

        assertThat(evaluate("Math.floor(x / 1) * 1000000000000 + 1", "12345678901234567890123456"))
                .isEqualTo(new Result(number("12345678901234567890123456000000000001")));
        assertThat(evaluate("Math.round(x / 3, 12) * " + tooLong, "10")).isInstanceOf(CalculationError.class);
        assertThat(evaluate("x / 3 * " + tooLong, "10")).isInstanceOf(Result.class);
    }

    static List<String> endlessChains() {
        return List.of(
                "(".repeat(5000),
                "(".repeat(2499) + "1" + ")".repeat(2499),
                "-".repeat(4999) + "1",
                "- ".repeat(2499) + "1",
                "2^".repeat(2499) + "1",
                "2^-".repeat(1600) + "1",
                "true?".repeat(900) + "1" + ":1".repeat(200),
                "Math.abs(".repeat(500) + "1",
                "isnull(1,".repeat(500) + "1",
                "IN(1,".repeat(900) + "1");
    }

    @ParameterizedTest
    @MethodSource("endlessChains")
    void refusesEndlessNestingOnASmallStack(String text) throws InterruptedException {
        Parsed[] parsed = new Parsed[1];
        Thread thread = new Thread(null, () -> parsed[0] = Formula.parse(text), "small-stack", STACK_BYTES);
        thread.start();
        thread.join();

        assertThat(parsed[0]).isInstanceOfSatisfying(Malformed.class, malformed -> assertThat(malformed.message())
                .startsWith("Expected at most 50 levels of nesting, but at position ")
                .endsWith("."));
    }

    @Test
    void readsAndEvaluatesTheDeepestNestingOnASmallStack() throws InterruptedException {
        String deepest = "(false OR true AND true==0<1+1*".repeat(48) + "x" + "?1:0)".repeat(48);
        Evaluated[] evaluated = new Evaluated[1];
        Thread thread = new Thread(null, () -> evaluated[0] = evaluate(deepest, "1"), "small-stack", STACK_BYTES);
        thread.start();
        thread.join();

        assertThat(evaluated[0]).isEqualTo(new Result(number("1")));
    }

    @Test
    void evaluatesTheLongestChainsAsLoops() {
        assertThat(evaluate("x" + "+x".repeat(2499), "2")).isEqualTo(new Result(number("5000")));
        assertThat(evaluate("x" + "*x".repeat(2499), "-1")).isEqualTo(new Result(number("1")));
        assertThat(evaluate("x" + "*0.5*2".repeat(800), "3")).isEqualTo(new Result(number("3")));
        assertThat(evaluate("x<1?0:".repeat(800) + "x", "1")).isEqualTo(new Result(number("1")));
        assertThat(evaluate("x>0" + " AND x>0".repeat(600), "1")).isEqualTo(new Result(new Value.Truth(true)));
    }

    static List<String> costlyFormulas() {
        return List.of(
                "x^64^64",
                "((x^64)^64)^64",
                "(x/3)^64" + "+(x/3)^64".repeat(500),
                "x*.".replace(".", "0.5*2*").repeat(500) + "1",
                "x" + "/7*7".repeat(1200),
                "x/3" + "*x/3".repeat(1200),
                "x" + "%0.000000000001+x".repeat(280),
                "1/x" + "/10000000000000000000000000".repeat(150),
                "Math.PI" + "*Math.PI/Math.PI".repeat(300));
    }

    @ParameterizedTest
    @MethodSource("costlyFormulas")
    void evaluatesTheCostliestFormulaInAMoment(String text) {
        assertTimeout(Duration.ofSeconds(2), () -> {
            for (String x : List.of("1.000000000001", "99999999999999999999999999.999999999999", "0.000000000001")) {
                for (int i = 0; i < 20; i++) {
                    assertThat(evaluate(text, x)).isNotNull();
                }
            }
        });
    }

    /** Whatever stands in a text, parsing ends with a formula or with a place inside the text. */
    @Test
    void parsesAnyTextToAFormulaOrAPlaceInIt() {
        Seed.runs(FormulaLimitsTest.class, 20_000, random -> {
            String text = randomText(random);

            switch (Formula.parse(text)) {
                case Formula formula ->
                    assertThat(formula.evaluate(name -> number("2"))).as(text).isNotNull();
                case Malformed malformed -> {
                    assertThat(malformed.position()).as(text).isBetween(0, text.length());
                    assertThat(malformed.message()).as(text).contains("Expected ", ", but ", "position");
                }
            }
        });
    }

    private static String randomText(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            text.append(PARTS.get(random.nextInt(PARTS.size())));
        }
        return text.toString();
    }

    private static Evaluated evaluate(String text, String x) {
        return switch (Formula.parse(text)) {
            case Formula formula -> formula.evaluate(name -> number(x));
            case Malformed malformed -> throw new AssertionError(malformed);
        };
    }

    private static Value number(String number) {
        return new Value.Number(new BigDecimal(number));
    }
}

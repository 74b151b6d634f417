package io.tallystick.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.tallystick.seed.Seed;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole language against fractions, and what must hold for any text. */
final class FormulaPropertyTest {
    /** Half of what the JDK gives a thread where nobody says otherwise. */
    private static final long STACK_BYTES = 512 * 1024;

    private static final String ANY = "+-*/%^?:,()<>=!'\"\\._$ \t\n09eEaxANDORIN\u0131\u00df\uD83D\uDE00\u0663\u0000";

    @Test
    void calculatesTheWholeLanguageAsFractionsDo() {
        int[] worth = new int[2];
        Seed.runs(FormulaPropertyTest.class, 20_000, random -> {
            RandomTree trees = new RandomTree(random);
            Tree tree = trees.any(1 + random.nextInt(5));
            Map<String, Object> values = trees.values();
            String text = tree.written(random.nextBoolean() ? "" : " ");

            Evaluated evaluated = parsed(text).evaluate(scope(values));

            switch (expected(tree, values)) {
                case NaiveValue.Worth(Object value) -> {
                    worth[0]++;
                    assertThat(evaluated).as("%s of %s", text, values).isEqualTo(new Evaluated.Result(value(value)));
                }
                case NaiveValue.Nothing() -> {
                    worth[1]++;
                    assertThat(evaluated)
                            .as("%s of %s", text, values)
                            .isInstanceOfSatisfying(
                                    Evaluated.CalculationError.class, error -> assertThat(error.message())
                                            .startsWith("Expected ")
                                            .endsWith("."));
                }
            }
        });
        assertThat(worth[0]).as("with a value, beside %s without", worth[1]).isGreaterThan(5_000);
        assertThat(worth[1]).as("without a value").isGreaterThan(1_000);
    }

    @Test
    void readsTheSameWhateverStandsBetweenTheWords() {
        Seed.runs(FormulaPropertyTest.class, 2_000, random -> {
            RandomTree trees = new RandomTree(random);
            Tree tree = trees.any(5);
            Map<String, Object> values = trees.values();
            Formula tight = parsed(tree.written(""));
            Formula wide = parsed(" " + tree.written(" \n\t") + "\r\n");

            assertThat(tight.names()).isEqualTo(tree.names()).isEqualTo(wide.names());
            assertThat(Formula.parse(tight.text())).isEqualTo(tight);
            assertThat(wide.evaluate(scope(values)).getClass())
                    .isEqualTo(tight.evaluate(scope(values)).getClass());
            if (tight.evaluate(scope(values)) instanceof Evaluated.Result result) {
                assertThat(wide.evaluate(scope(values))).isEqualTo(result);
            }
        });
    }

    /** Up to fifty levels of whatever can stand in each other are a formula, one more is none, on half a stack. */
    @Test
    void readsNestingUpToItsLimitAndNoFurther() {
        onSmallStack(() -> Seed.runs(FormulaPropertyTest.class, 2_000, random -> {
            String text = "x";
            int levels = 1;
            int wanted = random.nextInt(40, 60);
            while (levels < wanted) {
                levels++;
                text = nested(text, random);
            }
            Parsed parsed = Formula.parse(text);

            if (levels <= Formula.NESTING_MAX) {
                assertThat(parsed).as(text).isInstanceOfSatisfying(Formula.class, formula -> assertThat(
                                formula.evaluate(_ -> new Value.Number(BigDecimal.ONE)))
                        .isNotNull());
            } else {
                assertThat(parsed).as(text).isInstanceOfSatisfying(Malformed.class, malformed -> assertThat(
                                malformed.message())
                        .startsWith("Expected at most 50 levels of nesting, but at position "));
            }
        }));
    }

    /** Each form is one level deeper than what it holds. */
    private static String nested(String text, RandomGenerator random) {
        return switch (random.nextInt(8)) {
            case 0 -> "(" + text + ")";
            case 1 -> "Math.abs(" + text + ")";
            case 2 -> "1 + Math.max(0, " + text + ")";
            case 3 -> "true ? " + text + " : 0";
            case 4 -> "isnull(null, " + text + ")";
            case 5 -> "IN(" + text + ", 1)";
            case 6 -> "0 * (" + text + ") == 0 AND true";
            default -> "Math.round(" + text + ", 2)";
        };
    }

    /** A formula in which anything was struck out, doubled, exchanged or put in is a formula or a place in the text. */
    @Test
    void spoiltFormulasAreRefusedAndNothingElse() {
        Seed.runs(FormulaPropertyTest.class, 20_000, random -> {
            RandomTree trees = new RandomTree(random);
            String text = spoilt(trees.any(4).written(""), random);
            Map<String, Object> values = trees.values();

            assertThatNoException().as(text).isThrownBy(() -> {
                switch (Formula.parse(text)) {
                    case Formula formula ->
                        assertThat(formula.evaluate(scope(values))).isNotNull();
                    case Malformed malformed -> {
                        assertThat(malformed.text()).isEqualTo(text);
                        assertThat(malformed.position()).isBetween(0, text.length());
                        assertThat(malformed.message()).startsWith("Expected ").contains("position ");
                    }
                }
            });
        });
    }

    private static String spoilt(String text, RandomGenerator random) {
        StringBuilder spoilt = new StringBuilder(text);
        for (int times = random.nextInt(1, 5); times > 0; times--) {
            int at = random.nextInt(spoilt.length() + 1);
            int end = Math.min(spoilt.length(), at + random.nextInt(4));
            String put =
                    switch (random.nextInt(4)) {
                        case 0 -> "";
                        case 1 -> spoilt.substring(at, end).repeat(random.nextInt(1, 300));
                        case 2 -> String.valueOf((char) random.nextInt(1 << Character.SIZE));
                        default -> String.valueOf(ANY.charAt(random.nextInt(ANY.length())));
                    };
            spoilt.replace(at, end, put);
        }
        return spoilt.toString();
    }

    /** Whatever passes a number through, none that no step may calculate with comes out. */
    @ParameterizedTest
    @ValueSource(
            strings = {"x", "isnull(x, 0)", "true ? x : 0", "Math.floor(isnull(x, 0))", "isnull(x, 0) ^ 64 * 0 + 1"})
    void refusesATooLongNumberWhereverItGoes(String text) {
        for (String number : List.of("123456789012345678901234567890123456789", "1e-39", "1e900", "1e-100000000")) {
            Value value = new Value.Number(new BigDecimal(number));

            assertThat(parsed(text).evaluate(_ -> value)).isInstanceOf(Evaluated.CalculationError.class);
        }
    }

    private static NaiveValue.Outcome expected(Tree tree, Map<String, Object> values) {
        return new NaiveValue(values).outcome(tree);
    }

    private static Formula parsed(String text) {
        return switch (Formula.parse(text)) {
            case Formula formula -> formula;
            case Malformed malformed -> throw new AssertionError(malformed);
        };
    }

    private static Scope scope(Map<String, Object> values) {
        return name -> value(values.getOrDefault(name, NaiveValue.NULL));
    }

    private static Value value(Object value) {
        return switch (value) {
            case Fraction number -> new Value.Number(number.decimal());
            case String text -> new Value.Text(text);
            case Boolean isTrue -> new Value.Truth(isTrue);
            default -> Value.NOTHING;
        };
    }

    private static void onSmallStack(Runnable body) {
        FutureTask<Void> task = new FutureTask<>(body, null);
        Thread.ofPlatform().stackSize(STACK_BYTES).start(task);
        try {
            task.get();
        } catch (InterruptedException | ExecutionException fault) {
            throw new AssertionError(fault.getMessage(), fault);
        }
    }
}

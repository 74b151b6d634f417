package io.tallystick.formula;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.seed.Seed;
import java.math.BigDecimal;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Random calculations, written with no more parentheses than they need, against plain BigDecimal. */
final class FormulaOracleTest {
    private static final int SUM = 1;
    private static final int PRODUCT = 2;
    private static final int SIGN = 3;
    private static final int POWER = 4;
    private static final int ATOM = 5;

    @Test
    void calculatesAsBigDecimalDoes() {
        Seed.runs(FormulaOracleTest.class, 5_000, random -> {
            Calculation calculation = calculation(4, random);

            Parsed parsed = Formula.parse(calculation.text);

            assertThat(parsed).as(calculation.text).isInstanceOfSatisfying(Formula.class, formula -> assertThat(
                            formula.evaluate(name -> new Value.Number(value(name))))
                    .as(calculation.text)
                    .isEqualTo(new Evaluated.Result(new Value.Number(calculation.value))));
        });
    }

    /** What stands in a text, what it is worth, and how strongly its outermost operator binds. */
    private record Calculation(String text, BigDecimal value, int strength) {
        String inside(int strengthMin) {
            return strength < strengthMin ? "(" + text + ")" : text;
        }
    }

    private static Calculation calculation(int depth, RandomGenerator random) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return atom(random);
        }
        Calculation left = calculation(depth - 1, random);
        Calculation right = calculation(depth - 1, random);
        String space = random.nextBoolean() ? " " : "";
        return switch (random.nextInt(8)) {
            case 0, 1 ->
                new Calculation(
                        left.inside(SUM) + space + "+" + space + right.inside(PRODUCT),
                        left.value.add(right.value),
                        SUM);
            case 2, 3 ->
                new Calculation(
                        left.inside(SUM) + space + "-" + space + right.inside(PRODUCT),
                        left.value.subtract(right.value),
                        SUM);
            case 4, 5 ->
                new Calculation(
                        left.inside(PRODUCT) + space + "*" + space + right.inside(SIGN),
                        left.value.multiply(right.value),
                        PRODUCT);
            case 6 -> new Calculation("-" + space + left.inside(SIGN), left.value.negate(), SIGN);
            default ->
                left.value.precision() > 4
                        ? left
                        : new Calculation(left.inside(ATOM) + space + "^" + space + "2", left.value.pow(2), POWER);
        };
    }

    private static Calculation atom(RandomGenerator random) {
        if (random.nextBoolean()) {
            String name = String.valueOf((char) ('a' + random.nextInt(26)));
            return new Calculation(name, value(name), ATOM);
        }
        String literal = random.nextInt(100) + (random.nextBoolean() ? "" : "." + random.nextInt(100));
        return new Calculation(literal, new BigDecimal(literal), ATOM);
    }

    private static BigDecimal value(String name) {
        return BigDecimal.valueOf(name.charAt(0) - 'm', 1);
    }
}

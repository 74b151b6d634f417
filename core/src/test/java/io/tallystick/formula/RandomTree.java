package io.tallystick.formula;

import io.tallystick.formula.Tree.Kind;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Random formulas of the whole language, most of which have a value, and random values of their names. */
record RandomTree(RandomGenerator random) {
    static final List<String> NAMES =
            List.of("a", "b", "c", "d", "_e", "$f", "INDIA", "ORDERS", "isnullable", "gr\u00f6\u00dfe");

    private static final List<String> TEXTS = List.of("''", "'eu'", "\"eu\"", "'us'", "\"it's\"", "'\uD83D\uDE00'");

    /** Of which names are absent, texts, truth values or numbers. */
    Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        for (String name : NAMES) {
            switch (random.nextInt(12)) {
                case 0 -> {} // absent
                case 1 -> values.put(name, random.nextBoolean() ? "eu" : "");
                case 2 -> values.put(name, random.nextBoolean());
                default -> values.put(name, Fraction.of(number()));
            }
        }
        return values;
    }

    private BigDecimal number() {
        return switch (random.nextInt(8)) {
            case 0 -> BigDecimal.ZERO;
            case 1 -> BigDecimal.valueOf(random.nextLong(), random.nextInt(13));
            case 2 -> BigDecimal.valueOf(random.nextLong()).multiply(BigDecimal.valueOf(random.nextLong(), 12));
            case 3 -> BigDecimal.valueOf(random.nextInt(-9, 10), random.nextInt(-38, 40));
            default -> BigDecimal.valueOf(random.nextInt(-1000, 1000), random.nextInt(3));
        };
    }

    Tree number(int depth) {
        if (random.nextInt(40) == 0) {
            return any(depth);
        }
        if (depth == 0) {
            return switch (random.nextInt(8)) {
                case 0, 1, 2 -> new Tree(Kind.NAME, oneOf(NAMES));
                case 3 -> new Tree(Kind.LITERAL, "Math.PI");
                case 4 -> new Tree(Kind.LITERAL, random.nextInt(10) + "e" + random.nextInt(-12, 26));
                default -> new Tree(Kind.LITERAL, random.nextInt(100) + (random.nextBoolean() ? "" : ".25"));
            };
        }
        int inside = random.nextInt(depth);
        return switch (random.nextInt(16)) {
            case 0, 1 -> new Tree(Kind.SUM, "+", number(inside), number(depth - 1));
            case 2 -> new Tree(Kind.SUM, "-", number(depth - 1), number(inside));
            case 3, 4 -> new Tree(Kind.PRODUCT, "*", number(depth - 1), number(inside));
            case 5, 6, 7 -> new Tree(Kind.PRODUCT, "/", number(depth - 1), number(inside));
            case 8 -> new Tree(Kind.PRODUCT, "%", number(depth - 1), number(inside));
            case 9 -> new Tree(Kind.SIGN, "-", number(depth - 1));
            case 10 -> new Tree(Kind.POWER, "^", number(depth - 1), exponent());
            case 11 -> new Tree(Kind.CHOICE, "?", truth(inside), number(depth - 1), number(inside));
            case 12 -> new Tree(Kind.CALL, "isnull", number(inside), number(depth - 1));
            case 13 -> new Tree(Kind.CALL, oneOf(List.of("Math.max", "Math.min")), number(inside), number(depth - 1));
            case 14 -> new Tree(Kind.CALL, oneOf(List.of("Math.abs", "Math.floor", "Math.ceil")), number(depth - 1));
            default ->
                random.nextBoolean()
                        ? new Tree(Kind.CALL, "Math.pow", number(depth - 1), exponent())
                        : new Tree(Kind.CALL, "Math.round", number(depth - 1), exponent());
        };
    }

    private Tree exponent() {
        return random.nextInt(20) == 0
                ? number(1)
                : new Tree(
                        Kind.LITERAL,
                        random.nextInt(10) == 0 ? oneOf(List.of("38", "64", "65", "1.5")) : "" + random.nextInt(4));
    }

    private Tree truth(int depth) {
        if (random.nextInt(40) == 0) {
            return any(depth);
        }
        if (depth == 0) {
            return new Tree(Kind.LITERAL, random.nextBoolean() ? "true" : "false");
        }
        int inside = random.nextInt(depth);
        return switch (random.nextInt(6)) {
            case 0 -> new Tree(Kind.OR, "OR", truth(inside), truth(depth - 1));
            case 1 -> new Tree(Kind.AND, "AND", truth(depth - 1), truth(inside));
            case 2 -> new Tree(Kind.EQUALITY, oneOf(List.of("==", "!=")), any(inside), any(inside));
            case 3 -> new Tree(Kind.CALL, "IN", number(inside), number(inside), number(0), number(0));
            default -> new Tree(Kind.ORDER, oneOf(List.of("<", ">", "<=", ">=")), number(inside), number(depth - 1));
        };
    }

    Tree any(int depth) {
        return switch (random.nextInt(10)) {
            case 0 -> new Tree(Kind.LITERAL, "null");
            case 1, 2 -> new Tree(Kind.LITERAL, oneOf(TEXTS));
            case 3, 4 -> truth(depth);
            default -> number(depth);
        };
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

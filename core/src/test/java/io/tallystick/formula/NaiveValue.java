package io.tallystick.formula;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link Tree} is worth, part by part and in fractions. A value is a {@link Fraction}, a {@link String}, a {@link
 * Boolean} or {@link #NULL}.
 */
final class NaiveValue {
    static final Object NULL = Optional.empty();

    private static final BigDecimal PI = new BigDecimal("3.141592653589793238462643383279503");

    private final Map<String, Object> names;

    NaiveValue(Map<String, Object> names) {
        this.names = names;
    }

    /** There is none. */
    private static final class None extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** What has to come out. */
    sealed interface Outcome {}

    record Worth(Object value) implements Outcome {}

    /** An error. */
    record Nothing() implements Outcome {}

    Outcome outcome(Tree tree) {
        try {
            return new Worth(of(tree));
        } catch (None _) {
            return new Nothing();
        }
    }

    /** @throws None where a formula answers with an error */
    private Object of(Tree tree) {
        List<Tree> parts = tree.parts();
        return switch (tree.kind()) {
            case LITERAL -> literal(tree.word());
            case NAME ->
                names.getOrDefault(tree.word(), NULL) instanceof Fraction number
                        ? fitting(number)
                        : names.getOrDefault(tree.word(), NULL);
            case CHOICE -> truth(parts.getFirst()) ? of(parts.get(1)) : of(parts.get(2));
            case OR -> truth(parts.getFirst()) || truth(parts.getLast());
            case AND -> truth(parts.getFirst()) && truth(parts.getLast());
            case EQUALITY -> tree.word().equals("==") == same(of(parts.getFirst()), of(parts.getLast()));
            case ORDER -> {
                int order = number(parts.getFirst()).compare(number(parts.getLast()));
                yield order == 0
                        ? tree.word().endsWith("=")
                        : order < 0 == tree.word().startsWith("<");
            }
            case SUM, PRODUCT -> fitting(calculated(tree));
            case SIGN -> number(parts.getFirst()).negated();
            case POWER -> power(tree);
            case CALL -> called(tree);
        };
    }

    private static Object literal(String word) {
        return switch (word) {
            case "null" -> NULL;
            case "true", "false" -> word.equals("true");
            case "Math.PI" -> Fraction.of(PI);
            default ->
                Character.isDigit(word.charAt(0))
                        ? Fraction.of(new BigDecimal(word))
                        : word.substring(1, word.length() - 1);
        };
    }

    private Fraction calculated(Tree tree) {
        Fraction left = number(tree.parts().getFirst());
        Fraction right = number(tree.parts().getLast());
        if ("/%".contains(tree.word()) && right.isZero()) {
            throw new None();
        }
        Fraction result =
                switch (tree.word()) {
                    case "+" -> left.plus(right);
                    case "-" -> left.plus(right.negated());
                    case "*" -> left.times(right);
                    case "/" -> left.over(right);
                    default -> left.modulo(right);
                };
        return isFromQuotient(tree) ? result.cut() : result;
    }

    private Fraction power(Tree tree) {
        Fraction base = number(tree.parts().getFirst());
        Fraction exponent = number(tree.parts().getLast());
        int times = wholeUpTo(64, exponent);
        return fitting(isFromQuotient(tree.parts().getFirst()) ? base.powerOfQuotient(times) : base.power(times));
    }

    private Object called(Tree tree) {
        Tree first = tree.parts().getFirst();
        Tree last = tree.parts().getLast();
        return switch (tree.word()) {
            case "isnull" -> {
                Object value = of(first);
                yield value.equals(NULL) ? of(last) : value;
            }
            case "IN" -> {
                Object value = of(first);
                yield tree.parts().stream().skip(1).anyMatch(candidate -> same(value, of(candidate)));
            }
            case "Math.pow" -> power(tree);
            case "Math.abs" -> number(first).absolute();
            case "Math.floor" -> number(first).floor();
            case "Math.ceil" -> number(first).negated().floor().negated();
            case "Math.max" -> {
                Fraction left = number(first);
                Fraction right = number(last);
                yield left.compare(right) > 0 ? left : right;
            }
            case "Math.min" -> {
                Fraction left = number(first);
                Fraction right = number(last);
                yield left.compare(right) < 0 ? left : right;
            }
            case "Math.round" -> {
                Fraction value = number(first);
                yield value.rounded(wholeUpTo(38, number(last)));
            }
            default -> throw new IllegalStateException("Expected a function, but was " + tree.word() + ".");
        };
    }

    /** Told by the text alone, whatever is chosen: so that a formula has one kind of digits. */
    private static boolean isFromQuotient(Tree tree) {
        List<Tree> parts = tree.parts();
        return switch (tree.kind()) {
            case LITERAL -> tree.word().equals("Math.PI");
            case NAME, OR, AND, EQUALITY, ORDER -> false;
            case CHOICE -> isFromQuotient(parts.get(1)) || isFromQuotient(parts.get(2));
            case SUM, PRODUCT -> tree.word().equals("/") || parts.stream().anyMatch(NaiveValue::isFromQuotient);
            case SIGN, POWER -> isFromQuotient(parts.getFirst());
            case CALL ->
                switch (tree.word()) {
                    case "Math.pow" -> isFromQuotient(parts.getFirst());
                    case "isnull", "Math.abs", "Math.max", "Math.min" ->
                        parts.stream().anyMatch(NaiveValue::isFromQuotient);
                    default -> false;
                };
        };
    }

    private Fraction number(Tree tree) {
        if (of(tree) instanceof Fraction number) {
            return number;
        }
        throw new None();
    }

    private boolean truth(Tree tree) {
        if (of(tree) instanceof Boolean isTrue) {
            return isTrue;
        }
        throw new None();
    }

    private static boolean same(Object left, Object right) {
        if (!left.equals(NULL) && !right.equals(NULL) && left.getClass() != right.getClass()) {
            throw new None();
        }
        return left.equals(right);
    }

    private static Fraction fitting(Fraction number) {
        if (!number.fits()) {
            throw new None();
        }
        return number;
    }

    private static int wholeUpTo(int max, Fraction number) {
        if (!number.isWhole() || number.compare(Fraction.ZERO) < 0 || number.compare(Fraction.whole(max)) > 0) {
            throw new None();
        }
        return number.numerator().intValueExact();
    }
}

package io.tallystick.formula;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** A call of a {@code Math} function that gives a number. */
record MathCall(Function function, List<Node> arguments, int position) implements Node.Numeric {
    MathCall {
        arguments = List.copyOf(arguments);
    }

    @Override
    public BigDecimal number(Scope scope) {
        BigDecimal number = arguments.getFirst().number(scope);
        return switch (function) {
            case ABS -> number.abs();
            case CEIL -> number.setScale(0, RoundingMode.CEILING);
            case FLOOR -> number.setScale(0, RoundingMode.FLOOR);
            case MAX -> number.max(arguments.getLast().number(scope));
            case MIN -> number.min(arguments.getLast().number(scope));
            case ROUND -> round(number, arguments.getLast().number(scope));
        };
    }

    @Override
    public boolean isFromQuotient() {
        return !function.meansItsDigits && arguments.stream().anyMatch(Node::isFromQuotient);
    }

    @Override
    public String description() {
        return "Math." + function.word + " at position " + position;
    }

    /** Half up, halves away from zero. Example: 2.345 to 2 places is 2.35, -2.345 is -2.35. */
    private BigDecimal round(BigDecimal number, BigDecimal places) {
        boolean isWithin = places.signum() >= 0 && places.compareTo(BigDecimal.valueOf(Digits.MAX)) <= 0;
        if (!isWithin || places.stripTrailingZeros().scale() > 0) {
            throw new CalculationFault("Expected whole places from 0 to " + Digits.MAX + ", but was Math.round("
                    + number + ", " + places + ") at position " + position + ".");
        }
        return number.setScale(places.intValue(), RoundingMode.HALF_UP);
    }

    /** The functions, by the words of the language. */
    enum Function {
        ABS("abs", 1, false),
        CEIL("ceil", 1, true),
        FLOOR("floor", 1, true),
        MAX("max", 2, false),
        MIN("min", 2, false),
        ROUND("round", 2, true);

        private final String word;
        private final int arity;
        private final boolean meansItsDigits;

        Function(String word, int arity, boolean meansItsDigits) {
            this.word = word;
            this.arity = arity;
            this.meansItsDigits = meansItsDigits;
        }

        String word() {
            return word;
        }

        int arity() {
            return arity;
        }
    }
}

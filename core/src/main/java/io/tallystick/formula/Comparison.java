package io.tallystick.formula;

import java.util.List;

/** Two values held side by side. */
record Comparison(Node left, Operator operator, Node right, int position) implements Node.Decision {
    @Override
    public boolean truth(Scope scope) {
        return switch (operator) {
            case EQUAL -> isSame(left.value(scope), right.value(scope), this);
            case NOT_EQUAL -> !isSame(left.value(scope), right.value(scope), this);
            case LESS -> order(scope) < 0;
            case GREATER -> order(scope) > 0;
            case AT_MOST -> order(scope) <= 0;
            case AT_LEAST -> order(scope) >= 0;
        };
    }

    @Override
    public String description() {
        return operator.symbol + " at position " + position;
    }

    /**
     * Whether two values are one. Null is only itself; a number and a text are not unequal but incomparable, because
     * whoever compares them meant something else.
     *
     * @param comparing who compares, for the message
     */
    static boolean isSame(Value left, Value right, Node comparing) {
        if (left instanceof Value.Nothing || right instanceof Value.Nothing || left.getClass() == right.getClass()) {
            return left.equals(right);
        }
        throw new CalculationFault("Expected two values of one kind for " + comparing.description() + ", but were "
                + left + " and " + right + ".");
    }

    private int order(Scope scope) {
        return left.number(scope).compareTo(right.number(scope));
    }

    enum Operator {
        EQUAL("=="),
        NOT_EQUAL("!="),
        AT_MOST("<="),
        AT_LEAST(">="),
        LESS("<"),
        GREATER(">");

        static final List<Operator> EQUALITY = List.of(EQUAL, NOT_EQUAL);

        /** The longer symbols first: < is the start of <=. */
        static final List<Operator> ORDER = List.of(AT_MOST, AT_LEAST, LESS, GREATER);

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        String symbol() {
            return symbol;
        }
    }
}

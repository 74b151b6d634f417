package io.tallystick.formula;

import io.tallystick.quantity.Exact;
import java.math.BigDecimal;
import java.util.List;

/**
 * Sums and products: operators of one strength, from left to right. One node however long, so that a sum of a thousand
 * terms is a loop and not a thousand calls deep.
 *
 * @param first the leftmost operand
 * @param steps at least one
 */
record Chain(Node first, List<Step> steps) implements Node.Numeric {
    Chain {
        steps = List.copyOf(steps);
    }

    @Override
    public BigDecimal number(Scope scope) {
        BigDecimal result = first.number(scope);
        for (int i = 0; i < steps.size(); i++) { // by index: an iterator per measurement is not for free
            Step step = steps.get(i);
            result = step.apply(result, step.operand.number(scope));
        }
        return result;
    }

    @Override
    public boolean isFromQuotient() {
        return steps.getLast().isFromQuotient;
    }

    @Override
    public String description() {
        Step last = steps.getLast();
        return "the " + last.operator.symbol + " at position " + last.position;
    }

    /**
     * One operator and what stands to its right.
     *
     * @param isFromQuotient whether a quotient goes into the result, from the left, from the right or here
     */
    record Step(Operator operator, Node operand, boolean isFromQuotient, int position) {
        BigDecimal apply(BigDecimal left, BigDecimal right) {
            if (operator.divides && right.signum() == 0) {
                throw new CalculationFault("Expected a divisor other than 0, but was " + written(left, right) + ".");
            }
            BigDecimal result = Digits.tidy(operator.apply(left, right), isFromQuotient);
            if (!Digits.fit(result)) {
                throw new CalculationFault(
                        Digits.EXPECTED + ", but was " + result + " = " + written(left, right) + ".");
            }
            return result;
        }

        private String written(BigDecimal left, BigDecimal right) {
            return left + " " + operator.symbol + " " + right + " at position " + position;
        }
    }

    /** The operators between two numbers. */
    enum Operator {
        PLUS("+", false),
        MINUS("-", false),
        TIMES("*", false),
        DIVIDED_BY("/", true),
        MODULO("%", true);

        static final List<Operator> SUM = List.of(PLUS, MINUS);

        static final List<Operator> PRODUCT = List.of(TIMES, DIVIDED_BY, MODULO);

        private final String symbol;
        private final boolean divides;

        Operator(String symbol, boolean divides) {
            this.symbol = symbol;
            this.divides = divides;
        }

        String symbol() {
            return symbol;
        }

        private BigDecimal apply(BigDecimal left, BigDecimal right) {
            return switch (this) {
                case PLUS -> left.add(right);
                case MINUS -> left.subtract(right);
                case TIMES -> left.multiply(right);
                case DIVIDED_BY -> Exact.divide(left, right);
                case MODULO -> left.remainder(right);
            };
        }
    }
}

package io.tallystick.formula;

import java.math.BigDecimal;
import java.util.List;

/** One part of a parsed formula. Asked for what the part around it needs: a number, a truth value, or any value. */
sealed interface Node {
    Value value(Scope scope);

    /** The part as it is named in messages. */
    String description();

    /** Whether its number was divided on the way, so that it has 34 digits and no exact ones beyond. */
    default boolean isFromQuotient() {
        return false;
    }

    /** Overridden where a number is calculated, so that it is not wrapped between two steps. */
    default BigDecimal number(Scope scope) {
        Value value = value(scope);
        if (value instanceof Value.Number(BigDecimal number)) {
            return number;
        }
        throw new CalculationFault("Expected a number, but " + description() + " was " + value + ".");
    }

    default boolean truth(Scope scope) {
        Value value = value(scope);
        if (value instanceof Value.Truth(boolean isTrue)) {
            return isTrue;
        }
        throw new CalculationFault("Expected true or false, but " + description() + " was " + value + ".");
    }

    /** A part that calculates a number. */
    sealed interface Numeric extends Node permits Chain, MathCall, Negation, Power {
        @Override
        BigDecimal number(Scope scope);

        @Override
        default Value value(Scope scope) {
            return new Value.Number(number(scope));
        }
    }

    /** A part that decides between true and false. */
    sealed interface Decision extends Node permits Comparison, Junction, Membership {
        @Override
        boolean truth(Scope scope);

        @Override
        default Value value(Scope scope) {
            return new Value.Truth(truth(scope));
        }
    }

    /** A literal or {@code Math.PI}, of which only the latter has digits beyond those that are kept. */
    record Constant(Value value, boolean isFromQuotient, int position) implements Node {
        @Override
        public Value value(Scope scope) {
            return value;
        }

        @Override
        public String description() {
            return "the literal at position " + position;
        }
    }

    /** A name, whose value the scope knows. */
    record Name(String name) implements Node {
        /** A number that is too long is refused here, wherever it goes: a call or a choice may hand it on as it is. */
        @Override
        public Value value(Scope scope) {
            Value value = scope.value(name);
            if (value instanceof Value.Number(BigDecimal number) && !Digits.fit(Digits.tidy(number, false))) {
                throw new CalculationFault(
                        "Expected at most " + Digits.MAX + " digits, but " + name + " was " + number + ".");
            }
            return value;
        }

        @Override
        public String description() {
            return name;
        }
    }

    /** {@code -a}. */
    record Negation(Node operand) implements Numeric {
        @Override
        public BigDecimal number(Scope scope) {
            return operand.number(scope).negate();
        }

        @Override
        public boolean isFromQuotient() {
            return operand.isFromQuotient();
        }

        @Override
        public String description() {
            return "the negative of " + operand.description();
        }
    }

    /** {@code condition ? then : otherwise}; the side that is not chosen is not evaluated. */
    record Choice(Branch branch, Node otherwise, boolean isFromQuotient) implements Node {
        /** A condition and what is chosen where it is true; the position is that of the question mark. */
        record Branch(Node condition, Node then, int position) {}

        static Choice of(Branch branch, Node otherwise) {
            return new Choice(branch, otherwise, branch.then.isFromQuotient() || otherwise.isFromQuotient());
        }

        @Override
        public Value value(Scope scope) {
            return chosen(scope).value(scope);
        }

        @Override
        public BigDecimal number(Scope scope) {
            return chosen(scope).number(scope);
        }

        @Override
        public String description() {
            return "the ? at position " + branch.position;
        }

        /** A loop, so that a table of a thousand else-ifs is not a thousand calls deep. */
        private Node chosen(Scope scope) {
            Node node = this;
            while (node instanceof Choice choice) {
                node = choice.branch.condition.truth(scope) ? choice.branch.then : choice.otherwise;
            }
            return node;
        }
    }

    /** {@code isnull(a, b)}: a, or b where a is null. */
    record Fallback(Node preferred, Node otherwise, int position) implements Node {
        @Override
        public Value value(Scope scope) {
            Value value = preferred.value(scope);
            return value instanceof Value.Nothing ? otherwise.value(scope) : value;
        }

        @Override
        public boolean isFromQuotient() {
            return preferred.isFromQuotient() || otherwise.isFromQuotient();
        }

        @Override
        public String description() {
            return "isnull at position " + position;
        }
    }

    /** {@code IN(a, b, c)}: whether a equals one of the others. */
    record Membership(Node sought, List<Node> candidates, int position) implements Decision {
        public Membership {
            candidates = List.copyOf(candidates);
        }

        @Override
        public boolean truth(Scope scope) {
            Value value = sought.value(scope);
            for (Node candidate : candidates) {
                if (Comparison.isSame(value, candidate.value(scope), this)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String description() {
            return "IN at position " + position;
        }
    }
}

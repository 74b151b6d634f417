package io.tallystick.formula;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Reads a formula from left to right, one method for each strength of operators, the weakest first. The language is
 * described at {@link Formula}.
 */
final class Parser {
    /** To 34 digits, half-even. */
    private static final BigDecimal PI = new BigDecimal("3.141592653589793238462643383279503");

    private static final String FUNCTIONS =
            "Math.max, Math.min, Math.floor, Math.ceil, Math.pow, Math.abs, Math.round, isnull or IN";

    private final Source source;
    private final SortedSet<String> names = new TreeSet<>();
    private int nesting;

    Parser(String text) {
        this.source = new Source(text);
    }

    Node parse() {
        Node formula = choice();
        if (!source.isAtEnd()) {
            throw source.unexpected("an operator or the end of the formula");
        }
        return formula;
    }

    SortedSet<String> names() {
        return names;
    }

    private Node choice() {
        return nested(() -> {
            Deque<Node.Choice.Branch> branches = new ArrayDeque<>();
            Node condition = either();
            int position = source.position();
            while (source.accept("?")) {
                Node then = choice();
                source.expect(":");
                branches.push(new Node.Choice.Branch(condition, then, position));
                condition = either();
                position = source.position();
            }
            Node otherwise = condition;
            for (Node.Choice.Branch branch : branches) {
                otherwise = Node.Choice.of(branch, otherwise);
            }
            return otherwise;
        });
    }

    private Node either() {
        return junction("OR", true, this::both);
    }

    private Node both() {
        return junction("AND", false, this::equality);
    }

    private Node junction(String word, boolean decider, Supplier<Node> part) {
        Node first = part.get();
        int position = source.position();
        List<Node> parts = new ArrayList<>(List.of(first));
        while (source.acceptWord(word)) {
            parts.add(part.get());
        }
        return parts.size() == 1 ? first : new Junction(parts, decider, position);
    }

    private Node equality() {
        return comparison(Comparison.Operator.EQUALITY, this::order);
    }

    private Node order() {
        return comparison(Comparison.Operator.ORDER, this::sum);
    }

    private Node comparison(List<Comparison.Operator> operators, Supplier<Node> operand) {
        Node left = operand.get();
        int position = source.position();
        Optional<Comparison.Operator> operator = accepted(operators);
        if (operator.isEmpty()) {
            return left;
        }
        Node right = operand.get();
        if (operators.stream().anyMatch(again -> source.isNext(again.symbol()))) {
            throw source.unexpected("AND, OR or parentheses between two comparisons");
        }
        return new Comparison(left, operator.get(), right, position);
    }

    private Optional<Comparison.Operator> accepted(List<Comparison.Operator> operators) {
        return operators.stream()
                .filter(operator -> source.accept(operator.symbol()))
                .findFirst();
    }

    private Node sum() {
        return chain(Chain.Operator.SUM, this::product);
    }

    private Node product() {
        return chain(Chain.Operator.PRODUCT, this::signed);
    }

    private Node chain(List<Chain.Operator> operators, Supplier<Node> operand) {
        Node first = operand.get();
        boolean isFromQuotient = first.isFromQuotient();
        List<Chain.Step> steps = new ArrayList<>();
        while (true) {
            int position = source.position();
            Optional<Chain.Operator> operator = operators.stream()
                    .filter(candidate -> source.accept(candidate.symbol()))
                    .findFirst();
            if (operator.isEmpty()) {
                return steps.isEmpty() ? first : new Chain(first, steps);
            }
            Node next = operand.get();
            isFromQuotient |= next.isFromQuotient() || operator.get() == Chain.Operator.DIVIDED_BY;
            steps.add(new Chain.Step(operator.get(), next, isFromQuotient, position));
        }
    }

    private Node signed() {
        if (!source.accept("-")) {
            return power();
        }
        return nested(() -> new Node.Negation(signed()));
    }

    private Node power() {
        Node base = primary();
        int position = source.position();
        return source.accept("^") ? power(base, nested(this::signed), position) : base;
    }

    private static Node power(Node base, Node exponent, int position) {
        return new Power(base, exponent, base.isFromQuotient(), position);
    }

    private Node primary() {
        int position = source.position();
        if (source.accept("(")) {
            Node inner = choice();
            source.expect(")");
            return inner;
        }
        if (source.isDigitNext()) {
            return new Node.Constant(new Value.Number(source.number()), false, position);
        }
        if (source.isQuoteNext()) {
            return new Node.Constant(new Value.Text(source.quoted()), false, position);
        }
        if (!source.isWordNext() || source.isWordNext("AND") || source.isWordNext("OR")) {
            throw source.unexpected("a number, a text, a name, a function or (");
        }
        return word(position);
    }

    private Node word(int position) {
        String word = source.word();
        if (source.isNext(".")) {
            return member(word, position);
        }
        if (source.isNext("(")) {
            return call(word, position);
        }
        return switch (word) {
            case "null" -> new Node.Constant(Value.NOTHING, false, position);
            case "true" -> new Node.Constant(new Value.Truth(true), false, position);
            case "false" -> new Node.Constant(new Value.Truth(false), false, position);
            default -> {
                names.add(word);
                yield new Node.Name(word);
            }
        };
    }

    private Node call(String word, int position) {
        return switch (word) {
            case "isnull" -> {
                List<Node> arguments = arguments("isnull", 2);
                yield new Node.Fallback(arguments.getFirst(), arguments.getLast(), position);
            }
            case "IN" -> {
                List<Node> arguments = arguments();
                if (arguments.size() < 2) {
                    throw new SyntaxFault(
                            position,
                            "Expected IN(value, candidate, ...) with at least one candidate, but at position "
                                    + position + " stood one without.");
                }
                yield new Node.Membership(arguments.getFirst(), arguments.subList(1, arguments.size()), position);
            }
            default -> throw noFunction(word, position);
        };
    }

    private Node member(String word, int position) {
        if (!word.equals("Math")) {
            throw new SyntaxFault(
                    position,
                    "Expected a name without a dot, but at position " + position + " stood " + word
                            + ". (dates, timestamps, custom fields and references to other records are not supported).");
        }
        source.expect(".");
        String member = source.word();
        if (member.equals("PI")) {
            return new Node.Constant(new Value.Number(PI), true, position);
        }
        if (member.equals("pow")) {
            List<Node> arguments = arguments("Math.pow", 2);
            return power(arguments.getFirst(), arguments.getLast(), position);
        }
        for (MathCall.Function function : MathCall.Function.values()) {
            if (function.word().equals(member)) {
                return new MathCall(function, arguments("Math." + member, function.arity()), position);
            }
        }
        throw noFunction("Math." + member, position);
    }

    private List<Node> arguments(String function, int arity) {
        int position = source.position();
        List<Node> arguments = arguments();
        if (arguments.size() != arity) {
            throw new SyntaxFault(
                    position,
                    "Expected " + arity + " arguments for " + function + ", but at position " + position + " stood "
                            + arguments.size() + ".");
        }
        return arguments;
    }

    private List<Node> arguments() {
        source.expect("(");
        List<Node> arguments = new ArrayList<>(List.of(choice()));
        while (source.accept(",")) {
            arguments.add(choice());
        }
        source.expect(")");
        return arguments;
    }

    private static SyntaxFault noFunction(String word, int position) {
        return new SyntaxFault(
                position,
                "Expected one of the functions " + FUNCTIONS + ", but at position " + position + " stood " + word
                        + ".");
    }

    /** One level deeper: the only way by which reading and evaluating could use up the stack. */
    private Node nested(Supplier<Node> inside) {
        if (nesting == Formula.NESTING_MAX) {
            throw source.unexpected("at most " + Formula.NESTING_MAX + " levels of nesting");
        }
        nesting++;
        Node node = inside.get();
        nesting--;
        return node;
    }
}

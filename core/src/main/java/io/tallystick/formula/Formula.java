package io.tallystick.formula;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A calculation such as {@code memory * time}: parsed once, evaluated for every measurement, from any thread. Source:
 * m3ter API, calculation language of derived fields, compound aggregations and notifications.
 *
 * <p>From the weakest to the strongest, everything of equal strength from left to right:
 *
 * <table>
 * <caption>Operators</caption>
 * <tr><td>{@code c ? a : b}</td><td>{@code c} is a truth value; only the chosen side is evaluated; from right to left</td></tr>
 * <tr><td>{@code OR}, then {@code AND}</td><td>capital letters, of truth values, the right side only where it decides</td></tr>
 * <tr><td>{@code == !=}</td><td>two numbers (1.0 == 1), texts or truth values; anything may be compared with
 *     {@code null}; not chained</td></tr>
 * <tr><td>{@code < > <= >=}</td><td>of numbers, not chained</td></tr>
 * <tr><td>{@code + -}, then {@code * / %}</td><td>{@code %} has the sign of the dividend: -7 % 3 is -1</td></tr>
 * <tr><td>{@code -a}</td><td>weaker than {@code ^}: -2 ^ 2 is -4</td></tr>
 * <tr><td>{@code a ^ b}</td><td>b whole, 0 to 64; from right to left: 2 ^ 3 ^ 2 is 512; a ^ 0 is 1, 0 ^ 0 too</td></tr>
 * </table>
 *
 * <p>{@code Math.PI} (34 digits), {@code Math.max(a, b)}, {@code Math.min(a, b)}, {@code Math.floor(a)}, {@code
 * Math.ceil(a)}, {@code Math.abs(a)}, {@code Math.pow(a, b)} as {@code a ^ b}, {@code Math.round(a, places)} with halves
 * away from zero and 0 to 38 places; {@code isnull(a, b)} is b where a is null; {@code IN(a, b, ...)} says whether a
 * equals one of the others. Literals: {@code 12.5}, {@code 6e9} (at most 26 digits before the point and 12 after it),
 * {@code "text"} or {@code 'text'} (a backslash before a quote or a backslash keeps it), {@code true}, {@code false},
 * {@code null}. Every other word is a name. Dates and references with a dot are refused.
 *
 * <p>Digits: {@code + - * % ^} are exact, and a result over 38 digits is a {@link Evaluated.CalculationError}, as is one
 * closer to zero than 1e-38. A quotient has 34 digits, the last one half-even, and so has everything that is calculated
 * from it (until it is rounded to a number that is meant: floor, ceil, round), for it has no more to give. Nothing is
 * reordered: a * b / c is exact up to its one division, a / c * b is not. Arithmetic with {@code null}, a text or a
 * truth value is a CalculationError.
 */
public final class Formula implements Parsed {
    /** Longest text, in characters (UTF-16). Source: m3ter API, {@code calculation}. */
    public static final int LENGTH_MAX = 5000;

    /** How deep parentheses, calls, signs and powers may stand in each other; a chain of else-ifs has no depth. */
    public static final int NESTING_MAX = 50;

    private final String text;
    private final Node root;
    private final SortedSet<String> names;

    private Formula(String text, Node root, SortedSet<String> names) {
        this.text = text;
        this.root = root;
        this.names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    /** The formula of a text, or where the text goes wrong. */
    public static Parsed parse(String text) {
        if (text.length() > LENGTH_MAX) {
            return new Malformed(
                    text,
                    LENGTH_MAX,
                    "Expected the end of the formula at position " + LENGTH_MAX + " at the latest, but it has "
                            + text.length() + " characters.");
        }
        try {
            Parser parser = new Parser(text);
            Node root = parser.parse();
            return new Formula(text, root, parser.names());
        } catch (SyntaxFault fault) {
            return new Malformed(text, fault.position(), fault.message());
        }
    }

    /** The text this was parsed from, unchanged. */
    public String text() {
        return text;
    }

    /** The names it refers to, each once, sorted. */
    public SortedSet<String> names() {
        return names;
    }

    /**
     * The value over one scope. Takes time in proportion to the length of the text, never to the size of the numbers.
     *
     * @param scope asked for names as they are needed, in the order of the text
     */
    public Evaluated evaluate(Scope scope) {
        try {
            return new Evaluated.Result(root.value(scope));
        } catch (CalculationFault fault) {
            return new Evaluated.CalculationError(fault.message());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Formula formula && text.equals(formula.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}

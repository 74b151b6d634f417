package io.tallystick.id;

import java.util.regex.Pattern;

/**
 * The name of a meter's field or of an aggregation inside a formula: a letter, {@code _} or {@code $} first, then also
 * digits, 1 to 80 characters (Unicode code points). Letters are those of every script, digits are 0 to 9. Source: m3ter
 * API, DataField {@code code}.
 *
 * @param value as it stands in a formula and under a measurement's {@code data}
 */
public record FieldCode(String value) {
    private static final Pattern SHAPE = Pattern.compile("[\\p{L}_$][\\p{L}_$0-9]{0,79}");

    public FieldCode {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException(
                    "Expected a field code of 1 to 80 letters, digits, _ or $ that does not start"
                            + " with a digit, but was \"" + value + "\" (" + value.codePointCount(0, value.length())
                            + " characters).");
        }
    }

    public static boolean isWellFormed(String text) {
        return SHAPE.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}

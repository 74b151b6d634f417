package io.tallystick.id;

import java.util.regex.Pattern;

/**
 * The name people and programs use for a product, meter, plan or account: 1 to 80 characters, no white space at either
 * end, no control characters. Unique within its organization and kind. Source: m3ter API, "code" of every entity.
 */
public record Code(String value) {
    private static final Pattern SHAPE = Pattern.compile("[^\\p{Cntrl}\\s](?:[^\\p{Cntrl}]{0,78}[^\\p{Cntrl}\\s])?");

    public Code {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException(
                    ("Expected a code of 1 to 80 characters without control characters and without white space at "
                                    + "either end, but was \"%s\" (%d characters).")
                            .formatted(value, value.length()));
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

package io.tallystick.quantity;

import java.util.regex.Pattern;

/**
 * An ISO 4217 currency code: three capital letters. Own codes such as credits are allowed, as on the wire.
 *
 * @param code for example {@code USD}
 */
public record Currency(String code) {
    private static final Pattern SHAPE = Pattern.compile("[A-Z]{3}");

    public Currency {
        if (!isWellFormed(code)) {
            throw new IllegalArgumentException(
                    "Expected a currency of three capital letters, but was \"" + code + "\".");
        }
    }

    public static boolean isWellFormed(String text) {
        return SHAPE.matcher(text).matches();
    }

    @Override
    public String toString() {
        return code;
    }
}

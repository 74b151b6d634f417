package io.tallystick.usage;

import io.tallystick.quantity.Decimals;
import java.math.BigDecimal;

/** What a sender wrote into one field. */
public sealed interface FieldValue {
    record NumberValue(BigDecimal value) implements FieldValue {
        public NumberValue {
            if (value.scale() > Decimals.MAX_FRACTIONAL_DIGITS
                    || value.precision() - value.scale() > Decimals.MAX_INTEGER_DIGITS) {
                throw new IllegalArgumentException(
                        "Expected at most %d digits before the point and %d after it, but was %s."
                                .formatted(Decimals.MAX_INTEGER_DIGITS, Decimals.MAX_FRACTIONAL_DIGITS, value));
            }
        }
    }

    record TextValue(String value) implements FieldValue {
        /** Characters. */
        public static final int LENGTH_MAX = 4096;

        public TextValue {
            if (!isWellFormed(value)) {
                throw new IllegalArgumentException("Expected at most %d well-formed characters, but there were %d."
                        .formatted(LENGTH_MAX, value.length()));
            }
        }

        /** Whether this can be the value of a text field: not too long, every surrogate in its pair. */
        public static boolean isWellFormed(String text) {
            return text.length() <= LENGTH_MAX && hasOnlyPairedSurrogates(text);
        }

        /** A lone surrogate has no UTF-8: at rest, two different texts with one would become the same. */
        static boolean hasOnlyPairedSurrogates(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (Character.isSurrogate(text.charAt(i))) {
                    boolean isPair = Character.isHighSurrogate(text.charAt(i))
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1));
                    if (!isPair) {
                        return false;
                    }
                    i++;
                }
            }
            return true;
        }
    }
}

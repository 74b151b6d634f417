package io.tallystick.usage;

import java.math.BigDecimal;

/** What a sender wrote into one field. */
public sealed interface FieldValue {
    record NumberValue(BigDecimal value) implements FieldValue {
        /** Digits after the point; the door rounds what has more, half-even. */
        static final int FRACTIONAL_DIGITS_MAX = 12;

        /** Digits before the point; the door refuses what has more. */
        static final int INTEGER_DIGITS_MAX = 26;

        public NumberValue {
            if (value.scale() > FRACTIONAL_DIGITS_MAX || value.precision() - value.scale() > INTEGER_DIGITS_MAX) {
                throw new IllegalArgumentException(
                        "Expected at most %d digits before the point and %d after it, but was %s."
                                .formatted(INTEGER_DIGITS_MAX, FRACTIONAL_DIGITS_MAX, value));
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

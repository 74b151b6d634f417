package io.tallystick.formula;

import io.tallystick.quantity.Exact;
import java.math.BigDecimal;

/** What a name, a literal or a calculation stands for. */
public sealed interface Value permits Value.Nothing, Value.Number, Value.Text, Value.Truth {
    /** The one {@link Nothing}. */
    Value NOTHING = new Nothing();

    /**
     * A number, kept as {@link Exact#plain}: 1.50 and 1.5 are the same value.
     *
     * @param number exact
     */
    @SuppressWarnings("JavaLangClash") // always written Value.Number; every other word says less
    record Number(BigDecimal number) implements Value {
        /** @throws ArithmeticException where the number is too large to write out, see {@link Exact#plain} */
        public Number {
            number = Exact.plain(number);
        }

        @Override
        public String toString() {
            return number.toPlainString();
        }
    }

    /**
     * A text, any length.
     *
     * @param text compared character by character
     */
    record Text(String text) implements Value {
        /** Its length alone: what customers measure does not belong into a message. */
        @Override
        public String toString() {
            return "a text of " + text.length() + " characters";
        }
    }

    /**
     * The outcome of a comparison.
     *
     * @param isTrue true or false
     */
    record Truth(boolean isTrue) implements Value {
        @Override
        public String toString() {
            return String.valueOf(isTrue);
        }
    }

    /** No value: {@code null} in the language. */
    record Nothing() implements Value {
        @Override
        public String toString() {
            return "null";
        }
    }
}

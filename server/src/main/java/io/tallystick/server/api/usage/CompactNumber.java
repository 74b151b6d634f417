package io.tallystick.server.api.usage;

/** Reads the numbers that measurements mostly have, at most 12 digits before the point and 6 after it, as millionths. */
final class CompactNumber {
    /** Not such a number: it takes the long way. */
    static final long NONE = Long.MIN_VALUE;

    private static final int INTEGER_DIGITS_MAX = 12;
    private static final int DECIMALS = 6;

    private CompactNumber() {}

    /** The number of these characters, which are one by JSON's grammar. */
    static long millionths(char[] text, int start, int length) {
        int end = start + length;
        int at = text[start] == '-' ? start + 1 : start;
        if (end - at > INTEGER_DIGITS_MAX + 1 + DECIMALS) {
            return NONE;
        }
        long number = 0;
        int decimals = -1;
        int digits = 0;
        for (; at < end; at++) {
            char character = text[at];
            if (character >= '0' && character <= '9') {
                number = number * 10 + character - '0';
                if (decimals >= 0) {
                    decimals++;
                } else {
                    digits++;
                }
            } else if (character == '.') {
                decimals = 0;
            } else {
                return NONE; // an exponent
            }
        }
        if (digits > INTEGER_DIGITS_MAX || decimals > DECIMALS) {
            return NONE;
        }
        for (int place = Math.max(decimals, 0); place < DECIMALS; place++) {
            number *= 10;
        }
        return text[start] == '-' ? -number : number;
    }
}

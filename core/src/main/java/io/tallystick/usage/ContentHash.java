package io.tallystick.usage;

/**
 * 32 bits over everything a sender said, arrival time and identity apart: two sendings of one measurement have the same.
 * It is kept at rest, so no constant here may ever change.
 *
 * <p>Fields are added up, so that their order does not matter, and each is hashed with its code, not with its slot, so
 * that a field which the meter learns later does not turn a resent measurement into a conflict.
 */
final class ContentHash {
    private static final long PRIME = 0x9E3779B97F4A7C15L;
    private static final long NUMBER = 0x6A09E667F3BCC909L;
    private static final long TEXT = 0xBB67AE8584CAA73BL;

    /** What {@link #of} never gives. */
    static final int OF_NOTHING = 0;

    private ContentHash() {}

    /** What every value of a field is hashed with. */
    static long field(String code) {
        return text(code);
    }

    /**
     * A number in millionths that needs no more digits.
     *
     * @param field {@link #field} of its code
     */
    static long number(long field, long millionths) {
        return mix(field ^ NUMBER, millionths);
    }

    /** Any other number, as its plain digits without trailing zeros. */
    static long number(long field, String digits) {
        return mix(field ^ NUMBER, text(digits));
    }

    static long text(long field, String value) {
        return mix(field ^ TEXT, text(value));
    }

    static int of(int meter, int account, long eventMicros, long endMicros, long fields) {
        long hash = mix(PRIME ^ meter, account);
        hash = mix(hash, eventMicros);
        hash = mix(hash, endMicros);
        hash = mix(hash, fields);
        int content = (int) (hash >>> 32);
        return content == OF_NOTHING ? 1 : content;
    }

    private static long text(String text) {
        long hash = text.length() + PRIME;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return mix(hash, PRIME);
    }

    /** Folds two words into one; both halves of the product matter. Rotations keep a zero from swallowing the other. */
    private static long mix(long left, long right) {
        long a = left ^ PRIME;
        long b = right + 0xD1B54A32D192ED03L;
        long hash = Math.multiplyHigh(a, b) ^ (a * b) ^ Long.rotateLeft(left, 23) ^ Long.rotateLeft(right, 47);
        hash = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
        return hash ^ (hash >>> 29);
    }
}

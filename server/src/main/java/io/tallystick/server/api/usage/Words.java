package io.tallystick.server.api.usage;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Texts that come again and again (codes of meters and accounts, regions, functions), each as one object: a text that
 * was seen is found by its characters without making another, and has its hash already. Bounded: a text takes the place
 * of the one that stood there.
 *
 * <p>Safe for use by many threads: who reads a text that has been replaced meanwhile has the right one all the same.
 */
final class Words {
    private static final int SIZE = 1 << 16;

    /** Characters; a longer text is rarely the same as another. */
    private static final int LENGTH_MAX = 64;

    private final AtomicReferenceArray<String> seen = new AtomicReferenceArray<>(SIZE);

    /** Whether {@link #word} may be asked. */
    static boolean canBeWord(int length) {
        return length <= LENGTH_MAX;
    }

    /** The text of these characters, at most {@link #LENGTH_MAX}. */
    String word(char[] text, int start, int length) {
        int hash = length;
        for (int i = start; i < start + length; i++) {
            hash = hash * 31 + text[i];
        }
        int place = (hash ^ (hash >>> 16)) & (SIZE - 1);
        String known = seen.getAcquire(place);
        if (known != null && isSame(known, text, start, length)) {
            return known;
        }
        String made = new String(text, start, length);
        seen.setRelease(place, made);
        return made;
    }

    private static boolean isSame(String known, char[] text, int start, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != text[start + i]) {
                return false;
            }
        }
        return true;
    }
}

package io.tallystick.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A number for each of many texts. A hash map of strings and boxed numbers says the same, but leads through five objects
 * that lie anywhere in memory, and the processor waits for each; here a look-up touches two places.
 *
 * <p>Safe for use by many threads. Looking up takes no lock; a look-up beside an insertion sees all of it or nothing.
 */
public final class TextNumbers {
    /** What a text has that was given no number. */
    public static final int NONE = 0;

    private static final int SEGMENT_BITS = 6;
    private static final int CHARS_OF_LONG = 4;
    private static final int FINISHING_ROUNDS = 3;

    private final long seed;
    private final Segment[] segments = new Segment[1 << SEGMENT_BITS];

    /**
     * An empty table.
     *
     * @param seed of the hash; a random one where strangers choose texts, so that they cannot choose many for one place
     */
    public TextNumbers(long seed) {
        this.seed = seed;
        Arrays.setAll(segments, _ -> new Segment(seed));
    }

    /** The number of a text, or {@link #NONE}. */
    public int get(String text) {
        long hash = hash(seed, text);
        return segment(hash).state.get(hash, text);
    }

    /**
     * Gives a text a number if it has none.
     *
     * @param text at most 65,535 characters
     * @param number any but {@link #NONE}
     * @return the number that the text has from now on
     * @throws IllegalStateException where the memory of the text's segment would be over 2,147,483,639 characters; what is
     *     there stays
     */
    public int putIfAbsent(String text, int number) {
        if (number == NONE || text.length() > Character.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "Expected a number other than %d and at most %d characters, but were %d and %d."
                            .formatted(NONE, (int) Character.MAX_VALUE, number, text.length()));
        }
        long hash = hash(seed, text);
        return segment(hash).putIfAbsent(hash, text, number);
    }

    private Segment segment(long hash) {
        return segments[(int) (hash >>> (Long.SIZE - SEGMENT_BITS))];
    }

    /**
     * SipHash-1-3 over the characters, two bytes each, with the seed in both halves of the key. A quicker mixing of seed and
     * text has texts that meet whatever the seed is. Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF".
     */
    static long hash(long seed, String text) {
        long v0 = seed ^ 0x736F6D6570736575L;
        long v1 = seed ^ 0x646F72616E646F6DL;
        long v2 = seed ^ 0x6C7967656E657261L;
        long v3 = seed ^ 0x7465646279746573L;
        int words = text.length() / CHARS_OF_LONG + 1;
        for (int i = 0; i < words + FINISHING_ROUNDS; i++) {
            long word = i < words ? word(text, i * CHARS_OF_LONG) : 0;
            v2 ^= i == words ? 0xFF : 0;
            v3 ^= word;
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
            v0 ^= word;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    /** Four characters; or the up to three last ones, and in the highest byte how many bytes all have. */
    private static long word(String text, int at) {
        if (at + CHARS_OF_LONG <= text.length()) {
            return text.charAt(at)
                    | ((long) text.charAt(at + 1) << 16)
                    | ((long) text.charAt(at + 2) << 32)
                    | ((long) text.charAt(at + 3) << 48);
        }
        long word = ((long) text.length() * Character.BYTES) << 56;
        for (int i = at; i < text.length(); i++) {
            word |= (long) text.charAt(i) << (Character.SIZE * (i - at));
        }
        return word;
    }

    /** The texts whose hashes begin with the same bits: what grows at a time is small. */
    private static final class Segment {
        private final long seed;
        private volatile State state =
                new State(new long[State.PLACES_MIN], new char[State.CHARACTERS_MIN], 0, State.BEGIN);

        Segment(long seed) {
            this.seed = seed;
        }

        synchronized int putIfAbsent(long hash, String text, int number) {
            int known = state.get(hash, text);
            if (known != NONE) {
                return known;
            }
            if (!state.hasRoomFor(text)) {
                state = state.grown(seed, text);
            }
            state.put(hash, text, number);
            return number;
        }
    }

    /**
     * The memory of a segment. A place is empty (0), or holds half of a hash and where the text's entry begins. An entry is
     * the number in two characters, the length in one, the text. A reader that holds a state which has been replaced finds
     * everything in it that was there at that time.
     */
    static final class State {
        /** Of which an array can be made. */
        static final int CHARACTERS_MAX = Integer.MAX_VALUE - 8;

        static final int PLACES_MIN = 16;
        static final int CHARACTERS_MIN = 256;

        private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(long[].class);
        private static final int HEAD = 3;
        /** So that no place is 0 that is taken. */
        private static final int BEGIN = 1;

        private final long[] places;
        private final char[] entries;
        /** Only for who inserts. */
        private int size;

        private int end;

        State(long[] places, char[] entries, int size, int end) {
            this.places = places;
            this.entries = entries;
            this.size = size;
            this.end = end;
        }

        int get(long hash, String text) {
            for (int place = first(hash); ; place = next(place)) {
                long entry = (long) PLACE.getAcquire(places, place);
                if (entry == 0) {
                    return NONE;
                }
                int at = (int) entry;
                if (half(entry) == half(hash) && isAt(at, text)) {
                    return (entries[at] << Character.SIZE) | entries[at + 1];
                }
            }
        }

        boolean hasRoomFor(String text) {
            return !isFull() && HEAD + text.length() <= entries.length - end;
        }

        void put(long hash, String text, int number) {
            int at = end;
            entries[at] = (char) (number >>> Character.SIZE);
            entries[at + 1] = (char) number;
            entries[at + 2] = (char) text.length();
            text.getChars(0, text.length(), entries, at + HEAD);
            end += HEAD + text.length();
            size++;
            place(hash, half(hash) | at);
        }

        /** Before 2 to the power of 30 places are half full, their texts have more than {@link #CHARACTERS_MAX}. */
        private boolean isFull() {
            return 2 * (size + 1) > places.length;
        }

        /** The same with room for one more text. */
        State grown(long seed, String text) {
            int length = grownLength(entries.length, end, text.length());
            char[] larger = length == entries.length ? entries : Arrays.copyOf(entries, length);
            State grown = new State(new long[isFull() ? 2 * places.length : places.length], larger, size, end);
            for (int at = BEGIN; at < end; at += HEAD + entries[at + 2]) {
                String known = new String(entries, at + HEAD, entries[at + 2]);
                long hash = hash(seed, known);
                grown.place(hash, half(hash) | at);
            }
            return grown;
        }

        /**
         * How many characters there have to be for one more text: as many as there are, or twice as many.
         *
         * @throws IllegalStateException where they would be more than {@link #CHARACTERS_MAX}
         */
        static int grownLength(int present, int end, int textLength) {
            long needed = (long) end + HEAD + textLength;
            if (needed > CHARACTERS_MAX) {
                throw new IllegalStateException(
                        "Expected texts of at most %d characters in one of %d segments, but would be %d."
                                .formatted(CHARACTERS_MAX, 1 << SEGMENT_BITS, needed));
            }
            return needed <= present ? present : (int) Math.min(CHARACTERS_MAX, Math.max(needed, 2L * present));
        }

        private void place(long hash, long entry) {
            int place = first(hash);
            while (places[place] != 0) {
                place = next(place);
            }
            PLACE.setRelease(places, place, entry);
        }

        private boolean isAt(int at, String text) {
            int length = text.length();
            if (entries[at + 2] != length) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                if (entries[at + HEAD + i] != text.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        /** The bits behind those that chose the segment. */
        private int first(long hash) {
            return (int) ((hash << SEGMENT_BITS) >>> Integer.SIZE) & (places.length - 1);
        }

        private int next(int place) {
            return (place + 1) & (places.length - 1);
        }

        private static long half(long entry) {
            return entry & 0xFFFFFFFF00000000L;
        }
    }
}

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
    private static final long PRIME = 0x9E3779B97F4A7C15L;
    private static final int CHARS_OF_LONG = 4;

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

    private static long hash(long seed, String text) {
        int length = text.length();
        long hash = seed ^ length;
        int at = 0;
        for (; at + CHARS_OF_LONG <= length; at += CHARS_OF_LONG) {
            long four = text.charAt(at)
                    | ((long) text.charAt(at + 1) << 16)
                    | ((long) text.charAt(at + 2) << 32)
                    | ((long) text.charAt(at + 3) << 48);
            hash = mixed(hash ^ four);
        }
        for (; at < length; at++) {
            hash = mixed(hash ^ text.charAt(at));
        }
        return mixed(hash);
    }

    /** Every bit of the word reaches the high bits by the product, and the low ones by the shift. */
    private static long mixed(long word) {
        long product = word * PRIME;
        return product ^ (product >>> Integer.SIZE);
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
    private static final class State {
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
            return 2 * (size + 1) <= places.length && end + HEAD + text.length() <= entries.length;
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

        /** The same with twice the room. */
        State grown(long seed, String text) {
            boolean isFull = 2 * (size + 1) > places.length;
            int needed = Math.addExact(end, HEAD + text.length());
            char[] larger = needed > entries.length
                    ? Arrays.copyOf(entries, Math.max(needed, Math.multiplyExact(entries.length, 2)))
                    : entries;
            State grown = new State(new long[isFull ? 2 * places.length : places.length], larger, size, end);
            for (int at = BEGIN; at < end; at += HEAD + entries[at + 2]) {
                String known = new String(entries, at + HEAD, entries[at + 2]);
                long hash = hash(seed, known);
                grown.place(hash, half(hash) | at);
            }
            return grown;
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

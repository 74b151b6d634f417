package io.tallystick.usage.intake;

import io.tallystick.usage.Correction;
import io.tallystick.usage.Identified;
import io.tallystick.usage.Submission.Decidable;
import io.tallystick.usage.UsageStore;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every identity that was ever accepted, in memory outside the heap: 96 bits of its hash and 32 bits of its content. Of
 * 100 million identities two different ones share 96 bits with a probability of 10^-13.
 *
 * <p>4096 segments of open addressing, each filled to 70 % at most, grow one at a time by a quarter, so that no growth is
 * long and little memory is spare. An empty one costs next to nothing. Used and closed by one thread.
 */
final class Identities implements AutoCloseable {
    private static final int SEGMENT_BITS = 12;
    private final @Nullable Segment[] segments = new @Nullable Segment[1 << SEGMENT_BITS];
    private long size;
    private long bytes;

    @SuppressWarnings("UnusedVariable") // so that bringNear has a result, without which it would be compiled to nothing
    private long nearest;

    /** Whether it is known, and so takes no further memory. */
    boolean knows(long high, long low) {
        Segment segment = segments[index(high)];
        return segment != null && segment.knows(high, rest(low));
    }

    /**
     * Brings the memory of these identities near, ahead of {@link #claim}. Their places are far apart: a processor that may
     * ask for many at once waits for them together, one that needs each before it goes on waits for every single one.
     */
    void bringNear(List<Decidable> elements) {
        long sum = 0;
        for (Decidable element : elements) {
            if (element instanceof Identified identified) {
                sum += first(identified.high());
            }
        }
        nearest = sum;
    }

    /**
     * Decides about one identity and remembers it if it is new.
     *
     * @param high first 64 bits of its hash
     * @param low last 64 bits of its hash, of which the first 32 are used
     */
    Verdict claim(long high, long low, int contentHash) {
        int index = index(high);
        Segment segment = segments[index];
        if (segment == null || segment.isFull()) {
            segment = segment == null ? new Segment(Segment.CAPACITY_MIN) : segment.grown();
            replace(index, segment);
        }
        Verdict verdict = segment.claim(high, rest(low), contentHash);
        if (verdict == Verdict.ACCEPTED) {
            size++;
        }
        return verdict;
    }

    /**
     * From now on other content counts under an identity, if it is known.
     *
     * @param contentHash or {@link Correction#VOIDED} where nothing does
     */
    void correct(long high, long low, int contentHash) {
        Segment segment = segments[index(high)];
        if (segment != null) {
            segment.correct(high, rest(low), contentHash);
        }
    }

    long size() {
        return size;
    }

    /** Bytes outside the heap. */
    long bytes() {
        return bytes;
    }

    /** Begins to learn identities that are on disk: none twice, so that their verdicts need not be known one by one. */
    Learning learn(long bytesMax) {
        return new Learning(bytesMax);
    }

    void clear() {
        for (int i = 0; i < segments.length; i++) {
            Segment segment = segments[i];
            if (segment != null) {
                segment.arena.close();
                segments[i] = null;
            }
        }
        size = 0;
        bytes = 0;
    }

    private void replace(int index, Segment next) {
        Segment before = segments[index];
        bytes += next.memory.byteSize() - (before == null ? 0 : before.memory.byteSize());
        segments[index] = next;
        if (before != null) {
            before.arena.close();
        }
    }

    /** Part of what stands where an identity would be put if that were free. */
    private long first(long high) {
        Segment segment = segments[index(high)];
        return segment == null ? 0 : segment.first(high);
    }

    private static int index(long high) {
        return (int) (high >>> (Long.SIZE - SEGMENT_BITS));
    }

    private static int rest(long low) {
        return (int) (low >>> Integer.SIZE);
    }

    @Override
    public void close() {
        clear();
    }

    /** Learns many at a time, for the reason that {@link #bringNear} has. Closed, it has learned all it was shown. */
    final class Learning implements UsageStore.IdentityVisitor, AutoCloseable {
        private static final int MANY = 512;
        /** A fiftieth more than the average: of large segments none gets more, of small ones some grow. */
        private static final int SPREAD_SHARE = 50;

        private final long bytesMax;
        private final long[] highs = new long[MANY];
        private final long[] lows = new long[MANY];
        private final int[] contents = new int[MANY];
        private int count;

        /**
         * For so much memory.
         *
         * @param bytesMax from which on nothing more is learned
         */
        Learning(long bytesMax) {
            this.bytesMax = bytesMax;
        }

        /** Makes room for all of them at once: learning into segments that grow moves each identity several times. */
        @Override
        public void expect(long expected) {
            long perSegment = (expected >>> SEGMENT_BITS) * Segment.SLOTS_OF_TEN / Segment.FULL_OF_TEN;
            int capacity = Math.toIntExact(perSegment + perSegment / SPREAD_SHARE);
            boolean isWorthwhile = size == 0 && capacity > Segment.CAPACITY_MIN;
            if (isWorthwhile && (long) capacity * Segment.SLOT_BYTES < bytesMax >>> SEGMENT_BITS) {
                for (int i = 0; i < segments.length; i++) {
                    replace(i, new Segment(capacity));
                }
            }
        }

        @Override
        public void visit(long high, long low, int contentHash) {
            highs[count] = high;
            lows[count] = low;
            contents[count] = contentHash;
            count++;
            if (count == MANY) {
                claimAll();
            }
        }

        @Override
        public void close() {
            claimAll();
        }

        private void claimAll() {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += first(highs[i]);
            }
            nearest = sum;
            for (int i = 0; i < count && bytes < bytesMax; i++) {
                claim(highs[i], lows[i], contents[i]);
            }
            count = 0;
        }
    }

    /** Slots of 16 bytes: 8 + 4 of the hash, 4 of the content. All zero is an empty one. */
    private static final class Segment {
        static final int CAPACITY_MIN = 16;
        static final int SLOT_BYTES = 16;
        /** Of ten slots so many are taken at most. */
        static final int FULL_OF_TEN = 7;

        static final int SLOTS_OF_TEN = 10;
        private static final int REST = 8;
        private static final int CONTENT = 12;
        private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
        private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

        private final Arena arena = Arena.ofConfined();
        private final MemorySegment memory;
        private final int capacity;
        private final int sizeMax;
        private int size;

        Segment(int capacity) {
            this.capacity = capacity;
            sizeMax = (int) ((long) capacity * FULL_OF_TEN / SLOTS_OF_TEN);
            memory = arena.allocate((long) capacity * SLOT_BYTES, SLOT_BYTES);
        }

        boolean isFull() {
            return size >= sizeMax;
        }

        boolean knows(long high, int rest) {
            return !isEmpty(slot(high, notZero(high, rest)));
        }

        Verdict claim(long high, int rest, int contentHash) {
            int known = notZero(high, rest);
            long at = slot(high, known);
            if (isEmpty(at)) {
                put(at, high, known, contentHash);
                return Verdict.ACCEPTED;
            }
            int counted = memory.get(INT, at + CONTENT);
            if (counted == contentHash) {
                return Verdict.DUPLICATE;
            }
            return counted == Correction.VOIDED ? Verdict.VOIDED : Verdict.CONFLICT;
        }

        void correct(long high, int rest, int contentHash) {
            long at = slot(high, notZero(high, rest));
            if (!isEmpty(at)) {
                memory.set(INT, at + CONTENT, contentHash);
            }
        }

        long first(long high) {
            return memory.get(LONG, place(high));
        }

        /** Where the identity is, or the empty slot where it would be put. */
        private long slot(long high, int known) {
            long at = place(high);
            while (!isEmpty(at) && (memory.get(LONG, at) != high || memory.get(INT, at + REST) != known)) {
                at = next(at);
            }
            return at;
        }

        private boolean isEmpty(long at) {
            return memory.get(LONG, at) == 0 && memory.get(INT, at + REST) == 0;
        }

        /** All zero is an empty slot, so the one hash that is all zero is taken for its neighbour. */
        private static int notZero(long high, int rest) {
            return rest == 0 && high == 0 ? 1 : rest;
        }

        /** The same identities in a quarter more room. */
        Segment grown() {
            Segment larger = new Segment(capacity + Math.max(CAPACITY_MIN, capacity / 4));
            for (long at = 0; at < memory.byteSize(); at += SLOT_BYTES) {
                long high = memory.get(LONG, at);
                int rest = memory.get(INT, at + REST);
                if (high != 0 || rest != 0) {
                    larger.claim(high, rest, memory.get(INT, at + CONTENT));
                }
            }
            return larger;
        }

        private void put(long at, long high, int rest, int contentHash) {
            memory.set(LONG, at, high);
            memory.set(INT, at + REST, rest);
            memory.set(INT, at + CONTENT, contentHash);
            size++;
        }

        /** The bits behind those that chose the segment, spread over the slots without a division. */
        private long place(long high) {
            long bits = (high << SEGMENT_BITS) >>> Integer.SIZE;
            return ((bits * capacity) >>> Integer.SIZE) * SLOT_BYTES;
        }

        private long next(long at) {
            long following = at + SLOT_BYTES;
            return following == memory.byteSize() ? 0 : following;
        }
    }
}

package io.tallystick.usage.intake;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * Every identity that was ever accepted, in memory outside the heap: 96 bits of its hash and 32 bits of its content. Of
 * 100 million identities two different ones share 96 bits with a probability of 10^-13.
 *
 * <p>4096 segments of open addressing, each filled to 60 % at most, grow one at a time by a quarter, so that no growth is
 * long and little memory is spare. An empty one costs next to nothing. Used and closed by one thread.
 */
final class Identities implements AutoCloseable {
    private static final int SEGMENT_BITS = 12;
    private final @Nullable Segment[] segments = new @Nullable Segment[1 << SEGMENT_BITS];
    private long size;

    /**
     * Decides about one identity and remembers it if it is new.
     *
     * @param high first 64 bits of its hash
     * @param low last 64 bits of its hash, of which the first 32 are used
     */
    Verdict claim(long high, long low, int contentHash) {
        int index = (int) (high >>> (Long.SIZE - SEGMENT_BITS));
        Segment segment = segments[index];
        if (segment == null) {
            segment = new Segment(Segment.CAPACITY_MIN);
            segments[index] = segment;
        } else if (segment.isFull()) {
            segment = segment.grown();
            segments[index] = segment;
        }
        Verdict verdict = segment.claim(high, (int) (low >>> Integer.SIZE), contentHash);
        if (verdict == Verdict.ACCEPTED) {
            size++;
        }
        return verdict;
    }

    long size() {
        return size;
    }

    /** Bytes outside the heap. */
    long bytes() {
        long bytes = 0;
        for (Segment segment : segments) {
            bytes += segment == null ? 0 : segment.memory.byteSize();
        }
        return bytes;
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
    }

    @Override
    public void close() {
        clear();
    }

    /** Slots of 16 bytes: 8 + 4 of the hash, 4 of the content. All zero is an empty one. */
    private static final class Segment {
        static final int CAPACITY_MIN = 16;
        private static final int SLOT_BYTES = 16;
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
            sizeMax = capacity / 5 * 3;
            memory = arena.allocate((long) capacity * SLOT_BYTES, SLOT_BYTES);
        }

        boolean isFull() {
            return size >= sizeMax;
        }

        Verdict claim(long high, int rest, int contentHash) {
            int known = rest == 0 && high == 0 ? 1 : rest;
            long at = place(high);
            while (true) {
                long slotHigh = memory.get(LONG, at);
                int slotRest = memory.get(INT, at + REST);
                if (slotHigh == high && slotRest == known) {
                    return memory.get(INT, at + CONTENT) == contentHash ? Verdict.DUPLICATE : Verdict.CONFLICT;
                }
                if (slotHigh == 0 && slotRest == 0) {
                    put(at, high, known, contentHash);
                    return Verdict.ACCEPTED;
                }
                at = next(at);
            }
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
            arena.close();
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

package io.tallystick.server.store.sqlite;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * SQLite's log of pages, https://sqlite.org/fileformat2.html#walformat: a head of 32 bytes, then frames of 24 bytes and a
 * page. Each frame carries the salt of the head and a checksum over all before it; the last one of a commit says so.
 *
 * <p>A commit is synced before the next one begins. So the frames of one commit may be broken by a power cut, and where two
 * commits end at or behind the first broken frame, the log is damaged.
 */
final class WriteAheadLog {
    private static final ValueLayout.OfInt BIG = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt LITTLE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int HEAD_BYTES = 32;
    private static final int FRAME_HEAD_BYTES = 24;
    private static final int PAGE_BYTES_AT = 16;
    private static final int PAGE_BYTES_MAX = 65_536;
    private static final int COMMITS_OF_A_POWER_CUT_MAX = 1;

    private final MemorySegment log;
    private final int frameBytes;
    private final ValueLayout.OfInt words;

    private final boolean isHeadIntact;
    private int sumOfEven;
    private int sumOfOdd;

    private WriteAheadLog(MemorySegment log, int pageBytes) {
        this.log = log;
        frameBytes = FRAME_HEAD_BYTES + pageBytes;
        words = (log.get(BIG, 0) & 1) == 1 ? BIG : LITTLE;
        add(0, 24);
        isHeadIntact = log.get(BIG, 24) == sumOfEven && log.get(BIG, 28) == sumOfOdd;
    }

    /** Why SQLite must not open the database: it would drop commits of its log. Nothing is touched. */
    static Optional<String> objection(Path database) throws IOException {
        Path file = database.resolveSibling(database.getFileName() + "-wal");
        if (!Files.exists(file) || Files.size(file) < HEAD_BYTES || Files.size(database) < HEAD_BYTES) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel pages = FileChannel.open(database, StandardOpenOption.READ);
                Arena arena = Arena.ofConfined()) {
            int pageBytes = Short.toUnsignedInt((short) (pages.map(FileChannel.MapMode.READ_ONLY, 0, HEAD_BYTES, arena)
                            .get(BIG, PAGE_BYTES_AT)
                    >>> 16));
            WriteAheadLog log = new WriteAheadLog(
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena),
                    pageBytes == 1 ? PAGE_BYTES_MAX : pageBytes);
            long broken = log.firstBrokenFrame();
            long lost = log.commitsFrom(broken);
            return lost > COMMITS_OF_A_POWER_CUT_MAX
                    ? Optional.of("its log %s is damaged in frame %d of %d, and %d commits end behind that."
                            .formatted(file, broken, log.frames(), lost))
                    : Optional.empty();
        }
    }

    private long frames() {
        return (log.byteSize() - HEAD_BYTES) / frameBytes;
    }

    private long at(long frame) {
        return HEAD_BYTES + frame * frameBytes;
    }

    private long firstBrokenFrame() {
        for (long frame = 0; isHeadIntact && frame < frames(); frame++) {
            long at = at(frame);
            add(at, 8);
            add(at + FRAME_HEAD_BYTES, frameBytes - FRAME_HEAD_BYTES);
            if (salt(at + 8) != salt(16) || log.get(BIG, at + 16) != sumOfEven || log.get(BIG, at + 20) != sumOfOdd) {
                return frame;
            }
        }
        return isHeadIntact ? frames() : 0;
    }

    /** Commits of the same salt: frames of an earlier use of the log may lie behind its present end. */
    private long commitsFrom(long first) {
        if (first == frames()) {
            return 0;
        }
        long salt = isHeadIntact ? salt(16) : salt(at(0) + 8);
        long commits = 0;
        for (long frame = first; frame < frames(); frame++) {
            boolean isLastOfCommit = log.get(BIG, at(frame) + 4) != 0;
            if (isLastOfCommit && salt(at(frame) + 8) == salt) {
                commits++;
            }
        }
        return commits;
    }

    private long salt(long at) {
        return ((long) log.get(BIG, at) << 32) | Integer.toUnsignedLong(log.get(BIG, at + 4));
    }

    private void add(long from, int bytes) {
        for (long at = from; at < from + bytes; at += 8) {
            sumOfEven += log.get(words, at) + sumOfOdd;
            sumOfOdd += log.get(words, at + 4) + sumOfEven;
        }
    }
}

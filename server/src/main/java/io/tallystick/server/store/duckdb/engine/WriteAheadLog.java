package io.tallystick.server.store.duckdb.engine;

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
 * Looks through DuckDB's write-ahead log before DuckDB does. An entry whose length makes no sense is the torn end of a
 * commit to DuckDB: it drops every commit behind it without a word, writes the rest into the database and deletes the
 * log. That is right at the end of the log and wrong before it, and what lies behind tells which: a torn commit has no end
 * mark. Damage inside an entry is DuckDB's to find, by its checksum.
 *
 * <p>The log is one entry of the version, then entries of a length, a checksum (8 bytes each, little-endian) and content.
 */
public final class WriteAheadLog {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int ENTRY_HEAD_BYTES = 16;
    /** Content of the entry that ends a commit. */
    private static final byte[] END_MARK = {0x64, 0x00, 0x64, (byte) 0xff, (byte) 0xff};

    private static final long NOWHERE = -1;

    private final MemorySegment log;

    private WriteAheadLog(MemorySegment log) {
        this.log = log;
    }

    /** The log of a database file, which need not be there. */
    static Path of(Path database) {
        return database.resolveSibling(database.getFileName() + ".wal");
    }

    /** Why DuckDB must not open the database: commits lie behind a place where its log is damaged. Nothing is touched. */
    public static Optional<String> objection(Path database) throws IOException {
        Path file = of(database);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                Arena arena = Arena.ofConfined()) {
            MemorySegment log = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            long torn = new WriteAheadLog(log).firstCommitBehindDamage();
            return torn == NOWHERE
                    ? Optional.empty()
                    : Optional.of("its log %s is damaged, and a commit behind the damage ends at byte %d."
                            .formatted(file, torn));
        }
    }

    private long firstCommitBehindDamage() {
        long at = afterVersion();
        while (at != NOWHERE && at < log.byteSize()) {
            long rest = log.byteSize() - at - ENTRY_HEAD_BYTES;
            long length = rest < 0 ? NOWHERE : log.get(LONG, at);
            if (length < 0 || length > rest) {
                return endMark(at);
            }
            at += ENTRY_HEAD_BYTES + length;
        }
        return at == NOWHERE ? endMark(0) : NOWHERE;
    }

    /** Where the first end mark at or behind a broken entry ends. */
    private long endMark(long broken) {
        MemorySegment mark = MemorySegment.ofArray(END_MARK);
        for (long head = broken; head + ENTRY_HEAD_BYTES + END_MARK.length <= log.byteSize(); head++) {
            // the length of the broken entry itself may be what is damaged
            if (head == broken || log.get(LONG, head) == END_MARK.length) {
                long content = head + ENTRY_HEAD_BYTES;
                if (log.asSlice(content, END_MARK.length).mismatch(mark) == -1) {
                    return content + END_MARK.length;
                }
            }
        }
        return NOWHERE;
    }

    /** Field 100 the kind (98), 101 the version, 102 the database's 16 numbers, 103 the checkpoint; ff ff ends it. */
    private long afterVersion() {
        long at = after(0, 0x64, 0x00, 0x62, 0x65, 0x00);
        at = after(afterNumber(at), 0x66, 0x00, 0x10);
        for (int i = 0; i < 16; i++) {
            at = afterNumber(at);
        }
        return after(afterNumber(after(at, 0x67, 0x00)), 0xff, 0xff);
    }

    private long after(long at, int... bytes) {
        if (at == NOWHERE || at + bytes.length > log.byteSize()) {
            return NOWHERE;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (Byte.toUnsignedInt(log.get(ValueLayout.JAVA_BYTE, at + i)) != bytes[i]) {
                return NOWHERE;
            }
        }
        return at + bytes.length;
    }

    /** Behind a number of 7 bits a byte; all but the last byte are negative. */
    private long afterNumber(long from) {
        long at = from;
        while (at != NOWHERE && at < log.byteSize()) {
            if (log.get(ValueLayout.JAVA_BYTE, at) >= 0) {
                return at + 1;
            }
            at++;
        }
        return NOWHERE;
    }
}

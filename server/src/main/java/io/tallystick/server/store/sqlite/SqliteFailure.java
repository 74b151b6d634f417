package io.tallystick.server.store.sqlite;

import io.tallystick.document.DocumentsUnavailable;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What an error of SQLite means to the house: the store is in trouble, or we are wrong. */
final class SqliteFailure {
    private static final int PRIMARY_CODE = 0xff;
    private static final String DAMAGED =
            "The file is damaged: stop the server, keep the file and what lies beside it, and restore a backup of the whole directory (docs/recovery.md).";

    private SqliteFailure() {}

    static RuntimeException of(Path file, SQLException e) {
        if (!(e instanceof SQLiteException failure)) {
            return new IllegalStateException("Expected SQLite to do it, but: %s.".formatted(e.getMessage()), e);
        }
        int primary = failure.getResultCode().code & PRIMARY_CODE;
        if (primary == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                || primary == SQLiteErrorCode.SQLITE_ERROR.code
                || primary == SQLiteErrorCode.SQLITE_MISUSE.code
                || primary == SQLiteErrorCode.SQLITE_TOOBIG.code) {
            return new IllegalStateException(
                    "Expected a write that keeps the tables' rules, but: %s.".formatted(e.getMessage()), e);
        }
        return new DocumentsUnavailable(
                "Expected to use %s, but: %s. %s".formatted(file, e.getMessage(), advice(primary)), e);
    }

    /** Damage that was looked for and found. */
    static DocumentsUnavailable damaged(Path file, String what) {
        return new DocumentsUnavailable("Expected to use %s, but: %s %s".formatted(file, what, DAMAGED));
    }

    private static String advice(int primary) {
        if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
            return "Make room on the disk; writing goes on by itself then.";
        }
        if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code || primary == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return DAMAGED;
        }
        if (primary == SQLiteErrorCode.SQLITE_BUSY.code || primary == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return "Another process holds its lock: end that process, or wait for it.";
        }
        if (primary == SQLiteErrorCode.SQLITE_IOERR.code) {
            return "The disk refused; whether the last write is on disk is unknown until the next start.";
        }
        return "Make the file and its directory readable and writable for the user of this process.";
    }
}

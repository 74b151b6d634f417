package io.tallystick.server.store.duckdb.engine;

import static java.util.Objects.requireNonNullElse;

import io.tallystick.usage.UsageStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * What an error of DuckDB means to the operator. Its driver gives no codes, so the text has to do; an unknown text gets the
 * general advice.
 */
public final class DuckDbFailure {
    /**
     * Advice for texts of a kind, the first that fits.
     *
     * @param signs any of which stands in the text
     */
    private record Kind(List<String> signs, String advice) {
        boolean fits(String text) {
            return signs.stream().anyMatch(text::contains);
        }
    }

    private static final String DAMAGED =
            "The file is damaged: keep it and what lies beside it, and restore a backup of the whole directory (docs/recovery.md).";

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    List.of("No space left on device", "Disk quota exceeded"),
                    "Make room on the disk; a running server goes on by itself then."),
            new Kind(
                    List.of("Could not set lock", "Conflicting lock"),
                    "Another process uses it: end that process, or wait for it."),
            new Kind(
                    List.of("Read-only file system", "Permission denied"),
                    "Make the file and its directory writable for the user of this process."),
            new Kind(
                    List.of(
                            "Corrupt",
                            "not a valid DuckDB database",
                            "Could not read enough bytes",
                            "WAL does not match",
                            "while replaying WAL",
                            "Serialization Error"),
                    DAMAGED),
            // all that the driver says of a result that is read as it is made, and could not be begun
            new Kind(List.of("Invalid result set"), "A part of it cannot be read. " + DAMAGED));

    private DuckDbFailure() {}

    public static UsageStore.Unavailable of(Path file, SQLException e) {
        return new UsageStore.Unavailable(text(file, e), e);
    }

    /** Damage that DuckDB would not see. */
    public static UsageStore.Unavailable damaged(Path file, String what) {
        return new UsageStore.Unavailable("Expected a usage database that can be opened and read at %s, but: %s %s"
                .formatted(file, what, DAMAGED));
    }

    private static String text(Path file, SQLException e) {
        return "Expected a usage database that can be opened and read at %s, but: %s"
                .formatted(file, causeAndAdvice(e));
    }

    public static String causeAndAdvice(SQLException e) {
        String cause = requireNonNullElse(e.getMessage(), e.toString())
                .lines()
                .findFirst()
                .orElse("it gave no reason");
        return "%s. %s".formatted(cause, advice(cause));
    }

    private static String advice(String text) {
        return KINDS.stream()
                .filter(kind -> kind.fits(text))
                .findFirst()
                .map(Kind::advice)
                .orElse("The log has the whole text; docs/recovery.md says what to do.");
    }
}

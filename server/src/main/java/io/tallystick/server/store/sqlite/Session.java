package io.tallystick.server.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * One connection to the file, with its prepared statements. Used by one thread at a time.
 *
 * <p>Once a statement has failed the session refuses to commit, because nobody knows which of the writes before it still
 * stand.
 */
final class Session implements AutoCloseable {
    /** How long to wait for another process that is writing. */
    private static final int BUSY_TIMEOUT_MS = 10_000;

    private static final int STATEMENTS_MAX = 64;

    /** Takes what it needs from the present row. */
    interface Row<R> {
        R read(ResultSet row) throws SQLException;
    }

    private final Path file;
    private final Connection connection;
    private final LinkedHashMap<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);
    private Optional<RuntimeException> failure = Optional.empty();

    private Session(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** The file is created if it does not exist. */
    static Session writer(Path file) {
        return open(file, config());
    }

    /** Neither writes nor moves the log into the file when it is closed. */
    static Session visitor(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        return open(file, config);
    }

    static Session reader(Path file) {
        Session session = open(file, config());
        session.run("PRAGMA query_only = ON");
        return session;
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        return config;
    }

    private static Session open(Path file, SQLiteConfig config) {
        try {
            return new Session(file, JDBC.createConnection("jdbc:sqlite:" + file, config.toProperties()));
        } catch (SQLException e) {
            throw SqliteFailure.of(file, e);
        }
    }

    /** Runs a query to its end. */
    <R> List<R> rows(String sql, Row<R> row, @Nullable Object... parameters) {
        try {
            PreparedStatement statement = bound(sql, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                List<R> read = new ArrayList<>();
                while (rows.next()) {
                    read.add(row.read(rows));
                }
                return read;
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    <R> Optional<R> row(String sql, Row<R> row, @Nullable Object... parameters) {
        return rows(sql, row, parameters).stream().findFirst();
    }

    /** One number that the query always answers. */
    long number(String sql, @Nullable Object... parameters) {
        return row(sql, row -> row.getLong(1), parameters)
                .orElseThrow(() -> new IllegalStateException("Expected a row, but there was none: " + sql));
    }

    /** Returns how many rows changed. */
    int change(String sql, @Nullable Object... parameters) {
        try {
            return bound(sql, parameters).executeUpdate();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Runs statements without parameters, several at once if need be. */
    void run(String script) {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(script);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** One view of the file for several queries. */
    void beginReading() {
        run("BEGIN");
    }

    /**
     * Takes the write lock at once. A transaction that reads first and asks for the lock later could find that another
     * process has written meanwhile, and would fail.
     */
    void beginWriting() {
        run("BEGIN IMMEDIATE");
    }

    void commit() {
        failure.ifPresent(earlier -> {
            throw earlier;
        });
        run("COMMIT");
    }

    /** Ends a transaction without a trace. Never throws: it runs where something else has failed already. */
    void rollback() {
        try (Statement statement = connection.createStatement()) {
            if (!connection.isClosed()) {
                statement.executeUpdate("ROLLBACK");
            }
        } catch (SQLException e) {
            // SQLite rolls back by itself on the worst errors and then says that there is nothing to roll back; if it
            // could not, closing the connection, which is what happens to a failed session, does it.
            failed(e);
        }
    }

    boolean hasFailed() {
        return failure.isPresent();
    }

    private PreparedStatement bound(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
            if (statements.size() > STATEMENTS_MAX) {
                PreparedStatement eldest = statements.pollFirstEntry().getValue();
                eldest.close();
            }
        }
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private RuntimeException failed(SQLException e) {
        RuntimeException translated = SqliteFailure.of(file, e);
        if (failure.isEmpty()) {
            failure = Optional.of(translated);
        }
        return translated;
    }

    /** Gives the connection up. What it has not committed is undone. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException _) {
            // nobody could do anything about it, and the error that led here would be hidden by this one
        }
    }
}

package io.tallystick.server.store.duckdb;

import io.tallystick.server.store.duckdb.engine.DuckDbFailure;
import io.tallystick.server.store.duckdb.engine.Workers;
import io.tallystick.server.store.duckdb.engine.WriteAheadLog;
import io.tallystick.usage.IdentityHash;
import io.tallystick.usage.UsageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/** The open file: its connections, and what it holds besides rows. Dead for good after a commit that failed. */
final class Database implements AutoCloseable {
    private static final int SCHEMA = 1;

    private final DuckDBConnection writer;
    private final IdentityHash identityHash;
    private final Dictionary dictionary = new Dictionary();
    private final Workers workers;
    private Layout layout = Layout.EMPTY;

    private Database(DuckDBConnection writer, int threads) throws SQLException {
        this.writer = writer;
        identityHash = readOrMake(writer);
        loadDictionary();
        loadLayout();
        workers = new Workers(writer, threads);
    }

    /**
     * Opens the file, makes it if it is not there.
     *
     * @throws UsageStore.Unavailable where it cannot be opened: in use, damaged, written by a newer version
     */
    static Database open(DuckDbSettings settings) {
        try {
            Path directory = settings.file().toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            Files.createDirectories(settings.temporary());
            Optional<String> objection = WriteAheadLog.objection(settings.file());
            if (objection.isPresent()) {
                throw DuckDbFailure.damaged(settings.file(), objection.get());
            }
            return open(
                    (DuckDBConnection) DriverManager.getConnection(
                            "jdbc:duckdb:" + settings.file().toAbsolutePath(), properties(settings)),
                    settings.threads());
        } catch (SQLException e) {
            throw DuckDbFailure.of(settings.file(), e);
        } catch (IOException e) {
            throw new UsageStore.Unavailable(
                    "Expected to read and write beside %s, but: %s. Make room there and make it writable for the user of this process."
                            .formatted(settings.file(), e),
                    e);
        }
    }

    private static Database open(DuckDBConnection writer, int threads) throws SQLException {
        try {
            return new Database(writer, threads);
        } catch (SQLException | RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    private static Properties properties(DuckDbSettings settings) {
        Properties properties = new Properties();
        properties.setProperty("threads", Integer.toString(Workers.OF_COMMITS));
        properties.setProperty("memory_limit", settings.memoryMib() + "MiB");
        properties.setProperty(
                "temp_directory", settings.temporary().toAbsolutePath().toString());
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        // A result is read as it is made, not collected first: the rebuild of identities reads every row.
        properties.setProperty("jdbc_stream_results", "true");
        return properties;
    }

    DuckDBConnection writer() {
        return writer;
    }

    /** Another connection to the same file, for one thread. */
    DuckDBConnection reader() throws SQLException {
        return writer.duplicate();
    }

    Workers workers() {
        return workers;
    }

    IdentityHash identityHash() {
        return identityHash;
    }

    Dictionary dictionary() {
        return dictionary;
    }

    /** What the file had when it was opened. */
    Layout layoutAtOpening() {
        return layout;
    }

    /** The number of the last commit on disk; 0 before the first. */
    long lastCommit() throws SQLException {
        long last = 0;
        for (Shape shape : layout.wideSlots().keySet()) {
            last = Math.max(last, maximum(shape.table()));
        }
        for (String table : List.of("conflict", "refusal", Settlements.TABLE, CorrectionRows.TABLE)) {
            last = Math.max(last, maximum(table));
        }
        return last;
    }

    @Override
    public void close() {
        try (writer) {
            workers.close();
        } catch (SQLException e) {
            throw new IllegalStateException("Expected the usage database to close, but: " + e.getMessage(), e);
        }
    }

    private long maximum(String table) throws SQLException {
        try (Statement statement = writer.createStatement();
                ResultSet result = statement.executeQuery("SELECT coalesce(max(seq), 0) FROM " + table)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static IdentityHash readOrMake(DuckDBConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (isEmpty(statement)) {
                make(statement);
            }
            statement.execute(Settlements.CREATE);
            statement.execute(CorrectionRows.CREATE);
            try (ResultSet meta = statement.executeQuery("SELECT schema_version, key_0, key_1 FROM meta")) {
                meta.next();
                int schema = meta.getInt(1);
                if (schema != SCHEMA) {
                    throw new UsageStore.Unavailable(
                            "Expected a usage database of version %d, but was %d: another version of the program wrote it. Start that version."
                                    .formatted(SCHEMA, schema));
                }
                return new IdentityHash(meta.getLong(2), meta.getLong(3));
            }
        }
    }

    private static boolean isEmpty(Statement statement) throws SQLException {
        try (ResultSet tables = statement.executeQuery("SELECT count(*) FROM duckdb_tables()")) {
            tables.next();
            return tables.getLong(1) == 0;
        }
    }

    private static void make(Statement statement) throws SQLException {
        SecureRandom random = new SecureRandom();
        statement.execute("BEGIN TRANSACTION");
        statement.execute(
                "CREATE TABLE meta (schema_version INTEGER NOT NULL, key_0 BIGINT NOT NULL, key_1 BIGINT NOT NULL)");
        statement.execute(
                "INSERT INTO meta VALUES (" + SCHEMA + ", " + random.nextLong() + ", " + random.nextLong() + ")");
        statement.execute("CREATE TABLE dictionary (code INTEGER NOT NULL, text VARCHAR NOT NULL)");
        statement.execute(
                "CREATE TABLE meter_table (meter INTEGER NOT NULL, numbers INTEGER NOT NULL, texts INTEGER NOT NULL)");
        statement.execute("CREATE TABLE conflict (seq BIGINT NOT NULL, position INTEGER NOT NULL, organization VARCHAR"
                + " NOT NULL, door TINYINT NOT NULL, uid VARCHAR NOT NULL, content INTEGER NOT NULL, meter INTEGER NOT"
                + " NULL, account INTEGER NOT NULL, ts TIMESTAMP NOT NULL, ets TIMESTAMP, received_at TIMESTAMP NOT"
                + " NULL, fields VARCHAR NOT NULL, remarks VARCHAR)");
        statement.execute("CREATE TABLE refusal (seq BIGINT NOT NULL, position INTEGER NOT NULL, organization VARCHAR"
                + " NOT NULL, door TINYINT NOT NULL, reason VARCHAR NOT NULL, text VARCHAR NOT NULL, uid VARCHAR,"
                + " meter_code VARCHAR, account_code VARCHAR, ts TIMESTAMP, received_at TIMESTAMP NOT NULL,"
                + " payload VARCHAR NOT NULL)");
        statement.execute("COMMIT");
    }

    private void loadDictionary() throws SQLException {
        try (Statement statement = writer.createStatement();
                ResultSet entries = statement.executeQuery("SELECT code, text FROM dictionary")) {
            while (entries.next()) {
                dictionary.load(entries.getInt(1), entries.getString(2));
            }
        }
    }

    private void loadLayout() throws SQLException {
        try (Statement statement = writer.createStatement()) {
            try (ResultSet columns = statement.executeQuery(
                    "SELECT table_name, column_name FROM duckdb_columns() ORDER BY table_name, column_index")) {
                while (columns.next()) {
                    String column = columns.getString(2);
                    Shape.ofTable(columns.getString(1))
                            .forEach(shape -> layout = column.matches("w[0-9]+")
                                    ? layout.withWide(shape, Integer.parseInt(column.substring(1)))
                                    : layout.withTable(shape));
                }
            }
            try (ResultSet meters = statement.executeQuery("SELECT meter, numbers, texts FROM meter_table")) {
                while (meters.next()) {
                    layout = layout.withMeter(meters.getInt(1), new Shape(meters.getInt(2), meters.getInt(3)));
                }
            }
        }
    }
}

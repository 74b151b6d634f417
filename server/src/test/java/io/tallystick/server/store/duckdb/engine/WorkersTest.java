package io.tallystick.server.store.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private DuckDBConnection database;
    private Workers workers;

    @BeforeEach
    void open() throws SQLException {
        database = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = database.createStatement()) {
            statement.execute("SET threads = " + Workers.OF_COMMITS);
        }
        workers = new Workers(database, 3);
    }

    @AfterEach
    void close() throws SQLException {
        workers.close();
        database.close();
    }

    @Test
    void questionsTakeAllAndTheLastLeavesOne() throws SQLException {
        Workers.Turn first = workers.enter();
        Workers.Turn second = workers.enter();
        assertThat(threads()).isEqualTo(3);

        first.close();
        assertThat(threads()).isEqualTo(3);

        second.close();
        assertThat(threads()).isEqualTo(1);
    }

    @Test
    void questionInFloodOfMeasurementsTakesOne() throws SQLException {
        workers.commitBegins();

        try (Workers.Turn _ = workers.enter()) {
            assertThat(threads()).isEqualTo(1);
        }
    }

    private int threads() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('threads')")) {
            row.next();
            return row.getInt(1);
        }
    }
}

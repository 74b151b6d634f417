package io.tallystick.server.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbFileTest {
    @TempDir
    Path directory;

    @Test
    void refusesAFileOfANewerVersionAndLeavesItAsItIs() throws Exception {
        DuckDbUsageStore.open(settings()).close();
        execute("UPDATE meta SET schema_version = 2");

        assertThatThrownBy(() -> DuckDbUsageStore.open(settings()))
                .hasMessageContaining("Expected a usage database of version 1, but was 2");

        assertThat(first("SELECT schema_version FROM meta")).isEqualTo("2");
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws IOException {
        Files.writeString(settings().file(), "something else entirely ".repeat(1000), StandardCharsets.UTF_8);

        assertThatThrownBy(() -> DuckDbUsageStore.open(settings()))
                .hasMessageContaining(
                        "Expected a usage database that can be opened and read at %s",
                        settings().file());
    }

    @Test
    void refusesADirectoryThatIsAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("data"), "x", StandardCharsets.UTF_8);

        assertThatThrownBy(() -> DuckDbUsageStore.open(DuckDbSettings.in(file))).hasMessageContaining(file.toString());
    }

    @Test
    void opensTheFileOfAStoreThatWasJustClosed() {
        for (int i = 0; i < 3; i++) {
            try (DuckDbUsageStore store = DuckDbUsageStore.open(settings())) {
                assertThat(store.watermark().value()).isEqualTo("0");
            }
        }
    }

    private DuckDbSettings settings() {
        return DuckDbSettings.in(directory);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String first(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:duckdb:" + settings().file());
    }
}

package io.tallystick.server.store.duckdb;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;
import org.duckdb.ProfilerPrintFormat;

/**
 * One question's connection. Every statement is registered before it runs, so that the question can be cancelled.
 *
 * @param connection of this question alone
 */
record Session(DuckDBConnection connection, Questions.Statements statements) {
    private static final Pattern ROWS_SCANNED = Pattern.compile("\"rows_scanned\": *([0-9]+)");

    /**
     * A count, and what it cost.
     *
     * @param rowsScanned rows of all tables that were looked at
     */
    record Counted(long value, long rowsScanned) {}

    /** What is made of the rows, which are gone afterwards. */
    @FunctionalInterface
    interface Reading<R> {
        R read(ResultSet rows) throws SQLException;
    }

    <R> R query(Rendered question, Reading<R> reading) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question.sql())) {
            for (int i = 0; i < question.parameters().size(); i++) {
                statement.setString(i + 1, question.parameters().get(i));
            }
            statements.begin(statement);
            try (ResultSet rows = statement.executeQuery()) {
                return reading.read(rows);
            } finally {
                statements.end();
            }
        }
    }

    /** The one number that a question answers, and from how many rows: the engine's own account of it. */
    Counted count(Rendered question) throws SQLException {
        execute("SET enable_profiling = 'no_output'");
        try {
            long value = query(question, rows -> {
                rows.next();
                long count = rows.getLong(1);
                // The engine accounts for a statement whose rows have been read to the end.
                rows.next();
                return count;
            });
            Matcher scans = ROWS_SCANNED.matcher(connection.getProfilingInformation(ProfilerPrintFormat.JSON));
            long scanned = 0;
            while (scans.find()) {
                scanned += Long.parseLong(scans.group(1));
            }
            return new Counted(value, scanned);
        } finally {
            execute("RESET enable_profiling");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * A question in SQL.
     *
     * @param sql made of our own words and of numbers
     * @param parameters texts, in their order in the SQL; a list of numbers is one of them
     */
    record Rendered(String sql, List<String> parameters) {
        Rendered {
            parameters = List.copyOf(parameters);
        }
    }
}

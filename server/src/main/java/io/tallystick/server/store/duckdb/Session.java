package io.tallystick.server.store.duckdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * One question's connection. Every statement is registered before it runs, so that the question can be cancelled.
 *
 * @param connection of this question alone
 */
record Session(Connection connection, Questions.Statements statements) {

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
}

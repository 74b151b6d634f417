package io.tallystick.server.store.duckdb;

import io.tallystick.id.OrganizationId;
import io.tallystick.usage.Door;
import io.tallystick.usage.IdentityHash;
import io.tallystick.usage.UsageStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Every identity, with what counts under it: of a UUID the hash is made again, of another uid it lies beside the text. Rows
 * that ended are passed over; where nothing took their place, their corrections tell.
 */
final class IdentityReader {
    private static final String COUNTED = " WHERE seq_to = " + BlockWriter.OPEN;

    private final Connection connection;
    private final IdentityHash hash;
    private final UsageStore.IdentityVisitor visitor;

    /** Where a uid means something, as it is written in a row. */
    private record Scope(int organizationCode, int door) {}

    IdentityReader(Connection connection, IdentityHash hash, UsageStore.IdentityVisitor visitor) {
        this.connection = connection;
        this.hash = hash;
        this.visitor = visitor;
    }

    /** Those of some tables. */
    void read(Set<Shape> shapes) throws SQLException {
        long count = 0;
        for (Shape shape : shapes) {
            count += count(shape);
        }
        try (Statement statement = connection.createStatement()) {
            visitor.expect(count + CorrectionRows.countVoided(statement));
        }
        for (Shape shape : shapes) {
            read(shape);
        }
        try (Statement statement = connection.createStatement()) {
            CorrectionRows.showVoided(statement, hash, visitor);
        }
    }

    private long count(Shape shape) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(uid) FROM " + shape.table() + COUNTED)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void read(Shape shape) throws SQLException {
        for (Map.Entry<Scope, IdentityHash.Scope> scope : scopes(shape).entrySet()) {
            read(shape, scope.getKey(), scope.getValue());
        }
    }

    private void read(Shape shape, Scope scope, IdentityHash.Scope scopeHash) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT uid, uid_text IS NULL, content FROM " + shape.table()
                        + COUNTED + " AND uid IS NOT NULL AND organization = " + scope.organizationCode()
                        + " AND door = "
                        + scope.door())) {
            while (row.next()) {
                UUID uid = (UUID) row.getObject(1);
                if (row.getBoolean(2)) {
                    scopeHash.hash(uid.getMostSignificantBits(), uid.getLeastSignificantBits());
                    visitor.visit(scopeHash.high(), scopeHash.low(), row.getInt(3));
                } else {
                    visitor.visit(uid.getMostSignificantBits(), uid.getLeastSignificantBits(), row.getInt(3));
                }
            }
        }
    }

    private Map<Scope, IdentityHash.Scope> scopes(Shape shape) throws SQLException {
        Map<Scope, IdentityHash.Scope> scopes = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT organization, door, text FROM (SELECT DISTINCT"
                        + " organization, door FROM " + shape.table()
                        + ") JOIN dictionary ON code = organization")) {
            while (row.next()) {
                scopes.put(
                        new Scope(row.getInt(1), row.getInt(2)),
                        hash.scope(new OrganizationId(row.getString(3)), Door.numbered(row.getInt(2))));
            }
        }
        return scopes;
    }
}

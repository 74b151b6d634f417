package io.tallystick.server.store.duckdb;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.tallystick.id.OrganizationId;
import io.tallystick.usage.Correction;
import io.tallystick.usage.Correction.Last;
import io.tallystick.usage.Correction.Target;
import io.tallystick.usage.Door;
import io.tallystick.usage.Identified;
import io.tallystick.usage.Identity;
import io.tallystick.usage.IdentityHash;
import io.tallystick.usage.KeptQuery.Place;
import io.tallystick.usage.Micros;
import io.tallystick.usage.UsageStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * What corrections write: a row of their own each, which is never changed, and where the rows end that counted until then.
 * Used by the writer.
 */
final class CorrectionRows {
    static final String TABLE = "correction";

    static final String CREATE =
            "CREATE TABLE IF NOT EXISTS " + TABLE + " (seq BIGINT NOT NULL, position INTEGER NOT NULL,"
                    + " organization VARCHAR NOT NULL, door TINYINT NOT NULL, uid VARCHAR NOT NULL, kind VARCHAR NOT NULL,"
                    + " author VARCHAR NOT NULL, received_at TIMESTAMP NOT NULL, last_seq BIGINT NOT NULL, last_position INTEGER"
                    + " NOT NULL, meter INTEGER NOT NULL, account INTEGER NOT NULL, ts TIMESTAMP NOT NULL, next_meter INTEGER,"
                    + " next_account INTEGER)";

    private final DuckDBConnection connection;
    private final Layout layout;

    /** How an identity lies in a row: a uid that is no UUID beside its hash. */
    private record Key(UUID uid, Optional<String> text) {
        static Key of(Target target) {
            return switch (target.uid()) {
                case Identified.Uid.Canonical(long high, long low) -> new Key(new UUID(high, low), Optional.empty());
                case Identified.Uid.Text(String text) ->
                    new Key(new UUID(target.high(), target.low()), Optional.of(text));
                case Identified.Uid.None _ -> throw new IllegalStateException("Expected a uid, but there was none.");
            };
        }
    }

    /** Where a uid means something. */
    private record Scope(OrganizationId organization, Door door) {
        static Scope of(Target target) {
            return new Scope(target.identity().organization(), target.identity().door());
        }
    }

    CorrectionRows(DuckDBConnection connection, Layout layout) {
        this.connection = connection;
        this.layout = layout;
    }

    /** What was last said under these uids: one scan of a column for all of them that have one scope. */
    Map<Target, Last> last(Set<Target> targets, Dictionary dictionary) throws SQLException {
        Map<Target, Last> last = new HashMap<>();
        for (Map.Entry<Scope, List<Target>> scope :
                targets.stream().collect(groupingBy(Scope::of)).entrySet()) {
            OptionalInt organization =
                    dictionary.known(scope.getKey().organization().value());
            if (organization.isPresent()) {
                Map<Key, Target> wanted = scope.getValue().stream().collect(toMap(Key::of, target -> target));
                for (Shape shape : layout.wideSlots().keySet()) {
                    String sql =
                            "SELECT uid, uid_text, seq, position, meter, account, epoch_us(ts), content, seq_to FROM "
                                    + shape.table() + " WHERE organization = " + organization.getAsInt()
                                    + " AND door = "
                                    + scope.getKey().door().number()
                                    + " AND uid IN (SELECT CAST(unnest(string_split(?, ',')) AS UUID))";
                    read(sql, wanted, last);
                }
            }
        }
        return last;
    }

    private void read(String sql, Map<Key, Target> wanted, Map<Target, Last> last) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(
                    1, wanted.keySet().stream().map(key -> key.uid().toString()).collect(joining(",")));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Last said = new Last(
                            new Place(row.getLong(3), row.getInt(4)),
                            row.getInt(5),
                            row.getInt(6),
                            Micros.instant(row.getLong(7)),
                            row.getInt(8),
                            row.getLong(9) == BlockWriter.OPEN);
                    Optional.ofNullable(
                                    wanted.get(new Key((UUID) row.getObject(1), Optional.ofNullable(row.getString(2)))))
                            .ifPresent(target -> last.merge(target, said, CorrectionRows::later));
                }
            }
        }
    }

    private static Last later(Last one, Last other) {
        return one.place().commit() > other.place().commit() ? one : other;
    }

    /**
     * Ends the rows that count no more with this commit.
     *
     * @throws SQLException also where one of them does not count now: then nothing of the commit may stay
     */
    void end(long seq, List<Correction> corrections) throws SQLException {
        List<Last> ending = corrections.stream()
                .map(Correction::before)
                .filter(Last::isCounted)
                .toList();
        if (ending.isEmpty()) {
            return;
        }
        Set<Shape> shapes = ending.stream()
                .flatMap(last -> layout.shapes(last.meter()).stream())
                .collect(toSet());
        int ended = 0;
        for (Shape shape : shapes) {
            String sql = "UPDATE " + shape.table() + " SET seq_to = " + seq
                    + " FROM (SELECT CAST(unnest(string_split(?, ',')) AS BIGINT) AS last_seq,"
                    + " CAST(unnest(string_split(?, ',')) AS INTEGER) AS last_position) ending"
                    + " WHERE seq = last_seq AND position = last_position AND seq_to = " + BlockWriter.OPEN;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(
                        1, list(ending.stream().map(last -> last.place().commit())));
                statement.setString(
                        2, list(ending.stream().map(last -> last.place().position())));
                ended += statement.executeUpdate();
            }
        }
        if (ended != ending.size()) {
            throw new SQLException(
                    "Expected to end %d rows that count, but they were %d".formatted(ending.size(), ended));
        }
    }

    private static String list(Stream<? extends Number> numbers) {
        return numbers.map(Number::toString).collect(joining(","));
    }

    /** Writes who corrected what. */
    void append(long seq, List<Correction> corrections) throws SQLException {
        if (corrections.isEmpty()) {
            return;
        }
        try (DuckDBAppender row = connection.createAppender(TABLE)) {
            for (int position = 0; position < corrections.size(); position++) {
                Correction correction = corrections.get(position);
                Identity.Uid identity = correction.target().identity();
                Last before = correction.before();
                row.beginRow().append(seq).append(position);
                row.append(identity.organization().value())
                        .append((byte) identity.door().number())
                        .append(identity.uid());
                row.append(correction.kind().wireCode()).append(correction.by());
                row.appendEpochMicros(Micros.floor(correction.at()));
                row.append(before.place().commit()).append(before.place().position());
                row.append(before.meter()).append(before.account());
                row.appendEpochMicros(Micros.floor(before.eventTime()));
                if (correction.after().isPresent()) {
                    row.append(correction.after().get().measurement().meter())
                            .append(correction.after().get().measurement().account());
                } else {
                    row.appendNull().appendNull();
                }
                row.endRow();
            }
        }
    }

    /** Shows every identity under which nothing counts any more. */
    static void showVoided(Statement statement, IdentityHash hash, UsageStore.IdentityVisitor visitor)
            throws SQLException {
        Map<Scope, IdentityHash.Scope> scopes = new HashMap<>();
        try (ResultSet row = statement.executeQuery("SELECT organization, door, uid" + voided())) {
            while (row.next()) {
                Identity.Uid identity = new Identity.Uid(
                        new OrganizationId(row.getString(1)), Door.numbered(row.getInt(2)), row.getString(3));
                IdentityHash.Scope scope = scopes.computeIfAbsent(
                        new Scope(identity.organization(), identity.door()),
                        each -> hash.scope(each.organization(), each.door()));
                Target target = Target.of(identity, scope);
                visitor.visit(target.high(), target.low(), Correction.VOIDED);
            }
        }
    }

    /** How many {@link #showVoided} shows. */
    static long countVoided(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM (SELECT uid" + voided() + ")")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String voided() {
        return " FROM " + TABLE + " GROUP BY organization, door, uid HAVING arg_max(kind, seq) = '"
                + Correction.Kind.VOIDED.wireCode() + "'";
    }
}

package io.tallystick.server.store.duckdb;

import static java.util.stream.Collectors.joining;

import io.tallystick.usage.KeptQuery.Place;
import io.tallystick.usage.KeptRefusal.Settled;
import io.tallystick.usage.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The table of refusals that have ended. A refusal itself is never changed: what became of it is a row of a later commit. */
final class Settlements {
    static final String TABLE = "settled";

    static final String CREATE = "CREATE TABLE IF NOT EXISTS " + TABLE + " (seq BIGINT NOT NULL, refusal_seq BIGINT NOT"
            + " NULL, refusal_position INTEGER NOT NULL, outcome VARCHAR NOT NULL, resent_at TIMESTAMP NOT NULL)";

    private Settlements() {}

    static void append(DuckDBConnection connection, long seq, List<Settled> settled) throws SQLException {
        if (settled.isEmpty()) {
            return;
        }
        try (DuckDBAppender row = connection.createAppender(TABLE)) {
            for (Settled each : settled) {
                row.beginRow()
                        .append(seq)
                        .append(each.refusal().commit())
                        .append(each.refusal().position());
                row.append(each.resent().outcome().wireCode());
                row.appendEpochMicros(Micros.floor(each.resent().at()));
                row.endRow();
            }
        }
    }

    /** Those of these places that are in the table. */
    static Set<Place> ended(DuckDBConnection connection, Set<Place> places) throws SQLException {
        if (places.isEmpty()) {
            return Set.of();
        }
        String list = places.stream()
                .map(place -> "(" + place.commit() + ", " + place.position() + ")")
                .collect(joining(", "));
        Set<Place> ended = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT refusal_seq, refusal_position FROM " + TABLE
                        + " WHERE (refusal_seq, refusal_position) IN (" + list + ")")) {
            while (row.next()) {
                ended.add(new Place(row.getLong(1), row.getInt(2)));
            }
        }
        return ended;
    }
}

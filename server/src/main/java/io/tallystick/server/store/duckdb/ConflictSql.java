package io.tallystick.server.store.duckdb;

import static java.util.stream.Collectors.toSet;

import io.tallystick.usage.Conflict;
import io.tallystick.usage.Conflict.Version;
import io.tallystick.usage.Door;
import io.tallystick.usage.KeptQuery;
import io.tallystick.usage.KeptQuery.Filter.OfConflicts;
import io.tallystick.usage.KeptQuery.Place;
import io.tallystick.usage.Micros;
import io.tallystick.usage.UsageWatermark;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A page of conflicts, each with the measurement that counts under its uid, or was the last that did. */
final class ConflictSql {
    private static final String SELECT =
            "SELECT kept.seq, kept.position, kept.door, kept.uid, kept.meter, kept.account,"
                    + " epoch_us(kept.ts), epoch_us(kept.ets), epoch_us(kept.received_at), kept.fields, kept.remarks"
                    + " FROM conflict kept";

    private final Dialect dialect;
    private final KeptQuery<OfConflicts> query;
    private final KeptSql rows;
    private final long asOf;

    /** A conflict of which one side is known. */
    private record Half(Place place, VersionsSql.Named named, Version uncounted) {}

    ConflictSql(Dialect dialect, KeptQuery<OfConflicts> query, long asOf) {
        this.dialect = dialect;
        this.query = query;
        this.asOf = asOf;
        rows = new KeptSql(dialect, query, asOf)
                .at(query.filter().places())
                .numbered("kept.meter", query.filter().meters())
                .numbered("kept.account", query.filter().accounts());
    }

    /**
     * Reads it.
     *
     * @param organizationCode of the organization in the rows that count
     */
    Conflict.Page read(Session session, Layout layout, int organizationCode, UsageWatermark watermark)
            throws SQLException {
        List<Half> read = session.query(rows.page(SELECT, query.limit() + 1), ConflictSql::halves);
        boolean hasMore = read.size() > query.limit();
        List<Half> page = hasMore ? read.subList(0, query.limit()) : read;
        Map<VersionsSql.Named, List<VersionsSql.Said>> counted = new VersionsSql(
                        dialect, layout, organizationCode, asOf)
                .read(session, page.stream().map(Half::named).collect(toSet()));
        return new Conflict.Page(
                page.stream().map(half -> whole(half, counted)).toList(),
                hasMore ? Optional.of(page.getLast().place()) : Optional.empty(),
                watermark);
    }

    private static Conflict whole(Half half, Map<VersionsSql.Named, List<VersionsSql.Said>> counted) {
        VersionsSql.Said last = Optional.ofNullable(counted.get(half.named()))
                .map(List::getLast)
                .orElseThrow(() -> new IllegalStateException(
                        "Expected a measurement that has the uid of conflict %d-%d, but there is none."
                                .formatted(half.place().commit(), half.place().position())));
        return new Conflict(
                half.place(),
                half.named().door(),
                half.named().uid(),
                half.uncounted(),
                last.version(),
                !last.isCounted());
    }

    private static List<Half> halves(ResultSet row) throws SQLException {
        List<Half> halves = new ArrayList<>();
        while (row.next()) {
            RowJson.Fields fields = RowJson.fields(row.getString(10));
            halves.add(new Half(
                    new Place(row.getLong(1), row.getInt(2)),
                    new VersionsSql.Named(Door.numbered(row.getInt(3)), row.getString(4)),
                    new Version(
                            row.getInt(5),
                            row.getInt(6),
                            Micros.instant(row.getLong(7)),
                            RefusalSql.time(row, 8),
                            Micros.instant(row.getLong(9)),
                            fields.numbers(),
                            fields.texts(),
                            RowJson.remarks(Optional.ofNullable(row.getString(11))))));
        }
        return halves;
    }
}

package io.tallystick.server.store.duckdb;

import static java.util.stream.Collectors.toSet;

import io.tallystick.usage.Conflict;
import io.tallystick.usage.Correction;
import io.tallystick.usage.Correction.Kept;
import io.tallystick.usage.Correction.Kind;
import io.tallystick.usage.Door;
import io.tallystick.usage.KeptQuery;
import io.tallystick.usage.KeptQuery.Filter.OfCorrections;
import io.tallystick.usage.KeptQuery.Place;
import io.tallystick.usage.Micros;
import io.tallystick.usage.UsageWatermark;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A page of corrections, each with what counted before it and after it. */
final class CorrectionSql {
    private static final String SELECT = "SELECT kept.seq, kept.position, kept.door, kept.uid, kept.kind, kept.author,"
            + " epoch_us(kept.received_at), kept.last_seq FROM " + CorrectionRows.TABLE + " kept";

    private final Dialect dialect;
    private final KeptQuery<OfCorrections> query;
    private final KeptSql rows;
    private final long asOf;

    /** A correction of which the sides are not known yet. */
    private record Told(Place place, VersionsSql.Named named, Kind kind, String by, Instant at, long lastCommit) {}

    CorrectionSql(Dialect dialect, KeptQuery<OfCorrections> query, long asOf) {
        this.dialect = dialect;
        this.query = query;
        this.asOf = asOf;
        rows = new KeptSql(dialect, query, asOf)
                .at(query.filter().places())
                .numberedEither("kept.meter", "kept.next_meter", query.filter().meters())
                .numberedEither(
                        "kept.account", "kept.next_account", query.filter().accounts());
    }

    /**
     * Reads it.
     *
     * @param organizationCode of the organization in the rows that counted
     */
    Correction.Page read(Session session, Layout layout, int organizationCode, UsageWatermark watermark)
            throws SQLException {
        List<Told> read = session.query(rows.page(SELECT, query.limit() + 1), CorrectionSql::told);
        boolean hasMore = read.size() > query.limit();
        List<Told> page = hasMore ? read.subList(0, query.limit()) : read;
        Map<VersionsSql.Named, List<VersionsSql.Said>> said = new VersionsSql(dialect, layout, organizationCode, asOf)
                .read(session, page.stream().map(Told::named).collect(toSet()));
        return new Correction.Page(
                page.stream()
                        .map(told -> whole(told, said.getOrDefault(told.named(), List.of())))
                        .toList(),
                hasMore ? Optional.of(page.getLast().place()) : Optional.empty(),
                watermark);
    }

    private static Kept whole(Told told, List<VersionsSql.Said> said) {
        Conflict.Version before = version(said, each -> each.from() == told.lastCommit())
                .orElseThrow(
                        () -> new IllegalStateException("Expected what correction %d-%d corrects, but it is not there."
                                .formatted(told.place().commit(), told.place().position())));
        return new Kept(
                told.place(),
                told.named().door(),
                told.named().uid(),
                told.kind(),
                told.by(),
                told.at(),
                before,
                version(said, each -> each.from() == told.place().commit()));
    }

    private static Optional<Conflict.Version> version(List<VersionsSql.Said> said, Predicate<VersionsSql.Said> isIt) {
        return said.stream().filter(isIt).map(VersionsSql.Said::version).findFirst();
    }

    private static List<Told> told(ResultSet row) throws SQLException {
        List<Told> told = new ArrayList<>();
        while (row.next()) {
            told.add(new Told(
                    new Place(row.getLong(1), row.getInt(2)),
                    new VersionsSql.Named(Door.numbered(row.getInt(3)), row.getString(4)),
                    Kind.coded(row.getString(5)),
                    row.getString(6),
                    Micros.instant(row.getLong(7)),
                    row.getLong(8)));
        }
        return told;
    }
}

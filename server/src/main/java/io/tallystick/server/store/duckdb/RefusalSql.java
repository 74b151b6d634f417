package io.tallystick.server.store.duckdb;

import io.tallystick.id.OrganizationId;
import io.tallystick.usage.Door;
import io.tallystick.usage.KeptQuery;
import io.tallystick.usage.KeptQuery.Filter.OfRefusals;
import io.tallystick.usage.KeptQuery.Place;
import io.tallystick.usage.KeptRefusal;
import io.tallystick.usage.KeptRefusal.Outcome;
import io.tallystick.usage.KeptRefusal.Resent;
import io.tallystick.usage.Micros;
import io.tallystick.usage.Refusal;
import io.tallystick.usage.UsageWatermark;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A page of refusals, each with what became of it. */
final class RefusalSql {
    /** Characters of payload after which a page ends early: a thousand elements may each be as long as a whole body. */
    private static final int PAYLOAD_MAX = 4 << 20;

    private static final String COLUMNS = "SELECT kept.seq, kept.position, kept.door, kept.reason, kept.text, kept.uid,"
            + " kept.meter_code, kept.account_code, epoch_us(kept.ts), epoch_us(kept.received_at), kept.payload,"
            + " ended.outcome, epoch_us(ended.resent_at)";

    private final KeptQuery<OfRefusals> query;
    private final String from;
    private final KeptSql rows;

    RefusalSql(Dialect dialect, KeptQuery<OfRefusals> query, long asOf) {
        this.query = query;
        from = " FROM refusal kept LEFT JOIN (SELECT * FROM " + Settlements.TABLE + " WHERE seq <= " + asOf
                + ") ended ON ended.refusal_seq = kept.seq AND ended.refusal_position = kept.position";
        OfRefusals filter = query.filter();
        rows = new KeptSql(dialect, query, asOf)
                .at(filter.places())
                .oneOf(
                        "kept.reason",
                        filter.reasons().stream().map(Refusal.Reason::wireCode).toList())
                .oneOf("kept.meter_code", filter.meters())
                .oneOf("kept.account_code", filter.accounts());
        switch (filter.state()) {
            case OPEN -> rows.and("ended.outcome IS NULL");
            case RESENT -> rows.and("ended.outcome IS NOT NULL");
            case ANY -> {}
        }
    }

    KeptRefusal.Page read(Session session, UsageWatermark watermark) throws SQLException {
        List<KeptRefusal> page = session.query(rows.page(COLUMNS + from, query.limit()), this::refusals);
        long matching = session.query(rows.count(from), count -> {
            count.next();
            return count.getLong(1);
        });
        long behind = matching - page.size();
        Optional<Place> next =
                behind == 0 ? Optional.empty() : Optional.of(page.getLast().place());
        return new KeptRefusal.Page(page, behind, next, watermark);
    }

    private List<KeptRefusal> refusals(ResultSet row) throws SQLException {
        List<KeptRefusal> refusals = new ArrayList<>();
        long characters = 0;
        while (characters <= PAYLOAD_MAX && row.next()) {
            KeptRefusal refusal = refusal(row, query.organization());
            characters += refusal.refusal().payload().length();
            refusals.add(refusal);
        }
        return refusals;
    }

    private static KeptRefusal refusal(ResultSet row, OrganizationId organization) throws SQLException {
        Optional<String> outcome = Optional.ofNullable(row.getString(12));
        Instant resentAt = time(row, 13).orElse(Instant.EPOCH);
        return new KeptRefusal(
                new Place(row.getLong(1), row.getInt(2)),
                new Refusal(
                        organization,
                        Door.numbered(row.getInt(3)),
                        Refusal.Reason.coded(row.getString(4)),
                        row.getString(5),
                        Optional.ofNullable(row.getString(6)),
                        Optional.ofNullable(row.getString(7)),
                        Optional.ofNullable(row.getString(8)),
                        time(row, 9),
                        Micros.instant(row.getLong(10)),
                        row.getString(11)),
                outcome.map(code -> new Resent(Outcome.coded(code), resentAt)));
    }

    /** A time that may be absent, from its microseconds. */
    static Optional<Instant> time(ResultSet row, int column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Micros.instant(micros));
    }
}

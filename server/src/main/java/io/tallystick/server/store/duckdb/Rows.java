package io.tallystick.server.store.duckdb;

import io.tallystick.id.OrganizationId;
import io.tallystick.usage.Conflict;
import io.tallystick.usage.Door;
import io.tallystick.usage.Micros;
import io.tallystick.usage.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was kept without being counted. */
final class Rows {
    private Rows() {}

    static List<Refusal> refusals(Session session, OrganizationId organization, int limit) throws SQLException {
        Rendered question = new Rendered(
                "SELECT door, reason, text, uid, meter_code, account_code, epoch_us(ts), epoch_us(received_at), payload"
                        + " FROM refusal WHERE organization = ? ORDER BY seq DESC, position DESC LIMIT " + limit,
                List.of(organization.value()));
        return session.query(question, row -> {
            List<Refusal> refusals = new ArrayList<>();
            while (row.next()) {
                refusals.add(new Refusal(
                        organization,
                        Door.numbered(row.getInt(1)),
                        Refusal.Reason.coded(row.getString(2)),
                        row.getString(3),
                        Optional.ofNullable(row.getString(4)),
                        Optional.ofNullable(row.getString(5)),
                        Optional.ofNullable(row.getString(6)),
                        time(row, 7),
                        Micros.instant(row.getLong(8)),
                        row.getString(9)));
            }
            return refusals;
        });
    }

    static List<Conflict> conflicts(Session session, OrganizationId organization, int limit) throws SQLException {
        Rendered question = new Rendered(
                "SELECT door, uid, meter, account, epoch_us(ts), epoch_us(ets), epoch_us(received_at), fields, remarks"
                        + " FROM conflict WHERE organization = ? ORDER BY seq DESC, position DESC LIMIT " + limit,
                List.of(organization.value()));
        return session.query(question, row -> {
            List<Conflict> conflicts = new ArrayList<>();
            while (row.next()) {
                RowJson.Fields fields = RowJson.fields(row.getString(8));
                conflicts.add(new Conflict(
                        Door.numbered(row.getInt(1)),
                        row.getString(2),
                        row.getInt(3),
                        row.getInt(4),
                        Micros.instant(row.getLong(5)),
                        time(row, 6),
                        Micros.instant(row.getLong(7)),
                        fields.numbers(),
                        fields.texts(),
                        RowJson.remarks(Optional.ofNullable(row.getString(9)))));
            }
            return conflicts;
        });
    }

    /** A time that may be absent, from its microseconds. */
    static Optional<Instant> time(ResultSet row, int column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Micros.instant(micros));
    }
}

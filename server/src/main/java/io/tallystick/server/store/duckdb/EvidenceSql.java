package io.tallystick.server.store.duckdb;

import static java.util.stream.Collectors.joining;

import io.tallystick.usage.Micros;
import io.tallystick.usage.Refusal;
import io.tallystick.usage.UsageAnswer.Evidence;
import io.tallystick.usage.UsageQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts what stands behind an answer. */
final class EvidenceSql {
    private final Dialect dialect;
    private final Evidence.Query query;
    private final long asOf;

    EvidenceSql(Dialect dialect, Evidence.Query query, long asOf) {
        this.dialect = dialect;
        this.query = query;
        this.asOf = asOf;
    }

    /**
     * Counts.
     *
     * @param sources the rows of each meter
     */
    Evidence read(Session session, List<Source> sources) throws SQLException {
        long scanned = 0;
        long measurements = 0;
        for (Source source : sources) {
            if (!source.isEmpty()) {
                Session.Rendered count = new Session.Rendered(
                        // The second column makes the engine look at the rows, as the question did.
                        source.with(List.of("account"), List.of(), List.of(), "")
                                + " SELECT count(*), sum(account) FROM measured",
                        source.parameters());
                Session.Counted counted = session.count(count);
                scanned += counted.rowsScanned();
                measurements += counted.value();
            }
        }
        return new Evidence(scanned, measurements, refusals(session), conflicts(session));
    }

    private Map<Refusal.Reason, Long> refusals(Session session) throws SQLException {
        List<String> parameters = new ArrayList<>();
        String where = "organization = ? AND seq <= " + asOf + " AND " + within("coalesce(ts, received_at)");
        parameters.add(query.organization().value());
        where += " AND (meter_code IS NULL OR reason = '" + Refusal.Reason.UNDEFINED_METER.wireCode() + "'"
                + query.meters().stream().map(_ -> " OR meter_code = ?").collect(joining()) + ")";
        query.meters().forEach(meter -> parameters.add(meter.code()));
        where += " AND NOT EXISTS (SELECT 1 FROM " + Settlements.TABLE + " ended WHERE ended.refusal_seq = refusal.seq"
                + " AND ended.refusal_position = refusal.position AND ended.seq <= " + asOf + ")";
        if (query.accountCodes().isPresent()) {
            Set<String> codes = query.accountCodes().get();
            where += " AND (account_code IS NULL"
                    + codes.stream().map(_ -> " OR account_code = ?").collect(joining()) + ")";
            parameters.addAll(codes);
        }
        Session.Rendered question =
                new Session.Rendered("SELECT reason, count(*) FROM refusal WHERE " + where + " GROUP BY 1", parameters);
        return session.query(question, rows -> {
            Map<Refusal.Reason, Long> counts = new EnumMap<>(Refusal.Reason.class);
            while (rows.next()) {
                counts.put(Refusal.Reason.coded(rows.getString(1)), rows.getLong(2));
            }
            return counts;
        });
    }

    private long conflicts(Session session) throws SQLException {
        List<String> parameters = new ArrayList<>(List.of(query.organization().value()));
        String where = "organization = ? AND seq <= " + asOf + " AND " + within("ts") + " AND meter IN ("
                + query.meters().stream()
                        .map(meter -> Integer.toString(meter.meter()))
                        .collect(joining(", ")) + ")";
        if (query.accounts() instanceof UsageQuery.Accounts.Only(Set<Integer> numbers)) {
            where += " AND account IN (" + dialect.wholeNumbersOfParameter() + ")";
            parameters.add(
                    numbers.stream().map(number -> Integer.toString(number)).collect(joining(",")));
        }
        return session.query(new Session.Rendered("SELECT count(*) FROM conflict WHERE " + where, parameters), rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }

    private String within(String time) {
        return time + " >= " + dialect.time(Micros.ceiling(query.period().from())) + " AND " + time + " < "
                + dialect.time(Micros.ceiling(query.period().to()));
    }
}

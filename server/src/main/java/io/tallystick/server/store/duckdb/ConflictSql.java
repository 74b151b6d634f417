package io.tallystick.server.store.duckdb;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.tallystick.usage.Conflict;
import io.tallystick.usage.Conflict.Version;
import io.tallystick.usage.Door;
import io.tallystick.usage.KeptQuery;
import io.tallystick.usage.KeptQuery.Filter.OfConflicts;
import io.tallystick.usage.KeptQuery.Place;
import io.tallystick.usage.Micros;
import io.tallystick.usage.UsageWatermark;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A page of conflicts, each with the measurement that counts under its uid. */
final class ConflictSql {
    private static final String SELECT =
            "SELECT kept.seq, kept.position, kept.door, kept.uid, kept.meter, kept.account,"
                    + " epoch_us(kept.ts), epoch_us(kept.ets), epoch_us(kept.received_at), kept.fields, kept.remarks"
                    + " FROM conflict kept";

    private final Dialect dialect;
    private final KeptQuery<OfConflicts> query;
    private final KeptSql rows;

    /** A conflict of which one side is known. */
    private record Half(Place place, CountedSql.Named named, Version uncounted) {}

    ConflictSql(Dialect dialect, KeptQuery<OfConflicts> query, long asOf) {
        this.dialect = dialect;
        this.query = query;
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
        Map<CountedSql.Named, Version> counted = new CountedSql(dialect, layout, organizationCode)
                .read(session, page.stream().map(Half::named).collect(toSet()));
        return new Conflict.Page(
                page.stream().map(half -> whole(half, counted)).toList(),
                hasMore ? Optional.of(page.getLast().place()) : Optional.empty(),
                watermark);
    }

    private static Conflict whole(Half half, Map<CountedSql.Named, Version> counted) {
        Version first = Optional.ofNullable(counted.get(half.named()))
                .orElseThrow(() -> new IllegalStateException(
                        "Expected a measurement that has the uid of conflict %d-%d, but there is none."
                                .formatted(half.place().commit(), half.place().position())));
        return new Conflict(half.place(), half.named().door(), half.named().uid(), half.uncounted(), first);
    }

    private static List<Half> halves(ResultSet row) throws SQLException {
        List<Half> halves = new ArrayList<>();
        while (row.next()) {
            RowJson.Fields fields = RowJson.fields(row.getString(10));
            halves.add(new Half(
                    new Place(row.getLong(1), row.getInt(2)),
                    new CountedSql.Named(Door.numbered(row.getInt(3)), row.getString(4)),
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

    /** The measurements that count under some uids, whatever their meters. There is no index: every table is scanned once. */
    private static final class CountedSql {
        /** A uid of this form lies in the column {@code uid} alone. */
        private static final Pattern CANONICAL =
                Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

        private static final List<String> FIXED = List.of(
                "meter", "account", "epoch_us(ts)", "epoch_us(ets)", "epoch_us(received_at)", "remarks", "door");

        private final Dialect dialect;
        private final Layout layout;
        private final int organizationCode;

        /** An identity within the organization. */
        record Named(Door door, String uid) {}

        /** A version whose texts are still numbers. */
        private record Coded(Named named, Version version, List<Optional<Integer>> codes) {}

        CountedSql(Dialect dialect, Layout layout, int organizationCode) {
            this.dialect = dialect;
            this.layout = layout;
            this.organizationCode = organizationCode;
        }

        Map<Named, Version> read(Session session, Set<Named> wanted) throws SQLException {
            if (wanted.isEmpty()) {
                return Map.of();
            }
            List<Coded> found = new ArrayList<>();
            for (Shape shape : layout.wideSlots().keySet()) {
                found.addAll(session.query(render(shape, wanted), row -> coded(row, shape)));
            }
            Set<Integer> codes = new HashSet<>();
            found.forEach(coded -> coded.codes().forEach(code -> code.ifPresent(codes::add)));
            Map<Integer, String> words = PageSql.words(session, dialect, codes);
            Map<Named, Version> counted = new HashMap<>();
            found.stream()
                    .filter(coded -> wanted.contains(coded.named()))
                    .forEach(coded -> counted.put(coded.named(), withTexts(coded, words)));
            return counted;
        }

        private Session.Rendered render(Shape shape, Set<Named> wanted) {
            List<String> canonical = uids(wanted, true);
            List<String> others = uids(wanted, false);
            List<String> either = new ArrayList<>();
            if (!canonical.isEmpty()) {
                either.add("(uid_text IS NULL AND uid IN ("
                        + canonical.stream().map(_ -> "CAST(? AS UUID)").collect(joining(", ")) + "))");
            }
            if (!others.isEmpty()) {
                either.add("uid_text IN (" + others.stream().map(_ -> "?").collect(joining(", ")) + ")");
            }
            String columns = Stream.of(
                            FIXED.stream(),
                            Stream.of("coalesce(uid_text, " + dialect.uuidText("uid") + ")"),
                            IntStream.range(0, shape.numbers()).mapToObj(slot -> number(shape, slot)),
                            IntStream.range(0, shape.texts()).mapToObj(Shape::text))
                    .flatMap(each -> each)
                    .collect(joining(", "));
            return new Session.Rendered(
                    "SELECT " + columns + " FROM " + shape.table() + " WHERE organization = " + organizationCode
                            + " AND (" + String.join(" OR ", either) + ")",
                    Stream.concat(canonical.stream(), others.stream()).toList());
        }

        private static List<String> uids(Set<Named> wanted, boolean isCanonical) {
            return wanted.stream()
                    .map(Named::uid)
                    .distinct()
                    .filter(uid -> CANONICAL.matcher(uid).matches() == isCanonical)
                    .toList();
        }

        private String number(Shape shape, int slot) {
            return layout.hasWide(shape, slot)
                    ? "coalesce(" + Shape.wide(slot) + ", " + dialect.widened(Shape.narrow(slot)) + ")"
                    : Shape.narrow(slot);
        }

        private static List<Coded> coded(ResultSet row, Shape shape) throws SQLException {
            List<Coded> read = new ArrayList<>();
            while (row.next()) {
                int column = FIXED.size() + 2;
                List<Optional<BigDecimal>> numbers = PageSql.numbers(row, column, shape.numbers());
                List<Optional<Integer>> codes = PageSql.codes(row, column + shape.numbers(), shape.texts());
                Version version = new Version(
                        row.getInt(1),
                        row.getInt(2),
                        Micros.instant(row.getLong(3)),
                        RefusalSql.time(row, 4),
                        Micros.instant(row.getLong(5)),
                        numbers,
                        List.of(),
                        RowJson.remarks(Optional.ofNullable(row.getString(6))));
                read.add(new Coded(new Named(Door.numbered(row.getInt(7)), row.getString(8)), version, codes));
            }
            return read;
        }

        private static Version withTexts(Coded coded, Map<Integer, String> words) {
            Version read = coded.version();
            return new Version(
                    read.meter(),
                    read.account(),
                    read.eventTime(),
                    read.endTime(),
                    read.receivedAt(),
                    read.numbers(),
                    coded.codes().stream().map(code -> code.map(words::get)).toList(),
                    read.remarks());
        }
    }
}

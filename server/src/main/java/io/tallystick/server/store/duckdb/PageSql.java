package io.tallystick.server.store.duckdb;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.tallystick.quantity.Exact;
import io.tallystick.usage.Door;
import io.tallystick.usage.MeasurementQuery;
import io.tallystick.usage.Micros;
import io.tallystick.usage.StoredMeasurement;
import io.tallystick.usage.UsageWatermark;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A page of rows as they lie, and the measurements they are. */
final class PageSql {
    /** Column of the first slot; what every measurement has stands before it. */
    private static final int FIRST_SLOT = 10;

    private static final List<String> FIXED =
            List.of("seq", "position", "account", "door", "ts", "ets", "received_at", "remarks");

    private final Dialect dialect;
    private final MeasurementQuery query;
    private final Source source;
    private final boolean isNewestFirst;
    private final List<Integer> numbers;
    private final List<Integer> texts;

    /** A row whose texts are still numbers. */
    private record Coded(StoredMeasurement measurement, List<Optional<Integer>> codes) {}

    PageSql(Dialect dialect, MeasurementQuery query, Source source) {
        this.dialect = dialect;
        this.query = query;
        this.source = source;
        isNewestFirst = query.direction() == MeasurementQuery.Direction.NEWEST_FIRST;
        numbers = IntStream.range(0, source.widest().numbers()).boxed().toList();
        texts = IntStream.range(0, source.widest().texts()).boxed().toList();
    }

    private Session.Rendered render() {
        String direction = isNewestFirst ? "DESC" : "ASC";
        List<String> fixed = Stream.concat(
                        FIXED.stream(),
                        Stream.of("coalesce(uid_text, " + dialect.uuidText("uid") + ") AS " + QuestionSql.UID))
                .toList();
        String columns = Stream.of(
                        Stream.of("seq", "position", "account", "door", QuestionSql.UID),
                        Stream.of("ts", "ets", "received_at").map(dialect::micros),
                        Stream.of("remarks"),
                        numbers.stream().map(this::number),
                        texts.stream().map(Shape::text))
                .flatMap(each -> each)
                .collect(joining(", "));
        return new Session.Rendered(
                source.with(
                                fixed,
                                numbers,
                                texts,
                                query.after().map(this::behind).orElse("")) + " SELECT " + columns
                        + " FROM measured ORDER BY ts " + direction + ", seq " + direction + ", position " + direction
                        + " LIMIT " + (query.limit() + 1),
                source.parameters());
    }

    StoredMeasurement.Page read(Session session, UsageWatermark watermark) throws SQLException {
        List<Coded> read = session.query(render(), this::rows);
        boolean hasMore = read.size() > query.limit();
        List<Coded> kept = hasMore ? read.subList(0, query.limit()) : read;
        Map<Integer, String> words = words(session, kept);
        List<StoredMeasurement> page =
                kept.stream().map(coded -> withTexts(coded, words)).toList();
        return new StoredMeasurement.Page(
                page, hasMore ? Optional.of(page.getLast().place()) : Optional.empty(), watermark);
    }

    private List<Coded> rows(ResultSet rows) throws SQLException {
        List<Coded> read = new ArrayList<>();
        while (rows.next()) {
            read.add(row(rows));
        }
        return read;
    }

    private String number(int slot) {
        return source.hasWide(slot)
                ? "coalesce(" + Shape.wide(slot) + ", " + dialect.widened(Shape.narrow(slot)) + ")"
                : Shape.narrow(slot);
    }

    private String behind(StoredMeasurement.Place place) {
        String time = dialect.time(place.eventMicros());
        // The first condition follows from the second and lets the engine skip what lies on the other side.
        return " AND ts %1$s= %2$s AND (ts %1$s %2$s OR (ts = %2$s AND (seq %1$s %3$d OR (seq = %3$d AND position %1$s %4$d))))"
                .formatted(isNewestFirst ? "<" : ">", time, place.commit(), place.position());
    }

    private Coded row(ResultSet row) throws SQLException {
        List<Optional<BigDecimal>> values = numbers(row, FIRST_SLOT, numbers.size());
        List<Optional<Integer>> codes = codes(row, FIRST_SLOT + numbers.size(), texts.size());
        long ts = row.getLong(6);
        StoredMeasurement measurement = new StoredMeasurement(
                new StoredMeasurement.Place(ts, row.getLong(1), row.getInt(2)),
                row.getInt(3),
                Door.numbered(row.getInt(4)),
                Optional.ofNullable(row.getString(5)),
                Micros.instant(ts),
                RefusalSql.time(row, 7),
                Micros.instant(row.getLong(8)),
                values,
                List.of(),
                RowJson.remarks(Optional.ofNullable(row.getString(9))));
        return new Coded(measurement, codes);
    }

    /** The numbers in so many columns from one on. */
    static List<Optional<BigDecimal>> numbers(ResultSet row, int column, int count) throws SQLException {
        List<Optional<BigDecimal>> numbers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            numbers.add(Optional.ofNullable(row.getBigDecimal(column + i)).map(Exact::plain));
        }
        return numbers;
    }

    /** The same of texts, as the numbers that stand for them. */
    static List<Optional<Integer>> codes(ResultSet row, int column, int count) throws SQLException {
        List<Optional<Integer>> codes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int code = row.getInt(column + i);
            codes.add(row.wasNull() ? Optional.empty() : Optional.of(code));
        }
        return codes;
    }

    private Map<Integer, String> words(Session session, List<Coded> rows) throws SQLException {
        Set<Integer> codes = rows.stream()
                .flatMap(row -> row.codes().stream())
                .flatMap(Optional::stream)
                .collect(toSet());
        return words(session, dialect, codes);
    }

    /** The texts that these numbers stand for. */
    static Map<Integer, String> words(Session session, Dialect dialect, Set<Integer> codes) throws SQLException {
        if (codes.isEmpty()) {
            return Map.of();
        }
        Session.Rendered question = new Session.Rendered(
                "SELECT code, text FROM dictionary WHERE code IN (" + dialect.wholeNumbersOfParameter() + ")",
                List.of(codes.stream().map(code -> Integer.toString(code)).collect(joining(","))));
        return session.query(question, entries -> {
            Map<Integer, String> words = new HashMap<>();
            while (entries.next()) {
                words.put(entries.getInt(1), entries.getString(2));
            }
            return words;
        });
    }

    private static StoredMeasurement withTexts(Coded coded, Map<Integer, String> words) {
        StoredMeasurement read = coded.measurement();
        return new StoredMeasurement(
                read.place(),
                read.account(),
                read.door(),
                read.uid(),
                read.eventTime(),
                read.endTime(),
                read.receivedAt(),
                read.numbers(),
                coded.codes().stream().map(code -> code.map(words::get)).toList(),
                read.remarks());
    }
}

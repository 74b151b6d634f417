package io.tallystick.server.store.duckdb;

import static java.util.stream.Collectors.joining;

import io.tallystick.quantity.Exact;
import io.tallystick.usage.Conflict.Version;
import io.tallystick.usage.Door;
import io.tallystick.usage.Micros;
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

/** The measurements that count under some uids, whatever their meters. There is no index: every table is scanned once. */
final class CountedSql {
    /** A uid of this form lies in the column {@code uid} alone. */
    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private static final List<String> FIXED =
            List.of("meter", "account", "epoch_us(ts)", "epoch_us(ets)", "epoch_us(received_at)", "remarks", "door");

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

    private Rendered render(Shape shape, Set<Named> wanted) {
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
        return new Rendered(
                "SELECT " + columns + " FROM " + shape.table() + " WHERE organization = " + organizationCode + " AND ("
                        + String.join(" OR ", either) + ")",
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
            List<Optional<BigDecimal>> numbers = new ArrayList<>(shape.numbers());
            for (int i = 0; i < shape.numbers(); i++) {
                numbers.add(Optional.ofNullable(row.getBigDecimal(column++)).map(Exact::plain));
            }
            List<Optional<Integer>> codes = new ArrayList<>(shape.texts());
            for (int i = 0; i < shape.texts(); i++) {
                int code = row.getInt(column++);
                codes.add(row.wasNull() ? Optional.empty() : Optional.of(code));
            }
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

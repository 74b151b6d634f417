package io.tallystick.server.store.duckdb;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import io.tallystick.usage.Conflict;
import io.tallystick.usage.Door;
import io.tallystick.usage.Micros;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Everything that was ever counted under some uids, whatever its meters, oldest first. There is no index: every table is
 * scanned once.
 */
final class VersionsSql {
    /** A uid of this form lies in the column {@code uid} alone. */
    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private static final List<String> FIXED = List.of(
            "meter",
            "account",
            "epoch_us(ts)",
            "epoch_us(ets)",
            "epoch_us(received_at)",
            "remarks",
            "door",
            "seq",
            "seq_to");

    private final Dialect dialect;
    private final Layout layout;
    private final int organizationCode;
    private final long asOf;

    /** An identity within the organization. */
    record Named(Door door, String uid) {}

    /**
     * What was said under a uid.
     *
     * @param from the commit from which on it counted
     * @param isCounted whether it still does
     */
    record Said(Conflict.Version version, long from, boolean isCounted) {}

    /** A version whose texts are still numbers. */
    private record Coded(Named named, Said said, List<Optional<Integer>> codes) {}

    /**
     * @param organizationCode of the organization in the rows
     * @param asOf the last commit that counts
     */
    VersionsSql(Dialect dialect, Layout layout, int organizationCode, long asOf) {
        this.dialect = dialect;
        this.layout = layout;
        this.organizationCode = organizationCode;
        this.asOf = asOf;
    }

    Map<Named, List<Said>> read(Session session, Set<Named> wanted) throws SQLException {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        List<Coded> found = new ArrayList<>();
        for (Shape shape : layout.wideSlots().keySet()) {
            found.addAll(session.query(render(shape, wanted), row -> coded(row, shape)));
        }
        found.removeIf(coded -> !wanted.contains(coded.named()));
        found.sort((one, other) -> Long.compare(one.said().from(), other.said().from()));
        Set<Integer> codes = new HashSet<>();
        found.forEach(coded -> coded.codes().forEach(code -> code.ifPresent(codes::add)));
        Map<Integer, String> words = PageSql.words(session, dialect, codes);
        return found.stream().collect(groupingBy(Coded::named)).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, said -> said.getValue().stream()
                        .map(coded -> withTexts(coded, words))
                        .toList()));
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
                        + " AND seq <= " + asOf + " AND (" + String.join(" OR ", either) + ")",
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

    private List<Coded> coded(ResultSet row, Shape shape) throws SQLException {
        List<Coded> read = new ArrayList<>();
        while (row.next()) {
            int uid = FIXED.size() + 1;
            List<Optional<BigDecimal>> numbers = PageSql.numbers(row, uid + 1, shape.numbers());
            List<Optional<Integer>> codes = PageSql.codes(row, uid + 1 + shape.numbers(), shape.texts());
            Conflict.Version version = new Conflict.Version(
                    row.getInt(1),
                    row.getInt(2),
                    Micros.instant(row.getLong(3)),
                    RefusalSql.time(row, 4),
                    Micros.instant(row.getLong(5)),
                    numbers,
                    List.of(),
                    RowJson.remarks(Optional.ofNullable(row.getString(6))));
            read.add(new Coded(
                    new Named(Door.numbered(row.getInt(7)), row.getString(uid)),
                    new Said(version, row.getLong(8), row.getLong(9) > asOf),
                    codes));
        }
        return read;
    }

    private static Said withTexts(Coded coded, Map<Integer, String> words) {
        Conflict.Version read = coded.said().version();
        return new Said(
                new Conflict.Version(
                        read.meter(),
                        read.account(),
                        read.eventTime(),
                        read.endTime(),
                        read.receivedAt(),
                        read.numbers(),
                        coded.codes().stream().map(code -> code.map(words::get)).toList(),
                        read.remarks()),
                coded.said().from(),
                coded.said().isCounted());
    }
}

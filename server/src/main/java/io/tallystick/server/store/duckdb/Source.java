package io.tallystick.server.store.duckdb;

import static java.util.stream.Collectors.joining;

import io.tallystick.time.Period;
import io.tallystick.usage.Micros;
import io.tallystick.usage.UsageQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rows of one meter that a question is about, out of every table that has some: the same columns from each, NULL
 * where a table has no such slot.
 */
final class Source {
    private static final String NO_NARROW = "CAST(NULL AS DECIMAL(18,6))";
    private static final String NO_WIDE = "CAST(NULL AS DECIMAL(38,12))";
    private static final String NO_TEXT = "CAST(NULL AS INTEGER)";

    private final Dialect dialect;
    private final Layout layout;
    private final List<Shape> shapes;
    private final String conditions;
    private final List<CodeFilter> filters;
    private final List<String> filterConditions;
    private final List<String> lists = new ArrayList<>();
    private final List<String> parameters = new ArrayList<>();
    private final boolean isEmpty;

    /**
     * One text filter with its values as the dictionary knows them.
     *
     * @param orAbsent whether rows without the text count as well
     */
    record CodeFilter(int slot, Set<Integer> codes, boolean orAbsent) {
        boolean canMatch(Shape shape) {
            return orAbsent || (slot < shape.texts() && !codes.isEmpty());
        }
    }

    /**
     * Which rows.
     *
     * @param asOf the last commit that counts
     */
    record Selection(int meter, Period period, UsageQuery.Accounts accounts, List<CodeFilter> filters, long asOf) {}

    Source(Dialect dialect, Layout layout, Selection selection) {
        this.dialect = dialect;
        this.layout = layout;
        shapes = layout.shapes(selection.meter()).stream()
                .filter(shape -> selection.filters().stream().allMatch(filter -> filter.canMatch(shape)))
                .toList();
        List<String> all = new ArrayList<>();
        all.add("meter = " + selection.meter());
        all.add("ts >= " + dialect.time(Micros.ceiling(selection.period().from())));
        all.add("ts < " + dialect.time(Micros.ceiling(selection.period().to())));
        all.add("seq <= " + selection.asOf());
        all.add("seq_to > " + selection.asOf());
        if (selection.accounts() instanceof UsageQuery.Accounts.Only(Set<Integer> numbers)) {
            all.add(oneOf("account", numbers));
        }
        conditions = String.join(" AND ", all);
        filters = selection.filters();
        filterConditions = filters.stream().map(this::condition).toList();
        boolean hasNoAccount =
                selection.accounts() instanceof UsageQuery.Accounts.Only(Set<Integer> none) && none.isEmpty();
        isEmpty = shapes.isEmpty() || hasNoAccount;
    }

    /**
     * The accounts of a meter's rows that came or were voided between two commits. Rows stand in the order of their commits, so
     * the engine skips all that is older; few are voided, so it skips nearly all by their {@code seq_to} too.
     *
     * @param since what this commit has seen is no change
     * @param until the last commit that matters
     */
    static Session.Rendered changedAccounts(
            Dialect dialect, Layout layout, int meter, Instant before, long since, long until) {
        List<String> changes = List.of(
                "seq > " + since + " AND seq <= " + until + " AND seq_to > " + until,
                "seq <= " + since + " AND seq_to > " + since + " AND seq_to <= " + until);
        String rows = layout.shapes(meter).stream()
                .flatMap(shape -> changes.stream()
                        .map(changed -> "SELECT account FROM " + shape.table() + " WHERE meter = " + meter
                                + " AND ts < " + dialect.time(Micros.ceiling(before)) + " AND " + changed))
                .collect(joining(" UNION ALL "));
        return new Session.Rendered("SELECT DISTINCT account FROM (" + rows + ")", List.of());
    }

    /** Whether it is known without asking that no row fits. */
    boolean isEmpty() {
        return isEmpty;
    }

    List<String> parameters() {
        return parameters;
    }

    /** Whether some row may have a number of this slot in its wide twin. */
    boolean hasWide(int slot) {
        return shapes.stream().anyMatch(shape -> layout.hasWide(shape, slot));
    }

    /** Slots of the widest of its tables. */
    Shape widest() {
        return new Shape(
                shapes.stream().mapToInt(Shape::numbers).max().orElse(0),
                shapes.stream().mapToInt(Shape::texts).max().orElse(0));
    }

    /** {@code WITH ... measured AS (...)}: the rows, and the number lists they were chosen by. */
    String with(List<String> fixedColumns, List<Integer> numberSlots, List<Integer> textSlots, String more) {
        String rows = shapes.stream()
                .map(shape -> "SELECT "
                        + columns(shape, fixedColumns, numberSlots, textSlots).collect(joining(", ")) + " FROM "
                        + shape.table() + " WHERE " + conditions + filters(shape) + more)
                .collect(joining(" UNION ALL "));
        return "WITH "
                + Stream.concat(lists.stream(), Stream.of("measured AS (" + rows + ")"))
                        .collect(joining(", "));
    }

    /** A table without the slot has rows without the text, and is read only where these count. */
    private String filters(Shape shape) {
        return IntStream.range(0, filters.size())
                .filter(i -> filters.get(i).slot() < shape.texts())
                .mapToObj(i -> " AND " + filterConditions.get(i))
                .collect(joining());
    }

    private String condition(CodeFilter filter) {
        String column = Shape.text(filter.slot());
        if (filter.codes().isEmpty()) {
            return column + " IS NULL";
        }
        String oneOf = oneOf(column, filter.codes());
        return filter.orAbsent() ? "(" + oneOf + " OR " + column + " IS NULL)" : oneOf;
    }

    private Stream<String> columns(
            Shape shape, List<String> fixedColumns, List<Integer> numberSlots, List<Integer> textSlots) {
        Stream<String> narrow = numberSlots.stream()
                .map(slot -> slot < shape.numbers() ? Shape.narrow(slot) : NO_NARROW + " AS " + Shape.narrow(slot));
        Stream<String> wide = numberSlots.stream()
                .filter(this::hasWide)
                .map(slot -> layout.hasWide(shape, slot) ? Shape.wide(slot) : NO_WIDE + " AS " + Shape.wide(slot));
        Stream<String> texts = textSlots.stream()
                .map(slot -> slot < shape.texts() ? Shape.text(slot) : NO_TEXT + " AS " + Shape.text(slot));
        return Stream.of(fixedColumns.stream(), narrow, wide, texts).flatMap(each -> each);
    }

    /** One number is compared; many travel in a parameter and are joined. */
    private String oneOf(String column, Set<Integer> numbers) {
        if (numbers.size() == 1) {
            return column + " = " + numbers.iterator().next();
        }
        String list = "list_" + lists.size();
        lists.add(list + "(number) AS (" + dialect.wholeNumbersOfParameter() + ")");
        parameters.add(numbers.stream().map(number -> Integer.toString(number)).collect(joining(",")));
        return column + " IN (SELECT number FROM " + list + ")";
    }
}

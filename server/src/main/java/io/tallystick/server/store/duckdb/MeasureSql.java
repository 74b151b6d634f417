package io.tallystick.server.store.duckdb;

import io.tallystick.quantity.Exact;
import io.tallystick.usage.UsageQuery;
import io.tallystick.usage.UsageQuery.Slot;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One measure: what the engine computes for it, exactly, and how the value comes of that. A quotient is never the
 * engine's: it would be a floating-point number.
 *
 * @param expressions columns of the grouped query
 * @param combination of their values, absent ones where NULL
 */
record MeasureSql(List<String> expressions, Combination combination) {

    /** From the values of the expressions to the value of the measure. */
    @FunctionalInterface
    interface Combination {
        Optional<BigDecimal> of(List<Optional<BigDecimal>> values);
    }

    static MeasureSql of(Dialect dialect, UsageQuery.Measure measure, Source source) {
        return switch (measure.slot()) {
            case Slot.TextSlot(int slot) -> ofText(measure, Shape.text(slot));
            case Slot.NumberSlot(int slot) -> ofNumber(dialect, measure, slot, source.hasWide(slot));
        };
    }

    private static MeasureSql ofText(UsageQuery.Measure measure, String column) {
        return switch (measure.function()) {
            case COUNT -> new MeasureSql(List.of("count(" + column + ")"), MeasureSql::only);
            case UNIQUE -> new MeasureSql(List.of("count(DISTINCT " + column + ")"), MeasureSql::only);
            case SUM, MIN, MAX, LATEST, MEAN ->
                throw new IllegalStateException(
                        "Expected a function of a text field, but was " + measure.function() + ".");
        };
    }

    private static MeasureSql ofNumber(Dialect dialect, UsageQuery.Measure measure, int slot, boolean hasWide) {
        String narrow = Shape.narrow(slot);
        String wide = Shape.wide(slot);
        return switch (measure.function()) {
            case SUM -> new MeasureSql(sums(dialect, narrow, wide, hasWide), MeasureSql::sum);
            case COUNT -> new MeasureSql(both("count", narrow, wide, hasWide), MeasureSql::sum);
            case MIN ->
                new MeasureSql(both("min", narrow, wide, hasWide), values -> present(values)
                        .reduce(BigDecimal::min));
            case MAX ->
                new MeasureSql(both("max", narrow, wide, hasWide), values -> present(values)
                        .reduce(BigDecimal::max));
            case LATEST ->
                latest(dialect, hasWide ? "coalesce(" + wide + ", " + dialect.widened(narrow) + ")" : narrow);
            case MEAN -> mean(dialect, narrow, wide, hasWide);
            case UNIQUE -> throw new IllegalStateException("Expected a function of a number field, but was UNIQUE.");
        };
    }

    /**
     * A sum of wide decimals may have more digits than a wide decimal. Their whole parts and their fractions are summed
     * apart, which leaves room for 10^11 rows of the largest numbers.
     */
    private static List<String> sums(Dialect dialect, String narrow, String wide, boolean hasWide) {
        return hasWide
                ? List.of(
                        "sum(" + narrow + ")",
                        "sum(" + dialect.wholePart(wide) + ")",
                        "sum(" + dialect.fraction(wide) + ")")
                : List.of("sum(" + narrow + ")");
    }

    private static List<String> both(String function, String narrow, String wide, boolean hasWide) {
        return hasWide
                ? List.of(function + "(" + narrow + ")", function + "(" + wide + ")")
                : List.of(function + "(" + narrow + ")");
    }

    private static MeasureSql latest(Dialect dialect, String value) {
        return new MeasureSql(List.of(dialect.last(value, "ts", QuestionSql.UID, value)), MeasureSql::only);
    }

    private static MeasureSql mean(Dialect dialect, String narrow, String wide, boolean hasWide) {
        List<String> sums = sums(dialect, narrow, wide, hasWide);
        List<String> counts = both("count", narrow, wide, hasWide);
        return new MeasureSql(Stream.concat(sums.stream(), counts.stream()).toList(), values -> {
            BigDecimal count = sum(values.subList(sums.size(), values.size())).orElse(BigDecimal.ZERO);
            return sum(values.subList(0, sums.size())).map(sum -> Exact.divide(sum, count));
        });
    }

    /** The value of this measure, from the columns that begin at {@code first}. */
    Optional<BigDecimal> read(ResultSet row, int first) throws SQLException {
        List<Optional<BigDecimal>> values = new ArrayList<>(expressions.size());
        for (int i = 0; i < expressions.size(); i++) {
            Object value = row.getObject(first + i);
            values.add(Optional.ofNullable(value).map(MeasureSql::decimal));
        }
        return combination.of(values).map(Exact::plain);
    }

    private static BigDecimal decimal(Object value) {
        return value instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf((Long) Objects.requireNonNull(value));
    }

    private static Optional<BigDecimal> only(List<Optional<BigDecimal>> values) {
        return values.getFirst();
    }

    private static Optional<BigDecimal> sum(List<Optional<BigDecimal>> values) {
        return present(values).reduce(BigDecimal::add);
    }

    private static Stream<BigDecimal> present(List<Optional<BigDecimal>> values) {
        return values.stream().flatMap(Optional::stream);
    }
}

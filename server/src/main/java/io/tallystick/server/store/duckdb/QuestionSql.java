package io.tallystick.server.store.duckdb;

import static java.util.stream.Collectors.joining;

import io.tallystick.catalog.Function;
import io.tallystick.usage.TextRule;
import io.tallystick.usage.UsageAnswer;
import io.tallystick.usage.UsageQuery;
import io.tallystick.usage.UsageQuery.Slot;
import io.tallystick.usage.UsageWatermark;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The closed shape of a question as one SELECT, and its answer out of the rows of that. */
final class QuestionSql {
    /** The uid as it was sent; of none, the empty text, which comes before every uid. */
    static final String UID = "uid_sent";

    private final Dialect dialect;
    private final UsageQuery query;
    private final Source source;
    private final List<MeasureSql> measures;
    private final List<Integer> groupedTexts;
    private final List<Instant> edges;
    private final RuleSql rules;

    /**
     * A question about the rows of a source.
     *
     * @param codes what the dictionary knows a text by
     */
    QuestionSql(
            Dialect dialect, UsageQuery query, Source source, java.util.function.Function<String, OptionalInt> codes) {
        this.dialect = dialect;
        this.query = query;
        this.source = source;
        measures = query.measures().stream()
                .map(measure -> MeasureSql.of(dialect, measure, source))
                .toList();
        groupedTexts =
                query.grouping().byTexts().stream().map(Slot.TextSlot::index).toList();
        edges = query.grouping().bucketEdges();
        rules = RuleSql.of(query.grouping().byRules(), codes);
    }

    Session.Rendered render() {
        List<String> keys = keys();
        List<String> values = measures.stream()
                .flatMap(measure -> measure.expressions().stream())
                .toList();
        String grouped = "SELECT "
                + Stream.of(
                                keys.stream(),
                                IntStream.range(0, values.size()).mapToObj(i -> values.get(i) + " AS v" + i),
                                Stream.of("count(*) AS measurements"))
                        .flatMap(each -> each)
                        .collect(joining(", "))
                + " FROM measured" + rules.joins() + groupBy(keys.size()) + " HAVING count(*) > 0";
        return new Session.Rendered(
                source.with(fixedColumns(), numberSlots(), textSlots(), "") + rules.tables() + ", grouped AS ("
                        + grouped
                        + ") SELECT "
                        + outerColumns(values.size()).collect(joining(", ")) + " FROM grouped" + joins() + cut(),
                source.parameters());
    }

    UsageAnswer read(ResultSet rows, UsageWatermark watermark) throws SQLException {
        Foremost<UsageAnswer.Row> foremost =
                new Foremost<>(query.order().comparator(), query.order().isNatural(), query.rowLimit());
        while (rows.next()) {
            foremost.add(row(rows));
        }
        return new UsageAnswer(foremost.inOrder(), foremost.hasMore(), watermark);
    }

    /**
     * In their natural order the engine cuts the rows off. Any other is Java's: the engine knows no account by its code,
     * and a mean is no exact number to it.
     */
    private String cut() {
        return query.order().isNatural() ? orderBy() + " LIMIT " + (query.rowLimit() + 1L) : "";
    }

    private UsageAnswer.Row row(ResultSet row) throws SQLException {
        int column = 1;
        OptionalInt account = query.grouping().byAccount() ? OptionalInt.of(row.getInt(column++)) : OptionalInt.empty();
        Optional<Instant> bucket = edges.isEmpty() ? Optional.empty() : Optional.of(edges.get(row.getInt(column++)));
        OptionalInt rule = OptionalInt.empty();
        if (isByRules()) {
            int index = row.getInt(column++);
            rule = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(index);
        }
        List<Optional<String>> texts = new ArrayList<>(groupedTexts.size());
        for (int i = 0; i < groupedTexts.size(); i++) {
            texts.add(Optional.ofNullable(row.getString(column++)));
        }
        List<Optional<BigDecimal>> values = new ArrayList<>(measures.size());
        for (MeasureSql measure : measures) {
            values.add(measure.read(row, column));
            column += measure.expressions().size();
        }
        return new UsageAnswer.Row(account, texts, bucket, rule, values, row.getLong(column));
    }

    private boolean isByRules() {
        return !query.grouping().byRules().isEmpty();
    }

    /** What is grouped by, in the order of the answer: account, bucket, rule, texts. */
    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        if (query.grouping().byAccount()) {
            keys.add("account");
        }
        if (!edges.isEmpty()) {
            keys.add(new Buckets(dialect, edges).indexOf("ts") + " AS bucket");
        }
        if (isByRules()) {
            keys.add(rules.firstFitting() + " AS rule");
        }
        for (int i = 0; i < groupedTexts.size(); i++) {
            keys.add(Shape.text(groupedTexts.get(i)) + " AS g" + i);
        }
        return keys;
    }

    private static String groupBy(int keys) {
        return keys == 0
                ? ""
                : IntStream.rangeClosed(1, keys).mapToObj(Integer::toString).collect(joining(", ", " GROUP BY ", ""));
    }

    private Stream<String> outerColumns(int values) {
        return Stream.of(
                        query.grouping().byAccount() ? Stream.of("account") : Stream.<String>empty(),
                        edges.isEmpty() ? Stream.<String>empty() : Stream.of("bucket"),
                        isByRules() ? Stream.of("rule") : Stream.<String>empty(),
                        IntStream.range(0, groupedTexts.size()).mapToObj(i -> "d" + i + ".text"),
                        IntStream.range(0, values).mapToObj(i -> "v" + i),
                        Stream.of("measurements"))
                .flatMap(each -> each);
    }

    private String joins() {
        return IntStream.range(0, groupedTexts.size())
                .mapToObj(i -> " LEFT JOIN dictionary d" + i + " ON d" + i + ".code = g" + i)
                .collect(joining());
    }

    private String orderBy() {
        List<String> order = outerColumns(0)
                .filter(column -> !column.equals("measurements"))
                .map(column -> column + " NULLS FIRST")
                .toList();
        return order.isEmpty() ? "" : " ORDER BY " + String.join(", ", order);
    }

    private List<String> fixedColumns() {
        boolean needsUid = query.measures().stream().anyMatch(measure -> measure.function() == Function.LATEST);
        return needsUid
                ? List.of("account", "ts", "coalesce(uid_text, " + dialect.uuidText("uid") + ", '') AS " + UID)
                : List.of("account", "ts");
    }

    private List<Integer> numberSlots() {
        return query.measures().stream()
                .map(UsageQuery.Measure::slot)
                .flatMap(slot -> slot instanceof Slot.NumberSlot(int index) ? Stream.of(index) : Stream.empty())
                .distinct()
                .toList();
    }

    private List<Integer> textSlots() {
        Stream<Integer> measured = query.measures().stream()
                .map(UsageQuery.Measure::slot)
                .flatMap(slot -> slot instanceof Slot.TextSlot(int index) ? Stream.of(index) : Stream.empty());
        Stream<Integer> ruled = query.grouping().byRules().stream()
                .flatMap(rule -> rule.conditions().keySet().stream())
                .map(Slot.TextSlot::index);
        return Stream.of(measured, groupedTexts.stream(), ruled)
                .flatMap(each -> each)
                .distinct()
                .toList();
    }

    /**
     * Which rule of a list fits a row first. Rules with conditions of the same sorts on the same slots are one table of
     * codes, which is joined; a thousand rules are compared as quickly as one.
     *
     * @param rules how many there are; also what stands for none of them
     */
    private record RuleSql(int rules, List<Pattern> patterns) {
        /**
         * What rules of one table look at.
         *
         * @param equal slots with a certain text
         * @param present slots with any text
         */
        private record Sorts(List<Integer> equal, List<Integer> present) {
            static Sorts of(TextRule rule) {
                return new Sorts(
                        slots(rule, TextRule.Condition.Equal.class), slots(rule, TextRule.Condition.Present.class));
            }

            private static List<Integer> slots(TextRule rule, Class<? extends TextRule.Condition> sort) {
                return rule.conditions().entrySet().stream()
                        .filter(condition -> sort.isInstance(condition.getValue()))
                        .map(condition -> condition.getKey().index())
                        .sorted()
                        .toList();
            }
        }

        /**
         * The rules of one table.
         *
         * @param rows the first rule of each combination of codes
         */
        private record Pattern(Sorts sorts, Map<List<Integer>, Integer> rows) {}

        static RuleSql of(List<TextRule> rules, java.util.function.Function<String, OptionalInt> codes) {
            Map<Sorts, Map<List<Integer>, Integer>> patterns = new LinkedHashMap<>();
            for (int i = 0; i < rules.size(); i++) {
                Sorts sorts = Sorts.of(rules.get(i));
                List<Integer> known = codes(rules.get(i), codes);
                // a text that the dictionary does not know is in no row
                if (known.size() == sorts.equal().size()) {
                    patterns.computeIfAbsent(sorts, _ -> new LinkedHashMap<>()).putIfAbsent(known, i);
                }
            }
            return new RuleSql(
                    rules.size(),
                    patterns.entrySet().stream()
                            .map(pattern -> new Pattern(pattern.getKey(), pattern.getValue()))
                            .toList());
        }

        private static List<Integer> codes(TextRule rule, java.util.function.Function<String, OptionalInt> codes) {
            return rule.conditions().entrySet().stream()
                    .sorted(Comparator.comparingInt(
                            condition -> condition.getKey().index()))
                    .flatMap(condition -> condition.getValue() instanceof TextRule.Condition.Equal(String text)
                            ? codes.apply(text).stream().boxed()
                            : Stream.empty())
                    .toList();
        }

        /** The tables of codes, each with a comma before it. */
        String tables() {
            return IntStream.range(0, patterns.size())
                    .filter(this::isJoined)
                    .mapToObj(p -> ", rules_" + p + "("
                            + IntStream.range(0, equal(p).size())
                                    .mapToObj(i -> code(p, i) + ", ")
                                    .collect(joining())
                            + rule(p) + ") AS (VALUES "
                            + patterns.get(p).rows().entrySet().stream()
                                    .map(row -> Stream.concat(row.getKey().stream(), Stream.of(row.getValue()))
                                            .map(number -> Integer.toString(number))
                                            .collect(joining(", ", "(", ")")))
                                    .collect(joining(", "))
                            + ")")
                    .collect(joining());
        }

        String joins() {
            return IntStream.range(0, patterns.size())
                    .filter(this::isJoined)
                    .mapToObj(p -> " LEFT JOIN rules_" + p
                            + IntStream.range(0, equal(p).size())
                                    .mapToObj(i -> Shape.text(equal(p).get(i)) + " = " + code(p, i))
                                    .collect(joining(" AND ", " ON ", "")))
                    .collect(joining());
        }

        /** The least of those that fit, NULL where none does. */
        String firstFitting() {
            return patterns.isEmpty()
                    ? "CAST(NULL AS INTEGER)"
                    : IntStream.range(0, patterns.size())
                            .mapToObj(this::fitting)
                            .collect(joining(", ", "nullif(least(" + rules + ", ", "), " + rules + ")"));
        }

        /** The rule of one table that fits, the number of rules where none does. */
        private String fitting(int p) {
            String present = patterns.get(p).sorts().present().stream()
                    .map(slot -> Shape.text(slot) + " IS NOT NULL AND ")
                    .collect(joining());
            return "CASE WHEN " + present + found(p) + " ELSE " + rules + " END";
        }

        private String found(int p) {
            return isJoined(p)
                    ? rule(p) + " IS NOT NULL THEN " + rule(p)
                    : "TRUE THEN " + patterns.get(p).rows().values().iterator().next();
        }

        private boolean isJoined(int p) {
            return !equal(p).isEmpty();
        }

        private List<Integer> equal(int p) {
            return patterns.get(p).sorts().equal();
        }

        private static String code(int p, int i) {
            return "code_" + p + "_" + i;
        }

        private static String rule(int p) {
            return "rule_" + p;
        }
    }

    /**
     * The first rows of many by some order, with memory for twice as many as are wanted. Not for use by several threads.
     */
    private static final class Foremost<T> {
        private final Comparator<T> order;
        private final boolean isOrdered;
        private final int limit;
        private final List<T> kept = new ArrayList<>();
        private long seen;

        /**
         * None yet.
         *
         * @param isOrdered whether they come in order already
         */
        Foremost(Comparator<T> order, boolean isOrdered, int limit) {
            this.order = order;
            this.isOrdered = isOrdered;
            this.limit = limit;
        }

        void add(T row) {
            seen++;
            if (!isOrdered || kept.size() < limit) {
                kept.add(row);
            }
            if (kept.size() >= 2L * limit + 1) {
                cut();
            }
        }

        /** Whether there were more than the limit. */
        boolean hasMore() {
            return seen > limit;
        }

        List<T> inOrder() {
            cut();
            return List.copyOf(kept);
        }

        private void cut() {
            if (!isOrdered) {
                kept.sort(order);
            }
            if (kept.size() > limit) {
                kept.subList(limit, kept.size()).clear();
            }
        }
    }
}

package io.tallystick.usage;

import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * One question about the usage of one meter. A closed shape: whatever can be asked can be said with it, and no text of
 * a user is part of any program that answers it.
 *
 * @param meter number of the meter's document
 * @param period event times that count
 * @param accounts which accounts count
 * @param filters text fields that must have one of some values; all filters must hold
 * @param measures what to compute, at least one, in the order of the answer's values
 * @param grouping what to compute it for
 * @param asOf only what had been committed then and was not voided then; absent: everything until now
 * @param order of the rows, before the limit cuts any off
 * @param rowLimit at most so many rows in the answer, 1 to 1,000,000; of more, {@link UsageAnswer#truncated} tells
 */
public record UsageQuery(
        int meter,
        Period period,
        Accounts accounts,
        List<TextFilter> filters,
        List<Measure> measures,
        Grouping grouping,
        Optional<UsageWatermark> asOf,
        RowOrder order,
        int rowLimit) {
    public static final int ROW_LIMIT_MAX = 1_000_000;

    public UsageQuery {
        filters = List.copyOf(filters);
        measures = List.copyOf(measures);
        if (measures.isEmpty()) {
            throw new IllegalArgumentException("Expected at least one measure, but there was none.");
        }
        List<Instant> edges = grouping.bucketEdges();
        if (!edges.isEmpty()
                && (edges.getFirst().isAfter(period.from()) || edges.getLast().isBefore(period.to()))) {
            throw new IllegalArgumentException("Expected bucket edges that enclose %s, but were %s to %s."
                    .formatted(period, edges.getFirst(), edges.getLast()));
        }
        if (rowLimit < 1 || rowLimit > ROW_LIMIT_MAX) {
            throw new IllegalArgumentException(
                    "Expected a row limit of 1 to %d, but was %d.".formatted(ROW_LIMIT_MAX, rowLimit));
        }
    }

    /** The same, its rows in their natural order. */
    public UsageQuery(
            int meter,
            Period period,
            Accounts accounts,
            List<TextFilter> filters,
            List<Measure> measures,
            Grouping grouping,
            Optional<UsageWatermark> asOf,
            int rowLimit) {
        this(meter, period, accounts, filters, measures, grouping, asOf, RowOrder.NATURAL, rowLimit);
    }

    /** Which accounts count. */
    public sealed interface Accounts {
        record All() implements Accounts {}

        /** These account numbers; none of them: nothing counts. */
        record Only(Set<Integer> numbers) implements Accounts {
            public Only {
                numbers = Set.copyOf(numbers);
            }
        }
    }

    /**
     * A text field has one of these values.
     *
     * @param orAbsent whether measurements that do not carry the field count as well
     */
    public record TextFilter(Slot.TextSlot slot, Set<String> values, boolean orAbsent) {
        public TextFilter {
            values = Set.copyOf(values);
        }

        /** Measurements that do not carry the field do not count. */
        public TextFilter(Slot.TextSlot slot, Set<String> values) {
            this(slot, values, false);
        }
    }

    /**
     * A function over a field. SUM, MIN, MAX, LATEST, MEAN take a number slot, UNIQUE a text slot, COUNT either.
     */
    public record Measure(Function function, Slot slot) {
        public Measure {
            boolean fits =
                    switch (function) {
                        case SUM, MIN, MAX, LATEST, MEAN -> slot instanceof Slot.NumberSlot;
                        case UNIQUE -> slot instanceof Slot.TextSlot;
                        case COUNT -> true;
                    };
            if (!fits) {
                throw new IllegalArgumentException("Expected a field that %s can be computed of, but was a %s field."
                        .formatted(function, slot instanceof Slot.TextSlot ? "text" : "numeric"));
            }
        }

        /** What an aggregation computes of its meter; absent where the meter has no such field. */
        public static Optional<Measure> of(Aggregation aggregation, Meter meter) {
            Optional<Slot> number = slot(meter.slots().number(aggregation.targetField()), Slot.NumberSlot::new);
            Optional<Slot> text = slot(meter.slots().text(aggregation.targetField()), Slot.TextSlot::new);
            Optional<Slot> slot =
                    switch (aggregation.function()) {
                        case SUM, MIN, MAX, LATEST, MEAN -> number;
                        case UNIQUE -> text;
                        case COUNT -> {
                            boolean isText = meter.category(aggregation.targetField())
                                    .map(category -> !category.isNumeric())
                                    .orElseGet(number::isEmpty);
                            yield isText ? text : number;
                        }
                    };
            return slot.map(found -> new Measure(aggregation.function(), found));
        }

        private static Optional<Slot> slot(OptionalInt index, IntFunction<Slot> make) {
            return index.isPresent() ? Optional.of(make.apply(index.getAsInt())) : Optional.empty();
        }
    }

    /**
     * What each row of the answer stands for.
     *
     * @param byAccount a row per account
     * @param byTexts a row per value of each of these text fields
     * @param bucketEdges a row per stretch between neighbouring edges, ascending; the first and last edge enclose the
     *     period; empty: no buckets
     * @param byRules a row per rule, with the measurements that it is the first to fit, and one with those that none fits;
     *     at most 1000; empty: no rules
     */
    public record Grouping(
            boolean byAccount, List<Slot.TextSlot> byTexts, List<Instant> bucketEdges, List<TextRule> byRules) {
        public static final int RULES_MAX = 1000;
        public static final Grouping NONE = new Grouping(false, List.of(), List.of());
        public static final Grouping BY_ACCOUNT = new Grouping(true, List.of(), List.of());

        public Grouping {
            byTexts = List.copyOf(byTexts);
            bucketEdges = List.copyOf(bucketEdges);
            byRules = List.copyOf(byRules);
            if (byRules.size() > RULES_MAX) {
                throw new IllegalArgumentException(
                        "Expected at most %d rules, but were %d.".formatted(RULES_MAX, byRules.size()));
            }
            for (int i = 1; i < bucketEdges.size(); i++) {
                if (!bucketEdges.get(i - 1).isBefore(bucketEdges.get(i))) {
                    throw new IllegalArgumentException("Expected ascending bucket edges, but %s stands before %s."
                            .formatted(bucketEdges.get(i - 1), bucketEdges.get(i)));
                }
            }
        }

        /** Without rules. */
        public Grouping(boolean byAccount, List<Slot.TextSlot> byTexts, List<Instant> bucketEdges) {
            this(byAccount, byTexts, bucketEdges, List.of());
        }
    }

    /**
     * In which order the rows of an answer come. What a row does not have comes last, in either direction; rows that are equal
     * by all keys come in their natural order, so that an order is always total and the same question is always cut at the
     * same row.
     *
     * @param keys the first one decides, of equals the next
     */
    public record RowOrder(List<Key> keys) {
        /**
         * By account number, then bucket, then rule, then texts in the order of their bytes; rows without a rule or text
         * before those with.
         */
        public static final RowOrder NATURAL = new RowOrder(List.of());

        private static final Comparator<String> BY_BYTES =
                Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

        private static final Comparator<Optional<String>> ABSENT_FIRST =
                (one, other) -> one.isPresent() && other.isPresent()
                        ? BY_BYTES.compare(one.get(), other.get())
                        : Boolean.compare(one.isPresent(), other.isPresent());

        private static final Comparator<UsageAnswer.Row> AS_GROUPED = Comparator.comparingInt(
                        (UsageAnswer.Row row) -> row.account().orElse(0))
                .thenComparing(row -> row.bucketStart().orElse(Instant.MIN))
                .thenComparingInt(row -> row.rule().orElse(-1))
                .thenComparing(UsageAnswer.Row::texts, RowOrder::compareTexts);

        public RowOrder {
            keys = List.copyOf(keys);
        }

        /** One thing that rows are ordered by. */
        public sealed interface Key {
            boolean isDescending();
        }

        /**
         * By what the row's account is called.
         *
         * @param names by account number; the store knows none
         */
        public record ByAccount(Map<Integer, String> names, boolean isDescending) implements Key {
            public ByAccount {
                names = Map.copyOf(names);
            }
        }

        /** By the start of the row's bucket. */
        public record ByBucket(boolean isDescending) implements Key {}

        /** By one of the texts that are grouped by. */
        public record ByText(int index, boolean isDescending) implements Key {}

        /** By the value of one measure. */
        public record ByValue(int index, boolean isDescending) implements Key {}

        public boolean isNatural() {
            return keys.isEmpty();
        }

        /** Compares rows of one answer. */
        public Comparator<UsageAnswer.Row> comparator() {
            return keys.stream()
                    .map(RowOrder::comparator)
                    .reduce(Comparator::thenComparing)
                    .map(order -> order.thenComparing(AS_GROUPED))
                    .orElse(AS_GROUPED);
        }

        private static Comparator<UsageAnswer.Row> comparator(Key key) {
            return switch (key) {
                case ByAccount(Map<Integer, String> names, boolean isDescending) ->
                    by(row -> name(names, row.account()), BY_BYTES, isDescending);
                case ByBucket(boolean isDescending) ->
                    by(UsageAnswer.Row::bucketStart, Comparator.naturalOrder(), isDescending);
                case ByText(int index, boolean isDescending) ->
                    by(row -> row.texts().get(index), BY_BYTES, isDescending);
                case ByValue(int index, boolean isDescending) ->
                    by(row -> row.values().get(index), Comparator.<BigDecimal>naturalOrder(), isDescending);
            };
        }

        private static Optional<String> name(Map<Integer, String> names, OptionalInt account) {
            return account.isPresent() ? Optional.ofNullable(names.get(account.getAsInt())) : Optional.empty();
        }

        private static <V> Comparator<UsageAnswer.Row> by(
                java.util.function.Function<UsageAnswer.Row, Optional<V>> part,
                Comparator<V> order,
                boolean isDescending) {
            Comparator<V> directed = isDescending ? order.reversed() : order;
            return (one, other) -> {
                Optional<V> first = part.apply(one);
                Optional<V> second = part.apply(other);
                return first.isPresent() && second.isPresent()
                        ? directed.compare(first.get(), second.get())
                        : Boolean.compare(second.isPresent(), first.isPresent());
            };
        }

        private static int compareTexts(List<Optional<String>> some, List<Optional<String>> others) {
            for (int i = 0; i < some.size(); i++) {
                int order = ABSENT_FIRST.compare(some.get(i), others.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }
    }

    /** A column of a meter's usage rows. The catalogue says which field stands in it. */
    public sealed interface Slot {
        /** From 0, among the slots of its sort. */
        int index();

        record NumberSlot(int index) implements Slot {}

        record TextSlot(int index) implements Slot {}
    }
}

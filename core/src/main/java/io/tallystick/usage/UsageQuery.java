package io.tallystick.usage;

import io.tallystick.catalog.Function;
import io.tallystick.time.Period;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** A text field has one of these values. */
    public record TextFilter(Slot.TextSlot slot, Set<String> values) {
        public TextFilter {
            values = Set.copyOf(values);
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
    }

    /**
     * What each row of the answer stands for.
     *
     * @param byAccount a row per account
     * @param byTexts a row per value of each of these text fields
     * @param bucketEdges a row per stretch between neighbouring edges, ascending; the first and last edge enclose the
     *     period; empty: no buckets
     */
    public record Grouping(boolean byAccount, List<Slot.TextSlot> byTexts, List<Instant> bucketEdges) {
        public static final Grouping NONE = new Grouping(false, List.of(), List.of());
        public static final Grouping BY_ACCOUNT = new Grouping(true, List.of(), List.of());

        public Grouping {
            byTexts = List.copyOf(byTexts);
            bucketEdges = List.copyOf(bucketEdges);
            for (int i = 1; i < bucketEdges.size(); i++) {
                if (!bucketEdges.get(i - 1).isBefore(bucketEdges.get(i))) {
                    throw new IllegalArgumentException("Expected ascending bucket edges, but %s stands before %s."
                            .formatted(bucketEdges.get(i - 1), bucketEdges.get(i)));
                }
            }
        }
    }
}

package io.tallystick.usage;

import io.tallystick.quantity.Exact;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Answers questions the slow and obvious way: it keeps every measurement in a list and looks at each. */
final class UsageOracle {
    private record Kept(int commit, Measurement measurement) {}

    /** What a row of the answer stands for; sorted as the answer is. */
    private record Group(OptionalInt account, Optional<Instant> bucket, List<Optional<String>> texts)
            implements Comparable<Group> {
        private static final Comparator<Optional<String>> ABSENT_THEN_BYTES = Comparator.comparing(
                text -> text.map(value -> value.getBytes(StandardCharsets.UTF_8))
                        .orElse(null),
                Comparator.nullsFirst(Arrays::compareUnsigned));

        @Override
        public int compareTo(Group other) {
            int byAccount = Integer.compare(account.orElse(0), other.account.orElse(0));
            if (byAccount != 0) {
                return byAccount;
            }
            int byBucket = bucket.orElse(Instant.MIN).compareTo(other.bucket.orElse(Instant.MIN));
            if (byBucket != 0) {
                return byBucket;
            }
            for (int i = 0; i < texts.size(); i++) {
                int byText = ABSENT_THEN_BYTES.compare(texts.get(i), other.texts.get(i));
                if (byText != 0) {
                    return byText;
                }
            }
            return 0;
        }
    }

    private final List<Kept> all = new ArrayList<>();
    private final List<UsageWatermark> watermarks = new ArrayList<>();

    void add(List<Measurement> block, UsageWatermark watermark) {
        block.forEach(measurement -> all.add(new Kept(watermarks.size(), measurement)));
        watermarks.add(watermark);
    }

    List<UsageWatermark> watermarks() {
        return watermarks;
    }

    List<UsageAnswer.Row> ask(UsageQuery query) {
        int asOf = query.asOf().map(watermarks::indexOf).orElse(Integer.MAX_VALUE);
        Map<Group, List<Measurement>> groups = new TreeMap<>();
        all.stream()
                .filter(kept -> kept.commit() <= asOf)
                .map(Kept::measurement)
                .filter(measurement -> counts(query, measurement))
                .forEach(measurement -> groups.computeIfAbsent(group(query, measurement), key -> new ArrayList<>())
                        .add(measurement));
        return groups.entrySet().stream()
                .map(group -> new UsageAnswer.Row(
                        group.getKey().account(),
                        group.getKey().texts(),
                        group.getKey().bucket(),
                        query.measures().stream()
                                .map(measure -> value(measure, group.getValue()))
                                .toList(),
                        group.getValue().size()))
                .toList();
    }

    private static boolean counts(UsageQuery query, Measurement measurement) {
        return measurement.meter() == query.meter()
                && query.period().contains(measurement.eventTime())
                && switch (query.accounts()) {
                    case UsageQuery.Accounts.All all -> true;
                    case UsageQuery.Accounts.Only(Set<Integer> numbers) -> numbers.contains(measurement.account());
                }
                && query.filters().stream().allMatch(filter -> text(measurement, filter.slot())
                        .filter(filter.values()::contains)
                        .isPresent());
    }

    private static Group group(UsageQuery query, Measurement measurement) {
        UsageQuery.Grouping grouping = query.grouping();
        return new Group(
                grouping.byAccount() ? OptionalInt.of(measurement.account()) : OptionalInt.empty(),
                grouping.bucketEdges().stream()
                        .filter(edge -> !edge.isAfter(measurement.eventTime()))
                        .reduce((earlier, later) -> later),
                grouping.byTexts().stream().map(slot -> text(measurement, slot)).toList());
    }

    private static Optional<BigDecimal> value(UsageQuery.Measure measure, List<Measurement> group) {
        return switch (measure.slot()) {
            case Slot.TextSlot slot ->
                Optional.of(ofTexts(measure, group.stream().flatMap(each -> text(each, slot).stream())));
            case Slot.NumberSlot slot -> ofNumbers(measure, slot, group);
        };
    }

    private static BigDecimal ofTexts(UsageQuery.Measure measure, Stream<String> texts) {
        return switch (measure.function()) {
            case COUNT -> BigDecimal.valueOf(texts.count());
            case UNIQUE -> BigDecimal.valueOf(texts.distinct().count());
            case SUM, MIN, MAX, LATEST, MEAN -> throw new IllegalStateException("Expected COUNT or UNIQUE.");
        };
    }

    private static Optional<BigDecimal> ofNumbers(
            UsageQuery.Measure measure, Slot.NumberSlot slot, List<Measurement> group) {
        List<Measurement> carrying =
                group.stream().filter(each -> number(each, slot).isPresent()).toList();
        List<BigDecimal> numbers =
                carrying.stream().map(each -> number(each, slot).orElseThrow()).toList();
        Optional<BigDecimal> sum = numbers.stream().reduce(BigDecimal::add);
        BigDecimal count = BigDecimal.valueOf(numbers.size());
        Optional<BigDecimal> value =
                switch (measure.function()) {
                    case SUM -> sum;
                    case MIN -> numbers.stream().reduce(BigDecimal::min);
                    case MAX -> numbers.stream().reduce(BigDecimal::max);
                    case COUNT -> Optional.of(count);
                    case MEAN -> sum.map(total -> Exact.divide(total, count));
                    case LATEST -> carrying.stream().max(later(slot)).flatMap(each -> number(each, slot));
                    case UNIQUE -> throw new IllegalStateException("Expected a function of numbers.");
                };
        return value.map(Exact::plain);
    }

    /** By event time, then the uid's bytes (none first), then value. */
    private static Comparator<Measurement> later(Slot.NumberSlot slot) {
        return Comparator.comparing(Measurement::eventTime)
                .thenComparing(UsageOracle::uidBytes, Arrays::compareUnsigned)
                .thenComparing(each -> number(each, slot).orElseThrow());
    }

    private static byte[] uidBytes(Measurement measurement) {
        return switch (measurement.identity()) {
            case Identity.None none -> new byte[0];
            case Identity.Uid known -> known.uid().getBytes(StandardCharsets.UTF_8);
        };
    }

    private static Optional<BigDecimal> number(Measurement measurement, Slot.NumberSlot slot) {
        return slot.index() < measurement.numberSlots() ? measurement.number(slot.index()) : Optional.empty();
    }

    private static Optional<String> text(Measurement measurement, Slot.TextSlot slot) {
        return slot.index() < measurement.textSlots() ? measurement.text(slot.index()) : Optional.empty();
    }
}

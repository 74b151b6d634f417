package io.tallystick.usage;

import io.tallystick.quantity.Exact;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Answers questions the slow and obvious way: it keeps every measurement in a list and looks at each. */
final class UsageOracle {
    /** A measurement, the commit that counted it and the one that ended it. */
    private record Kept(int commit, Measurement measurement, int end) {
        boolean countsAt(int last) {
            return commit <= last && last < end;
        }
    }

    private static final int OPEN = Integer.MAX_VALUE;

    /** What a row of the answer stands for. */
    private record Group(
            OptionalInt account, Optional<Instant> bucket, OptionalInt rule, List<Optional<String>> texts) {}

    /** What two lists of measurements are compared by. */
    record Listed(Instant eventTime, int account, Optional<String> uid, BigDecimal sumOfNumbers, long texts) {
        static Listed of(StoredMeasurement stored) {
            return new Listed(
                    stored.eventTime(),
                    stored.account(),
                    stored.uid(),
                    sum(stored.numbers().stream().flatMap(Optional::stream)),
                    stored.texts().stream().flatMap(Optional::stream).count());
        }

        static Listed of(Measurement measurement) {
            return new Listed(
                    measurement.eventTime(),
                    measurement.account(),
                    switch (measurement.identity()) {
                        case Identity.None _ -> Optional.empty();
                        case Identity.Uid known -> Optional.of(known.uid());
                    },
                    sum(IntStream.range(0, measurement.numberSlots())
                            .mapToObj(measurement::number)
                            .flatMap(Optional::stream)),
                    IntStream.range(0, measurement.textSlots())
                            .filter(slot -> measurement.text(slot).isPresent())
                            .count());
        }

        private static BigDecimal sum(Stream<BigDecimal> numbers) {
            return Exact.plain(numbers.reduce(BigDecimal.ZERO, BigDecimal::add));
        }
    }

    private final List<Kept> all = new ArrayList<>();
    private final List<UsageWatermark> watermarks = new ArrayList<>();

    void add(List<Measurement> block, UsageWatermark watermark) {
        block.forEach(measurement -> all.add(new Kept(watermarks.size(), measurement, OPEN)));
        watermarks.add(watermark);
    }

    /** Ends these with the next commit, which counts others. */
    void correct(List<Measurement> ended, List<Measurement> counted, UsageWatermark watermark) {
        all.replaceAll(kept -> kept.end() == OPEN && ended.contains(kept.measurement())
                ? new Kept(kept.commit(), kept.measurement(), watermarks.size())
                : kept);
        add(counted, watermark);
    }

    /** What counts now. */
    List<Measurement> counted() {
        return all.stream()
                .filter(kept -> kept.end() == OPEN)
                .map(Kept::measurement)
                .toList();
    }

    List<UsageWatermark> watermarks() {
        return watermarks;
    }

    List<UsageAnswer.Row> ask(RandomUsage.Question question) {
        UsageQuery query = question.query();
        Map<Group, List<Measurement>> groups = new HashMap<>();
        committed(query.asOf())
                .filter(each -> counts(query.meter(), query.period(), query.accounts(), query.filters(), each))
                .forEach(each -> groups.computeIfAbsent(group(question, each), _ -> new ArrayList<>())
                        .add(each));
        return groups.entrySet().stream()
                .map(group -> new UsageAnswer.Row(
                        group.getKey().account(),
                        group.getKey().texts(),
                        group.getKey().bucket(),
                        group.getKey().rule(),
                        query.measures().stream()
                                .map(measure -> value(measure, group.getValue()))
                                .toList(),
                        group.getValue().size()))
                .sorted(order(query.order()))
                .toList();
    }

    /** Without paging. */
    List<Listed> list(MeasurementQuery query) {
        List<Measurement> listed = new ArrayList<>(committed(query.asOf())
                .filter(each -> counts(query.meter(), query.period(), query.accounts(), query.filters(), each))
                .toList());
        // A stable sort of what is in the order of its commits.
        listed.sort(Comparator.comparing(Measurement::eventTime));
        List<Measurement> directed =
                switch (query.direction()) {
                    case OLDEST_FIRST -> listed;
                    case NEWEST_FIRST -> listed.reversed();
                };
        return directed.stream().map(Listed::of).toList();
    }

    private Stream<Measurement> committed(Optional<UsageWatermark> asOf) {
        int last = asOf.map(watermarks::indexOf).orElseGet(watermarks::size);
        return all.stream().filter(kept -> kept.countsAt(last)).map(Kept::measurement);
    }

    /** Key by key, then as grouped; said apart from the order of the product. */
    private static Comparator<UsageAnswer.Row> order(UsageQuery.RowOrder order) {
        Comparator<UsageAnswer.Row> all = (_, _) -> 0;
        for (UsageQuery.RowOrder.Key key : order.keys()) {
            all = all.thenComparing(
                    switch (key) {
                        case UsageQuery.RowOrder.ByAccount(Map<Integer, String> names, boolean isDescending) ->
                            absentLast(
                                    row -> Optional.ofNullable(
                                                    names.get(row.account().orElseThrow()))
                                            .map(UsageOracle::codePoints),
                                    Arrays::compare,
                                    isDescending);
                        case UsageQuery.RowOrder.ByBucket(boolean isDescending) ->
                            absentLast(UsageAnswer.Row::bucketStart, Instant::compareTo, isDescending);
                        case UsageQuery.RowOrder.ByText(int index, boolean isDescending) ->
                            absentLast(
                                    row -> row.texts().get(index).map(UsageOracle::codePoints),
                                    Arrays::compare,
                                    isDescending);
                        case UsageQuery.RowOrder.ByValue(int index, boolean isDescending) ->
                            absentLast(row -> row.values().get(index), BigDecimal::compareTo, isDescending);
                    });
        }
        return all.thenComparingInt(row -> row.account().orElse(0))
                .thenComparing(row -> row.bucketStart().orElse(Instant.MIN))
                .thenComparing(row -> row.rule().isPresent())
                .thenComparingInt(row -> row.rule().orElse(0))
                .thenComparing(UsageOracle::compareTexts);
    }

    /** Text by text, by code points; an absent one comes before the empty one. */
    private static int compareTexts(UsageAnswer.Row one, UsageAnswer.Row other) {
        for (int i = 0; i < one.texts().size(); i++) {
            Optional<int[]> first = one.texts().get(i).map(UsageOracle::codePoints);
            Optional<int[]> second = other.texts().get(i).map(UsageOracle::codePoints);
            int compared = first.isPresent() && second.isPresent()
                    ? Arrays.compare(first.get(), second.get())
                    : Boolean.compare(first.isPresent(), second.isPresent());
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private static <V> Comparator<UsageAnswer.Row> absentLast(
            java.util.function.Function<UsageAnswer.Row, Optional<V>> part, Comparator<V> order, boolean isDescending) {
        return (one, other) -> {
            if (part.apply(one).isEmpty() || part.apply(other).isEmpty()) {
                return Boolean.compare(
                        part.apply(one).isEmpty(), part.apply(other).isEmpty());
            }
            int compared = order.compare(
                    part.apply(one).orElseThrow(), part.apply(other).orElseThrow());
            return isDescending ? -compared : compared;
        };
    }

    private static int[] codePoints(String text) {
        return text.codePoints().toArray();
    }

    private static boolean counts(
            int meter,
            Period period,
            UsageQuery.Accounts accounts,
            List<UsageQuery.TextFilter> filters,
            Measurement measurement) {
        return measurement.meter() == meter
                && period.contains(measurement.eventTime())
                && switch (accounts) {
                    case UsageQuery.Accounts.All _ -> true;
                    case UsageQuery.Accounts.Only(Set<Integer> numbers) -> numbers.contains(measurement.account());
                }
                && filters.stream().allMatch(filter -> text(measurement, filter.slot())
                        .map(filter.values()::contains)
                        .orElseGet(filter::orAbsent));
    }

    private static Group group(RandomUsage.Question question, Measurement measurement) {
        UsageQuery.Grouping grouping = question.query().grouping();
        Instant time = measurement.eventTime();
        return new Group(
                grouping.byAccount() ? OptionalInt.of(measurement.account()) : OptionalInt.empty(),
                question.cut().map(cut -> start(time, cut)).or(() -> grouping.bucketEdges().stream()
                        .filter(edge -> !edge.isAfter(time))
                        .reduce((_, later) -> later)),
                firstFitting(grouping.byRules(), measurement),
                grouping.byTexts().stream().map(slot -> text(measurement, slot)).toList());
    }

    private static OptionalInt firstFitting(List<TextRule> rules, Measurement measurement) {
        for (int i = 0; i < rules.size(); i++) {
            if (fits(rules.get(i), measurement)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private static boolean fits(TextRule rule, Measurement measurement) {
        for (Map.Entry<UsageQuery.Slot.TextSlot, TextRule.Condition> each :
                rule.conditions().entrySet()) {
            Optional<String> text = text(measurement, each.getKey());
            boolean isMet =
                    switch (each.getValue()) {
                        case TextRule.Condition.Equal(String wanted) -> text.equals(Optional.of(wanted));
                        case TextRule.Condition.Present() -> text.isPresent();
                    };
            if (!isMet) {
                return false;
            }
        }
        return true;
    }

    /** The first instant that shows the same hour, day, week, month or quarter on the local clock. */
    private static Instant start(Instant time, RandomUsage.LocalCut cut) {
        LocalDate date = LocalDate.ofInstant(time, cut.zone());
        return switch (cut.size()) {
            case HOUR -> firstMinuteOfSameHour(time, cut.zone());
            case DAY -> date.atStartOfDay(cut.zone()).toInstant();
            case WEEK ->
                date.minusDays(date.getDayOfWeek().getValue() - 1L)
                        .atStartOfDay(cut.zone())
                        .toInstant();
            case MONTH -> date.withDayOfMonth(1).atStartOfDay(cut.zone()).toInstant();
            case QUARTER ->
                LocalDate.of(date.getYear(), (date.getMonthValue() - 1) / 3 * 3 + 1, 1)
                        .atStartOfDay(cut.zone())
                        .toInstant();
        };
    }

    /** Goes back minute by minute while hour and offset stay: the two hours from 02:00 of a night are two. */
    private static Instant firstMinuteOfSameHour(Instant time, ZoneId zone) {
        Instant minute = time.truncatedTo(ChronoUnit.MINUTES);
        while (hour(minute.minusSeconds(60), zone).equals(hour(time, zone))) {
            minute = minute.minusSeconds(60);
        }
        return minute;
    }

    private static OffsetDateTime hour(Instant time, ZoneId zone) {
        return time.atZone(zone).toOffsetDateTime().truncatedTo(ChronoUnit.HOURS);
    }

    private static Optional<BigDecimal> value(UsageQuery.Measure measure, List<Measurement> group) {
        return switch (measure.slot()) {
            case UsageQuery.Slot.TextSlot slot ->
                Optional.of(ofTexts(measure, group.stream().flatMap(each -> text(each, slot).stream())));
            case UsageQuery.Slot.NumberSlot slot -> ofNumbers(measure, slot, group);
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
            UsageQuery.Measure measure, UsageQuery.Slot.NumberSlot slot, List<Measurement> group) {
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
    private static Comparator<Measurement> later(UsageQuery.Slot.NumberSlot slot) {
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

    private static Optional<BigDecimal> number(Measurement measurement, UsageQuery.Slot.NumberSlot slot) {
        return slot.index() < measurement.numberSlots() ? measurement.number(slot.index()) : Optional.empty();
    }

    private static Optional<String> text(Measurement measurement, UsageQuery.Slot.TextSlot slot) {
        return slot.index() < measurement.textSlots() ? measurement.text(slot.index()) : Optional.empty();
    }
}

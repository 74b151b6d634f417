package io.tallystick.usage;

import static io.tallystick.usage.UsageFixture.ACME;
import static io.tallystick.usage.UsageFixture.RECEIVED;
import static io.tallystick.usage.UsageFixture.slots;

import io.tallystick.catalog.Function;
import io.tallystick.time.BucketSize;
import io.tallystick.time.Period;
import io.tallystick.time.TimeBuckets;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Random measurements, and random questions about them. Times lie around the autumn in which Chatham, Lord Howe, Berlin and
 * St. John's change their clocks.
 */
final class RandomUsage {
    private static final int DAYS = 50;
    private static final Instant START = Instant.parse("2024-09-20T00:00:00Z");
    private static final List<String> WORDS =
            List.of("", "eu", "us", "EU", "\u0131", "I", "\uD83D\uDE00", "\uFF5E", "a\0");

    private static final List<Function> FUNCTIONS = List.of(Function.values());

    private static final List<ZoneId> ZONES = Stream.of(
                    "UTC",
                    "Europe/Berlin",
                    "Pacific/Chatham",
                    "America/St_Johns",
                    "Australia/Lord_Howe",
                    "Asia/Kathmandu")
            .map(ZoneId::of)
            .toList();

    private final RandomGenerator random;
    private final List<UsageWatermark> watermarks;

    /** Questions ask as of the watermarks that are in the list when they are made. */
    RandomUsage(RandomGenerator random, List<UsageWatermark> watermarks) {
        this.random = random;
        this.watermarks = watermarks;
    }

    /**
     * A question, and how whoever knows nothing of edges would cut its buckets.
     *
     * @param cut absent: by the edges of the query
     */
    record Question(UsageQuery query, Optional<LocalCut> cut) {}

    /** Buckets of the clock in one zone. */
    record LocalCut(BucketSize size, ZoneId zone) {}

    /** The measurements of one block. */
    List<Measurement> block(int stage) {
        return Stream.generate(() -> measurement(stage))
                .limit(1 + random.nextInt(60))
                .toList();
    }

    private Measurement measurement(int stage) {
        int numberSlots = List.of(3, 6, 30).get(stage);
        int textSlots = List.of(2, 7, 64).get(stage);
        MeasurementDraft draft = Measurement.draft(
                identity(), 1 + random.nextInt(2), slots(numberSlots, textSlots), 1 + random.nextInt(5), time());
        for (int slot = 0; slot < Math.min(numberSlots, 5); slot++) {
            if (random.nextInt(3) > 0) {
                draft.number(slot, number());
            }
        }
        for (int slot = 0; slot < Math.min(textSlots, 4); slot++) {
            if (random.nextInt(3) > 0) {
                draft.text(slot, word());
            }
        }
        return draft.freeze(RECEIVED);
    }

    /** What another measurement says, under another identity. */
    static Measurement under(Identity identity, Measurement said) {
        MeasurementDraft draft = Measurement.draft(
                identity, said.meter(), slots(said.numberSlots(), said.textSlots()), said.account(), said.eventTime());
        for (int slot = 0; slot < said.numberSlots(); slot++) {
            int at = slot;
            said.number(slot).ifPresent(number -> draft.number(at, number));
        }
        for (int slot = 0; slot < said.textSlots(); slot++) {
            int at = slot;
            said.text(slot).ifPresent(text -> draft.text(at, text));
        }
        return draft.freeze(RECEIVED);
    }

    private Identity identity() {
        return switch (random.nextInt(3)) {
            case 0 -> new Identity.None(ACME, Door.MEASUREMENTS);
            case 1 -> new Identity.Uid(ACME, Door.MEASUREMENTS, random.nextInt(1000) + word());
            default ->
                new Identity.Uid(ACME, Door.MEASUREMENTS, new UUID(random.nextLong(), random.nextLong()).toString());
        };
    }

    /** Few different ones, many of them on an edge, so that ties and boundaries are met. */
    private Instant time() {
        Instant hour = START.plus(Duration.ofHours(random.nextInt(-2, 24 * DAYS)));
        return hour.plusNanos(random.nextInt(-1, 2) * 1_000L);
    }

    private BigDecimal number() {
        return switch (random.nextInt(6)) {
            case 0 -> BigDecimal.valueOf(random.nextInt(-3, 4));
            case 1 -> BigDecimal.valueOf(random.nextLong(1_000_000_000_000_000_000L), 6);
            case 2 -> BigDecimal.valueOf(random.nextLong(), 12);
            case 3 -> digits(38, 12);
            case 4 -> digits(26, 0);
            default -> BigDecimal.valueOf(random.nextInt(100_000), 2);
        };
    }

    private BigDecimal digits(int count, int scale) {
        String digits = IntStream.range(0, count)
                .mapToObj(i -> Integer.toString(random.nextInt(5, 10)))
                .collect(Collectors.joining());
        BigDecimal number = new BigDecimal(new BigInteger(digits), scale);
        return random.nextBoolean() ? number : number.negate();
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    Question question() {
        Period period = period();
        Optional<LocalCut> cut = random.nextInt(3) > 0
                ? Optional.empty()
                : Optional.of(new LocalCut(oneOf(List.of(BucketSize.values())), oneOf(ZONES)));
        List<Instant> edges = cut.map(local -> edges(period, local))
                .orElseGet(() -> random.nextBoolean() ? List.of() : edges(period));
        List<UsageQuery.Slot.TextSlot> texts =
                some(2, this::textSlot).stream().distinct().toList();
        List<UsageQuery.Measure> measures = atLeastOne(4, this::measure);
        UsageQuery.Grouping grouping = new UsageQuery.Grouping(
                random.nextBoolean(), texts, edges, random.nextInt(3) > 0 ? List.of() : some(12, this::rule));
        return new Question(
                new UsageQuery(
                        1 + random.nextInt(3),
                        period,
                        accounts(),
                        some(2, this::filter),
                        measures,
                        grouping,
                        asOf(),
                        order(grouping, measures.size()),
                        random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 10_000),
                cut);
    }

    /** Asks for a first page. */
    MeasurementQuery measurements() {
        return new MeasurementQuery(
                1 + random.nextInt(3),
                period(),
                accounts(),
                some(2, this::filter),
                asOf(),
                Optional.empty(),
                oneOf(List.of(MeasurementQuery.Direction.values())),
                1 + random.nextInt(200));
    }

    private Period period() {
        Instant from = time();
        return new Period(from, from.plus(Duration.ofHours(1 + random.nextInt(24 * DAYS))));
    }

    private Optional<UsageWatermark> asOf() {
        return random.nextBoolean() ? Optional.empty() : Optional.of(oneOf(watermarks));
    }

    private UsageQuery.RowOrder order(UsageQuery.Grouping grouping, int measures) {
        List<UsageQuery.RowOrder.Key> possible = new ArrayList<>();
        if (grouping.byAccount()) {
            possible.add(new UsageQuery.RowOrder.ByAccount(names(), random.nextBoolean()));
        }
        if (!grouping.bucketEdges().isEmpty()) {
            possible.add(new UsageQuery.RowOrder.ByBucket(random.nextBoolean()));
        }
        for (int i = 0; i < grouping.byTexts().size(); i++) {
            possible.add(new UsageQuery.RowOrder.ByText(i, random.nextBoolean()));
        }
        for (int i = 0; i < measures; i++) {
            possible.add(new UsageQuery.RowOrder.ByValue(i, random.nextBoolean()));
        }
        return new UsageQuery.RowOrder(some(2, () -> oneOf(possible)));
    }

    /** Not of every account, and some have the same. */
    private Map<Integer, String> names() {
        Map<Integer, String> names = new HashMap<>();
        for (int account = 1; account <= 4; account++) {
            names.put(account, word());
        }
        return names;
    }

    private UsageQuery.Accounts accounts() {
        return random.nextInt(3) > 0
                ? new UsageQuery.Accounts.All()
                : new UsageQuery.Accounts.Only(Set.copyOf(some(4, () -> 1 + random.nextInt(6))));
    }

    private UsageQuery.TextFilter filter() {
        return new UsageQuery.TextFilter(textSlot(), Set.copyOf(some(6, this::word)), random.nextInt(3) == 0);
    }

    /** Often the same conditions as another one, on the same slots or others, sometimes about a text that nobody sent. */
    private TextRule rule() {
        Map<UsageQuery.Slot.TextSlot, TextRule.Condition> conditions = new HashMap<>();
        for (UsageQuery.Slot.TextSlot slot : some(3, this::textSlot)) {
            conditions.put(
                    slot,
                    switch (random.nextInt(8)) {
                        case 0, 1 -> new TextRule.Condition.Present();
                        case 2 -> new TextRule.Condition.Equal("never sent");
                        default -> new TextRule.Condition.Equal(word());
                    });
        }
        return new TextRule(conditions);
    }

    private UsageQuery.Slot.TextSlot textSlot() {
        return new UsageQuery.Slot.TextSlot(random.nextInt(5));
    }

    private UsageQuery.Measure measure() {
        Function function = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
        boolean isOfText = function == Function.UNIQUE || (function == Function.COUNT && random.nextBoolean());
        return new UsageQuery.Measure(
                function, isOfText ? textSlot() : new UsageQuery.Slot.NumberSlot(random.nextInt(6)));
    }

    private static List<Instant> edges(Period period, LocalCut cut) {
        return switch (TimeBuckets.covering(period, cut.size(), cut.zone())) {
            case TimeBuckets.Edges(List<Instant> instants) -> instants;
            case TimeBuckets.TooMany tooMany -> throw new IllegalStateException(tooMany.message());
        };
    }

    /** Even ones, as hours and days are, or any; they enclose the period. */
    private List<Instant> edges(Period period) {
        if (random.nextBoolean()) {
            Duration width = Duration.ofHours(1 + random.nextInt(50));
            List<Instant> edges = new ArrayList<>(List.of(period.from().minus(Duration.ofMinutes(random.nextInt(90)))));
            while (edges.getLast().isBefore(period.to())) {
                edges.add(edges.getLast().plus(width));
            }
            return edges;
        }
        TreeSet<Instant> edges = new TreeSet<>(some(40, this::time));
        edges.add(period.from());
        edges.add(period.to());
        return List.copyOf(edges);
    }

    private <T> List<T> some(int atMost, Supplier<T> supplier) {
        return Stream.generate(supplier).limit(random.nextInt(atMost + 1)).toList();
    }

    private <T> List<T> atLeastOne(int atMost, Supplier<T> supplier) {
        return Stream.generate(supplier).limit(1 + random.nextInt(atMost)).toList();
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}

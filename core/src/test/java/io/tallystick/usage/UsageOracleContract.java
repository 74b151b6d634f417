package io.tallystick.usage;

import static io.tallystick.usage.UsageFixture.ACME;
import static io.tallystick.usage.UsageFixture.RECEIVED;
import static io.tallystick.usage.UsageFixture.slots;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.catalog.Function;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random questions about random measurements, answered by a store and by the {@link UsageOracle}: the answers are equal
 * to the digit. Run one seed again with {@code -Dtest=DuckDbUsageOracleTest -Dtallystick.seed=SEED}.
 */
public abstract class UsageOracleContract {
    private static final int BLOCKS = 24;
    private static final int QUESTIONS = 300;
    private static final Instant START = Instant.parse("2024-12-01T00:00:00Z");
    private static final List<String> WORDS =
            List.of("", "eu", "us", "EU", "\u0131", "I", "\uD83D\uDE00", "\uFF5E", "a\0");

    private static final List<Function> FUNCTIONS = List.of(Function.values());

    @TempDir
    Path directory;

    private final long seed = Long.getLong("tallystick.seed", 20_241_202L);
    private final SplittableRandom random = new SplittableRandom(seed);
    private final UsageOracle oracle = new UsageOracle();

    /** Opens the store of a directory that is empty, or that such a store was closed in. */
    protected abstract UsageStore open(Path directory);

    @Test
    void answersLikeTheOracle() {
        System.out.println(getClass().getSimpleName() + ": -Dtallystick.seed=" + seed);
        try (UsageStore store = open(directory)) {
            fill(store);
            askAll(store);
        }
        try (UsageStore reopened = open(directory)) {
            askAll(reopened);
        }
    }

    private void fill(UsageStore store) {
        for (int block = 0; block < BLOCKS; block++) {
            // The meters grow: the second third of the blocks has the next shape, the last the largest.
            int stage = block * 3 / BLOCKS;
            List<Measurement> measurements = Stream.generate(() -> measurement(stage))
                    .limit(1 + random.nextInt(60))
                    .toList();
            List<Identified> identified = measurements.stream()
                    .map(each -> Identified.of(each, store.identityHash().scope(ACME, Door.MEASUREMENTS)))
                    .toList();
            assertThat(store.append(new Block(identified, List.of(), List.of())))
                    .isInstanceOf(UsageStore.Commit.Done.class);
            oracle.add(measurements, store.watermark());
        }
    }

    private void askAll(UsageStore store) {
        for (int i = 0; i < QUESTIONS; i++) {
            UsageQuery query = query();
            List<UsageAnswer.Row> expected = oracle.ask(query);

            UsageAnswer answer = store.ask(query);

            assertThat(answer.rows())
                    .as("question %d of seed %d: %s", i, seed, query)
                    .isEqualTo(expected.subList(0, Math.min(expected.size(), query.rowLimit())));
            assertThat(answer.truncated()).isEqualTo(expected.size() > query.rowLimit());
        }
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
        Instant hour = START.plus(Duration.ofHours(random.nextInt(-2, 24 * 40)));
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

    private UsageQuery query() {
        Instant from = time();
        Period period = new Period(from, from.plus(Duration.ofHours(1 + random.nextInt(24 * 30))));
        return new UsageQuery(
                1 + random.nextInt(3),
                period,
                accounts(),
                some(2, this::filter),
                atLeastOne(4, this::measure),
                new UsageQuery.Grouping(
                        random.nextBoolean(),
                        some(2, this::textSlot).stream().distinct().toList(),
                        random.nextBoolean() ? List.of() : edges(period)),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(oracle.watermarks()
                                .get(random.nextInt(oracle.watermarks().size()))),
                random.nextInt(5) == 0 ? 1 + random.nextInt(5) : 10_000);
    }

    private UsageQuery.Accounts accounts() {
        return random.nextInt(3) > 0
                ? new UsageQuery.Accounts.All()
                : new UsageQuery.Accounts.Only(Set.copyOf(some(4, () -> 1 + random.nextInt(6))));
    }

    private UsageQuery.TextFilter filter() {
        return new UsageQuery.TextFilter(textSlot(), Set.copyOf(atLeastOne(6, this::word)));
    }

    private Slot.TextSlot textSlot() {
        return new Slot.TextSlot(random.nextInt(5));
    }

    private UsageQuery.Measure measure() {
        Function function = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
        boolean isOfText = function == Function.UNIQUE || (function == Function.COUNT && random.nextBoolean());
        return new UsageQuery.Measure(function, isOfText ? textSlot() : new Slot.NumberSlot(random.nextInt(6)));
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
}

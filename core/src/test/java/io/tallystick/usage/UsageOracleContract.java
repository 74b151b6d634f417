package io.tallystick.usage;

import static io.tallystick.usage.UsageFixture.ACME;
import static io.tallystick.usage.UsageFixture.RECEIVED;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.seed.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random questions about random measurements, answered by a store and by the {@link UsageOracle}: the answers are equal
 * to the digit, and so is what is read page by page.
 */
public abstract class UsageOracleContract {
    private static final int BLOCKS = 24;
    private static final int QUESTIONS = 300;
    private static final int LISTS = 40;

    @TempDir
    Path directory;

    private final UsageOracle oracle = new UsageOracle();

    /** Opens the store of a directory that is empty, or that such a store was closed in. */
    protected abstract UsageStore open(Path directory);

    @Test
    void answersLikeTheOracle() {
        Seed.runs(getClass(), 1, random -> {
            RandomUsage usage = new RandomUsage(random, oracle.watermarks());
            try (UsageStore store = open(directory)) {
                fill(store, usage, random);
                askAll(store, usage);
            }
            try (UsageStore reopened = open(directory)) {
                askAll(reopened, usage);
            }
        });
    }

    private void fill(UsageStore store, RandomUsage usage, RandomGenerator random) {
        for (int block = 0; block < BLOCKS; block++) {
            // The meters grow: the second third of the blocks has the next shape, the last the largest.
            List<Measurement> measurements = usage.block(block * 3 / BLOCKS);
            List<Identified> identified = measurements.stream()
                    .map(each -> Identified.of(each, store.identityHash().scope(ACME, Door.MEASUREMENTS)))
                    .toList();
            assertThat(store.append(new Block(identified, List.of(), List.of())))
                    .isInstanceOf(UsageStore.Commit.Done.class);
            oracle.add(measurements, store.watermark());
            if (random.nextBoolean()) {
                correct(store, usage.block(block * 3 / BLOCKS), random);
            }
        }
    }

    /** Voids some, and puts others, of any time, account, meter and shape, in the place of some. */
    private void correct(UsageStore store, List<Measurement> others, RandomGenerator random) {
        List<Measurement> ended = new ArrayList<>();
        List<Measurement> counted = new ArrayList<>();
        List<Correction> corrections = new ArrayList<>();
        Set<Identity> corrected = new HashSet<>();
        for (Measurement measurement : oracle.counted()) {
            // the same random uid may have been drawn twice: which of them a correction means, is nobody's to know here
            boolean isOne = oracle.counted().stream()
                            .filter(each -> each.identity().equals(measurement.identity()))
                            .count()
                    == 1;
            if (isOne
                    && measurement.identity() instanceof Identity.Uid identity
                    && random.nextInt(6) == 0
                    && corrected.add(identity)) {
                IdentityHash.Scope scope = store.identityHash().scope(identity.organization(), identity.door());
                Correction.Target target = Correction.Target.of(identity, scope);
                Optional<Measurement> after = random.nextBoolean() || counted.size() == others.size()
                        ? Optional.empty()
                        : Optional.of(RandomUsage.under(identity, others.get(counted.size())));
                Correction.Last last = requireNonNull(store.last(Set.of(target)).get(target));
                corrections.add(
                        new Correction(target, last, after.map(each -> Identified.of(each, scope)), "KEY_1", RECEIVED));
                ended.add(measurement);
                after.ifPresent(counted::add);
            }
        }
        if (!corrections.isEmpty()) {
            assertThat(store.append(Block.correcting(corrections))).isInstanceOf(UsageStore.Commit.Done.class);
            oracle.correct(ended, counted, store.watermark());
        }
    }

    private void askAll(UsageStore store, RandomUsage usage) {
        for (int i = 0; i < QUESTIONS; i++) {
            RandomUsage.Question question = usage.question();
            UsageQuery query = question.query();
            List<UsageAnswer.Row> expected = oracle.ask(question);

            UsageAnswer answer = store.ask(query);

            assertThat(answer.rows())
                    .as("question %d, buckets of %s: %s", i, question.cut(), query)
                    .isEqualTo(expected.subList(0, Math.min(expected.size(), query.rowLimit())));
            assertThat(answer.truncated()).isEqualTo(expected.size() > query.rowLimit());
        }
        for (int i = 0; i < LISTS; i++) {
            MeasurementQuery query = usage.measurements();

            assertThat(pages(store, query)).as("list %d: %s", i, query).isEqualTo(oracle.list(query));
        }
    }

    /** All pages, each asked for with the watermark and the end of the one before. */
    private static List<UsageOracle.Listed> pages(UsageStore store, MeasurementQuery first) {
        List<UsageOracle.Listed> listed = new ArrayList<>();
        MeasurementQuery query = first;
        while (true) {
            StoredMeasurement.Page page = store.measurements(query);
            page.measurements().forEach(each -> listed.add(UsageOracle.Listed.of(each)));
            if (page.next().isEmpty()) {
                return listed;
            }
            assertThat(page.measurements()).hasSize(first.limit());
            query = new MeasurementQuery(
                    first.meter(),
                    first.period(),
                    first.accounts(),
                    first.filters(),
                    Optional.of(page.watermark()),
                    page.next(),
                    first.direction(),
                    first.limit());
        }
    }
}

package io.tallystick.usage;

import static io.tallystick.usage.UsageFixture.DECEMBER;
import static io.tallystick.usage.UsageFixture.METER;
import static io.tallystick.usage.UsageFixture.RECEIVED;
import static io.tallystick.usage.UsageFixture.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.catalog.Function;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An open store in an empty directory, and few words for what its contracts do with it. */
public abstract class UsageStoreSetup {

    static final UsageQuery.Slot.NumberSlot N0 = new UsageQuery.Slot.NumberSlot(0);
    static final UsageQuery.Slot.NumberSlot N1 = new UsageQuery.Slot.NumberSlot(1);
    static final UsageQuery.Slot.TextSlot T0 = new UsageQuery.Slot.TextSlot(0);
    static final UsageQuery.Slot.TextSlot T1 = new UsageQuery.Slot.TextSlot(1);
    static final UsageQuery.Accounts ALL = new UsageQuery.Accounts.All();
    static final String LARGEST = "99999999999999999999999999.999999999999";

    @TempDir
    Path directory;

    UsageStore store;

    /** Opens the store of a directory that is empty, or that such a store was closed in. */
    protected abstract UsageStore open(Path directory);

    @BeforeEach
    void openStore() {
        store = open(directory);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    UsageWatermark append(MeasurementDraft... drafts) {
        return append(new Block(
                Stream.of(drafts)
                        .map(draft -> identified(draft.freeze(RECEIVED)))
                        .toList(),
                List.of(),
                List.of()));
    }

    UsageWatermark append(Block block) {
        assertThat(store.append(block)).isInstanceOf(UsageStore.Commit.Done.class);
        return store.watermark();
    }

    Identified identified(Measurement measurement) {
        return Identified.of(
                measurement,
                store.identityHash()
                        .scope(
                                measurement.identity().organization(),
                                measurement.identity().door()));
    }

    void reopenStore() {
        store.close();
        store = open(directory);
    }

    Set<List<Long>> identities() {
        Set<List<Long>> identities = new HashSet<>();
        store.identities((high, low, content) -> identities.add(List.of(high, low, (long) content)));
        return identities;
    }

    List<String> values(UsageQuery.Measure... measures) {
        return texts(ask(UsageQuery.Grouping.NONE, measures));
    }

    List<String> sumWhere(UsageQuery.Accounts accounts, UsageQuery.TextFilter... filters) {
        return texts(store.ask(new UsageQuery(
                METER,
                DECEMBER,
                accounts,
                List.of(filters),
                List.of(measure(Function.SUM, N0)),
                UsageQuery.Grouping.NONE,
                Optional.empty(),
                10)));
    }

    List<String> sumAsOf(UsageWatermark watermark) {
        return texts(store.ask(query(Optional.of(watermark), 10, measure(Function.SUM, N0))));
    }

    static List<String> texts(UsageAnswer answer) {
        return answer.rows().stream()
                .flatMap(row -> row.values().stream())
                .map(value -> value.map(BigDecimal::toPlainString).orElse("-"))
                .toList();
    }

    UsageAnswer askByAccount(int rowLimit) {
        return store.ask(new UsageQuery(
                METER,
                DECEMBER,
                ALL,
                List.of(),
                List.of(measure(Function.COUNT, N0)),
                UsageQuery.Grouping.BY_ACCOUNT,
                Optional.empty(),
                rowLimit));
    }

    UsageAnswer ask(UsageQuery.Grouping grouping, UsageQuery.Measure... measures) {
        return store.ask(
                new UsageQuery(METER, DECEMBER, ALL, List.of(), List.of(measures), grouping, Optional.empty(), 1000));
    }

    static UsageQuery query(Optional<UsageWatermark> asOf, int rowLimit, UsageQuery.Measure... measures) {
        return new UsageQuery(
                METER, DECEMBER, ALL, List.of(), List.of(measures), UsageQuery.Grouping.NONE, asOf, rowLimit);
    }

    static UsageQuery.Measure measure(Function function, UsageQuery.Slot slot) {
        return new UsageQuery.Measure(function, slot);
    }

    static UsageQuery.TextFilter filter(UsageQuery.Slot.TextSlot slot, String... values) {
        return new UsageQuery.TextFilter(slot, Set.of(values));
    }

    static UsageQuery.Accounts only(Integer... numbers) {
        return new UsageQuery.Accounts.Only(Set.of(numbers));
    }
}

package io.tallystick.server.store.duckdb;

import static java.util.stream.Collectors.toSet;

import io.tallystick.server.store.duckdb.engine.DuckDbFailure;
import io.tallystick.server.store.duckdb.engine.Workers;
import io.tallystick.time.Period;
import io.tallystick.usage.Block;
import io.tallystick.usage.Conflict;
import io.tallystick.usage.Correction;
import io.tallystick.usage.IdentityHash;
import io.tallystick.usage.KeptQuery;
import io.tallystick.usage.KeptQuery.Filter.OfConflicts;
import io.tallystick.usage.KeptQuery.Filter.OfCorrections;
import io.tallystick.usage.KeptQuery.Filter.OfRefusals;
import io.tallystick.usage.KeptRefusal;
import io.tallystick.usage.Measurement;
import io.tallystick.usage.MeasurementQuery;
import io.tallystick.usage.QuestionFailedException;
import io.tallystick.usage.QuestionFailedException.Reason;
import io.tallystick.usage.StoredMeasurement;
import io.tallystick.usage.UsageAnswer;
import io.tallystick.usage.UsageQuery;
import io.tallystick.usage.UsageStore;
import io.tallystick.usage.UsageWatermark;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.duckdb.DuckDBConnection;

/**
 * Usage in one DuckDB file. A watermark is the number of a commit.
 *
 * <p>Questions run on threads of its own. What writes, rebuilds and reopens runs on the caller's thread, which must be a
 * platform thread.
 */
public final class DuckDbUsageStore implements UsageStore {
    private static final Dialect DIALECT = new Dialect.DuckDb();

    private final DuckDbSettings settings;
    private final Questions questions;
    /** Questions hold it to read, the change from one open database to the next to write. */
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private volatile Database database;
    private volatile boolean isOpen = true;
    private volatile State state;

    /**
     * What a question may see. Published after the commit that made it so, and at once: a question that counts a commit
     * knows the tables of that commit.
     */
    private record State(long lastCommit, Layout layout) {}

    private DuckDbUsageStore(DuckDbSettings settings, Database database) throws SQLException {
        this.settings = settings;
        this.database = database;
        state = new State(database.lastCommit(), database.layoutAtOpening());
        questions = new Questions(settings);
    }

    /**
     * Opens the store; makes its file if it is not there.
     *
     * @throws UsageStore.Unavailable where the file is in use by another process, damaged, or of another version
     */
    public static DuckDbUsageStore open(DuckDbSettings settings) {
        Database database = Database.open(settings);
        try {
            return new DuckDbUsageStore(settings, database);
        } catch (SQLException e) {
            database.close();
            throw DuckDbFailure.of(settings.file(), e);
        }
    }

    @Override
    public UsageWatermark watermark() {
        return watermark(state.lastCommit());
    }

    @Override
    public Commit append(Block block) {
        State before = state;
        long seq = before.lastCommit() + 1;
        database.workers().commitBegins();
        try {
            Layout layout =
                    new BlockWriter(database.writer(), database.dictionary(), before.layout(), seq).write(block);
            state = new State(seq, layout);
            return new Commit.Done(watermark(seq));
        } catch (SQLException e) {
            return new Commit.Unknown("Expected commit %d of %s to succeed, but: %s"
                    .formatted(seq, settings.file(), DuckDbFailure.causeAndAdvice(e)));
        }
    }

    @Override
    public IdentityHash identityHash() {
        return database.identityHash();
    }

    @Override
    public Encoded encoded(Measurement measurement) {
        return database.dictionary().codes(measurement);
    }

    @Override
    public void identities(IdentityVisitor visitor) {
        IdentityReader reader = new IdentityReader(database.writer(), database.identityHash(), visitor);
        try (Workers.Turn _ = database.workers().enter()) {
            reader.read(state.layout().wideSlots().keySet());
        } catch (SQLException e) {
            throw DuckDbFailure.of(settings.file(), e);
        }
    }

    @Override
    public void reopen() {
        isOpen = false;
        questions.cancelAll();
        use.writeLock().lock();
        try {
            database.close();
            database = Database.open(settings);
            state = new State(database.lastCommit(), database.layoutAtOpening());
            isOpen = true;
        } catch (SQLException e) {
            throw DuckDbFailure.of(settings.file(), e);
        } finally {
            use.writeLock().unlock();
        }
    }

    @Override
    public UsageAnswer ask(UsageQuery query) {
        return reading((session, now) -> {
            long asOf = asOf(query.asOf(), now);
            Source source = source(now, query.meter(), query.period(), query.accounts(), query.filters(), asOf);
            if (source.isEmpty()) {
                return new UsageAnswer(List.of(), false, watermark(asOf));
            }
            QuestionSql question = new QuestionSql(DIALECT, query, source, database.dictionary()::known);
            return session.query(question.render(), rows -> question.read(rows, watermark(asOf)));
        });
    }

    @Override
    public Set<Integer> changed(int meter, Instant before, Set<UsageWatermark> since, UsageWatermark until) {
        return reading((session, now) -> {
            long from = since.stream()
                    .mapToLong(state -> asOf(Optional.of(state), now))
                    .min()
                    .orElseThrow(() -> new IllegalArgumentException("Expected a state to compare with, but none."));
            long last = asOf(Optional.of(until), now);
            if (from >= last || now.layout().shapes(meter).isEmpty()) {
                return Set.of();
            }
            return session.query(Source.changedAccounts(DIALECT, now.layout(), meter, before, from, last), rows -> {
                Set<Integer> accounts = new HashSet<>();
                while (rows.next()) {
                    accounts.add(rows.getInt(1));
                }
                return Set.copyOf(accounts);
            });
        });
    }

    @Override
    public StoredMeasurement.Page measurements(MeasurementQuery query) {
        return reading((session, now) -> {
            long asOf = asOf(query.asOf(), now);
            Source source = source(now, query.meter(), query.period(), query.accounts(), query.filters(), asOf);
            return source.isEmpty()
                    ? new StoredMeasurement.Page(List.of(), Optional.empty(), watermark(asOf))
                    : new PageSql(DIALECT, query, source).read(session, watermark(asOf));
        });
    }

    @Override
    public UsageAnswer.Evidence evidence(UsageAnswer.Evidence.Query query) {
        return reading((session, now) -> {
            long asOf = asOf(Optional.of(query.asOf()), now);
            List<Source> sources = query.meters().stream()
                    .map(meter -> source(now, meter.meter(), query.period(), query.accounts(), meter.filters(), asOf))
                    .toList();
            return new EvidenceSql(DIALECT, query, asOf).read(session, sources);
        });
    }

    @Override
    public KeptRefusal.Page refusals(KeptQuery<OfRefusals> query) {
        return reading((session, now) -> {
            long asOf = asOf(query.asOf(), now);
            return new RefusalSql(DIALECT, query, asOf).read(session, watermark(asOf));
        });
    }

    @Override
    public Conflict.Page conflicts(KeptQuery<OfConflicts> query) {
        return reading((session, now) -> {
            long asOf = asOf(query.asOf(), now);
            OptionalInt organization =
                    database.dictionary().known(query.organization().value());
            return organization.isEmpty()
                    ? new Conflict.Page(List.of(), Optional.empty(), watermark(asOf))
                    : new ConflictSql(DIALECT, query, asOf)
                            .read(session, now.layout(), organization.getAsInt(), watermark(asOf));
        });
    }

    @Override
    public Correction.Page corrections(KeptQuery<OfCorrections> query) {
        return reading((session, now) -> {
            long asOf = asOf(query.asOf(), now);
            OptionalInt organization =
                    database.dictionary().known(query.organization().value());
            return organization.isEmpty()
                    ? new Correction.Page(List.of(), Optional.empty(), watermark(asOf))
                    : new CorrectionSql(DIALECT, query, asOf)
                            .read(session, now.layout(), organization.getAsInt(), watermark(asOf));
        });
    }

    @Override
    public Map<Correction.Target, Correction.Last> last(Set<Correction.Target> targets) {
        try {
            return new CorrectionRows(database.writer(), state.layout()).last(targets, database.dictionary());
        } catch (SQLException e) {
            throw new IllegalStateException("Expected to read what was last said, but: " + e.getMessage(), e);
        }
    }

    @Override
    public Set<KeptQuery.Place> settled(Set<KeptQuery.Place> refusals) {
        try {
            return Settlements.ended(database.writer(), refusals);
        } catch (SQLException e) {
            throw new IllegalStateException("Expected to read which refusals have ended, but: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        isOpen = false;
        questions.close();
        use.writeLock().lock();
        try {
            database.close();
        } finally {
            use.writeLock().unlock();
        }
    }

    /** What is done with the open database on a thread for questions. */
    @FunctionalInterface
    private interface Reading<R> {
        R read(Session session, State now) throws SQLException;
    }

    private <R> R reading(Reading<R> reading) {
        return questions.ask(statements -> {
            use.readLock().lock();
            try {
                if (!isOpen) {
                    throw new QuestionFailedException(
                            Reason.STORE_FAILED, "Expected an open usage store, but it is closed or being reopened.");
                }
                try (DuckDBConnection connection = database.reader();
                        Workers.Turn _ = database.workers().enter()) {
                    return reading.read(new Session(connection, statements), state);
                }
            } finally {
                use.readLock().unlock();
            }
        });
    }

    private Source source(
            State now,
            int meter,
            Period period,
            UsageQuery.Accounts accounts,
            List<UsageQuery.TextFilter> filters,
            long asOf) {
        return new Source(DIALECT, now.layout(), new Source.Selection(meter, period, accounts, codes(filters), asOf));
    }

    private List<Source.CodeFilter> codes(List<UsageQuery.TextFilter> filters) {
        return filters.stream()
                .map(filter -> new Source.CodeFilter(
                        filter.slot().index(),
                        filter.values().stream()
                                .flatMapToInt(value -> database.dictionary().known(value).stream())
                                .boxed()
                                .collect(toSet()),
                        filter.orAbsent()))
                .toList();
    }

    private static long asOf(Optional<UsageWatermark> asked, State now) {
        if (asked.isEmpty()) {
            return now.lastCommit();
        }
        String value = asked.get().value();
        long commit = value.matches("[0-9]{1,18}") ? Long.parseLong(value) : Long.MAX_VALUE;
        if (commit > now.lastCommit()) {
            throw new QuestionFailedException(
                    Reason.UNKNOWN_WATERMARK,
                    "Expected a watermark of this store, at most %d, but was \"%s\"."
                            .formatted(now.lastCommit(), value));
        }
        return commit;
    }

    private static UsageWatermark watermark(long commit) {
        return new UsageWatermark(Long.toString(commit));
    }
}

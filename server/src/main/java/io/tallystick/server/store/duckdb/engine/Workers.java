package io.tallystick.server.store.duckdb.engine;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.duckdb.DuckDBConnection;

/**
 * How many threads the engine computes with. A commit takes one: with more, the writer asks over and over whether the
 * others are done, on a core that requests could use. Questions take as many as they may, unless measurements are flooding
 * in (docs/adr/0102-commits-take-one-thread.md).
 *
 * <p>Safe for use by many threads.
 */
public final class Workers implements AutoCloseable {
    /** Threads that a commit needs. */
    public static final int OF_COMMITS = 1;

    /** After a commit; in a flood the next one has begun by then. */
    private static final Duration FLOOD = Duration.ofMillis(100);

    private final DuckDBConnection control;
    private final int most;
    private volatile long lastCommit = System.nanoTime() - FLOOD.toNanos();
    private int turns;
    private int threads = OF_COMMITS;

    /**
     * @param database that the threads belong to
     * @param most that questions may use, at least 1
     */
    public Workers(DuckDBConnection database, int most) throws SQLException {
        this.most = most;
        control = database.duplicate();
    }

    /** Somebody's use of the engine; the last one to leave leaves it as commits want it. */
    public interface Turn extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }

    /** A commit begins now. */
    public void commitBegins() {
        lastCommit = System.nanoTime();
    }

    /** From now on something is read that should be fast. */
    public synchronized Turn enter() throws SQLException {
        if (System.nanoTime() - lastCommit >= FLOOD.toNanos()) {
            use(most);
        }
        turns++;
        return this::leave;
    }

    private synchronized void leave() throws SQLException {
        turns--;
        if (turns == 0) {
            use(OF_COMMITS);
        }
    }

    private void use(int wanted) throws SQLException {
        if (wanted != threads) {
            try (Statement statement = control.createStatement()) {
                statement.execute("SET threads = " + wanted);
            }
            threads = wanted;
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        control.close();
    }
}

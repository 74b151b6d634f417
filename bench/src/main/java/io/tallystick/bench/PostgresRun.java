package io.tallystick.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tallystick.bench.event.Event;
import io.tallystick.bench.event.Events;
import io.tallystick.bench.measure.Latencies;
import io.tallystick.bench.measure.Portions;
import io.tallystick.bench.measure.Rate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.PGConnection;

/**
 * The pipeline that one would build on PostgreSQL for the same promise: COPY into a staging table that is not logged, then
 * {@code INSERT ... ON CONFLICT DO NOTHING} into the table whose primary key is the uid, 10,000 rows a transaction.
 */
final class PostgresRun {
    private static final int ROWS = 10_000;
    private static final String COLUMNS =
            """
            (uid uuid %s, account integer NOT NULL, meter integer NOT NULL, ts timestamptz NOT NULL,
             received timestamptz NOT NULL, memory numeric, time numeric, duration numeric,
             region text, product text, user_name text)""";

    private final PostgresServer server;
    private final Events events;
    private final List<Connection> connections = new ArrayList<>();

    private PostgresRun(PostgresServer server, Events events) {
        this.server = server;
        this.events = events;
    }

    /**
     * Sends events to a new database and checks what it counted.
     *
     * @param warm events before the clock starts
     * @param timed events while it runs
     */
    static Rate run(PostgresServer server, Events events, long warm, long timed, int connections)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        PostgresRun run = new PostgresRun(server, events);
        try {
            run.prepare(connections);
            run.send(0, warm);
            Rate rate = run.send(warm, warm + timed);
            run.check(warm + timed);
            return rate;
        } finally {
            for (Connection connection : run.connections) {
                connection.close();
            }
        }
    }

    private void prepare(int count) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE event " + COLUMNS.formatted("PRIMARY KEY"));
        }
        for (int i = 0; i < count; i++) {
            Connection connection = server.connect();
            connections.add(connection);
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TEMPORARY TABLE staging " + COLUMNS.formatted("") + " ON COMMIT DELETE ROWS");
            }
            connection.setAutoCommit(false);
        }
    }

    private Rate send(long from, long to) throws IOException, SQLException, InterruptedException, ExecutionException {
        Portions portions = new Portions();
        for (long first = from; first < to; first += Batches.PLACES_MAX) {
            send(first, Math.min(to, first + Batches.PLACES_MAX), portions);
        }
        return portions.rate(0);
    }

    private void send(long from, long to, Portions portions)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        List<byte[]> blocks = blocks(from, to);
        AtomicInteger next = new AtomicInteger();
        long[] nanos = new long[blocks.size()];
        List<Callable<Void>> lanes = new ArrayList<>();
        for (Connection connection : connections) {
            lanes.add(() -> {
                for (int i = next.getAndIncrement(); i < nanos.length; i = next.getAndIncrement()) {
                    long began = System.nanoTime();
                    transact(connection, blocks.get(i));
                    nanos[i] = System.nanoTime() - began;
                }
                return null;
            });
        }
        Duration cpuBefore = server.cpu();
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(lanes.size())) {
            for (Future<Void> ended : threads.invokeAll(lanes)) {
                ended.get();
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        portions.add(to - from, took, new Latencies(nanos), server.cpu().minus(cpuBefore));
    }

    private static void transact(Connection connection, byte[] rows) throws SQLException, IOException {
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY staging FROM STDIN", new ByteArrayInputStream(rows));
        try (Statement statement = connection.createStatement()) {
            // in one order: two transactions with the same duplicates in different orders would deadlock
            statement.executeUpdate(
                    "INSERT INTO event SELECT * FROM staging ORDER BY uid ON CONFLICT (uid) DO NOTHING");
        }
        connection.commit();
    }

    private void check(long places) throws SQLException {
        long count = Events.distinct(places);
        long duration = 0;
        for (long number = 0; number < count; number++) {
            duration = Math.addExact(duration, events.event(number).durationHundredThousandths());
        }
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*), sum(duration) FROM event")) {
            row.next();
            if (row.getLong(1) != count || row.getBigDecimal(2).compareTo(Event.duration(duration)) != 0) {
                throw new WrongFigureException("Expected PostgreSQL to have %d events of %s GB-s, but it has %d of %s."
                        .formatted(count, Event.duration(duration), row.getLong(1), row.getBigDecimal(2)));
            }
        }
    }

    /** Rows in the text form of COPY, made before the clock starts, about 200 bytes each. */
    private List<byte[]> blocks(long from, long to) {
        List<byte[]> blocks = new ArrayList<>();
        StringBuilder rows = new StringBuilder();
        for (long first = from; first < to; first += ROWS) {
            rows.setLength(0);
            for (long place = first; place < Math.min(to, first + ROWS); place++) {
                append(rows, events.at(place));
            }
            blocks.add(rows.toString().getBytes(UTF_8));
        }
        return blocks;
    }

    private static void append(StringBuilder rows, Event event) {
        rows.append(event.uid())
                .append('\t')
                .append(event.account())
                .append('\t')
                .append(event.meter())
                .append('\t')
                .append(event.at())
                .append('\t')
                .append(Events.TO)
                .append('\t')
                .append(Event.memory(event.memoryHundredths()))
                .append('\t')
                .append(Event.time(event.timeMillis()))
                .append('\t')
                .append(Event.duration(event.durationHundredThousandths()))
                .append('\t')
                .append(event.regionText())
                .append('\t')
                .append(event.productText())
                .append('\t')
                .append(event.userText())
                .append('\n');
    }
}

package io.tallystick.bench;

import io.tallystick.bench.event.Events;
import io.tallystick.bench.measure.Rate;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/** Intake: over HTTP in all forms, in process, and PostgreSQL's; in turns, each on a new directory with new events. */
record IntakePart(Plan plan, Report report) {
    private static final String HTTP = "HTTP, 1000 a request";
    private static final String HTTP_TEN = "HTTP, 1000 a request, ten meters in each";
    private static final String HTTP_HUNDRED = "HTTP, 100 a request";
    private static final String SINGLE = "HTTP, 1 a request, 64 connections, 20 meters";
    private static final String STORE = "store in process, 1000 a submission";
    private static final String POSTGRES = "PostgreSQL, 10,000 a transaction";
    private static final int TEN = 10;
    private static final int HUNDRED = 100;
    private static final int SINGLE_METERS = 20;
    private static final int SINGLE_CONNECTIONS = 64;
    /** Small requests are slower than batches, so fewer are sent: their runs take about as long as the others. */
    private static final int HUNDRED_SHARE = 5;

    private static final int SINGLE_SHARE = 50;

    void run() throws IOException, InterruptedException, SQLException, ExecutionException {
        for (int pair = 0; pair < plan.pairs(); pair++) {
            long seed = plan.seed() + pair;
            if (plan.has(Part.HTTP)) {
                http(HTTP, new Events(seed, 1, Events.ACCOUNTS), plan.events(), HttpRun.BATCH, HttpRun.CONNECTIONS);
            }
            if (plan.has(Part.STORE)) {
                store(seed);
            }
            if (plan.has(Part.POSTGRES)) {
                postgres(seed);
            }
            if (plan.has(Part.HTTP)) {
                http(
                        HTTP_TEN,
                        new Events(seed, TEN, Events.ACCOUNTS),
                        plan.events(),
                        HttpRun.BATCH,
                        HttpRun.CONNECTIONS);
                http(
                        HTTP_HUNDRED,
                        new Events(seed, 1, Events.ACCOUNTS),
                        plan.events() / HUNDRED_SHARE,
                        HUNDRED,
                        HttpRun.CONNECTIONS);
            }
            if (plan.has(Part.SINGLE)) {
                Events events = new Events(seed, SINGLE_METERS, Events.ACCOUNTS);
                http(SINGLE, events, plan.events() / SINGLE_SHARE, 1, SINGLE_CONNECTIONS);
            }
        }
        report.ratio("HTTP / store in process", HTTP, STORE, "0.6, at least 0.5");
        report.ratio("HTTP / PostgreSQL", HTTP, POSTGRES, "4, at least 3");
        report.ratio("ten meters / one meter", HTTP_TEN, HTTP, "at least 0.85");
    }

    private void http(String label, Events events, int places, int size, int connections) throws IOException {
        try (Workplace workplace = Workplace.in(plan.directory(), plan.keep());
                ServerProcess server =
                        ServerProcess.start(plan.launch(), workplace.path().resolve("data"))) {
            HttpRun run = HttpRun.on(server, events);
            run.send(server, Math.min(plan.warm(), places), size, connections);
            report.rate(label, run.send(server, places, size, connections));
            run.check();
            report.say(String.format(
                    Locale.ROOT,
                    "all counts and sums are exact; %.1f bytes on disk per event",
                    (double) server.usageBytes() / Events.distinct(run.sent())));
        }
    }

    private void store(long seed) throws IOException, InterruptedException {
        try (Workplace workplace = Workplace.in(plan.directory(), plan.keep())) {
            String line = workplace.run(
                    StoreRun.class,
                    List.of(
                            workplace.path().toString(),
                            String.valueOf(seed),
                            String.valueOf(plan.warm()),
                            String.valueOf(plan.events())));
            report.rate(STORE, Rate.ofLine(line));
        }
    }

    private void postgres(long seed) throws IOException, InterruptedException, SQLException, ExecutionException {
        try (Workplace workplace = Workplace.in(plan.directory(), plan.keep());
                PostgresServer server = PostgresServer.start(workplace.path().resolve("postgres"))) {
            Events events = new Events(seed, 1, Events.ACCOUNTS);
            report.rate(
                    POSTGRES, PostgresRun.run(server, events, plan.warm(), plan.events(), plan.postgresConnections()));
        }
    }
}

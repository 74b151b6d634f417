package io.tallystick.bench;

import io.tallystick.bench.event.Event;
import io.tallystick.bench.event.Events;
import io.tallystick.bench.measure.Latencies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a server does that has taken much in: questions, intake beside a reader, a kill under load. */
record LargePart(Plan plan, Report report) {
    private static final int ASKS = 11;
    private static final int ROWS_MAX = 20_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    void run() throws IOException, InterruptedException {
        try (Workplace workplace = Workplace.in(plan.directory(), plan.keep())) {
            HttpRun run;
            try (ServerProcess server =
                    ServerProcess.start(plan.launch(), workplace.path().resolve("data"))) {
                run = load(server);
                if (plan.has(Part.QUESTIONS)) {
                    questions(server, run);
                    besideReader(server, run);
                    run.check();
                }
                if (plan.has(Part.RESTART)) {
                    run = killed(server, workplace, run);
                }
            }
            if (plan.has(Part.IDENTITIES)) {
                new StartPart(plan, report).identitiesOnDisk(workplace);
            }
        }
    }

    private HttpRun load(ServerProcess server) throws IOException {
        report.say(String.format(Locale.ROOT, "loading %,d events", plan.large()));
        HttpRun run = HttpRun.on(server, new Events(plan.seed(), 1, Events.ACCOUNTS));
        report.rate(
                String.format(Locale.ROOT, "HTTP, 1000 a request, load of %,d", plan.large()),
                run.send(server, plan.large(), HttpRun.BATCH, HttpRun.CONNECTIONS));
        run.check();
        report.figure(
                "bytes on disk per event",
                String.format(Locale.ROOT, "%.1f", (double) server.usageBytes() / Events.distinct(run.sent())),
                "at most 50");
        return run;
    }

    private void questions(ServerProcess server, HttpRun run) throws IOException {
        String meter = run.meters().getFirst();
        List<Map<String, Object>> sum = List.of(Ask.sum(meter, "duration"));
        ask(server, "total per account over a month", Ask.of(sum, List.of(Ask.BY_ACCOUNT), ROWS_MAX), 120);
        Map<String, Object> one = Ask.of(sum, List.of(Ask.byTime("DAY")), ROWS_MAX);
        one.put("accountIds", List.of(account(server)));
        ask(server, "one account by day", one, 40);
        ask(
                server,
                "one dimension by hour",
                Ask.of(sum, List.of(Ask.byField(meter, "region"), Ask.byTime("HOUR")), ROWS_MAX),
                150);
        ask(server, "distinct users", Ask.of(List.of(Ask.distinct(meter, "user")), List.of(), 1), 600);
        report.figure(
                "memory at most, after questions",
                Report.mebibytes(server.footprint().peakBytes()),
                "at most 1.2 GB");
    }

    private static String account(ServerProcess server) throws IOException {
        return server.customer()
                .get("accounts?codes=" + Event.accountCode(7))
                .get("data")
                .get(0)
                .get("id")
                .stringValue();
    }

    private void ask(ServerProcess server, String label, Map<String, Object> question, int goalMillis)
            throws IOException {
        long[] nanos = new long[ASKS];
        for (int i = 0; i < ASKS; i++) {
            long began = System.nanoTime();
            server.customer().askBlindly(question);
            nanos[i] = System.nanoTime() - began;
        }
        Latencies latencies = new Latencies(nanos);
        report.figure(
                label + ", median of " + ASKS, Report.millis(latencies.median()), "at most " + goalMillis + " ms");
    }

    /** Intake alone and intake beside somebody who reads everything again and again, in turns. */
    private void besideReader(ServerProcess server, HttpRun run) throws IOException, InterruptedException {
        String alone = "intake into it, alone";
        String beside = "intake into it, beside a reader of everything";
        for (int pair = 0; pair < plan.pairs(); pair++) {
            report.rate(alone, run.send(server, plan.portion(), HttpRun.BATCH, HttpRun.CONNECTIONS));
            AtomicBoolean isOver = new AtomicBoolean();
            Thread reader = Thread.ofPlatform().daemon(true).start(() -> readUntil(isOver, server, run));
            try {
                report.rate(beside, run.send(server, plan.portion(), HttpRun.BATCH, HttpRun.CONNECTIONS));
            } finally {
                isOver.set(true);
                reader.join(PATIENCE);
            }
        }
        report.ratio("intake beside a reader / alone", beside, alone, "at least 0.6");
        report.slowness("p99 beside a reader / alone", beside, alone, "at most 3");
    }

    private static void readUntil(AtomicBoolean isOver, ServerProcess server, HttpRun run) {
        String meter = run.meters().getFirst();
        Map<String, Object> everything = Ask.of(
                List.of(Ask.sum(meter, "duration"), Ask.sum(meter, "memory"), Ask.distinct(meter, "user")),
                List.of(Ask.BY_ACCOUNT),
                ROWS_MAX);
        while (!isOver.get()) {
            try {
                server.customer().askBlindly(everything);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Kills the server in the middle of a load, starts it again, resends exactly what was not acknowledged and checks
     * everything: an acknowledged event that was lost would be missing, one that was kept twice would be too many.
     */
    private HttpRun killed(ServerProcess server, Workplace workplace, HttpRun run) throws IOException {
        long before = run.sent();
        Batches batches = run.next(server, plan.portion());
        long half = batches.requests().size() / 2;
        Delivery delivery = Sender.sendUntilItBreaks(batches, server.address(), HttpRun.CONNECTIONS, answers -> {
            if (answers == half) {
                server.kill();
            }
        });
        try (ServerProcess again =
                ServerProcess.start(plan.launch(), workplace.path().resolve("data"))) {
            report.figure(
                    String.format(Locale.ROOT, "ready after kill -9 at %,d events", before),
                    Report.millis(again.start()),
                    "at most 3500 ms");
            HttpRun moved = run.movedTo(again);
            long counted = Check.count(again.customer(), run.meters().getFirst());
            long acknowledged = Events.distinct(before) + distinct(before, delivery.acknowledged());
            if (counted < acknowledged || counted > Events.distinct(run.sent())) {
                throw new WrongFigureException("Expected %d to %d events after the kill, but there are %d."
                        .formatted(acknowledged, Events.distinct(run.sent()), counted));
            }
            Sender.send(batches.without(delivery.acknowledged()), again.address(), HttpRun.CONNECTIONS);
            moved.check();
            report.figure(
                    "acknowledged events lost or doubled by the kill",
                    "0 of " + String.format(Locale.ROOT, "%,d", acknowledged),
                    "0");
            return moved;
        }
    }

    /** How many new events the answered requests brought. */
    private static long distinct(long from, BitSet answered) {
        return answered.stream()
                .mapToObj(request -> from + (long) request * HttpRun.BATCH)
                .mapToLong(first -> Events.distinct(first + HttpRun.BATCH) - Events.distinct(first))
                .sum();
    }
}

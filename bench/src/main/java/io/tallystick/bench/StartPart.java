package io.tallystick.bench;

import io.tallystick.bench.measure.Latencies;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Starts of an empty server, and what the identities of a full one take. */
record StartPart(Plan plan, Report report) {
    private static final int STARTS = 7;
    private static final Duration IDLE = Duration.ofSeconds(2);

    void startup() throws IOException, InterruptedException {
        try (Workplace workplace = Workplace.in(plan.directory(), plan.keep())) {
            long[] nanos = new long[STARTS];
            long[] resident = new long[STARTS];
            for (int i = 0; i < STARTS; i++) {
                try (ServerProcess server =
                        ServerProcess.start(plan.launch(), workplace.path().resolve("data"))) {
                    TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
                    nanos[i] = server.start().toNanos();
                    resident[i] = server.footprint().residentBytes();
                }
            }
            Arrays.sort(resident);
            report.figure(
                    "start to ready, empty, median of " + STARTS, Report.millis(new Latencies(nanos).median()), "-");
            report.figure("memory when idle, median of " + STARTS, Report.mebibytes(resident[STARTS / 2]), "-");
        }
    }

    void identities() throws IOException, InterruptedException {
        try (Workplace workplace = Workplace.in(plan.directory(), plan.keep())) {
            learnt(
                    "random identities",
                    workplace.run(IdentitiesRun.class, List.of("random", String.valueOf(plan.identities()))));
        }
    }

    /** Of a data directory whose server has ended. */
    void identitiesOnDisk(Workplace workplace) throws IOException, InterruptedException {
        learnt(
                "identities from disk",
                workplace.run(
                        IdentitiesRun.class,
                        List.of("disk", workplace.path().resolve("data").toString())));
    }

    private void learnt(String label, String line) {
        long[] fields = Arrays.stream(line.strip().split(" ", -1))
                .mapToLong(Long::parseLong)
                .toArray();
        report.figure(
                String.format(Locale.ROOT, "%,d %s learnt", fields[0], label),
                String.format(Locale.ROOT, "%,.0f/s", fields[0] * 1e9 / fields[1]),
                "at least 5,000,000/s");
        report.figure(
                String.format(Locale.ROOT, "memory of the process with %,d %s", fields[0], label),
                Report.mebibytes(fields[3]),
                "at most 3 GB at 100,000,000");
    }
}

package io.tallystick.bench;

import io.tallystick.bench.event.Event;
import io.tallystick.bench.event.Events;
import io.tallystick.bench.measure.Footprint;
import io.tallystick.bench.measure.Latencies;
import io.tallystick.bench.measure.Portions;
import io.tallystick.bench.measure.Rate;
import io.tallystick.catalog.Slots;
import io.tallystick.id.FieldCode;
import io.tallystick.id.OrganizationId;
import io.tallystick.server.store.duckdb.DuckDbSettings;
import io.tallystick.server.store.duckdb.DuckDbUsageStore;
import io.tallystick.usage.Door;
import io.tallystick.usage.Identity;
import io.tallystick.usage.Measurement;
import io.tallystick.usage.Submission;
import io.tallystick.usage.intake.Intake;
import io.tallystick.usage.intake.Reply;
import io.tallystick.usage.intake.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The store without the server around it: the same rows, the same verdicts, the same block sizes, but no HTTP, no JSON
 * and no formula. A process of its own with the server's JVM options, so that both start cold and alike.
 */
final class StoreRun {
    /** As the server has it; docs/configuration.md, {@code intake.queue-limit} and {@code usage.memory-limit}. */
    private static final Intake.Limits LIMITS =
            new Intake.Limits(100_000, 50_000, Duration.ofSeconds(10), 3_000_000_000L);

    private static final int MEMORY_MIB = 512;
    private static final int STORE_THREADS = Integer.parseInt(System.getenv().getOrDefault("ST", "2"));
    private static final int QUESTIONS_WAITING_MAX = 10;
    private static final int SUBMITTERS = Integer.parseInt(System.getenv().getOrDefault("SUB", "8"));
    private static final int SUBMISSION = 1_000;
    private static final Slots SLOTS = new Slots(
            List.of(new FieldCode("memory"), new FieldCode("time"), new FieldCode("duration")),
            List.of(new FieldCode("region"), new FieldCode("product"), new FieldCode("user")));
    private static final OrganizationId ORGANIZATION = new OrganizationId(Customer.ORGANIZATION);

    private final Intake intake;
    private final Events events;

    private StoreRun(Intake intake, Events events) {
        this.intake = intake;
        this.events = events;
    }

    /**
     * Prints the {@link Rate} as a line.
     *
     * @param arguments directory, seed, events before the clock starts, events while it runs
     */
    public static void main(String... arguments) throws IOException, InterruptedException, ExecutionException {
        Path directory = Path.of(arguments[0]);
        Events events = new Events(Long.parseLong(arguments[1]), 1, Events.ACCOUNTS);
        long warm = Long.parseLong(arguments[2]);
        long timed = Long.parseLong(arguments[3]);
        try (DuckDbUsageStore store = DuckDbUsageStore.open(settings(directory));
                Intake intake = new Intake(store, LIMITS, new NobodyWatches())) {
            Thread.ofPlatform().name("intake").daemon(true).start(intake::serve);
            StoreRun run = new StoreRun(intake, events);
            run.run(0, warm);
            System.out.println(run.run(warm, warm + timed).line());
        }
    }

    static DuckDbSettings settings(Path directory) {
        return new DuckDbSettings(
                directory.resolve("usage.duckdb"),
                directory.resolve("tmp"),
                MEMORY_MIB,
                STORE_THREADS,
                1,
                QUESTIONS_WAITING_MAX,
                Duration.ofMinutes(1));
    }

    private Rate run(long from, long to) throws IOException, InterruptedException, ExecutionException {
        Portions portions = new Portions();
        for (long first = from; first < to; first += Batches.PLACES_MAX) {
            submit(first, Math.min(to, first + Batches.PLACES_MAX), portions);
        }
        return portions.rate(Footprint.of(ProcessHandle.current()).peakBytes());
    }

    private void submit(long from, long to, Portions portions)
            throws IOException, InterruptedException, ExecutionException {
        List<Submission> submissions = submissions(from, to);
        AtomicInteger next = new AtomicInteger();
        AtomicLong accepted = new AtomicLong();
        long[] nanos = new long[submissions.size()];
        Callable<Void> submitter = () -> {
            for (int i = next.getAndIncrement(); i < nanos.length; i = next.getAndIncrement()) {
                long began = System.nanoTime();
                accepted.addAndGet(accepted(intake.submit(submissions.get(i))));
                nanos[i] = System.nanoTime() - began;
            }
            return null;
        };
        Footprint before = Footprint.of(ProcessHandle.current());
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(SUBMITTERS)) {
            List<Callable<Void>> submitters = new ArrayList<>();
            for (int i = 0; i < SUBMITTERS; i++) {
                submitters.add(submitter);
            }
            for (Future<Void> ended : threads.invokeAll(submitters)) {
                ended.get();
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        long expected = Events.distinct(to) - Events.distinct(from);
        if (accepted.get() != expected) {
            throw new WrongFigureException(
                    "Expected %d events to be accepted, but were %d.".formatted(expected, accepted.get()));
        }
        Duration cpu = Footprint.of(ProcessHandle.current()).cpu().minus(before.cpu());
        portions.add(to - from, took, new Latencies(nanos), cpu);
    }

    private static long accepted(Reply reply) {
        return switch (reply) {
            case Reply.Receipt(var verdicts, var _) ->
                verdicts.stream().filter(Verdict.ACCEPTED::equals).count();
            case Reply.Overloaded _, Reply.Closing _, Reply.OutcomeUnknown _, Reply.IdentityBudgetReached _ ->
                throw new IllegalStateException("Expected a receipt, but the reply was %s.".formatted(reply));
        };
    }

    private List<Submission> submissions(long from, long to) {
        List<Submission> submissions = new ArrayList<>();
        Instant received = Events.TO;
        for (long first = from; first < to; first += SUBMISSION) {
            List<Submission.Element> elements = new ArrayList<>();
            for (long place = first; place < Math.min(to, first + SUBMISSION); place++) {
                elements.add(measurement(events.at(place), received));
            }
            submissions.add(new Submission(elements));
        }
        return submissions;
    }

    private static Measurement measurement(Event event, Instant received) {
        Identity identity =
                new Identity.Uid(ORGANIZATION, Door.MEASUREMENTS, event.uid().toString());
        return Measurement.draft(identity, event.meter() + 1, SLOTS, event.account() + 1, event.at())
                .number(0, Event.memory(event.memoryHundredths()))
                .number(1, Event.time(event.timeMillis()))
                .derivedNumber(2, Event.duration(event.durationHundredThousandths()))
                .text(0, event.regionText())
                .text(1, event.productText())
                .text(2, event.userText())
                .freeze(received);
    }
}

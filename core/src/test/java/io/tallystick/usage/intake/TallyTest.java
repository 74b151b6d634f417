package io.tallystick.usage.intake;

import static io.tallystick.usage.UsageFixture.ACME;
import static io.tallystick.usage.UsageFixture.MICKEY;
import static io.tallystick.usage.UsageFixture.NOON;
import static io.tallystick.usage.UsageFixture.OTHER;
import static io.tallystick.usage.UsageFixture.slots;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.tallystick.id.OrganizationId;
import io.tallystick.seed.Seed;
import io.tallystick.usage.Door;
import io.tallystick.usage.Identity;
import io.tallystick.usage.Measurement;
import io.tallystick.usage.Refusal;
import io.tallystick.usage.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the tally says, and how much it may hold. */
class TallyTest {
    private static final Tallied.Source NOWHERE = new Tallied.Source.Other();
    private static final List<Verdict> VERDICTS = List.of(Verdict.values());
    private static final List<Refusal.Reason> REASONS = List.of(Refusal.Reason.values());
    private static final int INVENTED = 100_000;

    private final Tally tally = new Tally();

    @Test
    void saysWhatAListOfEverythingSays() {
        Seed.runs(TallyTest.class, 200, random -> {
            Tally counted = new Tally();
            TallyOracle oracle = new TallyOracle();
            long minute = 0;
            for (int i = 0; i < 60; i++) {
                minute += random.nextInt(4) == 0 ? random.nextLong(-150, 150) : random.nextLong(-3, 4);
                Instant received = NOON.plusSeconds(60 * minute + random.nextInt(60));
                OrganizationId organization = random.nextInt(4) == 0 ? OTHER : ACME;
                List<Submission.Element> elements = new ArrayList<>();
                List<Verdict> verdicts = new ArrayList<>();
                for (int element = random.nextInt(1, 30); element > 0; element--) {
                    elements.add(element(random, organization, received));
                    verdicts.add(VERDICTS.get(random.nextInt(VERDICTS.size())));
                }
                counted.count(new Submission(elements), verdicts);
                oracle.count(elements, verdicts);
            }
            for (OrganizationId organization : List.of(ACME, OTHER)) {
                assertThat(counted.of(organization)).containsExactlyInAnyOrderElementsOf(oracle.of(organization));
            }
        });
    }

    @Test
    void holdsNoMoreThanItsSourcesAndMinutesHoweverManyMetersCome() {
        Seed.runs(TallyTest.class, 1, random -> {
            for (int meter = 1; meter <= INVENTED; meter++) {
                Instant received = NOON.plusSeconds(60 * random.nextLong(-100_000, 100_000));
                // every meter, and one of the first again
                accept(measurement(ACME, meter, received, received));
                accept(measurement(ACME, 1 + random.nextInt(Tally.SOURCES_MAX), received, received));
            }
            Map<Tallied.Source, Tallied> found = found();

            assertThat(found).hasSize(Tally.SOURCES_MAX + 1);
            assertThat(found.values()).allMatch(each -> each.minutes().size() <= Tally.MINUTES);
            assertThat(found.values().stream()
                            .mapToLong(each -> each.total().accepted())
                            .sum())
                    .isEqualTo(2 * INVENTED);
            assertThat(found.keySet()).contains(NOWHERE, new Tallied.Source.Meter(1));
            assertThat(tally.of(OTHER)).isEmpty();
        });
    }

    @Test
    void leavesRoomForMetersHoweverManyCodesAreInvented() {
        for (int from = 0; from < INVENTED; from += 1000) {
            refuse(IntStream.range(from, from + 1000)
                    .mapToObj(code -> refusal("invented-" + code))
                    .toList());
        }
        for (int meter = 1; meter <= 499; meter++) {
            accept(measurement(ACME, meter, NOON, NOON));
        }
        Map<Tallied.Source, Tallied> found = found();

        assertThat(found.keySet().stream().filter(Tallied.Source.Code.class::isInstance))
                .hasSize(500);
        assertThat(found.keySet().stream().filter(Tallied.Source.Meter.class::isInstance))
                .hasSize(499);
        assertThat(tally.of(ACME))
                .filteredOn(each -> each.source().equals(NOWHERE))
                .extracting(each -> each.total().refused())
                .containsExactly(INVENTED - 500L);
    }

    /** What is remembered is never longer than a code can be: a sender could else fill the memory with five hundred. */
    @Test
    void remembersNoTextThatCannotBeACode() {
        refuse(List.of(refusal("x".repeat(81)), refusal(""), refusal("a\0"), refusal("x".repeat(80))));

        assertThat(found().keySet()).containsExactlyInAnyOrder(NOWHERE, new Tallied.Source.Code("x".repeat(80)));
    }

    @Test
    void holdsNoMoreWhenManyThreadsBringNewMetersAtOnce() throws InterruptedException, ExecutionException {
        int threads = 8;
        for (int run = 0; run < 30; run++) {
            Tally shared = new Tally();
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<?>> running = new ArrayList<>();
            try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
                for (int thread = 0; thread < threads; thread++) {
                    int first = 1 + 1000 * thread;
                    running.add(executor.submit(() -> {
                        Submission submission = submission(meter -> measurement(ACME, first + meter, NOON, NOON));
                        start.await();
                        shared.count(submission, all(Verdict.ACCEPTED, submission));
                        return null;
                    }));
                }
            }
            for (Future<?> each : running) {
                each.get();
            }
            assertThat(shared.of(ACME)).hasSize(Tally.SOURCES_MAX + 1);
        }
    }

    /** Codes can be invented so that they have one hash: counting them is still not one look at each pair of them. */
    @Test
    void countsInventedCodesOfOneHashWithoutLookingAtEachPair() {
        int codes = 1 << 15;
        List<Refusal> refusals = IntStream.range(0, codes)
                .mapToObj(code -> refusal(ofOneHash(code)))
                .toList();

        assertTimeout(Duration.ofSeconds(2), () -> refuse(refusals));
        assertThat(found().values().stream()
                        .mapToLong(each -> each.total().refused())
                        .sum())
                .isEqualTo(codes);
    }

    private static String ofOneHash(int code) {
        return IntStream.range(0, 15)
                .mapToObj(bit -> ((code >> bit) & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining());
    }

    private static Submission submission(IntFunction<Submission.Element> element) {
        return new Submission(IntStream.range(0, 1000).mapToObj(element).toList());
    }

    private static List<Verdict> all(Verdict verdict, Submission submission) {
        return Collections.nCopies(submission.elements().size(), verdict);
    }

    private void accept(Measurement measurement) {
        tally.count(new Submission(List.of(measurement)), List.of(Verdict.ACCEPTED));
    }

    private void refuse(List<Refusal> refusals) {
        Submission submission = new Submission(List.copyOf(refusals));
        tally.count(submission, all(Verdict.REFUSED, submission));
    }

    private Map<Tallied.Source, Tallied> found() {
        return tally.of(ACME).stream().collect(Collectors.toMap(Tallied::source, Function.identity()));
    }

    private static Submission.Element element(RandomGenerator random, OrganizationId organization, Instant received) {
        if (random.nextInt(3) > 0) {
            long lagMicros =
                    switch (random.nextInt(4)) {
                        case 0 -> Tally.LATE_AFTER.toMillis() * 1000 + random.nextInt(-1, 2);
                        case 1 -> -random.nextLong(3_000_000);
                        case 2 -> random.nextLong(50_000_000_000_000_000L);
                        default -> random.nextLong(3_000_000);
                    };
            return measurement(organization, 1 + random.nextInt(9), received.minus(micros(lagMicros)), received);
        }
        Refusal.Reason reason = REASONS.get(random.nextInt(REASONS.size()));
        Optional<String> code =
                switch (random.nextInt(4)) {
                    case 0 -> Optional.empty();
                    case 1 -> Optional.of(" ");
                    default -> Optional.of("code" + random.nextInt(5));
                };
        return refusal(organization, reason, code, received);
    }

    private static Duration micros(long micros) {
        return Duration.ofSeconds(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
    }

    private static Measurement measurement(
            OrganizationId organization, int meter, Instant eventTime, Instant received) {
        return Measurement.draft(
                        new Identity.None(organization, Door.MEASUREMENTS), meter, slots(1, 0), MICKEY, eventTime)
                .freeze(received);
    }

    private static Refusal refusal(String meterCode) {
        return refusal(ACME, Refusal.Reason.MISSING_FIELD, Optional.of(meterCode), NOON);
    }

    private static Refusal refusal(
            OrganizationId organization, Refusal.Reason reason, Optional<String> meterCode, Instant received) {
        return new Refusal(
                organization,
                Door.MEASUREMENTS,
                reason,
                "Expected an account, but there was none.",
                Optional.empty(),
                meterCode,
                Optional.empty(),
                Optional.empty(),
                received,
                "{}");
    }
}

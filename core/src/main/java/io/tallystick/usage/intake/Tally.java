package io.tallystick.usage.intake;

import io.tallystick.id.Code;
import io.tallystick.id.OrganizationId;
import io.tallystick.usage.Measurement;
import io.tallystick.usage.Refusal;
import io.tallystick.usage.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what was answered, by organization and meter, since the start and for each of the last 60 minutes of receipt.
 * Counted is a whole submission at once and before its answer leaves, so that the sum of all answers is what stands here.
 *
 * <p>Safe for use by many threads. Memory is bounded: {@link #SOURCES_MAX} sources of an organization and the other one,
 * of 7 kB at most.
 */
public final class Tally {
    /** An accepted measurement is late when its time lies further back than this at its receipt. */
    public static final Duration LATE_AFTER = Duration.ofHours(24);

    /** Of one organization; what comes later is counted as other. */
    public static final int SOURCES_MAX = 1_000;

    /** Beyond so many no code of a refused measurement is a source: senders can invent codes, but no meters. */
    private static final int CODES_UNTIL = 500;

    /** Minutes that are kept. */
    public static final int MINUTES = 60;

    /** No document has this number. */
    private static final int NO_METER = 0;

    private static final Tallied.Source OTHER = new Tallied.Source.Other();
    private static final long MICROS_PER_MINUTE = 60_000_000;

    private final Map<OrganizationId, Map<Tallied.Source, Series>> series = new ConcurrentHashMap<>();

    private record Key(OrganizationId organization, Tallied.Source source) {}

    /** Every source of an organization that something came of, in no order. */
    public List<Tallied> of(OrganizationId organization) {
        List<Tallied> tallied = new ArrayList<>();
        series.getOrDefault(organization, Map.of()).forEach((source, known) -> tallied.add(known.tallied(source)));
        return tallied;
    }

    void count(Submission submission, List<Verdict> verdicts) {
        List<Sum> ofMeters = new ArrayList<>();
        Map<OrganizationId, Map<Tallied.Source, Sum>> ofRefusals = new HashMap<>();
        for (int i = 0; i < verdicts.size(); i++) {
            switch (submission.elements().get(i)) {
                case Measurement measurement ->
                    sum(ofMeters, measurement)
                            .counting
                            .add(verdicts.get(i), measurement.receivedMicros() - measurement.eventMicros());
                case Refusal refusal -> sum(ofRefusals, refusal).counting.add(verdicts.get(i), 0);
            }
        }
        ofMeters.forEach(this::add);
        ofRefusals.values().forEach(sums -> sums.values().forEach(this::add));
    }

    private void add(Sum sum) {
        series(sum.key).add(sum.minute, sum.counting);
    }

    /** What a submission brought for one key. */
    private static final class Sum {
        private final Key key;
        private final int meter;
        private final long minute;
        private final Counting counting = new Counting();

        Sum(Key key, int meter, long minute) {
            this.key = key;
            this.meter = meter;
            this.minute = minute;
        }
    }

    /** The last one first: most submissions have one meter, and nearly all only few. */
    private static Sum sum(List<Sum> sums, Measurement measurement) {
        for (int i = sums.size() - 1; i >= 0; i--) {
            Sum sum = sums.get(i);
            if (sum.meter == measurement.meter()) {
                return sum;
            }
        }
        Sum added = new Sum(
                new Key(measurement.identity().organization(), new Tallied.Source.Meter(measurement.meter())),
                measurement.meter(),
                Math.floorDiv(measurement.receivedMicros(), MICROS_PER_MINUTE));
        sums.add(added);
        return added;
    }

    /** Not one after the other: the codes in a request may be a thousand that its sender has invented. */
    private static Sum sum(Map<OrganizationId, Map<Tallied.Source, Sum>> sums, Refusal refusal) {
        Tallied.Source source = refusal.meterCode()
                .filter(code -> refusal.reason() != Refusal.Reason.UNDEFINED_METER && Code.isWellFormed(code))
                .<Tallied.Source>map(Tallied.Source.Code::new)
                .orElse(OTHER);
        return sums.computeIfAbsent(refusal.organization(), _ -> new HashMap<>())
                .computeIfAbsent(
                        source,
                        _ -> new Sum(
                                new Key(refusal.organization(), source),
                                NO_METER,
                                Math.floorDiv(refusal.receivedAt().getEpochSecond(), 60L)));
    }

    private Series series(Key key) {
        Map<Tallied.Source, Series> sources =
                series.computeIfAbsent(key.organization(), _ -> new ConcurrentHashMap<>());
        Series known = sources.get(key.source());
        if (known != null) {
            return known;
        }
        int sourcesMax = key.source() instanceof Tallied.Source.Code ? CODES_UNTIL : SOURCES_MAX;
        // one at a time: threads that each find room for one more would together go beyond the bound
        synchronized (sources) {
            boolean isNewKept = sources.containsKey(key.source()) || sources.size() < sourcesMax;
            return sources.computeIfAbsent(isNewKept ? key.source() : OTHER, _ -> new Series());
        }
    }

    /** One source: a total and a ring of minutes. */
    private static final class Series {
        private final Counting total = new Counting();
        private final @Nullable Counting[] ring = new @Nullable Counting[MINUTES];
        private final long[] minutes = new long[MINUTES];
        private long latest = Long.MIN_VALUE;

        synchronized void add(long minute, Counting counting) {
            total.add(counting);
            int slot = Math.floorMod(minute, MINUTES);
            // a clock that was set back counts into the minute that it repeats, or into the one that took its place
            Counting present = ring[slot];
            if (present == null || minutes[slot] < minute) {
                present = new Counting();
                ring[slot] = present;
                minutes[slot] = minute;
            }
            present.add(counting);
            latest = Math.max(latest, minute);
        }

        synchronized Tallied tallied(Tallied.Source source) {
            List<Tallied.Minute> shown = new ArrayList<>();
            for (long minute = latest - MINUTES + 1; minute <= latest; minute++) {
                int slot = Math.floorMod(minute, MINUTES);
                Counting present = ring[slot];
                if (present != null && minutes[slot] == minute) {
                    shown.add(new Tallied.Minute(Instant.ofEpochSecond(minute * 60), present.counts()));
                }
            }
            return new Tallied(source, total.counts(), shown);
        }
    }
}

package io.tallystick.usage.intake;

import io.tallystick.id.OrganizationId;
import io.tallystick.usage.Measurement;
import io.tallystick.usage.Refusal;
import io.tallystick.usage.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What a {@link Tally} has to say of less sources than it may hold: every element is kept, and looked through for each. */
final class TallyOracle {
    private final List<Counted> all = new ArrayList<>();

    /** @param minute under which it stands, not the one in which it came */
    private record Counted(
            OrganizationId organization, Tallied.Source source, long minute, Verdict verdict, Duration lag) {}

    void count(List<Submission.Element> elements, List<Verdict> verdicts) {
        for (int i = 0; i < elements.size(); i++) {
            all.add(
                    switch (elements.get(i)) {
                        case Measurement measurement ->
                            counted(
                                    measurement.identity().organization(),
                                    new Tallied.Source.Meter(measurement.meter()),
                                    measurement.receivedAt(),
                                    verdicts.get(i),
                                    Duration.between(measurement.eventTime(), measurement.receivedAt()));
                        case Refusal refusal ->
                            counted(
                                    refusal.organization(),
                                    source(refusal),
                                    refusal.receivedAt(),
                                    verdicts.get(i),
                                    Duration.ZERO);
                    });
        }
    }

    private static Tallied.Source source(Refusal refusal) {
        return refusal.reason() == Refusal.Reason.UNDEFINED_METER
                        || refusal.meterCode().isEmpty()
                        || refusal.meterCode().get().isBlank()
                ? new Tallied.Source.Other()
                : new Tallied.Source.Code(refusal.meterCode().get());
    }

    /** A later minute that took the place of this one, 60 or 120 or more behind it, takes it in. */
    private Counted counted(
            OrganizationId organization, Tallied.Source source, Instant received, Verdict verdict, Duration lag) {
        long minute = Math.floorDiv(received.getEpochSecond(), 60L);
        long shown = all.stream()
                .filter(of(organization, source))
                .mapToLong(Counted::minute)
                .filter(known -> known > minute && (known - minute) % 60 == 0)
                .max()
                .orElse(minute);
        return new Counted(organization, source, shown, verdict, lag);
    }

    List<Tallied> of(OrganizationId organization) {
        Set<Tallied.Source> sources = new HashSet<>();
        all.stream()
                .filter(counted -> counted.organization.equals(organization))
                .forEach(counted -> sources.add(counted.source));
        return sources.stream()
                .map(source ->
                        tallied(all.stream().filter(of(organization, source)).toList(), source))
                .toList();
    }

    private static Tallied tallied(List<Counted> counted, Tallied.Source source) {
        TreeSet<Long> minutes = new TreeSet<>();
        counted.forEach(each -> minutes.add(each.minute));
        List<Tallied.Minute> shown = minutes.tailSet(minutes.getLast() - 59).stream()
                .map(minute -> new Tallied.Minute(
                        Instant.ofEpochSecond(60 * minute),
                        counts(counted.stream()
                                .filter(each -> each.minute == minute)
                                .toList())))
                .toList();
        return new Tallied(source, counts(counted), shown);
    }

    private static IntakeCounts counts(List<Counted> counted) {
        List<Duration> lags = counted.stream()
                .filter(each -> each.verdict == Verdict.ACCEPTED)
                .map(each -> each.lag.isNegative() ? Duration.ZERO : each.lag)
                .sorted()
                .toList();
        return new IntakeCounts(
                lags.size(),
                count(counted, Verdict.DUPLICATE),
                count(counted, Verdict.CONFLICT) + count(counted, Verdict.VOIDED),
                count(counted, Verdict.REFUSED),
                lags.stream()
                        .filter(lag -> lag.compareTo(Duration.ofHours(24)) > 0)
                        .count(),
                lags.stream().reduce(Duration.ZERO, Duration::plus),
                lags.isEmpty() ? Duration.ZERO : lags.getLast());
    }

    private static long count(List<Counted> counted, Verdict verdict) {
        return counted.stream().filter(each -> each.verdict == verdict).count();
    }

    private static Predicate<Counted> of(OrganizationId organization, Tallied.Source source) {
        return counted -> counted.organization.equals(organization) && counted.source.equals(source);
    }
}

package io.tallystick.billing.correction;

import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.tallystick.billing.Bill;
import io.tallystick.billing.Bill.Counted;
import io.tallystick.billing.Corrections.Carrier;
import io.tallystick.time.BillFrequency;
import io.tallystick.usage.UsageWatermark;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far back new bills look: a bill puts right another one whose period ended at most so many days before its own date.
 *
 * @param days of the organization
 * @param carriers the new bills, by frequency
 */
record LateWindow(int days, Map<BillFrequency, List<Carrier>> carriers) {
    /** Local dates are at most a day from those of UTC, at either end. */
    private static final int ZONES_DAYS = 2;

    static LateWindow of(int days, List<Carrier> carriers) {
        return new LateWindow(days, Map.copyOf(carriers.stream().collect(groupingBy(carrier -> carrier.due()
                .cycle()
                .frequency()))));
    }

    /** Whether the usage of an earlier bill can still be charged on a new one. Example, 90 days: 2024-12-01 on 2025-03-01. */
    boolean isInTime(Carrier carrier, Bill earlier) {
        return !carrier.due().billDate().isAfter(earlier.billDate().plusDays(days));
    }

    /** Whether a bill is of the carrier's account, frequency and currency, and for a time before it. */
    static boolean isBefore(Carrier carrier, Bill bill) {
        return bill.account().equals(carrier.account())
                && bill.frequency() == carrier.due().cycle().frequency()
                && bill.currency().equals(carrier.currency())
                && !bill.period().to().isAfter(carrier.due().period().from());
    }

    /** Whether a bill is the carrier itself, as it was calculated before. */
    static boolean isOf(Carrier carrier, Bill bill) {
        return bill.account().equals(carrier.account())
                && bill.frequency() == carrier.due().cycle().frequency()
                && bill.frequencyInterval() == carrier.due().cycle().interval()
                && bill.period().equals(carrier.due().period());
    }

    /**
     * The ends of periods whose bills may be put right, with the states of usage they were calculated from: what is in
     * time, what the new bills follow, and the latest before that, by which usage that is too late is found.
     */
    Map<Instant, Set<UsageWatermark>> toLookAt(Set<Counted> approved) {
        Map<Instant, Set<UsageWatermark>> toLookAt = new HashMap<>();
        approved.stream().collect(groupingBy(Counted::frequency)).forEach((frequency, counted) -> {
            NavigableSet<Instant> ends = new TreeSet<>();
            counted.forEach(each -> ends.add(each.end()));
            Set<Instant> wanted =
                    wanted(Optional.ofNullable(carriers.get(frequency)).orElseGet(List::of), ends);
            counted.stream()
                    .filter(each -> wanted.contains(each.end()))
                    .collect(groupingBy(Counted::end, mapping(Counted::usage, toUnmodifiableSet())))
                    .forEach((end, states) -> toLookAt.merge(end, states, LateWindow::both));
        });
        return toLookAt;
    }

    private Set<Instant> wanted(List<Carrier> some, NavigableSet<Instant> ends) {
        Set<Instant> starts =
                some.stream().map(carrier -> carrier.due().period().from()).collect(toUnmodifiableSet());
        Optional<Instant> last = starts.stream().max(naturalOrder());
        Optional<LocalDate> firstDate =
                some.stream().map(carrier -> carrier.due().billDate()).min(naturalOrder());
        if (last.isEmpty() || firstDate.isEmpty()) {
            return Set.of();
        }
        LocalDate first = firstDate.get();
        Set<Instant> wanted = new HashSet<>();
        boolean hasOlder = false;
        for (Instant end : ends.headSet(last.get(), true).descendingSet()) {
            boolean isInTime = !LocalDate.ofInstant(end, ZoneOffset.UTC)
                    .plusDays(days + (long) ZONES_DAYS)
                    .isBefore(first);
            if (isInTime || starts.contains(end) || !hasOlder) {
                wanted.add(end);
                hasOlder |= !isInTime;
            }
        }
        return wanted;
    }

    private static Set<UsageWatermark> both(Set<UsageWatermark> some, Set<UsageWatermark> others) {
        Set<UsageWatermark> all = new HashSet<>(some);
        all.addAll(others);
        return Set.copyOf(all);
    }
}

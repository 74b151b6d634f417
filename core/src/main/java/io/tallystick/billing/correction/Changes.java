package io.tallystick.billing.correction;

import io.tallystick.billing.Watermarks;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Meter;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.usage.UsageStore;
import io.tallystick.usage.UsageWatermark;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whose usage has changed since an earlier state; each question is asked once. For one thread.
 *
 * @param meters numbers of those that something is aggregated of
 * @param until the state of the new bills
 */
record Changes(UsageStore usage, List<Integer> meters, UsageWatermark until, Map<Asked, Set<Integer>> known) {
    private record Asked(Instant before, Set<UsageWatermark> since) {}

    static Changes of(Documents documents, UsageStore usage, OrganizationId organization, Watermarks watermarks) {
        Set<Id<Meter>> aggregated = new HashSet<>();
        documents
                .asOf(watermarks.documents(), Aggregation.KIND, organization)
                .forEach(aggregation -> aggregated.add(aggregation.content().meter()));
        List<Integer> meters = documents.asOf(watermarks.documents(), Meter.KIND, organization).stream()
                .filter(meter -> aggregated.contains(meter.id()))
                .map(Document::number)
                .toList();
        return new Changes(usage, meters, watermarks.usage(), new HashMap<>());
    }

    /**
     * Numbers of the accounts.
     *
     * @param end only usage before it: also that of earlier periods, because tiers may span them
     * @param since the earliest of these states
     */
    Set<Integer> before(Instant end, Set<UsageWatermark> since) {
        return known.computeIfAbsent(new Asked(end, since), asked -> {
            Set<Integer> accounts = new HashSet<>();
            meters.forEach(meter -> accounts.addAll(usage.changed(meter, asked.before(), asked.since(), until)));
            return Set.copyOf(accounts);
        });
    }
}

package io.tallystick.billing.segment;

import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Segmentation;
import io.tallystick.document.Document;
import io.tallystick.id.Id;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The partitions of all segmented aggregations.
 *
 * @param byNumber each at the place of its number
 * @param byAggregation none for those without segments, and for those whose meter lacks a segmented field
 */
public record Partitions(List<Partition> byNumber, Map<Id<Aggregation>, Partition> byAggregation) {
    public static Partitions of(List<Document<Aggregation>> aggregations, Map<Id<Meter>, Document<Meter>> meters) {
        List<Partition> byNumber = new ArrayList<>();
        Map<Id<Aggregation>, Partition> byAggregation = new HashMap<>();
        Map<Cut, Partition> known = new HashMap<>();
        for (Document<Aggregation> aggregation : aggregations) {
            Segmentation segmentation = aggregation.content().segmentation();
            Optional<Document<Meter>> meter =
                    Optional.ofNullable(meters.get(aggregation.content().meter()));
            if (segmentation.isNone() || meter.isEmpty()) {
                continue;
            }
            Cut cut = new Cut(meter.get().id(), segmentation);
            Optional<Partition> partition = Optional.ofNullable(known.get(cut))
                    .or(() -> Partition.of(
                            byNumber.size(), segmentation, meter.get().content()));
            partition.ifPresent(found -> {
                if (known.putIfAbsent(cut, found) == null) {
                    byNumber.add(found);
                }
                byAggregation.put(aggregation.id(), found);
            });
        }
        return new Partitions(List.copyOf(byNumber), Map.copyOf(byAggregation));
    }

    public Optional<Partition> of(Document<Aggregation> aggregation) {
        return Optional.ofNullable(byAggregation.get(aggregation.id()));
    }

    public Partition at(int number) {
        return byNumber.get(number);
    }

    private record Cut(Id<Meter> meter, Segmentation segmentation) {}
}

package io.tallystick.billing.segment;

import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Segment;
import io.tallystick.catalog.Segmentation;
import io.tallystick.id.FieldCode;
import io.tallystick.usage.TextRule;
import io.tallystick.usage.UsageQuery.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How the usage of a meter is told apart by segments. Aggregations with the same meter and segments share one, and so one
 * usage query per period.
 *
 * @param number which one it is, of all partitions of the same facts
 * @param rules of its segments, the most specific first: a measurement belongs to the first that fits
 * @param places of the segments among the rules
 */
public record Partition(int number, List<TextRule> rules, Map<Segment, Integer> places) {
    /** The measurements of one segment. */
    public Share of(Segment segment) {
        Integer place = places.get(segment);
        if (place == null) {
            throw new IllegalStateException("Expected segment %s among %s.".formatted(segment, places.keySet()));
        }
        return new Share(number, OptionalInt.of(place));
    }

    /**
     * Whether a measurement belongs to a segment: whether it is of the first rule that fits.
     *
     * @param texts by slot
     */
    public boolean isOf(Segment segment, List<Optional<String>> texts) {
        int place = of(segment).place().orElseThrow();
        return IntStream.range(0, rules.size())
                        .filter(i -> rules.get(i).fits(texts))
                        .findFirst()
                        .orElse(-1)
                == place;
    }

    /** The measurements that belong to no segment. */
    public Share rest() {
        return new Share(number, OptionalInt.empty());
    }

    /** Nothing where the meter has no slots for the segmented fields. */
    public static Optional<Partition> of(int number, Segmentation segmentation, Meter meter) {
        List<TextRule> rules = new ArrayList<>();
        Map<Segment, Integer> places = new HashMap<>();
        for (Segment segment : segmentation.mostSpecificFirst()) {
            Map<Slot.TextSlot, TextRule.Condition> conditions = new HashMap<>();
            for (Map.Entry<FieldCode, String> value : segment.values().entrySet()) {
                OptionalInt slot = meter.slots().text(value.getKey());
                if (slot.isEmpty()) {
                    return Optional.empty();
                }
                condition(value.getValue())
                        .ifPresent(condition -> conditions.put(new Slot.TextSlot(slot.getAsInt()), condition));
            }
            places.put(segment, rules.size());
            rules.add(new TextRule(conditions));
        }
        return Optional.of(new Partition(number, List.copyOf(rules), Map.copyOf(places)));
    }

    private static Optional<TextRule.Condition> condition(String value) {
        return switch (value) {
            case Segment.ANY -> Optional.of(new TextRule.Condition.Present());
            case Segment.ANYTHING -> Optional.empty();
            default -> Optional.of(new TextRule.Condition.Equal(value));
        };
    }

    /**
     * Some of the measurements of a meter.
     *
     * @param partition number of the partition
     * @param place of the segment they belong to; absent: they belong to none
     */
    public record Share(int partition, OptionalInt place) {}
}

package io.tallystick.catalog;

import static java.util.stream.Collectors.joining;

import io.tallystick.id.FieldCode;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Into which segments the usage of an aggregation falls. A measurement belongs to the most specific segment that fits it,
 * or to none. Source: m3ter API, Aggregation {@code segmentedFields} and {@code segments}.
 *
 * @param fields text fields of the meter, at most 5
 * @param segments each says something of every field, no two the same; at most 1000
 */
public record Segmentation(List<FieldCode> fields, List<Segment> segments) {
    public static final int FIELDS_MAX = 5;
    public static final int SEGMENTS_MAX = 1000;

    /** All usage is priced together. */
    public static final Segmentation NONE = new Segmentation(List.of(), List.of());

    private static final int SHOWN_MAX = 10;

    public Segmentation {
        fields = List.copyOf(fields);
        segments = List.copyOf(segments);
        if (fields.size() > FIELDS_MAX || segments.size() > SEGMENTS_MAX) {
            throw new IllegalArgumentException(
                    "Expected at most %d segmentedFields and %d segments, but were %d and %d."
                            .formatted(FIELDS_MAX, SEGMENTS_MAX, fields.size(), segments.size()));
        }
        if (fields.isEmpty() != segments.isEmpty()) {
            throw new IllegalArgumentException(
                    "Expected segmentedFields and segments together, but there are %d of the first and %d of the second."
                            .formatted(fields.size(), segments.size()));
        }
        Set<FieldCode> named = new HashSet<>();
        for (FieldCode field : fields) {
            if (!named.add(field)) {
                throw new IllegalArgumentException(
                        "Expected each field once in segmentedFields, but %s is there twice.".formatted(field));
            }
        }
        Set<Segment> seen = new HashSet<>();
        for (Segment segment : segments) {
            if (!segment.values().keySet().equals(named)) {
                throw new IllegalArgumentException(
                        "Expected each segment to name the segmentedFields %s and no other field, but one is %s."
                                .formatted(fields, segment.values().isEmpty() ? "empty" : segment));
            }
            if (!seen.add(segment)) {
                throw new IllegalArgumentException(
                        "Expected each segment once, but %s is there twice.".formatted(segment));
            }
        }
    }

    /** Whether there are no segments. */
    public boolean isNone() {
        return segments.isEmpty();
    }

    /**
     * The segments in an order in which a measurement belongs to the first that fits it. A segment with more exact texts
     * comes first; of those with as many, the one with more {@code *}; of these, the one that is more specific in the first
     * field in which they differ. No two segments fit one measurement and are as specific in every field, because then both
     * would name the same texts. Example: of {@code eu, *} and {@code *, gold}, a measurement of {@code eu, gold} belongs to
     * {@code eu, *}.
     */
    public List<Segment> mostSpecificFirst() {
        Comparator<Segment> order = Comparator.comparingInt((Segment segment) -> -count(segment, Precision.EXACT))
                .thenComparingInt(segment -> -count(segment, Precision.PRESENT));
        for (FieldCode field : fields) {
            order = order.thenComparing(segment -> Precision.of(segment.value(field)));
        }
        // such as never fit the same measurement: any order does, but equal segments shall come in an equal one
        return segments.stream().sorted(order.thenComparing(Segment::toString)).toList();
    }

    /** A segment's values in the order of the fields, as people read them: {@code eu, gold}. */
    public String label(Segment segment) {
        return fields.stream().map(segment::value).collect(joining(", "));
    }

    /** Why measurements of a meter cannot be told apart by these fields, if they cannot. */
    public Optional<String> misfit(Meter of) {
        return fields.stream()
                .filter(field ->
                        of.category(field).map(FieldCategory::isNumeric).orElse(true))
                .findFirst()
                .map(field -> "Expected segmentedFields to be text fields of meter %s, but %s."
                        .formatted(
                                of.code(),
                                of.category(field)
                                        .map(category -> "%s is %s".formatted(field, category))
                                        .orElseGet(() ->
                                                "%s is none of its fields %s".formatted(field, of.fieldCodes()))));
    }

    /** Why something with this segment, or without one where it is empty, cannot be a price of such usage. */
    Optional<String> misfit(String aggregation, Optional<Segment> priced) {
        String was = priced.map(Segment::toString).orElse("absent");
        if (isNone()) {
            return priced.map(_ -> "Expected no segment, because aggregation \"%s\" has no segments, but was %s."
                    .formatted(aggregation, was));
        }
        return priced.isPresent() && segments.contains(priced.get())
                ? Optional.empty()
                : Optional.of("Expected segment to be one of the segments of aggregation \"%s\" (%s), but was %s."
                        .formatted(aggregation, shown(), was));
    }

    private String shown() {
        String first = segments.stream().limit(SHOWN_MAX).map(Segment::toString).collect(joining("; "));
        return segments.size() > SHOWN_MAX ? first + "; and %d more".formatted(segments.size() - SHOWN_MAX) : first;
    }

    private static int count(Segment segment, Precision precision) {
        return Math.toIntExact(segment.values().values().stream()
                .filter(value -> Precision.of(value) == precision)
                .count());
    }

    /** How much a segment says of one field, the most first. */
    private enum Precision {
        EXACT,
        PRESENT,
        WHATEVER;

        static Precision of(String value) {
            return switch (value) {
                case Segment.ANY -> PRESENT;
                case Segment.ANYTHING -> WHATEVER;
                default -> EXACT;
            };
        }
    }
}

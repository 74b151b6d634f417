package io.tallystick.time;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The time buckets that cover a period, for a usage question that groups by time. Cut here, by java.time, so that no
 * store needs to know a time zone.
 */
public sealed interface TimeBuckets permits TimeBuckets.Edges, TimeBuckets.TooMany {
    /** More buckets in one answer are refused. */
    int MAX = 20_000;

    /**
     * The buckets from the one in which the period begins to the one in which it ends. The first may begin before the
     * period and the last end after it: a bucket is a whole hour, day or month of its zone.
     */
    static TimeBuckets covering(Period period, BucketSize size, ZoneId zone) {
        List<Instant> edges = new ArrayList<>();
        Instant edge = size.start(period.from(), zone);
        edges.add(edge);
        while (edge.isBefore(period.to())) {
            if (edges.size() > MAX) {
                return new TooMany(period, size);
            }
            edge = size.next(edge, zone);
            edges.add(edge);
        }
        return new Edges(edges);
    }

    /**
     * Bucket i is [instants(i), instants(i + 1)).
     *
     * @param instants ascending, one more than there are buckets
     */
    record Edges(List<Instant> instants) implements TimeBuckets {
        public Edges {
            instants = List.copyOf(instants);
            if (instants.size() < 2) {
                throw new IllegalArgumentException("Expected at least two edges, but were " + instants + ".");
            }
            for (int i = 1; i < instants.size(); i++) {
                if (!instants.get(i - 1).isBefore(instants.get(i))) {
                    throw new IllegalArgumentException("Expected ascending edges, but after " + instants.get(i - 1)
                            + " came " + instants.get(i) + ".");
                }
            }
        }
    }

    /** The period has more than {@value #MAX} buckets of this size. */
    record TooMany(Period period, BucketSize size) implements TimeBuckets {
        /** "Expected ..., but ..." with both numbers and the way out. */
        public String message() {
            return "Expected at most " + MAX + " buckets, but " + period + " has about " + size.estimate(period)
                    + " of one " + size + ". Ask for a shorter period or larger buckets.";
        }
    }
}

package io.tallystick.usage.intake;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What came of one source, since the start and minute by minute.
 *
 * @param total since the start
 * @param minutes of the last hour in which something came, oldest first
 */
public record Tallied(Source source, IntakeCounts total, List<Minute> minutes) {
    public Tallied {
        minutes = List.copyOf(minutes);
    }

    /** Both together, as of the first one's source. */
    public Tallied with(Tallied other) {
        Map<Instant, IntakeCounts> merged = new TreeMap<>();
        Stream.of(this, other)
                .flatMap(each -> each.minutes.stream())
                .forEach(minute -> merged.merge(minute.start(), minute.counts(), IntakeCounts::plus));
        return new Tallied(
                source,
                total.plus(other.total),
                merged.entrySet().stream()
                        .map(minute -> new Minute(minute.getKey(), minute.getValue()))
                        .toList());
    }

    /**
     * One minute of receipt.
     *
     * @param start of it
     */
    public record Minute(Instant start, IntakeCounts counts) {}

    /** What measurements are counted by. */
    public sealed interface Source {
        /** A meter, by the number of its document. */
        record Meter(int number) implements Source {}

        /**
         * What was refused with this as the code of its meter, which may be the code of none. Has an order, so that a hash map
         * is quick even where a sender has chosen codes of one hash.
         */
        record Code(String code) implements Source, Comparable<Code> {
            @Override
            public int compareTo(Code other) {
                return code.compareTo(other.code);
            }
        }

        /** What names no meter, and what came after {@link Tally#SOURCES_MAX} sources were known. */
        record Other() implements Source {}
    }
}

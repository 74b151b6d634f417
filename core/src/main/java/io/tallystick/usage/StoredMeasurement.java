package io.tallystick.usage;

import io.tallystick.usage.Measurement.Remarks;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A measurement as it lies in the store.
 *
 * @param place where it stands among all others
 * @param account number of the account's document
 * @param uid what the sender named it, where it did
 * @param numbers by slot, exact and plain; as many as the meter's rows have, empty where it carries none
 * @param texts by slot, likewise
 */
public record StoredMeasurement(
        Place place,
        int account,
        Door door,
        Optional<String> uid,
        Instant eventTime,
        Optional<Instant> endTime,
        Instant receivedAt,
        List<Optional<BigDecimal>> numbers,
        List<Optional<String>> texts,
        Remarks remarks) {
    public StoredMeasurement {
        numbers = List.copyOf(numbers);
        texts = List.copyOf(texts);
    }

    /**
     * Where a measurement stands: pages end at one and go on behind it.
     *
     * @param eventMicros its event time in microseconds since 1970
     * @param commit number of its commit
     * @param position among the measurements of its commit, from 0
     */
    public record Place(long eventMicros, long commit, int position) implements Comparable<Place> {
        private static final Comparator<Place> OLDEST_FIRST = Comparator.comparingLong(Place::eventMicros)
                .thenComparingLong(Place::commit)
                .thenComparingInt(Place::position);

        @Override
        public int compareTo(Place other) {
            return OLDEST_FIRST.compare(this, other);
        }
    }

    /**
     * A part of a list of measurements.
     *
     * @param measurements in the direction that was asked for
     * @param next what to pass as {@link MeasurementQuery#after} for the next page; absent: this was the last one
     * @param watermark the state it was read from
     */
    public record Page(List<StoredMeasurement> measurements, Optional<Place> next, UsageWatermark watermark) {
        public Page {
            measurements = List.copyOf(measurements);
        }
    }
}

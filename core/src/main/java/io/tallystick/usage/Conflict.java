package io.tallystick.usage;

import io.tallystick.usage.KeptQuery.Place;
import io.tallystick.usage.Measurement.Remarks;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A measurement that was not counted, because its identity was known with other content or was voided, and what was last
 * said under it.
 *
 * @param place its name, for ever
 * @param uid the identity within its door, of both
 * @param uncounted what came later
 * @param counted what came first, or what was last put in its place
 * @param isVoided whether that does not count any more either
 */
public record Conflict(Place place, Door door, String uid, Version uncounted, Version counted, boolean isVoided) {
    /**
     * What was said under the uid.
     *
     * @param meter number of the meter's document
     * @param account number of the account's document
     * @param numbers by slot of its meter
     * @param texts by slot of its meter
     */
    public record Version(
            int meter,
            int account,
            Instant eventTime,
            Optional<Instant> endTime,
            Instant receivedAt,
            List<Optional<BigDecimal>> numbers,
            List<Optional<String>> texts,
            Remarks remarks) {
        public Version {
            numbers = List.copyOf(numbers);
            texts = List.copyOf(texts);
        }
    }

    /**
     * A part of a list of conflicts.
     *
     * @param conflicts the latest first
     * @param next what to pass as {@link KeptQuery#after} for the next page; absent: this was the last one
     * @param watermark the state it was read from
     */
    public record Page(List<Conflict> conflicts, Optional<Place> next, UsageWatermark watermark) {
        public Page {
            conflicts = List.copyOf(conflicts);
        }
    }
}

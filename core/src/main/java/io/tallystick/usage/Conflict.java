package io.tallystick.usage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A measurement that was not counted, because its identity was known with other content.
 *
 * @param uid the identity within its door; the measurement that counts has the same
 * @param numbers by slot of its meter
 * @param texts by slot of its meter
 */
public record Conflict(
        Door door,
        String uid,
        int meter,
        int account,
        Instant eventTime,
        Optional<Instant> endTime,
        Instant receivedAt,
        List<Optional<BigDecimal>> numbers,
        List<Optional<String>> texts,
        Remarks remarks) {
    public Conflict {
        numbers = List.copyOf(numbers);
        texts = List.copyOf(texts);
    }
}

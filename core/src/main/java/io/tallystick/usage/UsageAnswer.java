package io.tallystick.usage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The answer to a {@link UsageQuery}.
 *
 * @param rows ordered by account number, then bucket, then texts; groups without a measurement have no row
 * @param truncated whether there were more rows than the query's limit
 * @param watermark the state it was answered from
 */
public record UsageAnswer(List<Row> rows, boolean truncated, UsageWatermark watermark) {
    public UsageAnswer {
        rows = List.copyOf(rows);
    }

    /**
     * One group.
     *
     * @param account its number, where grouped by account
     * @param texts the values of the text fields grouped by, in their order; empty where a measurement has none
     * @param bucketStart first instant of its bucket, where grouped by time
     * @param values one per measure, exact and plain; empty where no measurement of the group carries the field (COUNT
     *     and UNIQUE are 0 then)
     * @param measurements how many measurements stand behind it
     */
    public record Row(
            OptionalInt account,
            List<Optional<String>> texts,
            Optional<Instant> bucketStart,
            List<Optional<BigDecimal>> values,
            long measurements) {
        public Row {
            texts = List.copyOf(texts);
            values = List.copyOf(values);
        }
    }
}

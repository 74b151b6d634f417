package io.tallystick.server.proof;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One number that a measurement carries.
 *
 * @param uid empty where the measurement has none
 */
public record Reading(Instant at, String uid, BigDecimal value) {
    private static final MathContext QUOTIENT = new MathContext(34, RoundingMode.HALF_EVEN);
    private static final Comparator<Reading> LATER = Comparator.comparing(Reading::at)
            .thenComparing(reading -> reading.uid().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned)
            .thenComparing(Reading::value);

    /** What a function makes of some numbers, the naive way; nothing where it makes nothing of none. */
    public static Optional<BigDecimal> aggregated(String function, List<Reading> readings) {
        List<BigDecimal> values = readings.stream().map(Reading::value).toList();
        Optional<BigDecimal> sum = values.stream().reduce(BigDecimal::add);
        BigDecimal count = BigDecimal.valueOf(values.size());
        return switch (function) {
            case "SUM" -> sum;
            case "COUNT" -> Optional.of(count);
            case "MIN" -> values.stream().min(Comparator.naturalOrder());
            case "MAX" -> values.stream().max(Comparator.naturalOrder());
            case "MEAN" -> sum.map(all -> all.divide(count, QUOTIENT));
            case "LATEST" -> readings.stream().max(LATER).map(Reading::value);
            default -> throw new IllegalStateException("Expected a function of numbers, but was " + function);
        };
    }
}

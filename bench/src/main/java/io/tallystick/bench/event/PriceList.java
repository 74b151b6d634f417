package io.tallystick.bench.event;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/**
 * Three prices of what the events come to, as a server is told them, and the same prices reckoned here without it: a bill
 * that is paid must be the same by both.
 */
public final class PriceList {
    /** Lines of each bill. */
    public static final int PRICES = 3;

    private static final int PACKAGE = 100;
    private static final BigDecimal PACKAGE_PRICE = new BigDecimal("0.22");
    private static final int CENTS_PLACES = 2;
    private static final Tiers MEMORY =
            new Tiers(new BigDecimal(10_000), new BigDecimal("0.0015"), new BigDecimal("0.00112"));
    private static final Tiers DURATION =
            new Tiers(new BigDecimal(6_000_000), new BigDecimal("0.00001833337"), new BigDecimal("0.0000165"));

    private PriceList() {}

    /** What an account owes for a month: three lines, each rounded to the cent, half up. */
    public static BigDecimal total(Used used) {
        BigDecimal packages = BigDecimal.valueOf(Math.ceilDiv(used.count(), PACKAGE));
        return cents(packages.multiply(PACKAGE_PRICE))
                .add(cents(MEMORY.price(used.memory())))
                .add(cents(DURATION.price(used.duration())));
    }

    private static BigDecimal cents(BigDecimal exact) {
        return exact.setScale(CENTS_PLACES, RoundingMode.HALF_UP);
    }

    /** What is aggregated of a meter, as bodies of {@code POST /aggregations}; in the order of {@link #pricings}. */
    public static List<Map<String, Object>> aggregations(String meter) {
        return List.of(
                aggregation(meter, "requests", "memory", "COUNT", PACKAGE, "UP"),
                aggregation(meter, "memory", "memory", "SUM", 1, "NONE"),
                aggregation(meter, "duration", "duration", "SUM", 1, "NONE"));
    }

    private static Map<String, Object> aggregation(
            String meter, String name, String field, String function, int quantityPerUnit, String rounding) {
        return Map.of(
                "code",
                "bench_" + name,
                "name",
                name,
                "meterId",
                meter,
                "targetField",
                field,
                "aggregation",
                function,
                "quantityPerUnit",
                quantityPerUnit,
                "rounding",
                rounding,
                "unit",
                "1");
    }

    /**
     * The prices as bodies of {@code POST /pricings}.
     *
     * @param aggregations ids
     */
    public static List<Map<String, Object>> pricings(String plan, List<String> aggregations) {
        return List.of(
                pricing(plan, aggregations.get(0), List.of(band(BigDecimal.ZERO, PACKAGE_PRICE))),
                pricing(plan, aggregations.get(1), MEMORY.bands()),
                pricing(plan, aggregations.get(2), DURATION.bands()));
    }

    private static Map<String, Object> pricing(String plan, String aggregation, List<Map<String, Object>> bands) {
        return Map.of(
                "planId",
                plan,
                "aggregationId",
                aggregation,
                "cumulative",
                true,
                "startDate",
                Events.FROM.toString(),
                "pricingBands",
                bands);
    }

    private static Map<String, Object> band(BigDecimal lowerLimit, BigDecimal unitPrice) {
        return Map.of("lowerLimit", lowerLimit, "fixedPrice", 0, "unitPrice", unitPrice);
    }

    /** Two prices: up to a limit, and for what is above it. */
    private record Tiers(BigDecimal limit, BigDecimal below, BigDecimal above) {
        BigDecimal price(BigDecimal units) {
            BigDecimal excess = units.subtract(limit).max(BigDecimal.ZERO);
            return units.subtract(excess).multiply(below).add(excess.multiply(above));
        }

        List<Map<String, Object>> bands() {
            return List.of(band(BigDecimal.ZERO, below), band(limit, above));
        }
    }
}

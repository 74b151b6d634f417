package io.tallystick.server.proof;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * A catalogue drawn at random: what is measured, how it is aggregated and what that costs.
 *
 * @param since when every account's plan begins
 */
record World(String prefix, List<Metered> meters, List<Rate> rates, Instant since, BigDecimal standingCharge) {
    static final Instant DECEMBER = Instant.parse("2024-12-01T00:00:00Z");
    static final Instant JANUARY = Instant.parse("2025-01-01T00:00:00Z");
    static final String TEXT = "t";

    /** What is on the edge of the month, to the microsecond. */
    private static final List<Instant> EDGES =
            List.of(DECEMBER.minusNanos(1_000), DECEMBER, JANUARY.minusNanos(1_000), JANUARY);

    private static final List<String> FIELDS = List.of("a", "b", "c");
    private static final List<String> FUNCTIONS =
            List.of("SUM", "SUM", "SUM", "COUNT", "COUNT", "MIN", "MAX", "LATEST", "MEAN");

    /** An aggregation and its price. */
    record Rate(
            String name,
            String meter,
            String field,
            String function,
            BigDecimal perUnit,
            String rounding,
            boolean isTiered,
            List<Band> bands) {}

    record Band(BigDecimal lowerLimit, BigDecimal fixedPrice, BigDecimal unitPrice) {}

    /** Where the world was set up: ids by code. */
    record Installed(Client client, String plan, Map<String, String> meters) {
        /** The same after a restart, which has another address. */
        Installed through(Client another) {
            return new Installed(another, plan, meters);
        }
    }

    static World draw(RandomGenerator random, String prefix) {
        List<Metered> meters = new ArrayList<>();
        List<Rate> rates = new ArrayList<>();
        for (int number = 0; number <= random.nextInt(2); number++) {
            Metered meter = new Metered(
                    prefix + "m" + number,
                    FIELDS.subList(0, 1 + random.nextInt(FIELDS.size())),
                    List.of(TEXT),
                    any(random, Metered.Formula.values()));
            meters.add(meter);
            for (int i = 0; i <= random.nextInt(3); i++) {
                rates.add(rate(random, meter, "rate " + number + " " + i));
            }
        }
        List<Instant> starts =
                List.of(Instant.parse("2024-01-01T00:00:00Z"), DECEMBER, Instant.parse("2024-12-10T12:00:00.000001Z"));
        return new World(
                prefix,
                meters,
                rates,
                starts.get(random.nextInt(starts.size())),
                BigDecimal.valueOf(random.nextInt(3) * 1_050L, 2));
    }

    private static Rate rate(RandomGenerator random, Metered meter, String name) {
        boolean ofText = random.nextInt(5) == 0;
        int field = random.nextInt(meter.fields().size() + 1);
        TreeSet<BigDecimal> limits = new TreeSet<>(List.of(BigDecimal.ZERO));
        for (int i = random.nextInt(3); i > 0; i--) {
            // small whole ones too, which counts hit
            limits.add(
                    random.nextBoolean()
                            ? BigDecimal.valueOf(1 + random.nextInt(5))
                            : BigDecimal.valueOf(1 + random.nextInt(100_000), random.nextInt(4)));
        }
        return new Rate(
                name,
                meter.code(),
                ofText
                        ? TEXT
                        : field == meter.fields().size()
                                ? Metered.DERIVED
                                : meter.fields().get(field),
                ofText ? any(random, "COUNT", "UNIQUE") : FUNCTIONS.get(random.nextInt(FUNCTIONS.size())),
                any(random, new BigDecimal("1"), new BigDecimal("3"), new BigDecimal("0.5"), new BigDecimal("1000")),
                any(random, "UP", "DOWN", "NEAREST", "NONE"),
                random.nextBoolean(),
                limits.stream()
                        .map(limit -> new Band(
                                limit,
                                BigDecimal.valueOf(random.nextInt(3) * 125L, 2),
                                random.nextInt(3) == 0
                                        ? new BigDecimal("0.005")
                                        : BigDecimal.valueOf(random.nextInt(1_000_000), random.nextInt(12))))
                        .toList());
    }

    /** A world in which one number of one meter costs so much each. */
    static World simple(String prefix, String function, BigDecimal unitPrice) {
        Metered meter = new Metered(prefix + "m0", List.of("a"), List.of(TEXT), Metered.Formula.SUM);
        Band band = new Band(BigDecimal.ZERO, BigDecimal.ZERO, unitPrice);
        return new World(
                prefix,
                List.of(meter),
                List.of(new Rate("a rate", meter.code(), "a", function, BigDecimal.ONE, "NONE", true, List.of(band))),
                DECEMBER,
                BigDecimal.ZERO);
    }

    /** The same, with plans that begin then. */
    World since(Instant begin) {
        return new World(prefix, meters, rates, begin, standingCharge);
    }

    /** A measurement in a world with one number. */
    Sample sample(String uid, String account, Instant at, String number) {
        return new Sample(
                Optional.of(uid),
                meters.getFirst().code(),
                account,
                at,
                Map.of("a", new BigDecimal(number)),
                Map.of(TEXT, "value"));
    }

    /** Measurements with uids, some without where allowed. */
    List<Sample> samples(RandomGenerator random, int count, String account, boolean allHaveUids) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Metered meter = meters.get(random.nextInt(meters.size()));
            Map<String, BigDecimal> numbers = new LinkedHashMap<>();
            meter.fields().forEach(field -> numbers.put(field, number(random)));
            String uid = account + "-" + i;
            samples.add(new Sample(
                    allHaveUids || random.nextInt(8) > 0 ? Optional.of(uid) : Optional.empty(),
                    meter.code(),
                    account,
                    random.nextInt(4) == 0 ? EDGES.get(random.nextInt(EDGES.size())) : someTime(random),
                    numbers,
                    Map.of(TEXT, "value " + random.nextInt(4))));
        }
        return samples;
    }

    /** The same, drawn again until December's bill can carry the amounts. */
    List<Sample> billable(RandomGenerator random, int count, String account, boolean allHaveUids) {
        List<Sample> samples = samples(random, count, account, allHaveUids);
        while (Oracle.isBeyondLimits(this, samples)) {
            samples = samples(random, count, account, allHaveUids);
        }
        return samples;
    }

    private static Instant someTime(RandomGenerator random) {
        return DECEMBER.plus(random.nextLong(-3, 34), ChronoUnit.DAYS)
                .plus(random.nextLong(86_400_000_000L), ChronoUnit.MICROS);
    }

    /** Narrow, fine, finer than the door keeps, wide; a quarter of them corrections. */
    private static BigDecimal number(RandomGenerator random) {
        BigDecimal number =
                switch (random.nextInt(8)) {
                    case 0 -> new BigDecimal(digits(random, 18), 12);
                    case 1 -> new BigDecimal(digits(random, 18), 14);
                    case 2 -> new BigDecimal(digits(random, 26), 6);
                    case 3 -> BigDecimal.ZERO;
                    default -> new BigDecimal(digits(random, 1 + random.nextInt(9)), random.nextInt(7));
                };
        return random.nextInt(4) == 0 ? number.negate() : number;
    }

    private static BigInteger digits(RandomGenerator random, int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(10));
        }
        return new BigInteger(digits.toString());
    }

    Installed install(Client client) {
        String product = client.create("products", Map.of("code", prefix + "product", "name", "Product"));
        Map<String, String> meterIds = new LinkedHashMap<>();
        for (Metered meter : meters) {
            meterIds.put(meter.code(), meter.create(client, product));
        }
        String template = client.create(
                "plantemplates",
                Map.of(
                        "code",
                        prefix + "template",
                        "name",
                        "Template",
                        "productId",
                        product,
                        "currency",
                        "USD",
                        "billFrequency",
                        "MONTHLY",
                        "standingCharge",
                        standingCharge));
        String plan =
                client.create("plans", Map.of("code", prefix + "plan", "name", "Plan", "planTemplateId", template));
        for (Rate rate : rates) {
            String aggregation = client.create(
                    "aggregations",
                    Map.of(
                            "name", rate.name(),
                            "meterId", meterIds.get(rate.meter()),
                            "targetField", rate.field(),
                            "aggregation", rate.function(),
                            "quantityPerUnit", rate.perUnit(),
                            "rounding", rate.rounding(),
                            "unit", "things"));
            client.create("pricings", wire(rate, plan, aggregation));
        }
        return new Installed(client, plan, meterIds);
    }

    /** What all accounts used in total, in a world with one number. */
    BigDecimal used(Client client) {
        return sums(client, List.of()).get(0).get("SUM.a").decimalValue();
    }

    /** The same in rows of an hour. */
    JsonNode usedByHour(Client client) {
        return sums(client, List.of(Map.of("groupType", "TIME", "frequency", "HOUR")));
    }

    private static JsonNode sums(Client client, List<Map<String, Object>> groups) {
        String meter = client.read("meters").get("data").get(0).get("id").stringValue();
        return client.ask(Map.of(
                        "startDate",
                        "2024-11-01T00:00:00Z",
                        "endDate",
                        "2025-03-01T00:00:00Z",
                        "limit",
                        20_000,
                        "groups",
                        groups,
                        "aggregations",
                        List.of(Map.of("meterId", meter, "fieldCode", "a", "fieldType", "MEASURE", "function", "SUM"))))
                .get("data");
    }

    /** Makes an account on the plan and gives its id. */
    String subscribe(Installed installed, String code) {
        String account = installed
                .client()
                .create("accounts", Map.of("code", code, "name", code, "emailAddress", "billing@example.com"));
        installed
                .client()
                .create(
                        "accountplans",
                        Map.of("accountId", account, "planId", installed.plan(), "startDate", since.toString()));
        return account;
    }

    private static Map<String, Object> wire(Rate rate, String plan, String aggregation) {
        return Map.of(
                "planId",
                plan,
                "aggregationId",
                aggregation,
                "cumulative",
                rate.isTiered(),
                "startDate",
                "2024-01-01T00:00:00Z",
                "pricingBands",
                rate.bands().stream()
                        .map(band -> Map.of(
                                "lowerLimit", band.lowerLimit(),
                                "fixedPrice", band.fixedPrice(),
                                "unitPrice", band.unitPrice()))
                        .toList());
    }

    @SafeVarargs
    private static <T> T any(RandomGenerator random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}

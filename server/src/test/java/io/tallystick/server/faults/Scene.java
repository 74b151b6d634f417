package io.tallystick.server.faults;

import io.tallystick.server.proof.Client;
import io.tallystick.server.proof.Metered;
import io.tallystick.server.proof.Sample;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a round meters.
 *
 * @param meters of several shapes
 * @param made codes of accounts that are there from the beginning
 * @param unmade codes of accounts that their first measurement makes
 * @param windows when everything happens, apart from each other
 * @param hasWide whether some numbers do not fit the narrow slots
 */
record Scene(List<Metered> meters, List<String> made, List<String> unmade, List<Period> windows, boolean hasWide) {
    private static final List<Integer> NUMBERS = List.of(1, 2, 3, 4, 7, 10, 15);
    private static final List<Integer> TEXTS = List.of(0, 1, 2, 4, 5);

    /** Of one meter, the derived one aside. */
    private static final int FIELDS_MAX = 15;

    private static final Instant RECENT = Instant.parse("2025-10-31T00:00:00Z");

    /** Years late, with the last day of a month, a year, a century in the middle. */
    private static final List<Instant> LATE = List.of(
            Instant.parse("2024-02-28T00:00:00Z"),
            Instant.parse("2023-12-31T00:00:00Z"),
            Instant.parse("1999-12-31T00:00:00Z"));

    Scene {
        meters = List.copyOf(meters);
        made = List.copyOf(made);
        unmade = List.copyOf(unmade);
        windows = List.copyOf(windows);
    }

    static Scene draw(RandomGenerator random) {
        int meterCount = 2 + random.nextInt(3);
        List<Metered> meters = new ArrayList<>();
        for (int i = 0; i < meterCount; i++) {
            int numbers = any(random, NUMBERS);
            meters.add(new Metered(
                    "meter" + i,
                    codes("n", numbers),
                    codes("t", Math.min(any(random, TEXTS), FIELDS_MAX - numbers)),
                    any(random, List.of(Metered.Formula.values()))));
        }
        List<Period> windows = Stream.of(RECENT, any(random, LATE))
                .map(begin -> new Period(begin, begin.plus(1 + random.nextInt(2), ChronoUnit.DAYS)))
                .toList();
        return new Scene(
                meters,
                codes("made", 1 + random.nextInt(3)),
                codes("unmade", 1 + random.nextInt(3)),
                windows,
                random.nextInt(3) > 0);
    }

    private static List<String> codes(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    /** Makes it on a server and gives the ids of the meters by code. */
    Map<String, String> install(Client client) {
        String product = client.create("products", Map.of("code", "product", "name", "Product"));
        Map<String, String> ids = new LinkedHashMap<>();
        meters.forEach(meter -> ids.put(meter.code(), meter.create(client, product)));
        made.forEach(
                code -> client.create("accounts", Map.of("code", code, "name", code, "emailAddress", "a@example.com")));
        return ids;
    }

    Sample sample(RandomGenerator random, Optional<String> uid) {
        Metered meter = any(random, meters);
        Map<String, BigDecimal> numbers = new LinkedHashMap<>();
        meter.fields().forEach(field -> numbers.put(field, number(random)));
        Map<String, String> texts = new LinkedHashMap<>();
        meter.texts().forEach(text -> texts.put(text, "text " + random.nextInt(6)));
        return new Sample(
                uid,
                meter.code(),
                any(random, random.nextBoolean() ? made : unmade),
                time(random, uid.isPresent()),
                numbers,
                texts);
    }

    /** Most are recent; those with a uid lie on the edges of hours, too, where several have the same time. */
    private Instant time(RandomGenerator random, boolean mayBeOnEdge) {
        Period window = random.nextInt(3) > 0 ? windows.getFirst() : any(random, windows);
        long micros = random.nextLong(ChronoUnit.MICROS.between(window.from(), window.to()));
        Instant within = window.from().plus(micros, ChronoUnit.MICROS);
        if (!mayBeOnEdge || random.nextInt(6) > 0) {
            return within;
        }
        Instant hour = within.truncatedTo(ChronoUnit.HOURS);
        return random.nextBoolean() ? hour : hour.plus(1, ChronoUnit.HOURS).minus(1, ChronoUnit.MICROS);
    }

    private BigDecimal number(RandomGenerator random) {
        BigDecimal number =
                switch (random.nextInt(hasWide ? 12 : 6)) {
                    case 0 -> BigDecimal.ZERO;
                    case 6 -> decimal(random, 38, 12);
                    case 7 -> decimal(random, 26, 6);
                    case 8 -> decimal(random, 18, 12);
                    case 9 -> decimal(random, 18, 14);
                    default -> decimal(random, 1 + random.nextInt(11), random.nextInt(7));
                };
        return random.nextInt(4) == 0 ? number.negate() : number;
    }

    /** Not all nines, so that one more still fits. */
    private static BigDecimal decimal(RandomGenerator random, int digits, int scale) {
        StringBuilder drawn = new StringBuilder().append(random.nextInt(9));
        while (drawn.length() < digits) {
            drawn.append(random.nextInt(10));
        }
        return new BigDecimal(new BigInteger(drawn.toString()), scale);
    }

    static <T> T any(RandomGenerator random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

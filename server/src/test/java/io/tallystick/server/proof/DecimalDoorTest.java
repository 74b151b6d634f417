package io.tallystick.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.seed.Seed;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Random numbers in every notation of JSON, through the door to the disk and back, narrow and wide ones of the same field:
 * each, and the sum of all, is what BigDecimal makes of the text, also after a restart.
 */
@Timeout(120)
final class DecimalDoorTest {
    private static final int NUMBERS = 300;
    private static final int BATCH = 50;
    private static final int INTEGER_DIGITS_MAX = 26;
    private static final int PLACES = 12;
    private static final List<String> EDGES = List.of(
            "-0",
            "-0.000",
            "0e99",
            "1.50000000000000000000000000000000000000000",
            "1e25",
            "9".repeat(26) + "." + "9".repeat(12),
            "1e26",
            "0.0000000000005",
            "0.0000000000015",
            "-1E-13",
            "1".repeat(40) + "e-20",
            "123456789012.123456");

    private static final World WORLD = World.simple("decimal", "SUM", BigDecimal.ONE);

    @TempDir
    private Path directory;

    @Test
    void everyNumberComesBackAsItWasWrittenAndAddsUpExactly() {
        try (InProcess server = InProcess.start(directory.resolve("data"))) {
            WORLD.subscribe(WORLD.install(server.client()), "decimal-0");
            Seed.runs(DecimalDoorTest.class, 1, random -> {
                Map<String, BigDecimal> expected = new TreeMap<>();
                for (int from = 0; from < NUMBERS; from += BATCH) {
                    List<String> elements = new ArrayList<>();
                    int refused = 0;
                    for (int i = from; i < from + BATCH; i++) {
                        Instant hour = World.DECEMBER.plus(Duration.ofHours(i));
                        String text = i < EDGES.size() ? EDGES.get(i) : number(random);
                        BigDecimal rounded = new BigDecimal(text).setScale(PLACES, RoundingMode.HALF_EVEN);
                        elements.add(element(i, hour, text));
                        if (rounded.precision() - rounded.scale() <= INTEGER_DIGITS_MAX) {
                            expected.put(hour.toString(), rounded);
                        } else {
                            refused++;
                        }
                    }

                    Client.Answer answer = server.client().measure(elements);

                    assertThat(answer.count("refused"))
                            .as("%s: %s", elements, answer.body())
                            .isEqualTo(refused);
                    assertThat(answer.count("accepted")).isEqualTo(BATCH - refused);
                }
                comesBack(server.client(), expected);
                server.restart(() -> {});
                comesBack(server.client(), expected);
            });
        }
    }

    private static void comesBack(Client client, Map<String, BigDecimal> expected) {
        Map<String, BigDecimal> kept = new TreeMap<>();
        for (JsonNode row : WORLD.usedByHour(client)) {
            kept.put(row.get("time").stringValue(), row.get("SUM.a").decimalValue());
        }
        assertThat(kept.keySet()).isEqualTo(expected.keySet());
        expected.forEach((hour, number) -> assertThat(kept.get(hour)).as(hour).isEqualByComparingTo(number));
        assertThat(WORLD.used(client))
                .isEqualByComparingTo(expected.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private static String element(int number, Instant at, String text) {
        return WORLD.sample("n" + number, "decimal-0", at, "1")
                .json(RandomGenerator.of("L64X128MixRandom"))
                .replaceFirst("\"measure\":\\{[^}]*}", "\"measure\":{\"a\":" + text + "}");
    }

    /** About the limits more often than far from them: of the slot, of its wide twin, of the door. */
    private static String number(RandomGenerator random) {
        int integers = random.nextBoolean() ? random.nextInt(14) : random.nextInt(28);
        int places = random.nextInt(30);
        String text = (random.nextBoolean() ? "-" : "")
                + (integers == 0 ? "0" : (1 + random.nextInt(9)) + digits(integers - 1, random))
                + (places == 0 ? "" : "." + digits(places, random));
        return random.nextInt(3) == 0 ? text + "e" + (random.nextInt(30) - 15) : text;
    }

    private static String digits(int count, RandomGenerator random) {
        String choice = random.nextBoolean() ? "0123456789" : "059";
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(choice.charAt(random.nextInt(choice.length())));
        }
        return digits.toString();
    }
}

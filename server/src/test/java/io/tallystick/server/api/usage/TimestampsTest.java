package io.tallystick.server.api.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.seed.Seed;
import io.tallystick.usage.Micros;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimestampsTest {
    @Test
    void readsWhateverTheJdkReadsAndAlike() {
        Seed.runs(TimestampsTest.class, 20_000, random -> {
            String text = text(random);
            assertThat(micros(text)).as(text).isEqualTo(expected(text));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "2024-02-29T23:59:59.999999Z, 1709251199999999",
        "2000-02-29T00:00:00+14:00, 951732000000000",
        "1969-12-31T23:59:59.9999999Z, -1",
        "0002-01-01T00:00:00Z, -62104060800000000",
        "9998-12-31T23:59:59-17:59, 253370829539000000",
        "2024-12-12T20:36Z, 1734035760000000",
        "9999-12-31T23:59:59.999999Z, 253402300799999999",
        "9999-12-31T23:59:59.999999999Z, 253402300799999999"
    })
    void readsTheEdges(String text, long micros) {
        assertThat(micros(text)).isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2024-12-12",
                "2024-12-12T20:36:00",
                "2024-12-12 20:36:00Z",
                "2023-02-29T00:00:00Z",
                "1900-02-29T00:00:00Z",
                "2024-04-31T00:00:00Z",
                "2024-00-10T00:00:00Z",
                "2024-13-10T00:00:00Z",
                "2024-12-12T24:00:00Z",
                "2024-12-12T20:60:00Z",
                "2024-12-12T20:36:60Z",
                "2024-12-12T20:36:00.1234567890Z",
                "2024-12-12T20:36:00.",
                "2024-12-12T20:36:00+0100",
                "2024-12-12T20:36:00+19:00",
                "2024-12-12T20:36:00+01:60",
                "2o24-12-12T20:36:00Z",
                "0000-06-01T00:00:00Z",
                "0001-01-01T00:00:00+00:01",
                "+10000-01-01T00:00:00Z",
                "2024-12-12T20:36:00Z "
            })
    void readsNothingElse(String text) {
        assertThat(micros(text)).isEqualTo(Timestamps.NONE);
    }

    private static long micros(String text) {
        // in the middle of other characters, as in the buffer of a parser
        return Timestamps.micros(("9\"" + text + "\"9").toCharArray(), 2, text.length());
    }

    private static long expected(String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return Micros.canHold(instant) ? Micros.floor(instant) : Timestamps.NONE;
        } catch (DateTimeException e) {
            return Timestamps.NONE;
        }
    }

    /** A date-time, of which one in four has a character changed. */
    private static String text(RandomGenerator random) {
        Instant instant = Instant.ofEpochSecond(random.nextLong(-62_135_596_800L, 253_402_300_800L));
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(random.nextInt(-1079, 1080) * 60);
        StringBuilder text = new StringBuilder(
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").format(instant.atOffset(offset)));
        int digits = random.nextInt(10);
        if (digits > 0) {
            text.append('.');
            random.ints(digits, '0', '9' + 1).forEach(digit -> text.append((char) digit));
        }
        text.append(random.nextBoolean() ? "Z" : offset.getId());
        if (random.nextInt(4) == 0) {
            text.setCharAt(random.nextInt(text.length()), "0123456789-+.:TZ ".charAt(random.nextInt(17)));
        }
        return text.toString();
    }
}

package io.tallystick.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MicrosTest {
    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z,            0,  0",
        "1970-01-01T00:00:00.000000001Z,  0,  1",
        "1970-01-01T00:00:00.000000999Z,  0,  1",
        "1970-01-01T00:00:00.000001Z,     1,  1",
        "1969-12-31T23:59:59.999999999Z, -1,  0",
        "1969-12-31T23:59:59.999999Z,    -1, -1",
        "0001-01-01T00:00:00Z, -62135596800000000, -62135596800000000",
        "9999-12-31T23:59:59.999999Z, 253402300799999999, 253402300799999999",
    })
    void cutsTimesDownAndRaisesEdges(Instant instant, long floor, long ceiling) {
        assertThat(Micros.floor(instant)).isEqualTo(floor);
        assertThat(Micros.ceiling(instant)).isEqualTo(ceiling);
    }

    @Test
    void refusesTimesOutsideTheYears1To9999() {
        assertThatThrownBy(() -> Micros.floor(Instant.parse("0000-12-31T23:59:59.999999999Z")))
                .hasMessageContaining("0000-12-31");
        assertThatThrownBy(() -> Micros.floor(Instant.parse("+10000-01-01T00:00:00Z")))
                .hasMessageContaining("+10000-01-01");
    }

    @Test
    void bringsEdgesFromOutsideToTheNearestInside() {
        assertThat(Micros.ceiling(Instant.MIN)).isEqualTo(Micros.floor(Instant.parse("0001-01-01T00:00:00Z")));
        assertThat(Micros.ceiling(Instant.MAX)).isEqualTo(253402300800000000L);
    }

    @Test
    void readsBackWhatItWrote() {
        Instant instant = Instant.parse("1931-05-05T05:05:05.123456Z");

        assertThat(Micros.instant(Micros.floor(instant))).isEqualTo(instant);
    }
}

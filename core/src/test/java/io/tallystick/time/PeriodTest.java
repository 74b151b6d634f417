package io.tallystick.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PeriodTest {
    private static final Instant FROM = Instant.parse("2024-12-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2025-01-01T00:00:00Z");
    private static final Period DECEMBER = new Period(FROM, TO);

    @Test
    void containsItsStartAndNotItsEnd() {
        assertThat(DECEMBER.contains(FROM)).isTrue();
        assertThat(DECEMBER.contains(TO.minusNanos(1))).isTrue();
        assertThat(DECEMBER.contains(TO)).isFalse();
        assertThat(DECEMBER.contains(FROM.minusNanos(1))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2024-11-01T00:00:00Z, 2024-12-01T00:00:00Z, false",
        "2024-11-01T00:00:00Z, 2024-12-01T00:00:00.000000001Z, true",
        "2024-12-10T00:00:00Z, 2024-12-11T00:00:00Z, true",
        "2024-01-01T00:00:00Z, 2026-01-01T00:00:00Z, true",
        "2024-12-01T00:00:00Z, 2025-01-01T00:00:00Z, true",
        "2024-12-31T23:59:59.999999999Z, 2025-02-01T00:00:00Z, true",
        "2025-01-01T00:00:00Z, 2025-02-01T00:00:00Z, false",
    })
    void overlapsWhatSharesAnInstant(Instant from, Instant to, boolean overlaps) {
        Period other = new Period(from, to);

        assertThat(DECEMBER.overlaps(other)).isEqualTo(overlaps);
        assertThat(other.overlaps(DECEMBER)).isEqualTo(overlaps);
    }

    @Test
    void refusesToBeEmptyOrReversed() {
        assertThat(new Period(FROM, FROM.plusNanos(1)).contains(FROM)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Period(FROM, FROM))
                .withMessage("Expected a period that ends after it starts, but was [%s, %s).", FROM, FROM);
        assertThatIllegalArgumentException().isThrownBy(() -> new Period(TO, FROM));
    }

    @Test
    void printsItsHalfOpenBounds() {
        assertThat(DECEMBER).hasToString("[2024-12-01T00:00:00Z, 2025-01-01T00:00:00Z)");
    }
}

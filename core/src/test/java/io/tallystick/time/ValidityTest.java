package io.tallystick.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ValidityTest {
    private static final Instant START = Instant.parse("2024-12-10T00:00:00Z");
    private static final Instant END = Instant.parse("2024-12-20T00:00:00Z");
    private static final Validity TEN_DAYS = new Validity(START, Optional.of(END));
    private static final Validity FOR_GOOD = new Validity(START, Optional.empty());

    @Test
    void isInForceFromItsStartUntilJustBeforeItsEnd() {
        assertThat(TEN_DAYS.isInForceAt(START.minusNanos(1))).isFalse();
        assertThat(TEN_DAYS.isInForceAt(START)).isTrue();
        assertThat(TEN_DAYS.isInForceAt(END.minusNanos(1))).isTrue();
        assertThat(TEN_DAYS.isInForceAt(END)).isFalse();
    }

    @Test
    void staysInForceWithoutAnEnd() {
        assertThat(FOR_GOOD.isInForceAt(START.minusNanos(1))).isFalse();
        assertThat(FOR_GOOD.isInForceAt(START)).isTrue();
        assertThat(FOR_GOOD.isInForceAt(Instant.MAX)).isTrue();
    }

    /** from, to, then for the ten days and for the open end: overlaps, covers. */
    @ParameterizedTest
    @CsvSource({
        "2024-12-01T00:00:00Z, 2024-12-10T00:00:00Z, false, false, false, false",
        "2024-12-01T00:00:00Z, 2024-12-10T00:00:00.000000001Z, true, false, true, false",
        "2024-12-09T23:59:59.999999999Z, 2024-12-20T00:00:00Z, true, false, true, false",
        "2024-12-10T00:00:00Z, 2024-12-20T00:00:00Z, true, true, true, true",
        "2024-12-11T00:00:00Z, 2024-12-12T00:00:00Z, true, true, true, true",
        "2024-12-10T00:00:00Z, 2024-12-20T00:00:00.000000001Z, true, false, true, true",
        "2024-12-19T23:59:59.999999999Z, 2025-01-01T00:00:00Z, true, false, true, true",
        "2024-12-20T00:00:00Z, 2025-01-01T00:00:00Z, false, false, true, true",
    })
    void overlapsAndCoversPeriods(
            Instant from, Instant to, boolean overlaps, boolean covers, boolean overlapsOpen, boolean coversOpen) {
        Period period = new Period(from, to);

        assertThat(TEN_DAYS.overlaps(period)).isEqualTo(overlaps);
        assertThat(TEN_DAYS.covers(period)).isEqualTo(covers);
        assertThat(FOR_GOOD.overlaps(period)).isEqualTo(overlapsOpen);
        assertThat(FOR_GOOD.covers(period)).isEqualTo(coversOpen);
    }

    @Test
    void followsAnotherWithoutOverlapping() {
        assertOverlap(TEN_DAYS, new Validity(END, Optional.empty()), false);
        assertOverlap(TEN_DAYS, new Validity(END, Optional.of(END.plusNanos(1))), false);
        assertOverlap(TEN_DAYS, new Validity(END.minusNanos(1), Optional.empty()), true);
        assertOverlap(TEN_DAYS, new Validity(START.minusNanos(1), Optional.of(START)), false);
        assertOverlap(TEN_DAYS, new Validity(START.minusNanos(1), Optional.of(START.plusNanos(1))), true);
        assertOverlap(FOR_GOOD, new Validity(END, Optional.empty()), true);
        assertOverlap(FOR_GOOD, new Validity(Instant.MIN, Optional.of(START)), false);
        assertOverlap(TEN_DAYS, TEN_DAYS, true);
    }

    @Test
    void refusesToEndBeforeItStarts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Validity(START, Optional.of(START)))
                .withMessage("Expected an end after the start %s, but was %s.", START, START);
        assertThatIllegalArgumentException().isThrownBy(() -> new Validity(END, Optional.of(START)));
    }

    private static void assertOverlap(Validity one, Validity other, boolean overlaps) {
        assertThat(one.overlaps(other)).isEqualTo(overlaps);
        assertThat(other.overlaps(one)).isEqualTo(overlaps);
    }
}

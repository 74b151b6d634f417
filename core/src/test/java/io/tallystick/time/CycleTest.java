package io.tallystick.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CycleTest {
    @ParameterizedTest
    @ValueSource(ints = {0, -1, 366})
    void intervalOutsideOneToThreeHundredSixtyFiveIsRefused(int interval) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cycle(BillFrequency.DAILY, interval))
                .withMessageContaining("1 to 365")
                .withMessageContaining(Integer.toString(interval));
    }

    @ParameterizedTest
    @EnumSource(names = {"AD_HOC", "MIXED"})
    void frequencyThatDoesNotRepeatIsRefused(BillFrequency frequency) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cycle(frequency, 1))
                .withMessageContaining(frequency.name());
    }

    @ParameterizedTest
    @CsvSource({"DAILY, 2022-01-01", "WEEKLY, 2022-01-04", "MONTHLY, 2022-01-01", "ANNUALLY, 2022-01-01"})
    void standardEpochsAreTheDocumentedOnes(BillFrequency frequency, LocalDate epoch) {
        assertThat(Epochs.STANDARD.of(new Cycle(frequency, 1))).isEqualTo(epoch);
    }

    @Test
    void eachFrequencyHasItsOwnEpoch() {
        Epochs epochs = new Epochs(
                LocalDate.of(2020, 1, 1), LocalDate.of(2020, 1, 2), LocalDate.of(2020, 1, 3), LocalDate.of(2020, 1, 4));

        assertThat(epochs.of(new Cycle(BillFrequency.DAILY, 2))).isEqualTo(epochs.day());
        assertThat(epochs.of(new Cycle(BillFrequency.WEEKLY, 2))).isEqualTo(epochs.week());
        assertThat(epochs.of(new Cycle(BillFrequency.MONTHLY, 2))).isEqualTo(epochs.month());
        assertThat(epochs.of(new Cycle(BillFrequency.ANNUALLY, 2))).isEqualTo(epochs.year());
    }
}

package io.tallystick.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.id.FieldCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotsTest {
    @Test
    void addsNewFieldsBehindTheOldOnesAndKeepsWhatLeft() {
        Slots before = new Slots(codes("memory", 2), codes("region", 1));

        Slots after = before.with(
                List.of(data("memory1", FieldCategory.MEASURE), data("extra", FieldCategory.MEASURE)), List.of());

        assertThat(after.numbers()).extracting(FieldCode::value).containsExactly("memory0", "memory1", "extra");
        assertThat(after.texts()).extracting(FieldCode::value).containsExactly("region0");
    }

    @Test
    void givesAFieldThatComesBackItsOldSlot() {
        Slots before = new Slots(codes("memory", 3), List.of());

        Slots after = before.with(List.of(data("memory0", FieldCategory.COST)), List.of());

        assertThat(after.number(new FieldCode("memory0"))).hasValue(0);
        assertThat(after.numbers()).hasSize(3);
    }

    @Test
    void givesAFieldThatBecameTextASlotAmongTheTexts() {
        Slots before = new Slots(codes("size", 1), List.of());

        Slots after = before.with(List.of(data("size0", FieldCategory.WHAT)), List.of());

        assertThat(after.text(new FieldCode("size0"))).hasValue(0);
        assertThat(after.number(new FieldCode("size0"))).hasValue(0);
    }

    @Test
    void holdsAsManyAsTheLargestRowAndNoMore() {
        assertThat(new Slots(codes("n", 30), codes("t", 64)).numbers()).hasSize(30);
        assertThatThrownBy(() -> new Slots(codes("n", 31), List.of()))
                .hasMessageContaining("at most 30 numeric and 64 text fields")
                .hasMessageContaining("31 and 0");
        assertThatThrownBy(() -> new Slots(List.of(), codes("t", 65))).hasMessageContaining("0 and 65");
    }

    private static DataField data(String code, FieldCategory category) {
        return new DataField(new FieldCode(code), code, category, Optional.empty());
    }

    private static List<FieldCode> codes(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new FieldCode(prefix + i))
                .toList();
    }
}

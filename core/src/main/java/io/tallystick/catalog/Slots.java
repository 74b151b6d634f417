package io.tallystick.catalog;

import io.tallystick.id.FieldCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the fields of a meter stand in its usage rows: the n-th numeric field of this list has numeric slot n, the n-th
 * text field text slot n, from 0. Fields are only ever added at the end; one that leaves the meter keeps its slot.
 */
public record Slots(List<FieldCode> numbers, List<FieldCode> texts) {
    /** Numeric slots of the largest row; a meter that ever had more numeric fields has to be succeeded by another. */
    public static final int NUMBERS_MAX = 30;

    /** Text slots of the largest row. */
    public static final int TEXTS_MAX = 64;

    public static final Slots NONE = new Slots(List.of(), List.of());

    public Slots {
        numbers = List.copyOf(numbers);
        texts = List.copyOf(texts);
        if (numbers.size() > NUMBERS_MAX || texts.size() > TEXTS_MAX) {
            throw new IllegalArgumentException(
                    "Expected at most %d numeric and %d text fields in the life of a meter, but with this change there were %d and %d. Make a new meter."
                            .formatted(NUMBERS_MAX, TEXTS_MAX, numbers.size(), texts.size()));
        }
    }

    /** The same slots, and new ones at the end for fields that have none yet. */
    Slots with(List<DataField> dataFields, List<DerivedField> derivedFields) {
        List<FieldCode> moreNumbers = new ArrayList<>(numbers);
        List<FieldCode> moreTexts = new ArrayList<>(texts);
        dataFields.forEach(field -> add(field.code(), field.category(), moreNumbers, moreTexts));
        derivedFields.forEach(field -> add(field.code(), field.category(), moreNumbers, moreTexts));
        return new Slots(moreNumbers, moreTexts);
    }

    private static void add(FieldCode code, FieldCategory category, List<FieldCode> numbers, List<FieldCode> texts) {
        List<FieldCode> slots = category.isNumeric() ? numbers : texts;
        if (!slots.contains(code)) {
            slots.add(code);
        }
    }

    /** The slot of a numeric field. */
    public OptionalInt number(FieldCode code) {
        return slot(numbers, code);
    }

    /** The slot of a text field. */
    public OptionalInt text(FieldCode code) {
        return slot(texts, code);
    }

    private static OptionalInt slot(List<FieldCode> slots, FieldCode code) {
        return Optional.of(slots.indexOf(code))
                .filter(index -> index >= 0)
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }
}

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
    public static final Slots NONE = new Slots(List.of(), List.of());

    public Slots {
        numbers = List.copyOf(numbers);
        texts = List.copyOf(texts);
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

package io.tallystick.server.api.usage;

import io.tallystick.catalog.DerivedField;
import io.tallystick.catalog.FieldCategory;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Slots;
import io.tallystick.document.Document;
import io.tallystick.id.FieldCode;
import io.tallystick.usage.MeterRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A meter as the door needs it for every measurement: where each of its fields goes.
 *
 * @param code for messages
 * @param row what its measurements fill
 * @param targets of its data fields, by code
 * @param derived its derived fields
 */
record KnownMeter(String code, MeterRow row, Map<String, Target> targets, List<Derived> derived) {
    KnownMeter {
        targets = Map.copyOf(targets);
        derived = List.copyOf(derived);
    }

    /**
     * Where a field goes.
     *
     * @param category under whose key on the wire it has to be sent
     * @param slot among the numeric or the text slots
     */
    record Target(FieldCategory category, int slot) {}

    /** A derived field and where its result goes. */
    record Derived(DerivedField field, Target target) {}

    static KnownMeter of(Document<Meter> document) {
        Meter meter = document.content();
        Map<String, Target> targets = new HashMap<>();
        meter.dataFields()
                .forEach(field ->
                        targets.put(field.code().value(), target(meter.slots(), field.code(), field.category())));
        return new KnownMeter(
                meter.code().value(),
                new MeterRow(document.number(), meter.slots()),
                targets,
                meter.derivedFields().stream()
                        .map(field -> new Derived(field, target(meter.slots(), field.code(), field.category())))
                        .toList());
    }

    private static Target target(Slots slots, FieldCode code, FieldCategory category) {
        return new Target(category, (category.isNumeric() ? slots.number(code) : slots.text(code)).orElseThrow());
    }
}

package io.tallystick.usage;

import io.tallystick.catalog.Slots;
import io.tallystick.id.FieldCode;
import java.util.List;

/**
 * A meter's row as its measurements fill it. The hashes of the field codes are made once here and not for every
 * measurement. Immutable.
 */
public final class MeterRow {
    private final int meter;
    private final Slots slots;
    private final long[] numberHashes;
    private final long[] textHashes;

    /**
     * @param meter number of the meter's document
     * @param slots of the same meter; how many there are decides the shape of the row
     */
    public MeterRow(int meter, Slots slots) {
        this.meter = meter;
        this.slots = slots;
        numberHashes = hashes(slots.numbers());
        textHashes = hashes(slots.texts());
    }

    /**
     * Begins a measurement.
     *
     * @param eventMicros microseconds since 1970, in the years 1 to 9999
     */
    public MeasurementDraft draft(Identity identity, long eventMicros) {
        return new MeasurementDraft(identity, this, eventMicros);
    }

    int meter() {
        return meter;
    }

    int numbers() {
        return numberHashes.length;
    }

    int texts() {
        return textHashes.length;
    }

    /** The code of a numeric slot, for messages. */
    String numberCode(int slot) {
        return slots.numbers().get(slot).value();
    }

    /** {@link ContentHash#field} of a numeric slot's code. */
    long numberHash(int slot) {
        return numberHashes[slot];
    }

    /** {@link ContentHash#field} of a text slot's code. */
    long textHash(int slot) {
        return textHashes[slot];
    }

    private static long[] hashes(List<FieldCode> codes) {
        return codes.stream().mapToLong(code -> ContentHash.field(code.value())).toArray();
    }
}

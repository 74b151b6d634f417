package io.tallystick.usage;

import io.tallystick.catalog.Slots;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One measurement as it was frozen at the door: names are numbers, times are whole microseconds, derived fields are
 * computed, and nothing that needs a clock or the catalogue is left to decide. Immutable.
 *
 * <p>Numbers that need at most 6 digits after the point and 18 in all are held as {@link #compact} millionths: half a
 * million measurements a second are too many for an object per number.
 */
public final class Measurement implements Submission.Element {
    static final long NO_END = Long.MIN_VALUE;

    private final Identity identity;
    private final int meter;
    private final int account;
    private final long eventMicros;
    private final long endMicros;
    private final long receivedMicros;
    private final int contentHash;
    private final int present;
    private final long[] millionths;
    private final @Nullable BigDecimal @Nullable [] wide;
    private final @Nullable String[] texts;
    private final Remarks remarks;

    Measurement(MeasurementDraft draft, long receivedMicros) {
        identity = draft.identity;
        meter = draft.meter();
        account = draft.account;
        eventMicros = draft.eventMicros;
        endMicros = draft.endMicros;
        this.receivedMicros = receivedMicros;
        contentHash = ContentHash.of(meter, account, eventMicros, endMicros, draft.fields);
        present = draft.present;
        millionths = draft.millionths;
        wide = draft.wide;
        texts = draft.texts;
        remarks = draft.remarks();
    }

    /**
     * Begins a measurement.
     *
     * @param meter number of the meter's document
     * @param slots of the same meter; how many there are decides the shape of the row
     * @param account number of the account's document
     * @param eventTime in the years 1 to 9999; nanoseconds are cut off
     */
    public static MeasurementDraft draft(Identity identity, int meter, Slots slots, int account, Instant eventTime) {
        return new MeterRow(meter, slots)
                .draft(identity, Micros.floor(eventTime))
                .account(account);
    }

    public Identity identity() {
        return identity;
    }

    /** Number of the meter's document. */
    public int meter() {
        return meter;
    }

    /** Number of the account's document. */
    public int account() {
        return account;
    }

    public Instant eventTime() {
        return Micros.instant(eventMicros);
    }

    /** The same in microseconds since 1970. */
    public long eventMicros() {
        return eventMicros;
    }

    public Optional<Instant> endTime() {
        return endMicros == NO_END ? Optional.empty() : Optional.of(Micros.instant(endMicros));
    }

    public Instant receivedAt() {
        return Micros.instant(receivedMicros);
    }

    /** The same in microseconds since 1970. */
    public long receivedMicros() {
        return receivedMicros;
    }

    /** 32 bits over everything the sender said; derived values and the arrival are not in it. */
    public int contentHash() {
        return contentHash;
    }

    /** How many numeric slots its meter had. */
    public int numberSlots() {
        return millionths.length;
    }

    /** How many text slots its meter had. */
    public int textSlots() {
        return texts.length;
    }

    public boolean hasNumber(int slot) {
        return (present & (1 << slot)) != 0;
    }

    /** Whether the slot has a number and {@link #compact} is all of it. */
    public boolean isCompact(int slot) {
        return hasNumber(slot) && (wide == null || wide[slot] == null);
    }

    /** Whether every number it has is compact. */
    public boolean isAllCompact() {
        return wide == null;
    }

    /** The number of a slot in millionths, below 10^18; of meaning only where {@link #isCompact}. */
    public long compact(int slot) {
        return millionths[slot];
    }

    /** The number of a slot. */
    public Optional<BigDecimal> number(int slot) {
        if (!hasNumber(slot)) {
            return Optional.empty();
        }
        @Nullable BigDecimal large = wide == null ? null : wide[slot];
        return Optional.of(
                large == null ? BigDecimal.valueOf(millionths[slot], MeasurementDraft.COMPACT_SCALE) : large);
    }

    /** The text of a slot. */
    public Optional<String> text(int slot) {
        return Optional.ofNullable(texts[slot]);
    }

    public Remarks remarks() {
        return remarks;
    }

    /**
     * What is kept with a measurement besides its fields; nearly always nothing.
     *
     * @param undefined what was sent in fields that the meter did not define, by the field's key on the wire: usable when
     *     the field is added
     * @param failedCalculations derived fields that could not be computed, by field code, each with the reason
     */
    public record Remarks(Map<String, FieldValue> undefined, Map<String, String> failedCalculations) {
        public static final Remarks NONE = new Remarks(Map.of(), Map.of());

        public Remarks {
            undefined = Collections.unmodifiableMap(new TreeMap<>(undefined));
            failedCalculations = Collections.unmodifiableMap(new TreeMap<>(failedCalculations));
        }

        public boolean isEmpty() {
            return undefined.isEmpty() && failedCalculations.isEmpty();
        }
    }
}

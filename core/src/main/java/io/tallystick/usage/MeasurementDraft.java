package io.tallystick.usage;

import io.tallystick.catalog.Slots;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A measurement while the door fills it, by one thread and once. What was sent goes into the content hash, what was
 * derived does not: a changed formula must not turn a resent measurement into a conflict.
 */
public final class MeasurementDraft {
    static final int COMPACT_SCALE = 6;
    private static final int COMPACT_PRECISION_MAX = 18;

    final Identity identity;
    final int meter;
    final int account;
    final long eventMicros;
    final long[] millionths;
    final @Nullable String[] texts;
    long endMicros = Measurement.NO_END;
    int present;

    @Nullable
    BigDecimal @Nullable [] wide;

    long fields;

    private final Slots slots;
    private @Nullable Map<String, FieldValue> undefined;
    private @Nullable Map<String, String> failedCalculations;
    private boolean isFrozen;

    MeasurementDraft(Identity identity, int meter, Slots slots, int account, Instant eventTime) {
        this.identity = identity;
        this.meter = meter;
        this.account = account;
        this.slots = slots;
        eventMicros = Micros.floor(eventTime);
        millionths = new long[slots.numbers().size()];
        texts = new @Nullable String[slots.texts().size()];
    }

    /** When the usage ended; not before the event time. */
    public MeasurementDraft until(Instant endTime) {
        endMicros = Micros.floor(endTime);
        if (endMicros < eventMicros) {
            throw new IllegalArgumentException("Expected an end at or after %s, but was %s."
                    .formatted(Micros.instant(eventMicros), Micros.instant(endMicros)));
        }
        return this;
    }

    /** A number that was sent; at most 26 digits before the point and 12 after it. */
    public MeasurementDraft number(int slot, BigDecimal value) {
        fields += put(slot, slots.numbers().get(slot).value(), value);
        return this;
    }

    /** A number that the door computed; the same limits. */
    public MeasurementDraft derivedNumber(int slot, BigDecimal value) {
        put(slot, slots.numbers().get(slot).value(), value);
        return this;
    }

    /** A text that was sent. */
    public MeasurementDraft text(int slot, String value) {
        fields += ContentHash.text(slots.texts().get(slot).value(), value);
        return derivedText(slot, value);
    }

    /** A text that the door computed. */
    public MeasurementDraft derivedText(int slot, String value) {
        if (texts[slot] != null || !FieldValue.TextValue.isWellFormed(value)) {
            throw new IllegalArgumentException(
                    "Expected one text of at most %d well-formed characters in slot %d of meter %d, but was %s and %d characters."
                            .formatted(FieldValue.TextValue.LENGTH_MAX, slot, meter, texts[slot], value.length()));
        }
        texts[slot] = value;
        return this;
    }

    /** A field that was sent and that the meter does not define; it counts as content like every other. */
    public MeasurementDraft undefined(String field, FieldValue value) {
        Map<String, FieldValue> kept = undefined == null ? new TreeMap<>() : undefined;
        undefined = kept;
        if (kept.put(field, value) != null) {
            throw new IllegalArgumentException(
                    "Expected one value of field \"%s\", but there were two.".formatted(field));
        }
        fields += switch (value) {
            case FieldValue.NumberValue(BigDecimal number) -> hash(field, number);
            case FieldValue.TextValue(String text) -> ContentHash.text(field, text);
        };
        return this;
    }

    /** A derived field that could not be computed: the measurement counts without it. */
    public MeasurementDraft failedCalculation(String field, String reason) {
        Map<String, String> kept = failedCalculations == null ? new TreeMap<>() : failedCalculations;
        failedCalculations = kept;
        kept.put(field, reason);
        return this;
    }

    /**
     * The measurement. The draft is of no use afterwards.
     *
     * @param receivedAt from the edge's clock
     */
    public Measurement freeze(Instant receivedAt) {
        if (isFrozen) {
            throw new IllegalStateException("Expected a draft that is frozen once, but was frozen before.");
        }
        isFrozen = true;
        return new Measurement(this, Micros.floor(receivedAt));
    }

    Remarks remarks() {
        return undefined == null && failedCalculations == null
                ? Remarks.NONE
                : new Remarks(
                        undefined == null ? Map.of() : undefined,
                        failedCalculations == null ? Map.of() : failedCalculations);
    }

    /** Keeps a number and gives its part of the content hash. */
    private long put(int slot, String field, BigDecimal value) {
        if ((present & (1 << slot)) != 0) {
            throw new IllegalArgumentException(
                    "Expected one number in field \"%s\" of meter %d, but there were two.".formatted(field, meter));
        }
        present |= 1 << slot;
        if (isCompact(value)) {
            millionths[slot] = millionths(value);
        } else {
            @Nullable BigDecimal[] large = wide == null ? new @Nullable BigDecimal[millionths.length] : wide;
            wide = large;
            large[slot] = new FieldValue.NumberValue(value.stripTrailingZeros()).value();
        }
        return hash(field, value);
    }

    private static long hash(String field, BigDecimal value) {
        return isCompact(value)
                ? ContentHash.number(field, millionths(value))
                : ContentHash.number(field, value.stripTrailingZeros().toPlainString());
    }

    /** Whether millionths below 10^18 say all of it; 0.5000000 and 0.5 alike. */
    private static boolean isCompact(BigDecimal value) {
        if (value.signum() == 0) {
            return true;
        }
        BigDecimal shortest = value.scale() > COMPACT_SCALE ? value.stripTrailingZeros() : value;
        return shortest.scale() <= COMPACT_SCALE
                && shortest.precision() - shortest.scale() + COMPACT_SCALE <= COMPACT_PRECISION_MAX;
    }

    private static long millionths(BigDecimal compact) {
        return compact.signum() == 0
                ? 0
                : compact.setScale(COMPACT_SCALE).unscaledValue().longValueExact();
    }
}

package io.tallystick.usage;

import io.tallystick.usage.Measurement.Remarks;
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
    private static final long COMPACT_END = 1_000_000_000_000_000_000L;

    final Identity identity;
    final long eventMicros;
    final long[] millionths;
    final @Nullable String[] texts;
    int account;
    long endMicros = Measurement.NO_END;
    int present;

    @Nullable
    BigDecimal @Nullable [] wide;

    long fields;

    private final MeterRow row;
    private @Nullable Map<String, FieldValue> undefined;
    private @Nullable Map<String, String> failedCalculations;
    private boolean isFrozen;

    MeasurementDraft(Identity identity, MeterRow row, long eventMicros) {
        this.identity = identity;
        this.row = row;
        this.eventMicros = Micros.checked(eventMicros);
        millionths = new long[row.numbers()];
        texts = new @Nullable String[row.texts()];
    }

    int meter() {
        return row.meter();
    }

    /** Whose usage it is: number of the account's document. It may be found last; without it nothing can be frozen. */
    public MeasurementDraft account(int number) {
        account = number;
        return this;
    }

    /** When the usage ended; not before the event time. */
    public MeasurementDraft until(Instant endTime) {
        return until(Micros.floor(endTime));
    }

    /** The same in microseconds since 1970. */
    public MeasurementDraft until(long micros) {
        endMicros = Micros.checked(micros);
        if (endMicros < eventMicros) {
            throw new IllegalArgumentException("Expected an end at or after %s, but was %s."
                    .formatted(Micros.instant(eventMicros), Micros.instant(endMicros)));
        }
        return this;
    }

    /** A number that was sent; at most 26 digits before the point and 12 after it. */
    public MeasurementDraft number(int slot, BigDecimal value) {
        fields += put(slot, value);
        return this;
    }

    /** A number that was sent, in millionths; below 10^18 in size. */
    public MeasurementDraft number(int slot, long millionths) {
        putCompact(slot, millionths);
        fields += ContentHash.number(row.numberHash(slot), millionths);
        return this;
    }

    /** A number that the door computed; the same limits. */
    public MeasurementDraft derivedNumber(int slot, BigDecimal value) {
        put(slot, value);
        return this;
    }

    /** A text that was sent. */
    public MeasurementDraft text(int slot, String value) {
        fields += ContentHash.text(row.textHash(slot), value);
        return derivedText(slot, value);
    }

    /** A text that the door computed. */
    public MeasurementDraft derivedText(int slot, String value) {
        if (texts[slot] != null || !FieldValue.TextValue.isWellFormed(value)) {
            throw new IllegalArgumentException(
                    "Expected one text of at most %d well-formed characters in slot %d of meter %d, but was %s and %d characters."
                            .formatted(
                                    FieldValue.TextValue.LENGTH_MAX, slot, row.meter(), texts[slot], value.length()));
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
            case FieldValue.NumberValue(BigDecimal number) -> hash(ContentHash.field(field), number);
            case FieldValue.TextValue(String text) -> ContentHash.text(ContentHash.field(field), text);
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
        return freeze(Micros.floor(receivedAt));
    }

    /** The same with the arrival in microseconds since 1970. */
    public Measurement freeze(long receivedMicros) {
        if (account < 1) {
            throw new IllegalStateException("Expected a measurement of an account, but nobody said whose it is.");
        }
        if (isFrozen) {
            throw new IllegalStateException("Expected a draft that is frozen once, but was frozen before.");
        }
        isFrozen = true;
        return new Measurement(this, receivedMicros);
    }

    Remarks remarks() {
        return undefined == null && failedCalculations == null
                ? Remarks.NONE
                : new Remarks(
                        undefined == null ? Map.of() : undefined,
                        failedCalculations == null ? Map.of() : failedCalculations);
    }

    /** Keeps a number and gives its part of the content hash. */
    private long put(int slot, BigDecimal value) {
        if (isCompact(value)) {
            long compact = millionths(value);
            putCompact(slot, compact);
            return ContentHash.number(row.numberHash(slot), compact);
        }
        claim(slot);
        @Nullable BigDecimal[] large = wide == null ? new @Nullable BigDecimal[millionths.length] : wide;
        wide = large;
        large[slot] = new FieldValue.NumberValue(value.stripTrailingZeros()).value();
        return hash(row.numberHash(slot), value);
    }

    private void putCompact(int slot, long compact) {
        if (compact <= -COMPACT_END || compact >= COMPACT_END) {
            throw new IllegalArgumentException(
                    "Expected less than %d millionths, but were %d.".formatted(COMPACT_END, compact));
        }
        claim(slot);
        millionths[slot] = compact;
    }

    private void claim(int slot) {
        if ((present & (1 << slot)) != 0) {
            throw new IllegalArgumentException("Expected one number in field \"%s\" of meter %d, but there were two."
                    .formatted(row.numberCode(slot), row.meter()));
        }
        present |= 1 << slot;
    }

    private static long hash(long field, BigDecimal value) {
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

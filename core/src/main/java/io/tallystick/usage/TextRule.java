package io.tallystick.usage;

import java.util.Map;

/**
 * What the texts of a measurement must be like. It fits where all conditions hold; one without conditions fits every
 * measurement.
 *
 * @param conditions of some text fields; another field may carry anything or nothing
 */
public record TextRule(Map<UsageQuery.Slot.TextSlot, Condition> conditions) {
    public TextRule {
        conditions = Map.copyOf(conditions);
    }

    /** What one text must be like. A measurement that does not carry the field meets none. */
    public sealed interface Condition {
        /** Exactly this text. */
        record Equal(String text) implements Condition {}

        /** Some text, the empty one included. */
        record Present() implements Condition {}
    }
}

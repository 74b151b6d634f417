package io.tallystick.usage;

import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /**
     * Whether a measurement is like that.
     *
     * @param texts by slot, as {@link StoredMeasurement#texts} has them
     */
    public boolean fits(List<Optional<String>> texts) {
        return conditions.entrySet().stream().allMatch(condition -> {
            int slot = condition.getKey().index();
            Optional<String> text = slot < texts.size() ? texts.get(slot) : Optional.empty();
            return switch (condition.getValue()) {
                case Condition.Equal(String wanted) ->
                    text.filter(wanted::equals).isPresent();
                case Condition.Present() -> text.isPresent();
            };
        });
    }

    /** What one text must be like. A measurement that does not carry the field meets none. */
    public sealed interface Condition {
        /** Exactly this text. */
        record Equal(String text) implements Condition {}

        /** Some text, the empty one included. */
        record Present() implements Condition {}
    }
}

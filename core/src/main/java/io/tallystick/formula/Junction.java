package io.tallystick.formula;

import java.util.List;

/**
 * {@code a AND b AND c}, or {@code a OR b OR c}: evaluated from left to right until one part decides.
 *
 * @param decider the value that decides: false for AND, true for OR
 */
record Junction(List<Node> parts, boolean decider, int position) implements Node.Decision {
    Junction {
        parts = List.copyOf(parts);
    }

    @Override
    public boolean truth(Scope scope) {
        for (Node part : parts) {
            if (part.truth(scope) == decider) {
                return decider;
            }
        }
        return !decider;
    }

    @Override
    public String description() {
        return (decider ? "OR" : "AND") + " at position " + position;
    }
}

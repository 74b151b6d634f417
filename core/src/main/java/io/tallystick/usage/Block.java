package io.tallystick.usage;

import java.util.List;

/**
 * What one commit writes, verdicts made.
 *
 * @param accepted counts from this commit on, in this order
 * @param conflicts kept for inspection, never counted
 * @param refusals kept with their reasons
 */
public record Block(List<Identified> accepted, List<Identified> conflicts, List<Refusal> refusals) {
    public Block {
        accepted = List.copyOf(accepted);
        conflicts = List.copyOf(conflicts);
        refusals = List.copyOf(refusals);
    }

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return accepted.isEmpty() && conflicts.isEmpty() && refusals.isEmpty();
    }
}

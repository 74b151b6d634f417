package io.tallystick.usage;

import java.util.List;

/**
 * What one commit writes, verdicts made.
 *
 * @param accepted counts from this commit on, in this order
 * @param conflicts kept for inspection, never counted
 * @param refusals kept with their reasons
 * @param settled refusals of earlier commits that end here, because what they refused was sent again
 */
public record Block(
        List<Identified> accepted,
        List<Identified> conflicts,
        List<Refusal> refusals,
        List<KeptRefusal.Settled> settled) {
    public Block {
        accepted = List.copyOf(accepted);
        conflicts = List.copyOf(conflicts);
        refusals = List.copyOf(refusals);
        settled = List.copyOf(settled);
    }

    /** A block that ends no refusal. */
    public Block(List<Identified> accepted, List<Identified> conflicts, List<Refusal> refusals) {
        this(accepted, conflicts, refusals, List.of());
    }

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return accepted.isEmpty() && conflicts.isEmpty() && refusals.isEmpty() && settled.isEmpty();
    }
}

package io.tallystick.usage;

import java.util.List;
import java.util.stream.Stream;

/**
 * What one commit writes, verdicts made.
 *
 * @param accepted counts from this commit on, in this order
 * @param conflicts kept for inspection, never counted
 * @param refusals kept with their reasons
 * @param settled refusals of earlier commits that end here, because what they refused was sent again
 * @param corrections of what earlier commits counted, one of a uid at most
 */
public record Block(
        List<Identified> accepted,
        List<Identified> conflicts,
        List<Refusal> refusals,
        List<KeptRefusal.Settled> settled,
        List<Correction> corrections) {
    public Block {
        accepted = List.copyOf(accepted);
        conflicts = List.copyOf(conflicts);
        refusals = List.copyOf(refusals);
        settled = List.copyOf(settled);
        corrections = List.copyOf(corrections);
    }

    /** A block that corrects nothing. */
    public Block(
            List<Identified> accepted,
            List<Identified> conflicts,
            List<Refusal> refusals,
            List<KeptRefusal.Settled> settled) {
        this(accepted, conflicts, refusals, settled, List.of());
    }

    /** A block of nothing but corrections. */
    public static Block correcting(List<Correction> corrections) {
        return new Block(List.of(), List.of(), List.of(), List.of(), corrections);
    }

    /** A block that ends no refusal. */
    public Block(List<Identified> accepted, List<Identified> conflicts, List<Refusal> refusals) {
        this(accepted, conflicts, refusals, List.of(), List.of());
    }

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return accepted.isEmpty()
                && conflicts.isEmpty()
                && refusals.isEmpty()
                && settled.isEmpty()
                && corrections.isEmpty();
    }

    /** All that counts from this commit on: what was accepted, then what corrections put in the place of something. */
    public List<Identified> counted() {
        if (corrections.isEmpty()) {
            return accepted;
        }
        return Stream.concat(accepted.stream(), corrections.stream().flatMap(each -> each.after().stream()))
                .toList();
    }
}

package io.tallystick.usage.intake;

import io.tallystick.usage.Block;
import io.tallystick.usage.Decidable;
import io.tallystick.usage.Identified;
import io.tallystick.usage.Refusal;
import java.util.ArrayList;
import java.util.List;

/** Decides what becomes of each element, one after the other, and sorts them for the store. */
final class Verdicts {
    private final Identities identities;
    private final long identityBytesMax;
    private final List<Identified> accepted = new ArrayList<>();
    private final List<Identified> conflicts = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    /**
     * @param identityBytesMax from which on nothing new is remembered
     */
    Verdicts(Identities identities, long identityBytesMax) {
        this.identities = identities;
        this.identityBytesMax = identityBytesMax;
    }

    /** Whether there is memory for all identities of a submission; nothing of it may be decided where there is not. */
    boolean hasRoomFor(List<Decidable> elements) {
        if (identities.bytes() < identityBytesMax) {
            return true;
        }
        for (Decidable element : elements) {
            if (element instanceof Identified identified
                    && identified.hasIdentity()
                    && !identities.knows(identified.high(), identified.low())) {
                return false;
            }
        }
        return true;
    }

    /** One verdict per element. Each sees every identity that was claimed before it, in the same block too. */
    List<Verdict> decide(List<Decidable> elements) {
        List<Verdict> verdicts = new ArrayList<>(elements.size());
        for (Decidable element : elements) {
            verdicts.add(
                    switch (element) {
                        case Refusal refusal -> refuse(refusal);
                        case Identified measurement -> decide(measurement);
                    });
        }
        return verdicts;
    }

    /** All that was decided since the beginning, as the store writes it. */
    Block block() {
        return new Block(accepted, conflicts, refusals);
    }

    private Verdict refuse(Refusal refusal) {
        refusals.add(refusal);
        return Verdict.REFUSED;
    }

    private Verdict decide(Identified identified) {
        Verdict verdict = identified.hasIdentity()
                ? identities.claim(
                        identified.high(),
                        identified.low(),
                        identified.measurement().contentHash())
                : Verdict.ACCEPTED;
        switch (verdict) {
            case ACCEPTED -> accepted.add(identified);
            case CONFLICT -> conflicts.add(identified);
            case DUPLICATE -> {}
            case REFUSED -> throw new IllegalStateException("Expected a verdict on an identity, but was REFUSED.");
        }
        return verdict;
    }
}

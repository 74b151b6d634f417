package io.tallystick.usage.intake;

import io.tallystick.usage.Block;
import io.tallystick.usage.Identified;
import io.tallystick.usage.KeptQuery.Place;
import io.tallystick.usage.KeptRefusal.Outcome;
import io.tallystick.usage.KeptRefusal.Resent;
import io.tallystick.usage.KeptRefusal.Settled;
import io.tallystick.usage.Refusal;
import io.tallystick.usage.Submission.Decidable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Decides what becomes of each element, one after the other, and sorts them for the store. */
final class Verdicts {
    private final Identities identities;
    private final long identityBytesMax;
    private final List<Identified> accepted = new ArrayList<>();
    private final List<Identified> conflicts = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<Settled> settled = new ArrayList<>();
    private final Set<Place> settledHere = new HashSet<>();
    private final UnaryOperator<Set<Place>> settledBefore;

    /**
     * @param identityBytesMax from which on nothing new is remembered
     * @param settledBefore those of some refusals that ended in an earlier commit
     */
    Verdicts(Identities identities, long identityBytesMax, UnaryOperator<Set<Place>> settledBefore) {
        this.identities = identities;
        this.identityBytesMax = identityBytesMax;
        this.settledBefore = settledBefore;
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
            verdicts.add(decide(element));
        }
        return verdicts;
    }

    /** The same for elements that were refused before; one whose refusal has ended gets nothing more. */
    List<Verdict> decide(List<Decidable> elements, List<Place> resent) {
        if (resent.isEmpty()) {
            return decide(elements);
        }
        Set<Place> ended = settledBefore.apply(Set.copyOf(resent));
        List<Verdict> verdicts = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Place place = resent.get(i);
            boolean isOpen = !ended.contains(place) && settledHere.add(place);
            verdicts.add(isOpen ? resend(elements.get(i), place) : Verdict.ALREADY_RESENT);
        }
        return verdicts;
    }

    /** All that was decided since the beginning, as the store writes it. */
    Block block() {
        return new Block(accepted, conflicts, refusals, settled);
    }

    private Verdict resend(Decidable element, Place place) {
        Verdict verdict = decide(element);
        Outcome outcome =
                switch (verdict) {
                    case ACCEPTED -> Outcome.ACCEPTED;
                    case DUPLICATE -> Outcome.DUPLICATE;
                    case CONFLICT, VOIDED -> Outcome.CONFLICT;
                    case REFUSED -> Outcome.REFUSED_AGAIN;
                    case ALREADY_RESENT ->
                        throw new IllegalStateException("Expected a verdict on an open refusal, but was " + verdict);
                };
        settled.add(new Settled(place, new Resent(outcome, receivedAt(element))));
        return verdict;
    }

    private static Instant receivedAt(Decidable element) {
        return switch (element) {
            case Refusal refusal -> refusal.receivedAt();
            case Identified identified -> identified.measurement().receivedAt();
        };
    }

    private Verdict decide(Decidable element) {
        return switch (element) {
            case Refusal refusal -> refuse(refusal);
            case Identified measurement -> decide(measurement);
        };
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
            case CONFLICT, VOIDED -> conflicts.add(identified);
            case DUPLICATE -> {}
            case REFUSED, ALREADY_RESENT ->
                throw new IllegalStateException("Expected a verdict on an identity, but was " + verdict + ".");
        }
        return verdict;
    }
}

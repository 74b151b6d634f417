package io.tallystick.usage.intake;

import io.tallystick.usage.Block;
import io.tallystick.usage.Correction;
import io.tallystick.usage.Correction.Last;
import io.tallystick.usage.Correction.Target;
import io.tallystick.usage.UsageStore;
import io.tallystick.usage.UsageWatermark;
import io.tallystick.usage.correction.Decision;
import io.tallystick.usage.correction.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides about wishes to void or amend, and commits what comes of them. What was last said under a uid is read from the
 * store, all of a request at once: identities in memory know no more than a hash of it, and nobody corrects so often that
 * every measurement should pay for more.
 */
final class Corrections {
    private final UsageStore store;
    private final Identities identities;

    Corrections(UsageStore store, Identities identities) {
        this.store = store;
        this.identities = identities;
    }

    /** Writes them in one commit; an outcome that is unknown is the only failure. */
    CorrectionReply commit(Gathering.Correcting asked) {
        Map<Target, Last> known =
                store.last(asked.wishes().stream().map(Wish::target).collect(Collectors.toSet()));
        List<Outcome> outcomes = new ArrayList<>();
        List<Correction> corrections = new ArrayList<>();
        for (Wish wish : asked.wishes()) {
            Decision decision = Decision.of(wish.change(), Optional.ofNullable(known.get(wish.target())));
            outcomes.add(decision.outcome());
            decision.corrects()
                    .map(last -> new Correction(wish.target(), last, wish.amended(), asked.by(), asked.at()))
                    .ifPresent(corrections::add);
        }
        UsageStore.Commit commit = corrections.isEmpty()
                ? new UsageStore.Commit.Done(store.watermark())
                : store.append(Block.correcting(corrections));
        return switch (commit) {
            case UsageStore.Commit.Done(UsageWatermark watermark) -> {
                // only now: what was not committed must not be remembered
                corrections.forEach(this::remember);
                yield new CorrectionReply.Corrected(outcomes, watermark);
            }
            case UsageStore.Commit.Unknown(String text) -> new CorrectionReply.Failed(new Reply.OutcomeUnknown(text));
        };
    }

    private void remember(Correction correction) {
        Target target = correction.target();
        identities.correct(
                target.high(),
                target.low(),
                correction
                        .after()
                        .map(after -> after.measurement().contentHash())
                        .orElse(Correction.VOIDED));
    }
}

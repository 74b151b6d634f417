package io.tallystick.usage.intake;

import io.tallystick.usage.Block;
import io.tallystick.usage.UsageStore;
import io.tallystick.usage.UsageWatermark;
import java.util.ArrayList;
import java.util.List;

/** What the one writer does with a block: verdicts, commit, answers; and how it gets up again after a failed commit. */
final class Writing {
    private final UsageStore store;
    private final Identities identities;
    private final long identityBytesMax;
    private final IntakeWatch watch;
    private boolean isStoreUsable = true;

    Writing(UsageStore store, Identities identities, long identityBytesMax, IntakeWatch watch) {
        this.store = store;
        this.identities = identities;
        this.identityBytesMax = identityBytesMax;
        this.watch = watch;
    }

    /**
     * Learns the identities that are on disk, as far as their memory goes: a budget smaller than what is there stops the
     * intake, not the server. What was not learned is unknown, and at the budget the unknown is refused.
     */
    void rebuild() {
        identities.clear();
        try (Identities.Learning learning = identities.learn(identityBytesMax)) {
            store.identities(learning);
        }
    }

    IdentityBudget identityBudget() {
        return new IdentityBudget(identities.size(), identities.bytes(), identityBytesMax);
    }

    /** Whether the last commit is known to have succeeded, or what came of it has been found out since. */
    boolean isStoreUsable() {
        return isStoreUsable;
    }

    /** Gets up again, if that is possible by now. */
    void tryAgain() {
        try {
            startAgain();
        } catch (RuntimeException e) {
            // it stays unusable, and whoever submits next is told why
            isStoreUsable = false;
        }
    }

    void write(Gathering.Work work) {
        try {
            switch (work) {
                case Gathering.Nothing _ -> {}
                case Gathering.Submissions(List<Gathering.Pending> block) -> write(block);
                case Gathering.Correcting correcting -> correct(correcting);
            }
        } finally {
            // Of no effect on those answered above; an Error on its way out of this thread must not leave callers
            // behind.
            work.waiting().forEach(waiting -> waiting.fail(new Reply.OutcomeUnknown("The writer ended.")));
        }
    }

    private void write(List<Gathering.Pending> block) {
        watch.blockBegins();
        List<Reply> replies = replies(block);
        watch.blockEnds();
        for (int i = 0; i < replies.size(); i++) {
            block.get(i).reply().complete(replies.get(i));
        }
    }

    private void correct(Gathering.Correcting correcting) {
        watch.blockBegins();
        CorrectionReply reply = corrected(correcting);
        watch.blockEnds();
        correcting.reply().complete(reply);
    }

    private CorrectionReply corrected(Gathering.Correcting correcting) {
        try {
            if (!isStoreUsable) {
                startAgain();
            }
            CorrectionReply reply = new Corrections(store, identities).commit(correcting);
            isStoreUsable = reply instanceof CorrectionReply.Corrected;
            return reply;
        } catch (RuntimeException failure) {
            isStoreUsable = false;
            return new CorrectionReply.Failed(new Reply.OutcomeUnknown(failure.toString()));
        }
    }

    private List<Reply> replies(List<Gathering.Pending> block) {
        try {
            if (!isStoreUsable) {
                startAgain();
            }
            return decideAndCommit(block);
        } catch (RuntimeException failure) {
            // Whatever went wrong, nobody waits for ever, and identities of this block must not be remembered.
            isStoreUsable = false;
            return unknown(block, failure.toString());
        }
    }

    private List<Reply> decideAndCommit(List<Gathering.Pending> block) {
        Verdicts verdicts = new Verdicts(identities, identityBytesMax, store::settled);
        List<Decision> decisions = new ArrayList<>(block.size());
        for (Gathering.Pending pending : block) {
            identities.bringNear(pending.elements());
            decisions.add(
                    verdicts.hasRoomFor(pending.elements())
                            ? new Decision.Made(verdicts.decide(pending.elements(), pending.resent()))
                            : new Decision.NoRoom(identityBudget()));
        }
        Block toWrite = verdicts.block();
        UsageStore.Commit commit =
                toWrite.isEmpty() ? new UsageStore.Commit.Done(store.watermark()) : store.append(toWrite);
        if (commit instanceof UsageStore.Commit.Unknown) {
            isStoreUsable = false;
        }
        return decisions.stream().map(decision -> reply(decision, commit)).toList();
    }

    private static Reply reply(Decision decision, UsageStore.Commit commit) {
        return switch (decision) {
            case Decision.NoRoom(IdentityBudget budget) -> new Reply.IdentityBudgetReached(budget);
            case Decision.Made(List<Verdict> verdicts) ->
                switch (commit) {
                    case UsageStore.Commit.Done(UsageWatermark watermark) -> new Reply.Receipt(verdicts, watermark);
                    case UsageStore.Commit.Unknown(String text) -> new Reply.OutcomeUnknown(text);
                };
        };
    }

    /** What is to become of a submission, if its block is committed. */
    private sealed interface Decision {
        record Made(List<Verdict> verdicts) implements Decision {}

        record NoRoom(IdentityBudget budget) implements Decision {}
    }

    private void startAgain() {
        store.reopen();
        rebuild();
        isStoreUsable = true;
    }

    private static List<Reply> unknown(List<Gathering.Pending> block, String text) {
        return block.stream()
                .<Reply>map(pending -> new Reply.OutcomeUnknown(text))
                .toList();
    }
}

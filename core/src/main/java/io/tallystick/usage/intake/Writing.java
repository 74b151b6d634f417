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
    private boolean isStoreUsable = true;

    Writing(UsageStore store, Identities identities) {
        this.store = store;
        this.identities = identities;
    }

    /** Learns every identity that is on disk. */
    void rebuild() {
        identities.clear();
        store.identities(identities::claim);
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

    void write(List<Gathering.Pending> block) {
        try {
            List<Reply> replies = replies(block);
            for (int i = 0; i < replies.size(); i++) {
                block.get(i).reply().complete(replies.get(i));
            }
        } finally {
            // Of no effect on those answered above; an Error on its way out of this thread must not leave callers
            // behind.
            block.forEach(pending -> pending.reply().complete(new Reply.OutcomeUnknown("The writer ended.")));
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
        Verdicts verdicts = new Verdicts(identities);
        List<List<Verdict>> decided = new ArrayList<>(block.size());
        for (Gathering.Pending pending : block) {
            decided.add(verdicts.decide(pending.elements()));
        }
        Block toWrite = verdicts.block();
        UsageStore.Commit commit =
                toWrite.isEmpty() ? new UsageStore.Commit.Done(store.watermark()) : store.append(toWrite);
        return switch (commit) {
            case UsageStore.Commit.Done(UsageWatermark watermark) ->
                decided.stream()
                        .<Reply>map(verdictsOfOne -> new Reply.Receipt(verdictsOfOne, watermark))
                        .toList();
            case UsageStore.Commit.Unknown(String text) -> {
                isStoreUsable = false;
                yield unknown(block, text);
            }
        };
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

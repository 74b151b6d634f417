package io.tallystick.usage.intake;

import io.tallystick.usage.UsageWatermark;
import java.time.Duration;
import java.util.List;

/** What the intake answers to a submission. */
public sealed interface Reply {
    /**
     * All of it is on disk, deduplicated and counted: a question asked from now on sees it.
     *
     * @param verdicts one per element, in their order
     * @param watermark a state that contains it
     */
    record Receipt(List<Verdict> verdicts, UsageWatermark watermark) implements Reply {
        public Receipt {
            verdicts = List.copyOf(verdicts);
        }
    }

    /** Why there are no verdicts. */
    sealed interface Failure extends Reply {}

    /**
     * The queue was full for too long. Nothing of it was kept; send it again later.
     *
     * @param waited how long it stood at the queue
     */
    record Overloaded(Duration waited) implements Failure {}

    /**
     * The submission brings at least one new identity, and their memory is used up. Nothing of it was kept; send it again,
     * with the same uids, when the operator has given more.
     */
    record IdentityBudgetReached(IdentityBudget budget) implements Failure {}

    /** The intake is closing. Nothing of it was kept; send it again, with the same uids, when the server is back. */
    record Closing() implements Failure {}

    /**
     * The disk failed us: all of it is kept, or nothing. Send it again with the same uids; what was kept becomes a
     * duplicate then.
     *
     * @param text what happened, for the operator
     */
    record OutcomeUnknown(String text) implements Failure {}
}

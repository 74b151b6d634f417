package io.tallystick.usage.intake;

import io.tallystick.usage.UsageWatermark;
import io.tallystick.usage.correction.Outcome;
import java.util.List;

/** What the intake answers to wishes to void or amend. */
public sealed interface CorrectionReply {
    /**
     * All of it is on disk, and a question asked from now on sees it.
     *
     * @param outcomes one per wish, in their order
     * @param watermark a state that contains it
     */
    record Corrected(List<Outcome> outcomes, UsageWatermark watermark) implements CorrectionReply {
        public Corrected {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** Nothing is known to have been done; sent again, the same comes of it. */
    record Failed(Reply.Failure failure) implements CorrectionReply {}
}

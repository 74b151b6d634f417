package io.tallystick.usage.correction;

/** What became of one wish. */
public sealed interface Outcome {
    /** It counted, and counts no more. */
    record Voided() implements Outcome {}

    /** It had been voided before: nothing was done. */
    record AlreadyVoided() implements Outcome {}

    /** What was sent counts in place of what counted. */
    record Amended() implements Outcome {}

    /** What was sent counts, where what counted had been voided. */
    record Reinstated() implements Outcome {}

    /** What counts says the same: nothing was done. */
    record Unchanged() implements Outcome {}

    /** Nothing has this uid: nothing was done. */
    record Unknown() implements Outcome {}

    /**
     * What has this uid is of another meter than the wish says: nothing was done.
     *
     * @param meter number of the document of the one it is of
     */
    record OfOtherMeter(int meter) implements Outcome {}

    /**
     * What has this uid is of another account than the wish says: nothing was done.
     *
     * @param account number of the document of the one it is of
     */
    record OfOtherAccount(int account) implements Outcome {}
}

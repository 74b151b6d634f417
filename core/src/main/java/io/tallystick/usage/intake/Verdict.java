package io.tallystick.usage.intake;

/** What became of one element. It depends on the elements before it and on nothing else. */
public enum Verdict {
    /** On disk and counted. */
    ACCEPTED,
    /** Known already, with the same content: counted once. For the sender a success. */
    DUPLICATE,
    /** Its identity is known with other content: the first stays and counts, this one is kept for inspection. */
    CONFLICT,
    /** What has its identity was voided: nothing counts, and this one is kept for inspection like a conflict. */
    VOIDED,
    /** Wrong in itself; kept with the reason. */
    REFUSED,
    /** The refusal that was to be sent again had ended before: nothing was done. */
    ALREADY_RESENT
}

package io.tallystick.usage;

/** A question got no answer. The store is as it was; asking again later may help. */
public final class QuestionFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What stood in the way. */
    public enum Reason {
        /** It took longer than the setting allows; a narrower question may be quick enough. */
        TOO_SLOW,
        /** Too many others wait already. */
        TOO_MANY,
        /** Whoever asked was interrupted, which is how a question is called off. */
        CANCELLED,
        /** Its watermark is not of this store. */
        UNKNOWN_WATERMARK,
        /** The store is being reopened or closed, or failed. */
        STORE_FAILED
    }

    private final Reason reason;

    public QuestionFailedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public QuestionFailedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

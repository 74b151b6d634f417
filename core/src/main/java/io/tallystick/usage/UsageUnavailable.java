package io.tallystick.usage;

/**
 * The store of usage cannot be opened at present: disk full, file read-only or damaged, in use by somebody else, or of
 * another version. What was acknowledged is where it was.
 *
 * <p>The message is for the operator: file, cause and what to do. It names no measurement.
 */
public final class UsageUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageUnavailable(String operatorText) {
        super(operatorText);
    }

    public UsageUnavailable(String operatorText, Throwable cause) {
        super(operatorText, cause);
    }
}

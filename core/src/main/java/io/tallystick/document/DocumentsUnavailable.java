package io.tallystick.document;

/**
 * The documents cannot be read or written at present: disk full, file read-only or damaged, locked by somebody else, or
 * already closed. Nothing that was acknowledged is lost; whether the failed write is on disk is unknown only where the
 * text says so.
 *
 * <p>The message is for the operator: file, cause and what to do. It names no document.
 */
public final class DocumentsUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DocumentsUnavailable(String operatorText) {
        super(operatorText);
    }

    public DocumentsUnavailable(String operatorText, Throwable cause) {
        super(operatorText, cause);
    }
}

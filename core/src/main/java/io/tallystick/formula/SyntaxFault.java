package io.tallystick.formula;

/**
 * Carries a {@link Malformed} out of the recursion of {@link Parser} to {@link Formula#parse}, and no further. Without a
 * stack trace: nobody reads it.
 */
final class SyntaxFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int position;
    private final String message;

    SyntaxFault(int position, String message) {
        super(message, null, false, false);
        this.position = position;
        this.message = message;
    }

    int position() {
        return position;
    }

    String message() {
        return message;
    }
}

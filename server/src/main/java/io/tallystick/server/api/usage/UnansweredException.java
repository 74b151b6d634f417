package io.tallystick.server.api.usage;

/** A question that fits together and still cannot be answered: the field of it that has to change, and how. */
final class UnansweredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String text;

    UnansweredException(String field, String text) {
        super(text);
        this.field = field;
        this.text = text;
    }

    String field() {
        return field;
    }

    String text() {
        return text;
    }
}

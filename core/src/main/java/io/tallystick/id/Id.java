package io.tallystick.id;

/**
 * Identifier of one document, opaque to everybody; in practice a UUID as text, 1 to 80 characters.
 *
 * @param value as it stands on the wire and at rest
 * @param <T> what the document holds, so that the id of a plan cannot be taken for the id of a pricing
 */
@SuppressWarnings("UnusedTypeParameter") // a phantom: it exists for the compiler alone
public record Id<T>(String value) {
    public Id {
        if (value.isBlank() || value.length() > 80) {
            throw new IllegalArgumentException(
                    "Expected an id of 1 to 80 characters, but was " + value.length() + ": \"" + value + "\".");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

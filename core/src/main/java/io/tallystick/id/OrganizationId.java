package io.tallystick.id;

/**
 * Identifier of an organization: the outermost wall. No document, measurement or question crosses it.
 *
 * @param value 1 to 80 characters, in practice a UUID as text
 */
public record OrganizationId(String value) {
    public OrganizationId {
        if (value.isBlank() || value.length() > 80) {
            throw new IllegalArgumentException("Expected an organization id of 1 to 80 characters, but was "
                    + value.length() + ": \"" + value + "\".");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

package io.tallystick.id;

/**
 * How the books and the customer name an approved bill: a prefix and a number that counts without gaps, for example
 * {@code INV-1042}. Given once, never again. Source: m3ter API, Bill {@code sequentialInvoiceNumber}.
 *
 * @param value not blank, at most 100 characters
 */
public record InvoiceNumber(String value) {
    private static final int LENGTH_MAX = 100;

    public InvoiceNumber {
        if (value.isBlank() || value.codePointCount(0, value.length()) > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "Expected an invoice number of 1 to %d characters, but was \"%s\".".formatted(LENGTH_MAX, value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

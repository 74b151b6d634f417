package io.tallystick.account;

import io.tallystick.id.InvoiceNumber;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How an organization numbers its invoices: a prefix and a count, for example {@code INV-} and 42 make {@code INV-42}. A
 * prefix does not end with a digit, so that no two prefixes and counts make the same number. Source: m3ter API,
 * OrganizationConfig {@code billPrefix}, {@code sequenceStartNumber}.
 *
 * @param prefix of at most 80 characters; absent: numbers stand alone
 * @param start the count to begin with, or to go on with, from 1; absent: it goes on by one, from 1
 */
public record InvoiceNumbering(Optional<String> prefix, OptionalInt start) {
    public static final InvoiceNumbering STANDARD = new InvoiceNumbering(Optional.empty(), OptionalInt.empty());

    public static final int PREFIX_LENGTH_MAX = 80;

    public InvoiceNumbering {
        prefix.ifPresent(text -> {
            if (text.codePointCount(0, text.length()) > PREFIX_LENGTH_MAX
                    || text.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "Expected a billPrefix of at most %d characters without control characters, but was \"%s\"."
                                .formatted(PREFIX_LENGTH_MAX, text));
            }
            if (!text.isEmpty() && Character.isDigit(text.codePointBefore(text.length()))) {
                throw new IllegalArgumentException(
                        ("Expected a billPrefix that does not end with a digit, since \"A1\" and 2 would read as \"A\" and 12, "
                                        + "but was \"%s\". End it with a sign such as -.")
                                .formatted(text));
            }
        });
        if (start.isPresent() && start.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "Expected a sequenceStartNumber from 1, but was %d.".formatted(start.getAsInt()));
        }
    }

    /** The number that a count has on an invoice. */
    public InvoiceNumber number(int count) {
        return new InvoiceNumber(prefix.orElse("") + count);
    }
}

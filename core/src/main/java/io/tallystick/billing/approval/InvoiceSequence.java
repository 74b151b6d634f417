package io.tallystick.billing.approval;

import io.tallystick.account.InvoiceNumbering;
import io.tallystick.document.Document;
import io.tallystick.document.Kind;
import io.tallystick.document.Reading;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import java.util.Optional;

/**
 * The invoice numbers of an organization: one document, changed in the transaction of every approval. It counts up by one,
 * whatever the prefix, and no count is given twice. Source: m3ter API, Bill {@code sequentialInvoiceNumber}.
 *
 * @param next the count that the next approved bill gets, from 1, unless the organization says a later one
 */
public record InvoiceSequence(int next) {
    public static final Kind<InvoiceSequence> KIND = Kind.of("invoicesequence", InvoiceSequence.class);

    /** There is one in each organization. */
    static final Id<InvoiceSequence> ID = new Id<>("invoicesequence");

    /** Before the first bill was approved. */
    static final InvoiceSequence FIRST = new InvoiceSequence(1);

    public InvoiceSequence {
        if (next < 1) {
            throw new IllegalArgumentException("Expected invoice numbers from 1, but the next was %d.".formatted(next));
        }
    }

    static InvoiceSequence of(Reading reading, OrganizationId organization) {
        return reading.find(KIND, organization, ID).map(Document::content).orElse(FIRST);
    }

    /** Going on where the organization wants it to, if that lies ahead. */
    InvoiceSequence from(InvoiceNumbering numbering) {
        return new InvoiceSequence(Math.max(next, numbering.start().orElse(next)));
    }

    InvoiceSequence after() {
        return new InvoiceSequence(Math.addExact(next, 1));
    }

    /**
     * Why an organization may not number its invoices like this from now on, if it may not: a count that was given out would
     * be given out again. Another prefix is no reason, since the count goes on. A start that stays as it was has done its
     * work.
     *
     * @param present what the organization says now
     */
    public static Optional<String> contradiction(
            Reading reading, OrganizationId organization, InvoiceNumbering wanted, InvoiceNumbering present) {
        int last = of(reading, organization).next() - 1;
        boolean isRepeated = wanted.start().isPresent()
                && wanted.start().getAsInt() <= last
                && !wanted.start().equals(present.start());
        return isRepeated
                ? Optional.of(
                        "Expected a sequenceStartNumber above %d, since invoice numbers up to it are given out, but was %d. Leave it out to go on with %d."
                                .formatted(last, wanted.start().getAsInt(), last + 1))
                : Optional.empty();
    }
}

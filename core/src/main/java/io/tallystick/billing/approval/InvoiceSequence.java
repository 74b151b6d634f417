package io.tallystick.billing.approval;

import io.tallystick.document.Kind;
import io.tallystick.id.Id;
import io.tallystick.id.InvoiceNumber;

/**
 * The invoice numbers of an organization: one document, changed in the transaction of every approval. Numbers count up
 * by one and are never given again. Source: m3ter API, Bill {@code sequentialInvoiceNumber}.
 *
 * @param next the number that the next approved bill gets, from 1
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

    InvoiceNumber number() {
        return new InvoiceNumber(Integer.toString(next));
    }

    InvoiceSequence after() {
        return new InvoiceSequence(Math.addExact(next, 1));
    }
}

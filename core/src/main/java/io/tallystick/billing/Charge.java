package io.tallystick.billing;

import io.tallystick.id.Id;
import io.tallystick.time.Period;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A line of a bill that has no place on it yet.
 *
 * @param of the document that is charged for: a plan, a pricing
 * @param reference what it gives back
 */
record Charge(
        LineItemType type,
        Id<?> of,
        String description,
        LineItem.Booking booking,
        LineItem.Basis basis,
        Period servicePeriod,
        LineItem.Amounts amounts,
        LineItem.Reference reference) {
    /** Added to the description of what was charged in advance and is given back. */
    private static final String REFUND = " (refund)";

    /** One that stands for itself. */
    Charge(
            LineItemType type,
            Id<?> of,
            String description,
            LineItem.Booking booking,
            LineItem.Basis basis,
            Period servicePeriod,
            LineItem.Amounts amounts) {
        this(type, of, description, booking, basis, servicePeriod, amounts, LineItem.Reference.NONE);
    }

    /** The same where it is below 0: a refund, of a line that was charged before. */
    Charge givingBack(LineItem.Reference charged) {
        return amounts.subtotal().signum() < 0
                ? new Charge(type, of, description + REFUND, booking, basis, servicePeriod, amounts, charged)
                : this;
    }

    /** The same charge of another amount. */
    Charge amountingTo(LineItem.Amounts others) {
        return new Charge(type, of, description, booking, basis, servicePeriod, others, reference);
    }

    /**
     * The charge as a line of the bill for a period.
     *
     * @param sequenceNumber from 1
     */
    LineItem line(int sequenceNumber, Period billed) {
        return new LineItem(
                id(billed), sequenceNumber, type, description, booking, basis, servicePeriod, amounts, reference);
    }

    /** A name made of what the line charges for, so that calculating again names it the same. */
    private Id<LineItem> id(Period billed) {
        String name = String.join(
                " ",
                booking.accountPlan().map(Id::value).orElse(""),
                type.name(),
                of.value(),
                billed.toString(),
                servicePeriod.from().toString());
        return new Id<>(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
    }
}

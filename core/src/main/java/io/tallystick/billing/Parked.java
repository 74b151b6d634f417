package io.tallystick.billing;

import io.tallystick.account.Account;
import io.tallystick.account.BillConfig;
import io.tallystick.document.Document;
import io.tallystick.document.Reading;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.quantity.Decimals;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An account that a job could not bill, while it went on with the others.
 *
 * @param reason what has to be put right, for the people who read the job
 */
public record Parked(Id<Account> account, String reason) {
    /**
     * An account whose bill nobody could read back: an amount that has more digits before the point than any number of the
     * house may have. It is never cut down.
     */
    static Optional<Parked> beyondLimits(Bill bill) {
        return Stream.concat(
                        bill.lines().stream()
                                .filter(line -> isBeyondLimits(line.convertedSubtotal()))
                                .map(line -> "the line \"%s\" for %s comes to %s"
                                        .formatted(
                                                line.description(),
                                                line.servicePeriod(),
                                                line.convertedSubtotal().toPlainString())),
                        Stream.of(bill.total())
                                .filter(Parked::isBeyondLimits)
                                .map(total -> "its lines add up to " + total.toPlainString()))
                .findFirst()
                .map(what -> new Parked(
                        bill.account(),
                        "Expected amounts of at most %d digits before the point on the bill of account %s for %s, but %s %s. Look at its usage and prices."
                                .formatted(
                                        Decimals.MAX_INTEGER_DIGITS,
                                        bill.accountCode(),
                                        bill.period(),
                                        what,
                                        bill.currency())));
    }

    private static boolean isBeyondLimits(BigDecimal amount) {
        return amount.precision() - amount.scale() > Decimals.MAX_INTEGER_DIGITS;
    }

    /** What is billed already is not billed again because somebody moved the edges of its periods. */
    static Optional<Parked> billedTwice(Reading documents, OrganizationId organization, Bill bill) {
        return bill.billedAlready(documents, organization)
                .map(other -> new Parked(
                        bill.account(),
                        ("Expected account %s to be billed once for each time, but a %s bill for %s would charge again for "
                                        + "what %s bill %s for %s charges. Set the epoch, time zone or frequency back, or end "
                                        + "the account plans at %s and start others from then on.")
                                .formatted(
                                        bill.accountCode(),
                                        bill.cycle(),
                                        bill.period(),
                                        other.content().cycle(),
                                        other.id(),
                                        other.content().period(),
                                        other.content().period().to())));
    }

    /** The door looks at the date of the job, but a bill is dated after its period, which may be earlier. */
    static Optional<Parked> closedBooks(BillConfig books, Optional<Document<Bill>> earlier, Bill bill) {
        return books.lockDate()
                .filter(_ -> earlier.isEmpty() && books.isClosed(bill.billDate()))
                .map(lockDate -> new Parked(
                        bill.account(),
                        ("Expected a bill dated %s or later, since the books are closed before, but that of account %s for %s "
                                        + "is dated %s. Move the billLockDate back to bill it.")
                                .formatted(lockDate, bill.accountCode(), bill.period(), bill.billDate())));
    }

    /** Two jobs at a time could put the same usage right on two bills. */
    static Optional<Parked> overtaken(
            Reading documents, OrganizationId organization, Bill bill, Corrections.Correction correction) {
        return correction.elsewhere().entrySet().stream()
                .filter(corrected -> !corrected
                        .getValue()
                        .equals(Corrections.Correction.elsewhere(
                                documents.findBy(
                                        Bill.KIND,
                                        organization,
                                        Bill.CORRECTS,
                                        corrected.getKey().value()),
                                corrected.getKey(),
                                bill)))
                .findFirst()
                .map(corrected -> new Parked(
                        bill.account(),
                        ("Expected bill %s to be put right by nobody else while this job put it right for account %s, but another "
                                        + "bill that does so was changed meanwhile. Run the job again.")
                                .formatted(corrected.getKey(), bill.accountCode())));
    }

    /** What somebody wrote by hand is kept, and no amount can be kept in another currency. */
    static Optional<Parked> inAnotherCurrency(Document<Bill> present, Bill bill) {
        return present.content().linesByHand().isEmpty()
                        || present.content().currency().equals(bill.currency())
                ? Optional.empty()
                : Optional.of(new Parked(
                        bill.account(),
                        ("Expected bill %s of account %s to stay in %s, because it has line items that were written by hand, but "
                                        + "its plans are in %s now. Delete those line items first.")
                                .formatted(
                                        present.id(),
                                        bill.accountCode(),
                                        present.content().currency(),
                                        bill.currency())));
    }
}

package io.tallystick.billing.approval;

import io.tallystick.account.BillConfig;
import io.tallystick.billing.Bill;
import io.tallystick.billing.BillJob;
import io.tallystick.billing.BillState;
import io.tallystick.document.Author;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Listing;
import io.tallystick.document.Registered;
import io.tallystick.document.Transaction;
import io.tallystick.id.OrganizationId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Closes the books before a date: locks the approved bills dated earlier, then keeps the date. Refused while something
 * earlier is still open, be it a pending bill or a job that may make one. Safe for use by many threads.
 */
public final class LockDate {
    private final Documents documents;

    public LockDate(Documents documents) {
        this.documents = documents;
    }

    /** What came of the wish to change the configuration. */
    public sealed interface Outcome {
        record Done(Document<BillConfig> config) implements Outcome {}

        /** The writer has not seen the present version; 0: there is none yet. */
        record Stale(Registered.Stale<BillConfig> stale) implements Outcome {}

        /** Something dated before it is open; the text says what. */
        record Open(String reason) implements Outcome {}
    }

    /**
     * Bills are locked in transactions of at most {@link Approvals#BATCH_MAX}; the last of them, which finds nothing
     * more to lock and nothing open, keeps the date. Where one fails, bills locked before stay locked.
     *
     * @param version the version the writer has seen; 0 where there is none yet
     */
    public Outcome set(OrganizationId organization, BillConfig wanted, int version, Author author) {
        while (true) {
            Optional<Outcome> outcome = documents.write(author, transaction -> {
                int present = transaction
                        .find(BillConfig.KIND, organization, BillConfig.ID)
                        .map(Document::version)
                        .orElse(0);
                if (present != version) {
                    return Optional.of(new Outcome.Stale(
                            new Registered.Stale<>(BillConfig.KIND.name(), BillConfig.ID.value(), version, present)));
                }
                return open(transaction, organization, wanted)
                        .<Outcome>map(Outcome.Open::new)
                        .or(() -> isMoreToLock(transaction, organization, wanted, author)
                                ? Optional.empty()
                                : Optional.of(new Outcome.Done(kept(transaction, organization, wanted))));
            });
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
    }

    private static Document<BillConfig> kept(Transaction transaction, OrganizationId organization, BillConfig wanted) {
        return transaction
                .find(BillConfig.KIND, organization, BillConfig.ID)
                .map(config -> transaction.update(config, wanted))
                .orElseGet(() -> transaction.insert(BillConfig.KIND, organization, BillConfig.ID, wanted));
    }

    private static Optional<String> open(Transaction transaction, OrganizationId organization, BillConfig wanted) {
        Optional<String> pending = transaction
                .list(Listing.newest(Bill.KIND, organization, 1)
                        .keyed("status", Set.of(BillState.Status.PENDING.name()))
                        .where(bill -> wanted.isClosed(bill.billDate())))
                .documents()
                .stream()
                .map(bill -> "bill %s of account %s, dated %s, is PENDING. Approve or delete it first"
                        .formatted(
                                bill.id(),
                                bill.content().accountCode(),
                                bill.content().billDate()))
                .findFirst();
        return pending.or(() -> transaction.findBy(BillJob.KIND, organization, "active", "true").stream()
                        .filter(job -> wanted.isClosed(job.content().order().billDate()))
                        .map(job -> "bill job %s, which makes bills dated %s, is active. Wait for it, or cancel it"
                                .formatted(job.id(), job.content().order().billDate()))
                        .findFirst())
                .map(what -> "Expected nothing dated before the billLockDate %s to be open, but %s."
                        .formatted(wanted.lockDate().map(Object::toString).orElse("none"), what));
    }

    private static boolean isMoreToLock(
            Transaction transaction, OrganizationId organization, BillConfig wanted, Author author) {
        List<Document<Bill>> unlocked = transaction
                .list(Listing.newest(Bill.KIND, organization, Approvals.BATCH_MAX)
                        .keyed("locked", Set.of("false"))
                        .where(bill -> wanted.isClosed(bill.billDate())))
                .documents();
        unlocked.forEach(bill -> transaction.update(bill, bill.content().locked(author)));
        return unlocked.size() == Approvals.BATCH_MAX;
    }
}

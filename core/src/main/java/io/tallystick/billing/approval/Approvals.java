package io.tallystick.billing.approval;

import io.tallystick.account.Account;
import io.tallystick.account.InvoiceNumbering;
import io.tallystick.account.OrganizationConfig;
import io.tallystick.billing.Bill;
import io.tallystick.billing.BillJob;
import io.tallystick.billing.BillState;
import io.tallystick.document.Author;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Listing;
import io.tallystick.document.Page;
import io.tallystick.document.Registered;
import io.tallystick.document.Registrar;
import io.tallystick.document.Transaction;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Approves, locks and deletes bills. Each decision is made and written in one transaction, so that a bill is approved
 * as it is in the store at that moment, or not at all: a calculation that runs meanwhile either was written before and
 * is in what is approved, or finds the bill approved and leaves it alone. Safe for use by many threads.
 */
public final class Approvals {
    /** Bills in one transaction. */
    public static final int BATCH_MAX = 500;

    private static final int JOBS_LOOKED_THROUGH = 100;

    private final Documents documents;

    public Approvals(Documents documents) {
        this.documents = documents;
    }

    /**
     * Approves a bill as it stands. One that is approved already stays as it is.
     *
     * @param seen the version whose figures were looked at; with it, a bill that was calculated again since is refused.
     *     Absent: whatever it says now
     */
    public Decision approve(OrganizationId organization, Id<Bill> id, OptionalInt seen, Author author) {
        return one(organization, id, author, (transaction, bill) -> {
            if (seen.isPresent() && seen.getAsInt() != bill.version()) {
                return new Decision.Refused(
                        new Registered.Stale<>(Bill.KIND.name(), id.value(), seen.getAsInt(), bill.version()));
            }
            return approve(transaction, organization, List.of(bill), author);
        });
    }

    /** Approves these bills as they stand, at most {@link #BATCH_MAX}, or none of them. */
    public Decision approve(OrganizationId organization, Set<Id<Bill>> ids, Author author) {
        if (ids.size() > BATCH_MAX) {
            throw new IllegalStateException(
                    "Expected at most %d bills in one transaction, but were %d.".formatted(BATCH_MAX, ids.size()));
        }
        return documents.write(author, transaction -> {
            List<Document<Bill>> found = new ArrayList<>();
            List<Id<Bill>> unknown = new ArrayList<>();
            ids.forEach(id ->
                    transaction.find(Bill.KIND, organization, id).ifPresentOrElse(found::add, () -> unknown.add(id)));
            return unknown.isEmpty()
                    ? approve(transaction, organization, found, author)
                    : new Decision.Unknown(unknown);
        });
    }

    /**
     * Approves every pending bill that passes, the earliest date first, in transactions of at most {@link #BATCH_MAX}.
     * Where one of them fails, those before it stay; asked again, it goes on.
     *
     * @return how many it approved
     */
    public int approveAll(OrganizationId organization, Predicate<Bill> which, Author author) {
        List<Id<Bill>> ids = pending(organization, which);
        int approved = 0;
        for (int i = 0; i < ids.size(); i += BATCH_MAX) {
            List<Id<Bill>> batch = ids.subList(i, Math.min(ids.size(), i + BATCH_MAX));
            Decision.Done done = documents.write(author, transaction -> {
                List<Document<Bill>> still = batch.stream()
                        .flatMap(id -> transaction.find(Bill.KIND, organization, id).stream())
                        .filter(bill -> which.test(bill.content()))
                        .toList();
                return approve(transaction, organization, still, author);
            });
            approved += done.changed();
        }
        return approved;
    }

    private List<Id<Bill>> pending(OrganizationId organization, Predicate<Bill> which) {
        List<Ranked> ranked = new ArrayList<>();
        Listing<Bill> listing = Listing.newest(Bill.KIND, organization, BATCH_MAX)
                .keyed("status", Set.of(BillState.Status.PENDING.name()))
                .where(which);
        OptionalInt next;
        do {
            Page<Bill> page = documents.list(listing);
            page.documents().forEach(bill -> ranked.add(Ranked.of(bill)));
            next = page.next();
            listing = next.isPresent() ? listing.before(next.getAsInt()) : listing;
        } while (next.isPresent());
        return ranked.stream().sorted(Ranked.ORDER).map(Ranked::id).toList();
    }

    /** What decides a bill's place among those approved together: a whole bill would be too large to keep. */
    private record Ranked(LocalDate billDate, int number, Id<Bill> id) {
        static final Comparator<Ranked> ORDER =
                Comparator.comparing(Ranked::billDate).thenComparingInt(Ranked::number);

        static Ranked of(Document<Bill> bill) {
            return new Ranked(bill.content().billDate(), bill.number(), bill.id());
        }
    }

    /** Numbers are drawn in the transaction that approves, so that one that fails draws none. */
    private static Decision.Done approve(
            Transaction transaction, OrganizationId organization, List<Document<Bill>> bills, Author author) {
        List<Document<Bill>> pending = bills.stream()
                .filter(bill -> bill.content().state() instanceof BillState.Pending)
                .sorted(Comparator.comparing(Ranked::of, Ranked.ORDER))
                .toList();
        if (pending.isEmpty()) {
            return new Decision.Done(bills, 0);
        }
        Optional<Document<InvoiceSequence>> kept =
                transaction.find(InvoiceSequence.KIND, organization, InvoiceSequence.ID);
        InvoiceNumbering numbering =
                OrganizationConfig.of(transaction, organization).numbering();
        InvoiceSequence sequence =
                kept.map(Document::content).orElse(InvoiceSequence.FIRST).from(numbering);
        List<Document<Bill>> approved = new ArrayList<>();
        for (Document<Bill> bill : pending) {
            approved.add(transaction.update(bill, bill.content().approved(author, numbering.number(sequence.next()))));
            sequence = sequence.after();
        }
        if (kept.isPresent()) {
            transaction.update(kept.get(), sequence);
        } else {
            transaction.insert(InvoiceSequence.KIND, organization, InvoiceSequence.ID, sequence);
        }
        Map<Id<Bill>, Document<Bill>> byId =
                approved.stream().collect(Collectors.toMap(Document::id, Function.identity()));
        return new Decision.Done(
                bills.stream().map(bill -> byId.getOrDefault(bill.id(), bill)).toList(), approved.size());
    }

    /**
     * What becomes of the wish to have an approved bill pending again: nothing. Its number is given out and later bills
     * may name it; what it charged wrongly is put right on a later bill.
     */
    public Decision reopen(OrganizationId organization, Id<Bill> id, Author author) {
        return one(organization, id, author, (_, bill) -> bill.content()
                .invoiceNumber()
                .<Decision>map(number -> new Decision.Forbidden(
                        ("Expected bill %s to stay APPROVED, because its invoice number %s is given out, but status is PENDING. "
                                        + "Put right on a later bill what it charged wrongly.")
                                .formatted(id, number)))
                .orElseGet(() -> new Decision.Done(List.of(bill), 0)));
    }

    /** Closes an approved bill for good. One that is locked already stays as it is. */
    public Decision lock(OrganizationId organization, Id<Bill> id, Author author) {
        return one(organization, id, author, (transaction, bill) -> switch (bill.content()
                .state()) {
            case BillState.Pending _ ->
                new Decision.Forbidden(
                        "Expected bill %s to be APPROVED before it is locked, but it is PENDING. Approve it first."
                                .formatted(id));
            case BillState.Approved _ ->
                new Decision.Done(
                        List.of(transaction.update(bill, bill.content().locked(author))), 1);
            case BillState.Locked _ -> new Decision.Done(List.of(bill), 0);
        });
    }

    /**
     * Deletes a pending bill; the next job of its account and period makes it anew, from all usage: a bill consumes
     * nothing. An approved one has a number and stays.
     */
    public Decision delete(OrganizationId organization, Id<Bill> id, Author author) {
        return one(organization, id, author, (transaction, bill) -> bill.content()
                .invoiceNumber()
                .<Decision>map(number -> new Decision.Forbidden(
                        ("Expected bill %s to be PENDING to be deleted, but it is APPROVED as invoice %s. Put right on a later "
                                        + "bill what it charged wrongly.")
                                .formatted(id, number)))
                .orElseGet(() -> deleted(new Registrar(transaction, organization).delete(Bill.KIND, id))));
    }

    private static Decision deleted(Registered<Bill> registered) {
        return switch (registered) {
            case Registered.Done<Bill>(Document<Bill> bill) -> new Decision.Done(List.of(bill), 1);
            case Registered.Unknown<Bill> _,
                    Registered.Stale<Bill> _,
                    Registered.Taken<Bill> _,
                    Registered.Dangling<Bill> _,
                    Registered.InUse<Bill> _ -> new Decision.Refused(registered);
        };
    }

    private Decision one(OrganizationId organization, Id<Bill> id, Author author, Step step) {
        return documents.write(author, transaction -> transaction
                .find(Bill.KIND, organization, id)
                .map(bill -> step.decide(transaction, bill))
                .orElseGet(() -> new Decision.Unknown(List.of(id))));
    }

    /** Why an account has no bill, where the latest of the jobs that are looked through has parked it. */
    public Optional<String> whyParked(OrganizationId organization, Id<Account> account) {
        return documents.list(Listing.newest(BillJob.KIND, organization, JOBS_LOOKED_THROUGH)).documents().stream()
                .flatMap(job -> job.content().parked().stream()
                        .filter(parked -> parked.account().equals(account))
                        .map(parked -> "Bill job %s parked it: %s".formatted(job.id(), parked.reason())))
                .findFirst();
    }

    /** What to do with a bill in the transaction that found it. */
    @FunctionalInterface
    private interface Step {
        Decision decide(Transaction transaction, Document<Bill> bill);
    }
}

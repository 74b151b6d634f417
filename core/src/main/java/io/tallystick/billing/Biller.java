package io.tallystick.billing;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import io.tallystick.account.Account;
import io.tallystick.billing.Terms.Assessment;
import io.tallystick.document.Author;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Reading;
import io.tallystick.document.Transaction;
import io.tallystick.document.Watermark;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.usage.UsageStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes bills: reads everything, decides, writes once. Safe for use by many threads; blocks while it reads and writes.
 */
public final class Biller {
    private static final int BILLS_PER_TRANSACTION = 500;

    private final Documents documents;
    private final UsageStore usage;
    private final KeptBills kept;
    private final Executor beside;
    private final int billsPerTransaction;
    private final Corrections corrections;

    /**
     * One that calculates on the thread that writes, and whose bills say nothing of other bills.
     *
     * @param ids a new identifier with each call, for bills
     */
    public Biller(Documents documents, UsageStore usage, Supplier<String> ids) {
        this(documents, usage, ids, Runnable::run);
    }

    /**
     * @param ids a new identifier with each call, for bills
     * @param beside where bills are calculated while those before them are written
     */
    public Biller(Documents documents, UsageStore usage, Supplier<String> ids, Executor beside) {
        this(documents, usage, ids, beside, BILLS_PER_TRANSACTION);
    }

    Biller(Documents documents, UsageStore usage, Supplier<String> ids, Executor beside, int billsPerTransaction) {
        this(documents, usage, new KeptBills(ids), beside, billsPerTransaction, Corrections.NONE);
    }

    private Biller(
            Documents documents,
            UsageStore usage,
            KeptBills kept,
            Executor beside,
            int billsPerTransaction,
            Corrections corrections) {
        this.documents = documents;
        this.usage = usage;
        this.kept = kept;
        this.beside = beside;
        this.billsPerTransaction = billsPerTransaction;
        this.corrections = corrections;
    }

    /** One whose bills put right what approved bills charged. */
    public Biller correctedBy(Corrections others) {
        return new Biller(documents, usage, kept, beside, billsPerTransaction, others);
    }

    /**
     * Does a job to its end, or until somebody has cancelled it; then bills already made stay. A job that an earlier
     * process began goes on from the watermarks it began with, so that its bills all show one state of the world. An
     * account's bill of the same period is calculated again while it is pending and left as it is once approved.
     *
     * @param author who writes, asked before each transaction
     * @return the job as it ended
     * @throws IllegalStateException where the job does not exist
     */
    public Document<BillJob> run(OrganizationId organization, Id<BillJob> id, Supplier<Author> author) {
        Document<BillJob> job = begin(organization, id, author);
        if (!job.content().isActive()) {
            return job;
        }
        BillJob begun = job.content();
        if (!begun.recalculates().isEmpty()) {
            return recalculate(job, author);
        }
        Reckoning reckoning = reckon(
                organization,
                begun.order(),
                begun.watermarks().orElseThrow(),
                Optional.of(id),
                author.get().at());
        return write(job, reckoning, author);
    }

    private Document<BillJob> recalculate(Document<BillJob> begun, Supplier<Author> author) {
        OrganizationId organization = begun.organization();
        Again again = again(organization, Set.copyOf(begun.content().recalculates()), author);
        return documents.write(author.get(), transaction -> {
            Document<BillJob> job = existing(transaction, organization, begun.id());
            return job.content().isActive()
                    ? transaction.update(
                            job,
                            job.content()
                                    .complete(
                                            again.bills().size()
                                                    + again.parked().size(),
                                            again.bills(),
                                            again.parked()))
                    : job;
        });
    }

    /**
     * Calculates the pending bills again that do not know the latest measurements, each for its period and by the order that
     * made it, and writes those that differ. One that was approved or deleted meanwhile stays so; one that cannot be
     * calculated any more stays as it is.
     *
     * @param author who writes, asked before each transaction
     * @return how many were written
     */
    public int recalculate(OrganizationId organization, Supplier<Author> author) {
        return again(organization, KeptBills.outdated(documents, organization, usage.watermark()), author)
                .changed();
    }

    /**
     * Period after period, the earliest first and each as everything stands then: a bill counts what those before it
     * charge.
     */
    private Again again(OrganizationId organization, Set<Id<Bill>> ids, Supplier<Author> author) {
        Again again = new Again(List.of(), List.of(), 0);
        Map<Instant, List<Bill>> pending = ids.stream()
                .flatMap(id -> documents.find(Bill.KIND, organization, id).stream())
                .map(Document::content)
                .filter(bill -> bill.status() == BillState.Status.PENDING)
                .filter(bill -> bill.billJob().isPresent())
                .collect(groupingBy(bill -> bill.period().from(), TreeMap::new, toList()));
        for (List<Bill> period : pending.values()) {
            Watermarks present = present();
            Facts facts = Facts.read(documents, present.documents(), organization);
            Map<Id<BillJob>, List<Bill>> byJob = period.stream()
                    .collect(groupingBy(bill -> bill.billJob().orElseThrow(), LinkedHashMap::new, toList()));
            for (Map.Entry<Id<BillJob>, List<Bill>> made : byJob.entrySet()) {
                BillOrder order = existing(documents, organization, made.getKey())
                        .content()
                        .order();
                Set<Id<Account>> accounts =
                        made.getValue().stream().map(Bill::account).collect(toSet());
                Reckoning reckoning = reckon(
                        organization,
                        facts,
                        order.only(accounts),
                        present,
                        Optional.of(made.getKey()),
                        author.get().at());
                again = again.and(replaced(organization, made.getValue(), reckoning, author))
                        .and(new Again(
                                List.of(),
                                reckoning.parked().stream()
                                        .filter(parked -> accounts.contains(parked.account()))
                                        .toList(),
                                0));
            }
        }
        return again;
    }

    /** Writes the calculations of bills that are there, where they differ. */
    private Again replaced(
            OrganizationId organization, List<Bill> present, Reckoning reckoning, Supplier<Author> author) {
        Set<String> wanted = present.stream().map(Bill::onePer).collect(toSet());
        List<Bill> calculated = reckoning.billable().stream()
                .map(reckoning::bill)
                .filter(bill -> wanted.contains(bill.onePer()))
                .toList();
        Again again = new Again(List.of(), List.of(), 0);
        for (int from = 0; from < calculated.size(); from += billsPerTransaction) {
            List<Bill> batch = calculated.subList(from, Math.min(calculated.size(), from + billsPerTransaction));
            again = again.and(documents.write(author.get(), transaction -> {
                List<Id<Bill>> there = new ArrayList<>();
                List<Parked> parked = new ArrayList<>();
                int changed = 0;
                for (Bill bill : batch) {
                    Optional<Document<Bill>> earlier = KeptBills.find(transaction, organization, bill);
                    Optional<Parked> refused = earlier.flatMap(_ ->
                            KeptBills.refused(transaction, organization, earlier, bill, reckoning.correction(bill)));
                    refused.ifPresent(parked::add);
                    if (refused.isEmpty()
                            && earlier.isPresent()
                            && kept.put(transaction, organization, earlier, bill)
                                    instanceof KeptBills.Put.Kept(Document<Bill> now)) {
                        there.add(now.id());
                        changed += now.version() - earlier.get().version();
                    }
                }
                return new Again(there, parked, changed);
            }));
        }
        return again;
    }

    private EarlierBills.Source bills(OrganizationId organization, Watermarks watermarks) {
        return (key, values) -> documents.asOf(watermarks.documents(), Bill.KIND, organization, key, values);
    }

    /** What a job with this order would make now, or leave as it is; writes nothing. */
    public Preview preview(OrganizationId organization, BillOrder order, Instant at) {
        Reckoning reckoning = reckon(organization, order, present(), Optional.empty(), at);
        List<Previewed> bills = new ArrayList<>();
        List<Parked> parked = new ArrayList<>(reckoning.parked());
        for (Assessment.Billable account : reckoning.billable()) {
            Bill bill = reckoning.bill(account);
            Optional<Document<Bill>> earlier = KeptBills.find(documents, organization, bill);
            Optional<Parked> refused =
                    KeptBills.refused(documents, organization, earlier, bill, reckoning.correction(bill));
            refused.ifPresent(parked::add);
            if (refused.isEmpty() && (earlier.isPresent() || !reckoning.suppresses(bill))) {
                bills.add(Previewed.of(bill, earlier));
            }
        }
        return new Preview(bills, parked);
    }

    /**
     * Calculates a bill again from the watermarks and the period it records. The result equals the bill; whoever doubts
     * a bill compares them.
     *
     * @throws IllegalStateException where nothing can be calculated from its watermarks any more
     */
    public Bill recompute(Document<Bill> bill) {
        Bill content = bill.content();
        BillOrder order = content.billJob()
                .flatMap(job -> documents.find(BillJob.KIND, bill.organization(), job))
                .map(job -> job.content().order().only(Set.of(content.account())))
                .orElseThrow(() -> new IllegalStateException(
                        "Expected bill %s to name the job that made it, but job %s does not exist."
                                .formatted(bill.id(), content.billJob())));
        Reckoning reckoning =
                reckon(bill.organization(), order, content.watermarks(), content.billJob(), content.lastCalculated());
        return reckoning.billable().stream()
                .map(account -> reckoning.bill(account).inPlaceOf(content))
                .filter(calculated -> calculated.onePer().equals(content.onePer()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Expected bill %s of account %s to be calculated again as of %s, but %s."
                                .formatted(
                                        bill.id(),
                                        content.accountCode(),
                                        content.watermarks(),
                                        reckoning.parked().isEmpty()
                                                ? "the account has no bill for that period then"
                                                : reckoning.parked())));
    }

    /**
     * What the bills of a job would say of some accounts in another state of the world, each for itself: without
     * corrections of other bills and without lines by hand. Nobody is parked for a segment without a price.
     */
    public List<Bill> calculatedAgain(
            OrganizationId organization, Id<BillJob> job, Watermarks watermarks, List<Id<Account>> accounts) {
        BillOrder order = documents
                .find(BillJob.KIND, organization, job)
                .map(found -> found.content().order())
                .orElseThrow(() -> new IllegalStateException(
                        "Expected bill job %s, which made a bill, to exist, but it does not.".formatted(job)));
        Facts facts = Facts.read(documents, watermarks.documents(), organization);
        List<Bill> bills = new ArrayList<>();
        for (int i = 0; i < accounts.size(); i += BillOrder.ACCOUNTS_MAX) {
            List<Id<Account>> some = accounts.subList(i, Math.min(accounts.size(), i + BillOrder.ACCOUNTS_MAX));
            Reckoning reckoning = Reckoning.whateverIsPriced(
                    facts,
                    order.only(Set.copyOf(some)),
                    watermarks,
                    Optional.of(job),
                    Instant.EPOCH,
                    usage::ask,
                    bills(organization, watermarks));
            reckoning.billable().forEach(account -> bills.add(reckoning.bill(account)));
        }
        return List.copyOf(bills);
    }

    /** Documents first: whatever they say about usage is then already in it. */
    private Watermarks present() {
        Watermark documentsSeen = documents.watermark();
        return new Watermarks(documentsSeen, usage.watermark());
    }

    private Document<BillJob> begin(OrganizationId organization, Id<BillJob> id, Supplier<Author> author) {
        Watermarks present = present();
        return documents.write(author.get(), transaction -> {
            Document<BillJob> job = existing(transaction, organization, id);
            boolean isNew =
                    job.content().isActive() && job.content().watermarks().isEmpty();
            return isNew ? transaction.update(job, job.content().initializing(present)) : job;
        });
    }

    private static Document<BillJob> existing(Reading documents, OrganizationId organization, Id<BillJob> id) {
        return documents
                .find(BillJob.KIND, organization, id)
                .orElseThrow(() ->
                        new IllegalStateException("Expected bill job %s of organization %s to exist, but it does not."
                                .formatted(id, organization)));
    }

    private Reckoning reckon(
            OrganizationId organization,
            BillOrder order,
            Watermarks watermarks,
            Optional<Id<BillJob>> job,
            Instant at) {
        return reckon(
                organization, Facts.read(documents, watermarks.documents(), organization), order, watermarks, job, at);
    }

    private Reckoning reckon(
            OrganizationId organization,
            Facts facts,
            BillOrder order,
            Watermarks watermarks,
            Optional<Id<BillJob>> job,
            Instant at) {
        return Reckoning.of(facts, order, watermarks, job, at, usage::ask, bills(organization, watermarks))
                .correctedBy(corrections, organization);
    }

    private Document<BillJob> write(Document<BillJob> begun, Reckoning reckoning, Supplier<Author> author) {
        List<Assessment.Billable> accounts = reckoning.billable();
        Made made = new Made(List.of(), reckoning.parked());
        int total = accounts.size() + reckoning.parked().size();
        int done = 0;
        CompletableFuture<List<Bill>> ahead = calculating(reckoning, done);
        while (true) {
            int batchEnd = Math.min(accounts.size(), done + billsPerTransaction);
            List<Bill> bills = ahead.join();
            ahead = calculating(reckoning, batchEnd);
            Batch batch = new Batch(
                    bills,
                    bill -> !reckoning.suppresses(bill),
                    reckoning::correction,
                    total,
                    accounts.size() - batchEnd);
            Made before = made;
            Written written = documents.write(author.get(), transaction -> write(transaction, begun, batch, before));
            if (!written.job().content().isActive()) {
                return written.job();
            }
            made = written.made();
            done = batchEnd;
        }
    }

    private CompletableFuture<List<Bill>> calculating(Reckoning reckoning, int from) {
        CompletableFuture<List<Bill>> bills = new CompletableFuture<>();
        beside.execute(() -> {
            try {
                bills.complete(reckoning.bills(from, from + billsPerTransaction));
            } catch (RuntimeException | Error fault) {
                // whoever waits for the bills is told
                bills.completeExceptionally(fault);
            }
        });
        return bills;
    }

    /** One transaction: some bills, and the job that says so. */
    private Written write(Transaction transaction, Document<BillJob> begun, Batch batch, Made before) {
        Document<BillJob> job = existing(transaction, begun.organization(), begun.id());
        if (!job.content().isActive()) {
            return new Written(transaction.update(job, job.content().listing(before.bills(), before.parked())), before);
        }
        List<Id<Bill>> made = new ArrayList<>(before.bills());
        List<Parked> parked = new ArrayList<>(before.parked());
        for (Bill bill : batch.bills()) {
            Optional<Document<Bill>> earlier = KeptBills.find(transaction, begun.organization(), bill);
            Optional<Parked> refused = KeptBills.refused(
                    transaction,
                    begun.organization(),
                    earlier,
                    bill,
                    batch.corrections().apply(bill));
            refused.ifPresent(parked::add);
            if (refused.isPresent() || (earlier.isEmpty() && !batch.isWanted().test(bill))) {
                continue;
            }
            switch (kept.put(transaction, begun.organization(), earlier, bill)) {
                case KeptBills.Put.Kept(Document<Bill> present) -> made.add(present.id());
                case KeptBills.Put.Refused(Parked dangling) -> parked.add(dangling);
            }
        }
        BillJob next = batch.pending() == 0
                ? job.content().complete(batch.total(), made, parked)
                : job.content().running(batch.total(), batch.pending());
        return new Written(transaction.update(job, next), new Made(made, parked));
    }

    /**
     * What a job with the same order would make now.
     *
     * @param outcomes by account number; nothing of them is kept
     * @param parked accounts that could not be billed
     */
    public record Preview(List<Previewed> outcomes, List<Parked> parked) {
        public Preview {
            outcomes = List.copyOf(outcomes);
            parked = List.copyOf(parked);
        }

        public List<Bill> bills() {
            return outcomes.stream().map(Previewed::bill).toList();
        }
    }

    /**
     * A bill that a job would make, calculate again, or leave as it is.
     *
     * @param present the one that is there, if one is
     * @param bill as it would be after the job
     */
    public record Previewed(Optional<Id<Bill>> present, Bill bill) {
        private static Previewed of(Bill calculated, Optional<Document<Bill>> earlier) {
            return new Previewed(
                    earlier.map(Document::id),
                    earlier.map(Document::content)
                            .map(kept -> kept.givesWayTo(calculated) ? calculated.replacing(kept) : kept)
                            .orElse(calculated));
        }
    }

    /**
     * Bills for one transaction.
     *
     * @param isWanted whether a bill that is not there yet is made
     * @param corrections what a bill says of other bills
     * @param total of the job
     * @param pending of the job, after it
     */
    private record Batch(
            List<Bill> bills,
            Predicate<Bill> isWanted,
            Function<Bill, Optional<Corrections.Correction>> corrections,
            int total,
            int pending) {
        Batch {
            bills = List.copyOf(bills);
        }
    }

    /**
     * What came of calculating bills again.
     *
     * @param bills that are there, changed or found right
     * @param parked accounts that cannot be billed any more
     * @param changed how many bills were written
     */
    private record Again(List<Id<Bill>> bills, List<Parked> parked, int changed) {
        Again and(Again other) {
            return new Again(
                    Stream.concat(bills.stream(), other.bills.stream()).toList(),
                    Stream.concat(parked.stream(), other.parked.stream()).toList(),
                    changed + other.changed);
        }
    }

    /** What a job has made so far. */
    private record Made(List<Id<Bill>> bills, List<Parked> parked) {}

    /** What a transaction left. */
    private record Written(Document<BillJob> job, Made made) {}
}

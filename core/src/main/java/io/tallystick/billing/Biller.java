package io.tallystick.billing;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import io.tallystick.account.Account;
import io.tallystick.account.BillConfig;
import io.tallystick.document.Author;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Listing;
import io.tallystick.document.Page;
import io.tallystick.document.Reading;
import io.tallystick.document.Registered;
import io.tallystick.document.Registrar;
import io.tallystick.document.Transaction;
import io.tallystick.document.Watermark;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.quantity.Currency;
import io.tallystick.time.DuePeriod;
import io.tallystick.usage.UsageStore;
import io.tallystick.usage.UsageWatermark;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Makes bills: reads everything, decides, writes once. Safe for use by many threads; blocks while it reads and writes.
 */
public final class Biller {
    private static final int BILLS_PER_TRANSACTION = 500;

    private final Documents documents;
    private final UsageStore usage;
    private final Supplier<String> ids;
    private final int billsPerTransaction;
    private final Corrections corrections;

    /**
     * Makes bills that say nothing of other bills.
     *
     * @param ids a new identifier with each call, for bills
     */
    public Biller(Documents documents, UsageStore usage, Supplier<String> ids) {
        this(documents, usage, ids, BILLS_PER_TRANSACTION);
    }

    Biller(Documents documents, UsageStore usage, Supplier<String> ids, int billsPerTransaction) {
        this(documents, usage, ids, billsPerTransaction, (organization, watermarks, carriers) -> Map.of());
    }

    private Biller(
            Documents documents,
            UsageStore usage,
            Supplier<String> ids,
            int billsPerTransaction,
            Corrections corrections) {
        this.documents = documents;
        this.usage = usage;
        this.ids = ids;
        this.billsPerTransaction = billsPerTransaction;
        this.corrections = corrections;
    }

    /** One whose bills put right what approved bills charged. */
    public Biller correctedBy(Corrections others) {
        return new Biller(documents, usage, ids, billsPerTransaction, others);
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
            Again again = again(
                    organization,
                    Set.copyOf(begun.recalculates()),
                    begun.watermarks().orElseThrow(),
                    author.get().at());
            Batch batch = new Batch(
                    again.bills(),
                    _ -> false,
                    again::correction,
                    again.bills().size() + again.parked().size(),
                    0);
            return documents
                    .write(
                            author.get(),
                            transaction -> write(transaction, job, batch, new Made(List.of(), again.parked())))
                    .job();
        }
        Reckoning reckoning = reckon(
                organization,
                begun.order(),
                begun.watermarks().orElseThrow(),
                Optional.of(id),
                author.get().at());
        return write(job, reckoning, author);
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
        Watermarks present = present();
        Set<Id<Bill>> outdated = outdated(organization, present.usage());
        if (outdated.isEmpty()) {
            return 0;
        }
        Again calculated = again(organization, outdated, present, author.get().at());
        List<Bill> again = calculated.bills();
        int written = 0;
        for (int from = 0; from < again.size(); from += billsPerTransaction) {
            List<Bill> batch = again.subList(from, Math.min(again.size(), from + billsPerTransaction));
            written += documents.write(author.get(), transaction -> {
                int changed = 0;
                for (Bill bill : batch) {
                    Optional<Document<Bill>> earlier = find(transaction, organization, bill);
                    if (earlier.isPresent()
                            && earlier.get().content().givesWayTo(bill)
                            && twice(transaction, organization, bill).isEmpty()
                            && inAnotherCurrency(earlier.get(), bill).isEmpty()
                            && calculated
                                    .correction(bill)
                                    .flatMap(correction -> overtaken(transaction, organization, bill, correction))
                                    .isEmpty()
                            && put(transaction, organization, earlier, bill) instanceof Registered.Done<Bill>) {
                        changed++;
                    }
                }
                return changed;
            });
        }
        return written;
    }

    private Set<Id<Bill>> outdated(OrganizationId organization, UsageWatermark latest) {
        Set<Id<Bill>> outdated = new LinkedHashSet<>();
        Listing<Bill> listing = Listing.newest(Bill.KIND, organization, billsPerTransaction)
                .keyed("status", Set.of(BillState.Status.PENDING.name()))
                .where(bill -> !bill.watermarks().usage().equals(latest));
        OptionalInt next;
        do {
            Page<Bill> page = documents.list(listing);
            page.documents().forEach(bill -> outdated.add(bill.id()));
            next = page.next();
            listing = next.isPresent() ? listing.before(next.getAsInt()) : listing;
        } while (next.isPresent());
        return outdated;
    }

    private Again again(OrganizationId organization, Set<Id<Bill>> ids, Watermarks watermarks, Instant at) {
        Map<Id<BillJob>, List<Bill>> pending = ids.stream()
                .flatMap(id -> documents.find(Bill.KIND, organization, id).stream())
                .map(Document::content)
                .filter(bill -> bill.status() == BillState.Status.PENDING)
                .filter(bill -> bill.billJob().isPresent())
                .collect(groupingBy(bill -> bill.billJob().orElseThrow(), LinkedHashMap::new, toList()));
        List<Bill> bills = new ArrayList<>();
        List<Parked> parked = new ArrayList<>();
        List<Reckoning> reckonings = new ArrayList<>();
        Facts facts = Facts.read(documents, watermarks.documents(), organization);
        pending.forEach((job, made) -> {
            Set<String> wanted = made.stream().map(Bill::onePer).collect(toSet());
            Set<Id<Account>> accounts = made.stream().map(Bill::account).collect(toSet());
            BillOrder order = existing(documents, organization, job).content().order();
            Reckoning reckoning = Reckoning.of(
                            facts, order.only(accounts), watermarks, Optional.of(job), at, usage::ask)
                    .correctedBy(corrections, organization);
            reckonings.add(reckoning);
            reckoning.billable().stream()
                    .map(reckoning::bill)
                    .filter(bill -> wanted.contains(bill.onePer()))
                    .forEach(bills::add);
            reckoning.parked().stream()
                    .filter(account -> accounts.contains(account.account()))
                    .forEach(parked::add);
        });
        return new Again(bills, parked, reckonings);
    }

    private static Optional<Document<Bill>> find(Reading documents, OrganizationId organization, Bill bill) {
        return documents.findBy(Bill.KIND, organization, Bill.ONE_PER, bill.onePer()).stream()
                .findFirst();
    }

    /** What a job with this order would make now, or leave as it is; writes nothing. */
    public Preview preview(OrganizationId organization, BillOrder order, Instant at) {
        Reckoning reckoning = reckon(organization, order, present(), Optional.empty(), at);
        BillConfig books = BillConfig.of(documents, organization);
        List<Previewed> bills = new ArrayList<>();
        List<Parked> parked = new ArrayList<>(reckoning.parked());
        for (Assessment.Billable account : reckoning.billable()) {
            Bill bill = reckoning.bill(account);
            Optional<Document<Bill>> earlier =
                    documents.findBy(Bill.KIND, organization, Bill.ONE_PER, bill.onePer()).stream()
                            .findFirst();
            Optional<Parked> refused = twice(documents, organization, bill).or(() -> closed(books, earlier, bill));
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
                    facts, order.only(Set.copyOf(some)), watermarks, Optional.of(job), Instant.EPOCH, usage::ask);
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
        Facts facts = Facts.read(documents, watermarks.documents(), organization);
        return Reckoning.of(facts, order, watermarks, job, at, usage::ask).correctedBy(corrections, organization);
    }

    private Document<BillJob> write(Document<BillJob> begun, Reckoning reckoning, Supplier<Author> author) {
        List<Assessment.Billable> accounts = reckoning.billable();
        Made made = new Made(List.of(), reckoning.parked());
        int total = accounts.size() + reckoning.parked().size();
        int done = 0;
        ForkJoinTask<List<Bill>> ahead = reckoning.calculating(done, billsPerTransaction);
        while (true) {
            int batchEnd = Math.min(accounts.size(), done + billsPerTransaction);
            List<Bill> bills = ahead.join();
            ahead = reckoning.calculating(batchEnd, billsPerTransaction);
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

    /** One transaction: some bills, and the job that says so. */
    private Written write(Transaction transaction, Document<BillJob> begun, Batch batch, Made before) {
        Document<BillJob> job = existing(transaction, begun.organization(), begun.id());
        if (!job.content().isActive()) {
            return new Written(transaction.update(job, job.content().listing(before.bills(), before.parked())), before);
        }
        List<Id<Bill>> made = new ArrayList<>(before.bills());
        List<Parked> parked = new ArrayList<>(before.parked());
        BillConfig books = BillConfig.of(transaction, begun.organization());
        for (Bill bill : batch.bills()) {
            Optional<Document<Bill>> earlier = find(transaction, begun.organization(), bill);
            Optional<Parked> refused = twice(transaction, begun.organization(), bill)
                    .or(() -> closed(books, earlier, bill))
                    .or(() -> earlier.flatMap(present -> inAnotherCurrency(present, bill)))
                    .or(() -> batch.corrections()
                            .apply(bill)
                            .flatMap(correction -> overtaken(transaction, begun.organization(), bill, correction)));
            refused.ifPresent(parked::add);
            if (refused.isPresent() || (earlier.isEmpty() && !batch.isWanted().test(bill))) {
                continue;
            }
            switch (put(transaction, begun.organization(), earlier, bill)) {
                case Registered.Done<Bill>(Document<Bill> kept) -> made.add(kept.id());
                case Registered.Dangling<Bill>(String _, String _, String target, String missing) ->
                    parked.add(new Parked(
                            bill.account(),
                            "Expected %s %s to exist until its bill was written, but it was deleted meanwhile."
                                    .formatted(target, missing)));
                case Registered.Unknown<Bill> unknown -> throw unexpected(unknown);
                case Registered.Stale<Bill> stale -> throw unexpected(stale);
                case Registered.Taken<Bill> taken -> throw unexpected(taken);
                case Registered.InUse<Bill> used -> throw unexpected(used);
            }
        }
        BillJob next = batch.pending() == 0
                ? job.content().complete(batch.total(), made, parked)
                : job.content().running(batch.total(), batch.pending());
        return new Written(transaction.update(job, next), new Made(made, parked));
    }

    private Registered<Bill> put(
            Transaction transaction, OrganizationId organization, Optional<Document<Bill>> earlier, Bill bill) {
        Registrar registrar = new Registrar(transaction, organization);
        if (earlier.isEmpty()) {
            return registrar.create(Bill.KIND, new Id<>(ids.get()), bill);
        }
        Document<Bill> present = earlier.get();
        return present.content().givesWayTo(bill)
                ? registrar.replace(Bill.KIND, present.id(), present.version(), bill.replacing(present.content()))
                : new Registered.Done<>(present);
    }

    /** What is billed already is not billed again because somebody moved the edges of its periods. */
    private static Optional<Parked> twice(Reading documents, OrganizationId organization, Bill bill) {
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
    private static Optional<Parked> closed(BillConfig books, Optional<Document<Bill>> earlier, Bill bill) {
        return books.lockDate()
                .filter(_ -> earlier.isEmpty() && books.isClosed(bill.billDate()))
                .map(lockDate -> new Parked(
                        bill.account(),
                        ("Expected a bill dated %s or later, since the books are closed before, but that of account %s for %s "
                                        + "is dated %s. Move the billLockDate back to bill it.")
                                .formatted(lockDate, bill.accountCode(), bill.period(), bill.billDate())));
    }

    /** Two jobs at a time could put the same usage right on two bills. */
    private static Optional<Parked> overtaken(
            Reading documents, OrganizationId organization, Bill bill, Correction correction) {
        return correction.elsewhere().entrySet().stream()
                .filter(corrected -> !corrected
                        .getValue()
                        .equals(Correction.elsewhere(
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
    private static Optional<Parked> inAnotherCurrency(Document<Bill> present, Bill bill) {
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

    /** Everything was looked up in the same transaction, so only a fault of ours leads here. */
    private static IllegalStateException unexpected(Registered<Bill> refusal) {
        return new IllegalStateException(
                "Expected the bill to be written, but the register said %s.".formatted(refusal));
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

    /** What puts right, on the bills of an order, what approved bills charged. Pure: the same watermarks, the same answer. */
    @FunctionalInterface
    public interface Corrections {
        /**
         * What is to be said of other bills.
         *
         * @return by the bill that says it; nothing for a bill without any
         */
        Map<Carrier, Correction> find(OrganizationId organization, Watermarks watermarks, List<Carrier> carriers);
    }

    /** A bill that puts others right: of its account, frequency and currency the one for the latest period. */
    public record Carrier(Id<Account> account, DuePeriod due, Currency currency) {
        static final Comparator<Carrier> BY_PERIOD = Comparator.comparing(
                        (Carrier carrier) -> carrier.due().period().to())
                .thenComparing(carrier -> carrier.due().period().from())
                .thenComparingInt(carrier -> carrier.due().cycle().interval());
    }

    /**
     * What a bill says of other bills.
     *
     * @param lines in their order; the bill gives them their places
     * @param unpricedUsage what is not charged
     * @param elsewhere of each bill that they put right, what further bills had charged or given back for each of its lines
     */
    public record Correction(
            List<LineItem> lines,
            List<UnpricedUsage> unpricedUsage,
            Map<Id<Bill>, Map<Id<LineItem>, BigDecimal>> elsewhere) {
        public Correction {
            lines = List.copyOf(lines);
            unpricedUsage = List.copyOf(unpricedUsage);
            elsewhere = Map.copyOf(elsewhere);
        }

        /**
         * What bills charged or gave back for each line of a corrected bill.
         *
         * @param besides the bill that is calculated
         */
        public static Map<Id<LineItem>, BigDecimal> elsewhere(
                List<Document<Bill>> bills, Id<Bill> corrected, Bill besides) {
            Map<Id<LineItem>, BigDecimal> sums = new HashMap<>();
            bills.stream()
                    .filter(bill -> !bill.content().standsFor(besides))
                    .flatMap(bill -> bill.content().lines().stream())
                    .filter(line ->
                            line.isCorrection() && line.reference().bill().equals(Optional.of(corrected)))
                    .forEach(line ->
                            sums.merge(line.reference().line().orElseThrow(), line.subtotal(), BigDecimal::add));
            return sums;
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
            Function<Bill, Optional<Correction>> corrections,
            int total,
            int pending) {
        Batch {
            bills = List.copyOf(bills);
        }
    }

    /** Bills that are there, calculated again, and accounts that cannot be billed any more. */
    private record Again(List<Bill> bills, List<Parked> parked, List<Reckoning> reckonings) {
        Optional<Correction> correction(Bill bill) {
            return reckonings.stream()
                    .flatMap(reckoning -> reckoning.correction(bill).stream())
                    .findFirst();
        }
    }

    /** What a job has made so far. */
    private record Made(List<Id<Bill>> bills, List<Parked> parked) {}

    /** What a transaction left. */
    private record Written(Document<BillJob> job, Made made) {}
}

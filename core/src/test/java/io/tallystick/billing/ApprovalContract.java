package io.tallystick.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.account.BillConfig;
import io.tallystick.billing.approval.Approvals;
import io.tallystick.billing.approval.Decision;
import io.tallystick.billing.approval.LockDate;
import io.tallystick.document.Author;
import io.tallystick.document.Document;
import io.tallystick.document.Registered;
import io.tallystick.id.Id;
import io.tallystick.id.InvoiceNumber;
import io.tallystick.seed.Seed;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How bills must get into the books on a pair of stores. A test of a pair extends it and says how both are opened and
 * measured into; it closes them itself.
 */
public abstract class ApprovalContract extends BillingWalk {
    private static final Author BOB = new Author("USER_bob", Instant.parse("2025-01-03T09:00:00Z"));
    private static final int RACES = 4;

    @Test
    void approvedBillHasItsNumberAndSaysWhoApprovedIt() {
        Lambda.on(shelf(ACME));
        run(ACME, Desk.december());
        Document<Bill> pending = onlyBill(ACME);

        Document<Bill> approved = done(approvals().approve(ACME, pending.id(), OptionalInt.of(pending.version()), BOB));

        assertThat(approved.content().state()).isEqualTo(new BillState.Approved(BOB, new InvoiceNumber("1")));
        assertThat(approved.content().inPlaceOf(pending.content())).isEqualTo(pending.content());
        assertThat(onlyBill(ACME)).isEqualTo(approved);
    }

    @Test
    void billIsApprovedOnce() {
        Lambda.on(shelf(ACME));
        run(ACME, Desk.december());
        Document<Bill> first = done(approvals().approve(ACME, onlyBill(ACME).id(), OptionalInt.empty(), BOB));

        Document<Bill> again = done(approvals().approve(ACME, first.id(), OptionalInt.empty(), ANNA));

        assertThat(again).isEqualTo(first);
    }

    @Test
    void billThatWasCalculatedAgainSinceItWasSeenIsNotApproved() {
        Lambda lambda = Lambda.on(shelf(ACME));
        run(ACME, Desk.december());
        Document<Bill> seen = onlyBill(ACME);
        measure(lambda.meter(), lambda.account(), "2024-12-31T00:00:00Z", "duration", "51200");
        run(ACME, Desk.december());

        Decision decision = approvals().approve(ACME, seen.id(), OptionalInt.of(seen.version()), BOB);

        assertThat(decision)
                .isEqualTo(new Decision.Refused(
                        new Registered.Stale<>("bill", seen.id().value(), 1, 2)));
        assertThat(onlyBill(ACME).content().state()).isEqualTo(new BillState.Pending());
    }

    @Test
    void numbersFollowTheDatesOfBillsThatAreApprovedTogether() {
        Lambda.on(shelf(ACME));
        run(ACME, Desk.order("2025-02-01"));
        run(ACME, Desk.december());

        approvals().approveAll(ACME, _ -> true, BOB);

        assertThat(bills(ACME))
                .extracting(bill -> bill.content().billDate() + " "
                        + bill.content().invoiceNumber().orElseThrow())
                .containsExactly("2025-02-01 2", "2025-01-01 1");
    }

    @Test
    void approvalThatFailsGivesNoNumberToAnyOfItsBills() {
        Lambda.on(shelf(ACME));
        run(ACME, Desk.december());
        Id<Bill> bill = onlyBill(ACME).id();
        Id<Bill> nowhere = new Id<>("nowhere");

        Decision refused = approvals().approve(ACME, new LinkedHashSet<>(List.of(bill, nowhere)), BOB);

        assertThat(refused).isEqualTo(new Decision.Unknown(List.of(nowhere)));
        assertThat(onlyBill(ACME).content().invoiceNumber()).isEmpty();
        assertThat(done(approvals().approve(ACME, bill, OptionalInt.empty(), BOB))
                        .content()
                        .invoiceNumber())
                .contains(new InvoiceNumber("1"));
    }

    @Test
    void eachOrganizationCountsItsOwnInvoices() {
        Lambda.on(shelf(ACME));
        Lambda.on(shelf(OTHER));
        run(ACME, Desk.december());
        run(OTHER, Desk.december());

        approvals().approveAll(ACME, _ -> true, BOB);
        approvals().approveAll(OTHER, _ -> true, BOB);

        assertThat(onlyBill(ACME).content().invoiceNumber()).contains(new InvoiceNumber("1"));
        assertThat(onlyBill(OTHER).content().invoiceNumber()).contains(new InvoiceNumber("1"));
        assertThat(approvals().approve(OTHER, onlyBill(ACME).id(), OptionalInt.empty(), BOB))
                .isInstanceOf(Decision.Unknown.class);
    }

    @Test
    void numbersHaveNoGapWhoeverApprovesAtTheSameTime() {
        Seed.runs(ApprovalContract.class, 1, random -> {
            Lambda lambda = Lambda.on(shelf(ACME));
            String[] codes = IntStream.range(0, 23).mapToObj(i -> "more-" + i).toArray(String[]::new);
            subscribed(new Scenario(shelf(ACME)), lambda.plan(), codes);
            run(ACME, Desk.december());
            List<Id<Bill>> ids = bills(ACME).stream().map(Document::id).toList();

            together(IntStream.range(0, RACES)
                    .<Supplier<Object>>mapToObj(_ -> {
                        List<Set<Id<Bill>>> batches = batches(ids, random);
                        return () -> batches.stream()
                                .map(batch -> approvals().approve(ACME, batch, BOB))
                                .toList();
                    })
                    .toList());

            assertThat(bills(ACME))
                    .extracting(bill -> Integer.valueOf(
                            bill.content().invoiceNumber().orElseThrow().value()))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, ids.size()).boxed().toList());
        });
    }

    /** Every bill in one of them, some in several, and now and then one that does not exist. */
    private static List<Set<Id<Bill>>> batches(List<Id<Bill>> ids, RandomGenerator random) {
        List<Set<Id<Bill>>> batches = new ArrayList<>();
        for (Id<Bill> id : ids) {
            if (random.nextInt(4) == 0) {
                batches.add(Set.of(id, new Id<>("nowhere")));
            }
            batches.add(Set.copyOf(List.of(id, ids.get(random.nextInt(ids.size())))));
        }
        return batches;
    }

    @Test
    void approvedIsWhatWasSeenWhateverIsCalculatedMeanwhile() {
        Seed.runs(ApprovalContract.class, 1, random -> {
            Lambda lambda = Lambda.on(shelf(ACME));
            run(ACME, Desk.december());
            AtomicBoolean isApproved = new AtomicBoolean();
            List<Supplier<Object>> racers = new ArrayList<>();
            for (int i = 0; i < RACES; i++) {
                BigDecimal more = BigDecimal.valueOf(random.nextLong(100_000, 1_000_000));
                racers.add(() -> {
                    while (!isApproved.get()) {
                        measure(lambda.meter(), lambda.account(), "2024-12-09T00:00:00Z", "duration", more.toString());
                        run(ACME, Desk.december());
                    }
                    return run(ACME, Desk.december());
                });
            }
            racers.add(() -> approvedAsSeen(isApproved));

            List<Object> results = together(racers);

            @SuppressWarnings("unchecked") // what approvedAsSeen returns
            Document<Bill> seen = (Document<Bill>) results.getLast();
            Document<Bill> approved = onlyBill(ACME);
            assertThat(approved.version()).isEqualTo(seen.version() + 1);
            assertThat(approved.content().state()).isInstanceOf(BillState.Approved.class);
            assertThat(approved.content().inPlaceOf(seen.content())).isEqualTo(seen.content());
            assertThat(biller.recompute(approved)).isEqualTo(approved.content());
        });
    }

    /** Looks at the bill and approves what was seen, until that succeeds; what it then had seen. */
    private Document<Bill> approvedAsSeen(AtomicBoolean isApproved) {
        try {
            for (int tries = 1; tries <= 10_000; tries++) {
                Document<Bill> seen = onlyBill(ACME);
                if (approvals().approve(ACME, seen.id(), OptionalInt.of(seen.version()), BOB)
                        instanceof Decision.Done) {
                    return seen;
                }
            }
            throw new AssertionError("Expected the bill to be approved between two calculations, but it never was.");
        } finally {
            isApproved.set(true);
        }
    }

    @Test
    void approvedBillNeitherReopensNorGoes() {
        Lambda.on(shelf(ACME));
        run(ACME, Desk.december());
        Id<Bill> id = onlyBill(ACME).id();
        Document<Bill> approved = done(approvals().approve(ACME, id, OptionalInt.empty(), BOB));

        assertThat(approvals().reopen(ACME, id, BOB))
                .isEqualTo(new Decision.Forbidden(
                        ("Expected bill %s to stay APPROVED, because its invoice number 1 is given out, but status is PENDING. "
                                        + "Put right on a later bill what it charged wrongly.")
                                .formatted(id)));
        assertThat(approvals().delete(ACME, id, BOB)).isInstanceOf(Decision.Forbidden.class);
        assertThat(onlyBill(ACME)).isEqualTo(approved);
    }

    @Test
    void deletedBillIsMadeAnewFromAllUsage() {
        Lambda lambda = Lambda.on(shelf(ACME));
        measure(lambda.meter(), lambda.account(), "2024-12-12T00:00:00Z", "duration", "51200");
        run(ACME, Desk.december());
        Document<Bill> first = onlyBill(ACME);

        assertThat(done(approvals().delete(ACME, first.id(), BOB))).isEqualTo(first);
        assertThat(bills(ACME)).isEmpty();
        run(ACME, Desk.december());

        Document<Bill> second = onlyBill(ACME);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.content().lines()).isEqualTo(first.content().lines());
        assertThat(second.content().total()).isEqualTo(new BigDecimal("0.94"));
    }

    @Test
    void pendingBillIsNotLockedAndLockedBillStaysAsItIs() {
        Lambda.on(shelf(ACME));
        run(ACME, Desk.december());
        Id<Bill> id = onlyBill(ACME).id();

        assertThat(approvals().lock(ACME, id, BOB)).isInstanceOf(Decision.Forbidden.class);
        approvals().approve(ACME, id, OptionalInt.empty(), ANNA);
        Document<Bill> locked = done(approvals().lock(ACME, id, BOB));

        assertThat(locked.content().state().locking()).contains(BOB);
        assertThat(locked.content().state().approval().map(BillState.Approved::by))
                .contains(ANNA);
        assertThat(done(approvals().lock(ACME, id, ANNA))).isEqualTo(locked);
        assertThat(approvals().reopen(ACME, id, BOB)).isInstanceOf(Decision.Forbidden.class);
    }

    @Test
    void booksCloseOnlyOverApprovedBillsAndLockThem() {
        Lambda.on(shelf(ACME));
        run(ACME, Desk.december());
        run(ACME, Desk.order("2025-02-01"));
        LockDate lockDate = new LockDate(documents);
        BillConfig february = new BillConfig(Optional.of(LocalDate.of(2025, 2, 1)));

        assertThat(lockDate.set(ACME, february, 0, BOB))
                .isInstanceOfSatisfying(LockDate.Outcome.Open.class, open -> assertThat(open.reason())
                        .contains("2025-02-01", "2025-01-01", "mickey", "PENDING"));
        approvals().approveAll(ACME, bill -> bill.billDate().getMonthValue() == 1, ANNA);
        assertThat(lockDate.set(ACME, february, 0, BOB)).isInstanceOf(LockDate.Outcome.Done.class);

        assertThat(bills(ACME))
                .extracting(
                        bill -> bill.content().billDate() + " " + bill.content().locked())
                .containsExactly("2025-01-01 true", "2025-02-01 false");
        assertThat(BillConfig.of(documents, ACME).isClosed(LocalDate.of(2025, 1, 31)))
                .isTrue();
        assertThat(BillConfig.of(documents, ACME).isClosed(LocalDate.of(2025, 2, 1)))
                .isFalse();
        assertThat(lockDate.set(ACME, BillConfig.OPEN, 0, BOB)).isInstanceOf(LockDate.Outcome.Stale.class);
    }

    @Test
    void jobOfALaterDateMakesNoBillInClosedBooks() {
        Lambda.on(shelf(ACME));
        BillConfig closed = new BillConfig(Optional.of(LocalDate.of(2025, 1, 10)));
        assertThat(new LockDate(documents).set(ACME, closed, 0, BOB)).isInstanceOf(LockDate.Outcome.Done.class);

        Document<BillJob> job = run(ACME, Desk.order("2025-01-15"));

        assertThat(bills(ACME)).isEmpty();
        assertThat(job.content().parked()).singleElement().satisfies(parked -> assertThat(parked.reason())
                .contains("2025-01-10 or later", "mickey", "is dated 2025-01-01"));
    }

    @Test
    void booksDoNotCloseOverAJobThatMayStillMakeABill() {
        Document<BillJob> job = order(ACME, Desk.december());
        LockDate lockDate = new LockDate(documents);
        BillConfig february = new BillConfig(Optional.of(LocalDate.of(2025, 2, 1)));

        assertThat(lockDate.set(ACME, february, 0, BOB))
                .isInstanceOfSatisfying(LockDate.Outcome.Open.class, open -> assertThat(open.reason())
                        .contains(job.id().value(), "2025-01-01"));
        cancel(job.id());

        assertThat(lockDate.set(ACME, february, 0, BOB)).isInstanceOf(LockDate.Outcome.Done.class);
    }

    private Approvals approvals() {
        return new Approvals(documents);
    }

    private static Document<Bill> done(Decision decision) {
        if (decision instanceof Decision.Done(List<Document<Bill>> bills, int _)) {
            return bills.getFirst();
        }
        throw new AssertionError("Expected it to be done, but was %s.".formatted(decision));
    }

    /** What each of them gives, run at the same time. */
    private static List<Object> together(List<Supplier<Object>> racers) {
        try (ExecutorService threads = Executors.newFixedThreadPool(racers.size())) {
            List<Future<Object>> running = new ArrayList<>();
            racers.forEach(racer -> running.add(threads.submit(racer::get)));
            List<Object> results = new ArrayList<>();
            for (Future<Object> future : running) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}

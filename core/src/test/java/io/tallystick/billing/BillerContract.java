package io.tallystick.billing;

import static io.tallystick.billing.Scenario.since;
import static io.tallystick.rating.Bands.flat;
import static io.tallystick.rating.Bands.perUnit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PriceModel;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.PricingBand;
import io.tallystick.document.Author;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Kind;
import io.tallystick.document.Watermark;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.rating.BandUsage;
import io.tallystick.usage.UsageStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the walk from usage to bills must do on a pair of stores. A test of a pair extends it and says how both are
 * opened and measured into; it closes them itself.
 */
public abstract class BillerContract {
    private static final OrganizationId ACME = new OrganizationId("00000000-0000-4000-8000-000000000001");
    private static final OrganizationId OTHER = new OrganizationId("00000000-0000-4000-8000-000000000002");
    private static final Author ANNA = new Author("USER_anna", Instant.parse("2024-11-01T08:00:00Z"));
    private static final Author BILLER = new Author("BILL_JOBS", Instant.parse("2025-01-01T03:00:00Z"));
    private static final int BILLS_PER_TRANSACTION = 2;

    private Documents documents;
    private UsageStore usage;
    private Biller biller;

    /** The same open, empty store with each call during one test. */
    protected abstract Documents documents();

    /** The same open, empty store with each call during one test. */
    protected abstract UsageStore usage();

    /** Accepts one measurement without a uid; when this returns, questions see it. */
    protected abstract void measure(
            Document<Meter> meter, Document<Account> account, Instant at, Map<FieldCode, BigDecimal> values);

    @BeforeEach
    void open() {
        documents = documents();
        usage = usage();
        biller = new Biller(documents, usage, () -> UUID.randomUUID().toString(), BILLS_PER_TRANSACTION);
    }

    @Test
    void lambdaExampleIsBilledFromMeasurementToTotal() {
        Lambda lambda = Lambda.on(shelf(ACME));
        measure(lambda.meter(), lambda.account(), "2024-12-12T20:36:00.123456Z", "memory", "32", "duration", "51200");

        Document<BillJob> job = run(ACME, Desk.december());

        assertThat(job.content().status()).isEqualTo(BillJob.Status.COMPLETE);
        assertThat(job.content().total()).isEqualTo(1);
        assertThat(job.content().pending()).isZero();
        Document<Bill> bill = onlyBill(ACME);
        assertThat(job.content().bills()).containsExactly(bill.id());
        assertThat(bill.content().total()).isEqualTo(new BigDecimal("0.94"));
        assertThat(bill.content().lines())
                .extracting(LineItem::units, LineItem::exactAmount, LineItem::subtotal)
                .containsExactly(
                        tuple(new BigDecimal("51200"), new BigDecimal("0.938668544"), new BigDecimal("0.94")),
                        tuple(new BigDecimal("0.000001"), new BigDecimal("0.00000022"), BigDecimal.ZERO));
        assertThat(bill.content().lines().getFirst().bands())
                .extracting(BandUsage::subtotal)
                .containsExactly(new BigDecimal("0.938668544"));
        assertThat(bill.content().billJob()).contains(job.id());
        assertThat(job.content().watermarks()).contains(bill.content().watermarks());
    }

    @Test
    void sevenBillionGigabyteSecondsFillTwoTiers() {
        Lambda lambda = Lambda.on(shelf(ACME));
        measure(lambda.meter(), lambda.account(), "2024-12-01T00:00:00Z", "duration", "4000000000.000001");
        measure(lambda.meter(), lambda.account(), "2024-12-31T23:59:59.999999Z", "duration", "2999999999.999999");

        run(ACME, Desk.december());

        assertThat(onlyBill(ACME).content().total()).isEqualTo(new BigDecimal("126500.22"));
    }

    @Test
    void storageExampleCostsOneHundredFiftyTwo() {
        Scenario scenario = new Scenario(shelf(ACME));
        Document<Meter> meter = scenario.meter("storage", "gigabytes", "files", "seconds");
        Document<Plan> plan = scenario.plan(scenario.template(scenario.product("storage"), "20"), "plan");
        scenario.pricing(
                plan,
                scenario.aggregation(meter, "stored", Function.MAX, "gigabytes"),
                new PriceModel.Tiered(gigabytes()));
        scenario.pricing(
                plan,
                scenario.aggregation(meter, "files", Function.SUM, "files"),
                new PriceModel.Tiered(List.of(perUnit("0", "0.5"))));
        scenario.pricing(
                plan,
                scenario.aggregation(meter, "clean-up", Function.MEAN, "seconds"),
                new PriceModel.Volume(List.of(flat("0", "12"), flat("4", "25"), flat("6", "50"))));
        Document<Account> account = subscribed(scenario, plan, "a");
        measure(meter, account, "2024-12-02T00:00:00Z", "gigabytes", "620", "files", "40");
        measure(meter, account, "2024-12-02T00:00:00Z", "seconds", "5.1");
        measure(meter, account, "2024-12-03T00:00:00Z", "seconds", "5.3");

        run(ACME, Desk.december());

        assertThat(onlyBill(ACME).content().total()).isEqualTo(new BigDecimal("152"));
    }

    @Test
    void storageByVolumeCostsSixtyTwo() {
        Scenario scenario = new Scenario(shelf(ACME));
        Document<Meter> meter = scenario.meter("storage", "gigabytes");
        Document<Plan> plan = scenario.plan(scenario.template(scenario.product("storage"), "0"), "plan");
        scenario.pricing(
                plan,
                scenario.aggregation(meter, "stored", Function.MAX, "gigabytes"),
                new PriceModel.Volume(gigabytes()));
        measure(meter, subscribed(scenario, plan, "a"), "2024-12-02T00:00:00Z", "gigabytes", "620");

        run(ACME, Desk.december());

        assertThat(onlyBill(ACME).content().total()).isEqualTo(new BigDecimal("62"));
    }

    @Test
    void runAgainItMakesNoSecondBillAndChangesNothing() {
        Lambda lambda = Lambda.on(shelf(ACME));
        measure(lambda.meter(), lambda.account(), "2024-12-12T00:00:00Z", "duration", "51200");
        run(ACME, Desk.december());
        Document<Bill> first = onlyBill(ACME);

        Document<BillJob> again = run(ACME, Desk.december());

        assertThat(onlyBill(ACME)).isEqualTo(first);
        assertThat(again.content().bills()).containsExactly(first.id());
    }

    @Test
    void lateUsageIsInThePendingBillAfterTheNextRun() {
        Lambda lambda = Lambda.on(shelf(ACME));
        measure(lambda.meter(), lambda.account(), "2024-12-12T00:00:00Z", "duration", "51200");
        run(ACME, Desk.december());
        Document<Bill> first = onlyBill(ACME);
        measure(lambda.meter(), lambda.account(), "2024-12-31T00:00:00Z", "duration", "51200");

        Document<BillJob> again = run(ACME, Desk.december());

        Document<Bill> second = onlyBill(ACME);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.content().total()).isEqualTo(new BigDecimal("1.88"));
        assertThat(second.content().billJob()).contains(again.id());
        assertThat(second.content().lines())
                .extracting(LineItem::id)
                .containsExactlyElementsOf(
                        first.content().lines().stream().map(LineItem::id).toList());
    }

    @Test
    void approvedBillIsLeftAlone() {
        Lambda lambda = Lambda.on(shelf(ACME));
        run(ACME, Desk.december());
        Document<Bill> pending = onlyBill(ACME);
        Document<Bill> approved = documents.write(
                ANNA,
                transaction -> transaction.update(pending, pending.content().approved()));
        measure(lambda.meter(), lambda.account(), "2024-12-31T00:00:00Z", "duration", "51200");

        Document<BillJob> again = run(ACME, Desk.december());

        assertThat(onlyBill(ACME)).isEqualTo(approved);
        assertThat(again.content().bills()).containsExactly(approved.id());
    }

    @Test
    void billIsRecomputedToTheDigitAfterUsageAndPricesHaveChanged() {
        Lambda lambda = Lambda.on(shelf(ACME));
        measure(lambda.meter(), lambda.account(), "2024-12-12T00:00:00Z", "duration", "51200.123456");
        run(ACME, Desk.december());
        Document<Bill> bill = onlyBill(ACME);

        measure(lambda.meter(), lambda.account(), "2024-12-13T00:00:00Z", "duration", "7000000000");
        for (Document<Pricing> pricing : documents.asOf(documents.watermark(), Pricing.KIND, ACME)) {
            Pricing dearer = new Pricing(
                    pricing.content().on(),
                    pricing.content().aggregation(),
                    new PriceModel.Volume(List.of(perUnit("0", "99"))),
                    pricing.content().validity(),
                    Optional.empty(),
                    Optional.of("dearer"),
                    Optional.empty());
            documents.write(ANNA, transaction -> transaction.update(pricing, dearer));
        }

        assertThat(biller.recompute(bill)).isEqualTo(bill.content());
        run(ACME, Desk.december());
        Document<Bill> dearerBill = onlyBill(ACME);
        assertThat(dearerBill.content().total()).isGreaterThan(bill.content().total());
        assertThat(biller.recompute(bill)).isEqualTo(bill.content());
        assertThat(biller.recompute(dearerBill)).isEqualTo(dearerBill.content());
    }

    @Test
    void datesOfTheOrderAreInTheRecomputedBill() {
        Lambda.on(shelf(ACME));
        run(
                ACME,
                BillOrder.monthly(
                        List.of(),
                        Optional.of(LocalDate.of(2025, 1, 1)),
                        Optional.empty(),
                        LocalDate.EPOCH,
                        Optional.of(LocalDate.of(2025, 3, 3)),
                        Optional.of(LocalDate.of(2024, 12, 31))));

        Document<Bill> bill = onlyBill(ACME);

        assertThat(bill.content().dueDate()).isEqualTo(LocalDate.of(2025, 3, 3));
        assertThat(biller.recompute(bill)).isEqualTo(bill.content());
    }

    @Test
    void halfDoneJobGoesOnFromTheStateItBeganWith() {
        Lambda lambda = Lambda.on(shelf(ACME));
        subscribed(new Scenario(shelf(ACME)), lambda.plan(), "b", "c", "d", "e");
        Document<BillJob> job = order(ACME, Desk.december());
        AtomicInteger asked = new AtomicInteger();
        Supplier<Author> dyingAfterTheFirstBills = () -> {
            if (asked.incrementAndGet() > 3) {
                throw new IllegalStateException("power cut");
            }
            return BILLER;
        };

        assertThatThrownBy(() -> biller.run(ACME, job.id(), dyingAfterTheFirstBills))
                .hasMessage("power cut");
        List<Document<Bill>> firstBills = bills(ACME);
        Document<BillJob> halfDone =
                documents.find(BillJob.KIND, ACME, job.id()).orElseThrow();
        measure(lambda.meter(), lambda.account(), "2024-12-12T00:00:00Z", "duration", "51200");
        Document<BillJob> done = biller.run(ACME, job.id(), () -> BILLER);

        assertThat(firstBills).hasSize(BILLS_PER_TRANSACTION);
        assertThat(halfDone.content().status()).isEqualTo(BillJob.Status.RUNNING);
        assertThat(halfDone.content().pending()).isEqualTo(3);
        assertThat(done.content().status()).isEqualTo(BillJob.Status.COMPLETE);
        assertThat(done.content().bills()).hasSize(5).doesNotHaveDuplicates();
        assertThat(bills(ACME)).hasSize(5).containsAll(firstBills);
        assertThat(bills(ACME))
                .extracting(bill -> bill.content().watermarks())
                .containsOnly(halfDone.content().watermarks().orElseThrow());
        assertThat(bills(ACME)).extracting(bill -> bill.content().total()).containsOnly(BigDecimal.ZERO);
    }

    @Test
    void cancelledJobStopsBetweenTransactionsAndListsWhatItMade() {
        Lambda lambda = Lambda.on(shelf(ACME));
        subscribed(new Scenario(shelf(ACME)), lambda.plan(), "b", "c", "d", "e");
        Document<BillJob> job = order(ACME, Desk.december());
        AtomicInteger asked = new AtomicInteger();
        Supplier<Author> cancelling = () -> {
            if (asked.incrementAndGet() == 4) {
                cancel(job.id());
            }
            return BILLER;
        };

        Document<BillJob> cancelled = biller.run(ACME, job.id(), cancelling);

        assertThat(cancelled.content().status()).isEqualTo(BillJob.Status.CANCELLED);
        assertThat(cancelled.content().pending()).isEqualTo(3);
        assertThat(bills(ACME)).hasSize(BILLS_PER_TRANSACTION);
        assertThat(cancelled.content().bills())
                .containsExactlyElementsOf(
                        bills(ACME).stream().map(Document::id).toList());
    }

    @Test
    void endedJobIsNotRunAgain() {
        Lambda.on(shelf(ACME));
        Document<BillJob> job = order(ACME, Desk.december());
        cancel(job.id());

        assertThat(biller.run(ACME, job.id(), () -> BILLER).content().status()).isEqualTo(BillJob.Status.CANCELLED);
        assertThat(bills(ACME)).isEmpty();
    }

    @Test
    void jobWithoutAnybodyToBillIsComplete() {
        Document<BillJob> job = run(ACME, Desk.december());

        assertThat(job.content().status()).isEqualTo(BillJob.Status.COMPLETE);
        assertThat(job.content().total()).isZero();
        assertThat(job.content().bills()).isEmpty();
    }

    @Test
    void accountThatCannotBeBilledIsParkedAndTheOthersAreBilled() {
        Lambda lambda = Lambda.on(shelf(ACME));
        Scenario scenario = new Scenario(shelf(ACME));
        Document<Plan> contradictory = scenario.plan(lambda.template(), "contradictory");
        scenario.pricing(contradictory, lambda.duration(), new PriceModel.Tiered(gigabytes()));
        scenario.pricing(contradictory, lambda.duration(), new PriceModel.Volume(gigabytes()));
        Document<Account> parked = subscribed(scenario, contradictory, "parked");

        Document<BillJob> job = run(ACME, Desk.december());

        assertThat(job.content().status()).isEqualTo(BillJob.Status.COMPLETE);
        assertThat(job.content().total()).isEqualTo(2);
        assertThat(job.content().parked()).extracting(Parked::account).containsExactly(parked.id());
        assertThat(onlyBill(ACME).content().account())
                .isEqualTo(lambda.account().id());
    }

    @Test
    void accountDeletedWhileTheJobRunsIsParked() {
        Lambda lambda = Lambda.on(shelf(ACME));
        List<Document<AccountPlan>> plans = documents.asOf(documents.watermark(), AccountPlan.KIND, ACME);
        AtomicInteger asked = new AtomicInteger();
        Supplier<Author> deleting = () -> {
            if (asked.incrementAndGet() == 3) {
                documents.write(ANNA, transaction -> {
                    plans.forEach(transaction::delete);
                    transaction.delete(lambda.account());
                    return lambda;
                });
            }
            return BILLER;
        };
        Document<BillJob> job = order(ACME, Desk.december());

        Document<BillJob> done = biller.run(ACME, job.id(), deleting);

        assertThat(done.content().status()).isEqualTo(BillJob.Status.COMPLETE);
        assertThat(done.content().parked()).singleElement().satisfies(parked -> {
            assertThat(parked.account()).isEqualTo(lambda.account().id());
            assertThat(parked.reason()).contains(lambda.account().id().value(), "deleted meanwhile");
        });
        assertThat(bills(ACME)).isEmpty();
    }

    @Test
    void oneOrganizationsUsageAndPricesNeverTouchTheOthersBills() {
        Lambda acme = Lambda.on(shelf(ACME));
        Lambda other = Lambda.on(shelf(OTHER));
        measure(acme.meter(), acme.account(), "2024-12-12T00:00:00Z", "duration", "51200");
        measure(other.meter(), other.account(), "2024-12-12T00:00:00Z", "duration", "7000000000");

        run(ACME, Desk.december());

        assertThat(onlyBill(ACME).content().total()).isEqualTo(new BigDecimal("0.94"));
        assertThat(bills(OTHER)).isEmpty();
        run(OTHER, Desk.december());
        assertThat(onlyBill(OTHER).content().total()).isEqualTo(new BigDecimal("126500.22"));
        assertThat(onlyBill(ACME).content().total()).isEqualTo(new BigDecimal("0.94"));
    }

    @Test
    void previewShowsTheBillsAndWritesNothing() {
        Lambda lambda = Lambda.on(shelf(ACME));
        measure(lambda.meter(), lambda.account(), "2024-12-12T00:00:00Z", "duration", "51200");
        Watermark before = documents.watermark();

        Preview preview = biller.preview(ACME, Desk.december(), BILLER.at());

        assertThat(documents.watermark()).isEqualTo(before);
        run(ACME, Desk.december());
        assertThat(preview.bills()).singleElement().satisfies(bill -> assertThat(bill.lines())
                .isEqualTo(onlyBill(ACME).content().lines()));
    }

    @Test
    void jobsThatRunAtTheSameTimeMakeOneBillPerAccountAndPeriod() throws InterruptedException, ExecutionException {
        Lambda lambda = Lambda.on(shelf(ACME));
        subscribed(new Scenario(shelf(ACME)), lambda.plan(), "b", "c", "d", "e");
        List<Document<BillJob>> jobs = List.of(
                order(ACME, Desk.december()), order(ACME, Desk.december()), order(ACME, Desk.order("2025-01-15")));

        try (ExecutorService threads = Executors.newFixedThreadPool(jobs.size())) {
            List<Future<Document<BillJob>>> running = new ArrayList<>();
            jobs.forEach(job -> running.add(threads.submit(() -> biller.run(ACME, job.id(), () -> BILLER))));
            for (Future<Document<BillJob>> future : running) {
                assertThat(future.get().content().status()).isEqualTo(BillJob.Status.COMPLETE);
            }
        }

        assertThat(bills(ACME))
                .hasSize(5)
                .extracting(bill -> bill.content().account())
                .doesNotHaveDuplicates();
    }

    @Test
    void monthsOfOneAccountAreBillsOfTheirOwn() {
        Lambda lambda = Lambda.on(shelf(ACME));
        measure(lambda.meter(), lambda.account(), "2024-12-31T23:59:59.999999Z", "duration", "51200");
        measure(lambda.meter(), lambda.account(), "2025-01-01T00:00:00Z", "duration", "7000000000");

        run(ACME, Desk.december());
        run(ACME, Desk.order("2025-02-01"));

        assertThat(bills(ACME))
                .extracting(bill -> bill.content().total())
                .containsExactly(new BigDecimal("0.94"), new BigDecimal("126500.22"));
    }

    @Test
    void unknownJobIsAFaultOfTheCaller() {
        assertThatThrownBy(() -> biller.run(ACME, new Id<>("nowhere"), () -> BILLER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nowhere");
    }

    private Document<BillJob> run(OrganizationId organization, BillOrder order) {
        return biller.run(organization, order(organization, order).id(), () -> BILLER);
    }

    private Document<BillJob> order(OrganizationId organization, BillOrder order) {
        return shelf(organization).put(BillJob.KIND, BillJob.of(order));
    }

    private void cancel(Id<BillJob> id) {
        documents.write(ANNA, transaction -> {
            Document<BillJob> job = transaction.find(BillJob.KIND, ACME, id).orElseThrow();
            return transaction.update(job, job.content().cancelled());
        });
    }

    private List<Document<Bill>> bills(OrganizationId organization) {
        return documents.asOf(documents.watermark(), Bill.KIND, organization);
    }

    private Document<Bill> onlyBill(OrganizationId organization) {
        List<Document<Bill>> bills = bills(organization);
        assertThat(bills).hasSize(1);
        return bills.getFirst();
    }

    private Scenario.Shelf shelf(OrganizationId organization) {
        return new Scenario.Shelf() {
            @Override
            public <T> Document<T> put(Kind<T> kind, T content) {
                return documents.write(
                        ANNA,
                        transaction -> transaction.insert(
                                kind, organization, new Id<>(UUID.randomUUID().toString()), content));
            }
        };
    }

    /** Puts accounts of these codes on the plan and returns the first. */
    private static Document<Account> subscribed(Scenario scenario, Document<Plan> plan, String... codes) {
        List<Document<Account>> accounts = new ArrayList<>();
        for (String code : codes) {
            Document<Account> account = scenario.account(code);
            scenario.subscribe(account, plan, since("2024-01-01"));
            accounts.add(account);
        }
        return accounts.getFirst();
    }

    private void measure(Document<Meter> meter, Document<Account> account, String at, String field, String value) {
        measure(meter, account, Instant.parse(at), Map.of(new FieldCode(field), new BigDecimal(value)));
    }

    private void measure(
            Document<Meter> meter,
            Document<Account> account,
            String at,
            String field,
            String value,
            String secondField,
            String secondValue) {
        measure(
                meter,
                account,
                Instant.parse(at),
                Map.of(
                        new FieldCode(field),
                        new BigDecimal(value),
                        new FieldCode(secondField),
                        new BigDecimal(secondValue)));
    }

    private static List<PricingBand> gigabytes() {
        return List.of(perUnit("0", "0.15"), perUnit("500", "0.10"));
    }
}

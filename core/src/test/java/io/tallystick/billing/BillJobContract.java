package io.tallystick.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.price.Tiered;
import io.tallystick.catalog.price.Volume;
import io.tallystick.document.Author;
import io.tallystick.document.Document;
import io.tallystick.id.Id;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How bill jobs must run, stop, go on and park on a pair of stores. A test of a pair extends it and says how both are
 * opened and measured into; it closes them itself.
 */
public abstract class BillJobContract extends BillingWalk {
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
        scenario.pricing(contradictory, lambda.duration(), new Tiered(gigabytes()));
        scenario.pricing(contradictory, lambda.duration(), new Volume(gigabytes()));
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
    void tenJobsAtTheSameTimeMakeTheBillsThatOneWouldMake() throws InterruptedException, ExecutionException {
        Lambda lambda = Lambda.on(shelf(ACME));
        subscribed(new Scenario(shelf(ACME)), lambda.plan(), "b", "c", "d", "e");
        measure(lambda.meter(), lambda.account(), "2024-12-12T00:00:00Z", "duration", "51200.123456");
        List<Bill> alone = biller.preview(ACME, Desk.december(), BILLER.at()).bills();
        List<Document<BillJob>> jobs = IntStream.range(0, 10)
                .mapToObj(i -> order(ACME, i % 2 == 0 ? Desk.december() : Desk.order("2025-01-15")))
                .toList();

        try (ExecutorService threads = Executors.newFixedThreadPool(jobs.size())) {
            List<Future<Document<BillJob>>> running = new ArrayList<>();
            jobs.forEach(job -> running.add(threads.submit(() -> biller.run(ACME, job.id(), () -> BILLER))));
            for (Future<Document<BillJob>> future : running) {
                assertThat(future.get().content().status()).isEqualTo(BillJob.Status.COMPLETE);
            }
        }

        assertThat(bills(ACME))
                .hasSize(5)
                .extracting(Document::content)
                .zipSatisfy(alone, (bill, expected) -> assertThat(bill).isEqualTo(expected.inPlaceOf(bill)));
    }

    @Test
    void unknownJobIsAFaultOfTheCaller() {
        assertThatThrownBy(() -> biller.run(ACME, new Id<>("nowhere"), () -> BILLER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nowhere");
    }
}

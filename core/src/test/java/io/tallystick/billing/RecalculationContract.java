package io.tallystick.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.account.Account;
import io.tallystick.billing.approval.Approvals;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Pricing;
import io.tallystick.document.Document;
import io.tallystick.id.Id;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * How pending bills are calculated again on a pair of stores. A test of a pair extends it and says how both are opened and
 * measured into; it closes them itself.
 */
public abstract class RecalculationContract extends BillingWalk {
    @Test
    void pendingBillsOfEveryPeriodGetTheUsageThatArrivedSince() {
        Lambda lambda = Lambda.on(shelf(ACME));
        run(ACME, Desk.december());
        run(ACME, Desk.order("2025-02-01"));
        measure(lambda.meter(), lambda.account(), "2024-12-12T00:00:00Z", "duration", "51200");
        measure(lambda.meter(), lambda.account(), "2025-01-12T00:00:00Z", "duration", "7000000000");

        int changed = biller.recalculate(ACME, () -> BILLER);

        assertThat(changed).isEqualTo(2);
        assertThat(bills(ACME))
                .extracting(bill -> bill.content().total())
                .containsExactly(new BigDecimal("0.94"), new BigDecimal("126500.22"));
        assertThat(bills(ACME))
                .allSatisfy(bill -> assertThat(biller.recompute(bill)).isEqualTo(bill.content()));
        assertThat(biller.recalculate(ACME, () -> BILLER)).as("nothing is new").isZero();
        assertThat(bills(ACME)).extracting(Document::version).containsExactly(2, 2);
    }

    @Test
    void raisedChargeInAdvanceIsOwedOnceHoweverManyPeriodsArePending() {
        Scenario scenario = new Scenario(shelf(ACME));
        Document<Meter> meter = scenario.meter("storage", "gigabytes");
        Document<PlanTemplate> template = scenario.template(scenario.product("p"), "20");
        Document<Plan> plan = shelf(ACME).put(Plan.KIND, Scenario.inAdvance(Scenario.planOn(template, "plan")));
        Document<Account> account = scenario.account("a");
        scenario.subscribe(account, plan, Scenario.since("2024-12-01"));
        run(ACME, Desk.december());
        run(ACME, Desk.order("2025-02-01"));
        assertThat(bills(ACME))
                .extracting(bill -> bill.content().total())
                .containsExactly(decimal("40"), decimal("20"));

        PlanTemplate dearer = scenario.template(scenario.product("q"), "30").content();
        documents.write(ANNA, transaction -> transaction.update(template, dearer));
        measure(meter, account, "2024-12-12T00:00:00Z", "gigabytes", "1");
        biller.recalculate(ACME, () -> BILLER);

        assertThat(bills(ACME))
                .extracting(bill -> bill.content().total())
                .containsExactly(decimal("60"), decimal("30"));
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    @Test
    void approvedBillsAndAccountsWithoutABillAreLeftAlone() {
        Lambda lambda = Lambda.on(shelf(ACME));
        run(ACME, Desk.december());
        Document<Bill> first = onlyBill(ACME);
        new Approvals(documents).approve(ACME, first.id(), OptionalInt.empty(), ANNA);
        Document<Bill> approved = onlyBill(ACME);
        run(ACME, Desk.order("2025-02-01"));
        subscribed(new Scenario(shelf(ACME)), lambda.plan(), "b");
        measure(lambda.meter(), lambda.account(), "2024-12-12T00:00:00Z", "duration", "51200");

        int changed = biller.recalculate(ACME, () -> BILLER);

        assertThat(changed).isZero();
        assertThat(bills(ACME)).hasSize(2).contains(approved);
    }

    @Test
    void jobLeavesABillThatWasDeletedMeanwhileDeleted() {
        Lambda lambda = Lambda.on(shelf(ACME));
        Document<BillJob> made = run(ACME, Desk.december());
        Id<Bill> bill = onlyBill(ACME).id();
        Document<BillJob> job = shelf(ACME)
                .put(BillJob.KIND, BillJob.recalculating(made.content().order(), List.of(bill)));
        new Approvals(documents).delete(ACME, bill, ANNA);
        measure(lambda.meter(), lambda.account(), "2024-12-12T00:00:00Z", "duration", "51200");

        BillJob ended = biller.run(ACME, job.id(), () -> BILLER).content();

        assertThat(ended.status()).isEqualTo(BillJob.Status.COMPLETE);
        assertThat(ended.bills()).isEmpty();
        assertThat(bills(ACME)).isEmpty();
    }

    @Test
    void billThatCannotBeCalculatedAnyMoreStaysAndItsAccountIsParked() {
        Lambda lambda = Lambda.on(shelf(ACME));
        Document<BillJob> made = run(ACME, Desk.december());
        Document<Bill> bill = onlyBill(ACME);
        Pricing twice = documents
                .asOf(documents.watermark(), Pricing.KIND, ACME)
                .getFirst()
                .content();
        shelf(ACME).put(Pricing.KIND, twice);
        measure(lambda.meter(), lambda.account(), "2024-12-12T00:00:00Z", "duration", "51200");
        Document<BillJob> job = shelf(ACME)
                .put(BillJob.KIND, BillJob.recalculating(made.content().order(), List.of(bill.id())));

        BillJob ended = biller.run(ACME, job.id(), () -> BILLER).content();

        assertThat(ended.parked())
                .extracting(Parked::account)
                .containsExactly(lambda.account().id());
        assertThat(ended.total() + " " + ended.pending()).isEqualTo("1 0");
        assertThat(onlyBill(ACME)).isEqualTo(bill);
    }
}

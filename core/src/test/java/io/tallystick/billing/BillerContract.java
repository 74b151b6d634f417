package io.tallystick.billing;

import static io.tallystick.billing.Scenario.since;
import static io.tallystick.rating.Bands.flat;
import static io.tallystick.rating.Bands.perUnit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tallystick.account.Account;
import io.tallystick.account.BillConfig;
import io.tallystick.account.InvoiceNumbering;
import io.tallystick.account.OrganizationConfig;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.price.Tiered;
import io.tallystick.catalog.price.Volume;
import io.tallystick.document.Document;
import io.tallystick.document.Watermark;
import io.tallystick.id.InvoiceNumber;
import io.tallystick.rating.BandUsage;
import io.tallystick.time.BillFrequency;
import io.tallystick.time.Calendars;
import io.tallystick.time.Cycle;
import io.tallystick.time.Epochs;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Which bills the walk from usage must make on a pair of stores. A test of a pair extends it and says how both are
 * opened and measured into; it closes them itself.
 */
public abstract class BillerContract extends BillingWalk {
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
                plan, scenario.aggregation(meter, "stored", Function.MAX, "gigabytes"), new Tiered(gigabytes()));
        scenario.pricing(
                plan,
                scenario.aggregation(meter, "files", Function.SUM, "files"),
                new Tiered(List.of(perUnit("0", "0.5"))));
        scenario.pricing(
                plan,
                scenario.aggregation(meter, "clean-up", Function.MEAN, "seconds"),
                new Volume(List.of(flat("0", "12"), flat("4", "25"), flat("6", "50"))));
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
                plan, scenario.aggregation(meter, "stored", Function.MAX, "gigabytes"), new Volume(gigabytes()));
        measure(meter, subscribed(scenario, plan, "a"), "2024-12-02T00:00:00Z", "gigabytes", "620");

        run(ACME, Desk.december());

        assertThat(onlyBill(ACME).content().total()).isEqualTo(new BigDecimal("62"));
    }

    @Test
    void tiersThatSpanThePlanAreFilledByEarlierPeriodsAndDefaultsByNothing() {
        Scenario scenario = new Scenario(shelf(ACME));
        Document<Meter> meter = scenario.meter("storage", "gigabytes", "seats");
        Document<Plan> plan = scenario.plan(scenario.template(scenario.product("storage"), "0"), "plan");
        scenario.spanning(
                plan,
                scenario.aggregation(meter, "stored", Function.SUM, "gigabytes"),
                new Tiered(gigabytes()),
                Scenario.since("2024-01-01"));
        scenario.pricing(
                plan,
                scenario.put(
                        Scenario.withDefault(Scenario.aggregationOf(meter, "seats", Function.COUNT, "seats"), "3")),
                new Tiered(List.of(perUnit("0", "2"))));
        Document<Account> account = scenario.account("a");
        scenario.subscribe(account, plan, Scenario.since("2024-10-15"));
        measure(meter, account, "2024-10-14T23:59:59.999999Z", "gigabytes", "1000");
        measure(meter, account, "2024-10-15T00:00:00Z", "gigabytes", "300");
        measure(meter, account, "2024-11-30T23:59:59.999999Z", "gigabytes", "150");
        measure(meter, account, "2024-12-01T00:00:00Z", "gigabytes", "170");

        run(ACME, Desk.december());

        assertThat(onlyBill(ACME).content().lines())
                .extracting(LineItem::quantity, line -> line.basis().earlier().units(), LineItem::exactAmount)
                .containsExactly(
                        tuple(new BigDecimal("170"), new BigDecimal("450"), new BigDecimal("19.5")),
                        tuple(new BigDecimal("3"), BigDecimal.ZERO, new BigDecimal("6")));
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
                transaction -> transaction.update(pending, pending.content().approved(ANNA, new InvoiceNumber("1"))));
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
                    new Volume(List.of(perUnit("0", "99"))),
                    false,
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
    void earlierBillsAreReadAsTheyStood() {
        Lambda lambda = Lambda.on(shelf(ACME));
        run(ACME, Desk.december());
        run(ACME, Desk.order("2025-02-01"));
        Document<Bill> december = bills(ACME).getFirst();
        Watermark then = documents.watermark();
        measure(lambda.meter(), lambda.account(), "2024-12-13T00:00:00Z", "duration", "7000000000");
        run(ACME, Desk.december());
        Document<Bill> calculatedAgain = bills(ACME).getFirst();
        Watermark afterwards = documents.watermark();
        documents.write(ANNA, transaction -> {
            transaction.delete(calculatedAgain);
            return true;
        });

        Period january = bills(ACME).getLast().content().period();
        assertThat(calculatedAgain.content().total())
                .isGreaterThan(december.content().total());
        assertThat(billsBefore(january, then, lambda.account())).containsExactly(december);
        assertThat(billsBefore(january, afterwards, lambda.account())).containsExactly(calculatedAgain);
        assertThat(billsBefore(january, documents.watermark(), lambda.account()))
                .isEmpty();
        assertThat(billsBefore(december.content().period(), then, lambda.account()))
                .isEmpty();
    }

    private List<Document<Bill>> billsBefore(Period period, Watermark watermark, Document<Account> account) {
        return EarlierBills.ofAccounts(documents, watermark, ACME, Set.of(account.id()))
                .before(account.id(), period);
    }

    @Test
    void datesOfTheOrderAreInTheRecomputedBill() {
        Lambda.on(shelf(ACME));
        run(
                ACME,
                new BillOrder(
                        List.of(),
                        Desk.EVERYTHING,
                        LocalDate.of(2025, 1, 1),
                        Optional.of(LocalDate.of(2025, 3, 3)),
                        Optional.of(LocalDate.of(2024, 12, 31))));

        Document<Bill> bill = onlyBill(ACME);

        assertThat(bill.content().dueDate()).isEqualTo(LocalDate.of(2025, 3, 3));
        assertThat(biller.recompute(bill)).isEqualTo(bill.content());
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

        Biller.Preview preview = biller.preview(ACME, Desk.december(), BILLER.at());

        assertThat(documents.watermark()).isEqualTo(before);
        run(ACME, Desk.december());
        assertThat(preview.outcomes()).singleElement().satisfies(previewed -> {
            assertThat(previewed.present()).isEmpty();
            assertThat(previewed.bill().lines())
                    .isEqualTo(onlyBill(ACME).content().lines());
        });
    }

    @Test
    void previewShowsWhatBecomesOfABillThatIsThere() {
        Lambda lambda = Lambda.on(shelf(ACME));
        run(ACME, Desk.december());
        measure(lambda.meter(), lambda.account(), "2024-12-12T00:00:00Z", "duration", "51200");
        Document<Bill> pending = onlyBill(ACME);
        Biller.Previewed recalculated =
                biller.preview(ACME, Desk.december(), BILLER.at()).outcomes().getFirst();

        documents.write(
                ANNA,
                transaction -> transaction.update(pending, pending.content().approved(ANNA, new InvoiceNumber("1"))));
        Biller.Previewed left =
                biller.preview(ACME, Desk.december(), BILLER.at()).outcomes().getFirst();

        assertThat(recalculated.present()).contains(pending.id());
        assertThat(recalculated.bill().total()).isEqualByComparingTo("0.94");
        assertThat(left)
                .isEqualTo(new Biller.Previewed(
                        Optional.of(pending.id()), onlyBill(ACME).content()));
        assertThat(left.bill().total()).isZero();
    }

    @Test
    void previewParksWhatIsDatedWhereTheBooksAreClosed() {
        Lambda.on(shelf(ACME));
        documents.write(
                ANNA,
                transaction -> transaction.insert(
                        BillConfig.KIND,
                        ACME,
                        BillConfig.ID,
                        new BillConfig(Optional.of(LocalDate.parse("2025-01-02")))));

        Biller.Preview preview = biller.preview(ACME, Desk.december(), BILLER.at());

        assertThat(preview.bills()).isEmpty();
        assertThat(preview.parked()).singleElement().satisfies(parked -> assertThat(parked.reason())
                .contains("2025-01-02", "2025-01-01"));
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
    void billsOfOneAccountForSeveralPeriodsAreEachRecomputed() {
        Scenario scenario = new Scenario(shelf(ACME));
        Document<Account> account = scenario.account("a");
        for (BillFrequency frequency : List.of(BillFrequency.WEEKLY, BillFrequency.MONTHLY)) {
            Document<PlanTemplate> template =
                    scenario.template(scenario.product(frequency.name()), new Cycle(frequency, 2), "10");
            scenario.subscribe(account, scenario.plan(template, frequency.name()), since("2024-12-03"));
        }

        Document<BillJob> job = run(ACME, Desk.order("2025-01-20", inBerlin()));

        assertThat(job.content().total()).isEqualTo(2);
        assertThat(bills(ACME))
                .extracting(bill -> bill.content().frequency())
                .containsExactlyInAnyOrder(BillFrequency.WEEKLY, BillFrequency.MONTHLY);
        assertThat(bills(ACME))
                .allSatisfy(bill -> assertThat(biller.recompute(bill)).isEqualTo(bill.content()));
    }

    @Test
    void timeThatIsBilledAlreadyIsNotBilledAgainWhenTheZoneIsChanged() {
        Lambda lambda = Lambda.on(shelf(ACME));
        measure(lambda.meter(), lambda.account(), "2024-12-12T00:00:00Z", "duration", "51200");
        run(ACME, Desk.december());
        Document<Bill> first = onlyBill(ACME);

        Document<BillJob> moved = run(ACME, Desk.order("2025-01-01", inBerlin()));

        assertThat(onlyBill(ACME)).isEqualTo(first);
        assertThat(moved.content().bills()).isEmpty();
        assertThat(moved.content().parked()).singleElement().satisfies(parked -> assertThat(parked.reason())
                .contains(
                        "[2024-11-30T23:00:00Z, 2024-12-31T23:00:00Z)",
                        "[2024-12-01T00:00:00Z, 2025-01-01T00:00:00Z)",
                        first.id().value()));
        assertThat(biller.preview(ACME, Desk.order("2025-01-01", inBerlin()), BILLER.at())
                        .parked())
                .hasSize(1);
        // the next month of the old calendar is not in the way of anything
        assertThat(run(ACME, Desk.order("2025-02-01")).content().parked()).isEmpty();
    }

    @Test
    void suppressedBillIsNotMade() {
        Scenario scenario = new Scenario(shelf(ACME));
        Document<Plan> plan = scenario.plan(scenario.template(scenario.product("p"), "0"), "plan");
        subscribed(scenario, plan, "a");
        shelf(ACME)
                .put(
                        OrganizationConfig.KIND,
                        new OrganizationConfig(
                                Scenario.USD,
                                ZoneId.of("UTC"),
                                Epochs.STANDARD,
                                30,
                                OrganizationConfig.InvoiceDating.FIRST_DAY_OF_NEXT_PERIOD,
                                true,
                                InvoiceNumbering.STANDARD,
                                OrganizationConfig.LATE_USAGE_DAYS));

        Document<BillJob> job = run(ACME, Desk.december());

        assertThat(job.content().status()).isEqualTo(BillJob.Status.COMPLETE);
        assertThat(job.content().pending()).isZero();
        assertThat(bills(ACME)).isEmpty();
        assertThat(biller.preview(ACME, Desk.december(), BILLER.at()).bills()).isEmpty();
    }

    private static Calendars inBerlin() {
        return new Calendars(Optional.empty(), Optional.empty(), Epochs.STANDARD, ZoneId.of("Europe/Berlin"));
    }
}

package io.tallystick.billing;

import static io.tallystick.rating.Bands.perUnit;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.account.Account;
import io.tallystick.account.InvoiceNumbering;
import io.tallystick.account.OrganizationConfig;
import io.tallystick.billing.approval.Approvals;
import io.tallystick.billing.correction.LateUsage;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.price.Tiered;
import io.tallystick.catalog.price.Volume;
import io.tallystick.document.Document;
import io.tallystick.id.FieldCode;
import io.tallystick.id.OrganizationId;
import io.tallystick.quantity.Rounding;
import io.tallystick.seed.Seed;
import io.tallystick.time.Epochs;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How approved bills are put right on later ones, on a pair of stores. */
public abstract class CorrectionContract extends BillingWalk {
    private static final int WORLDS = 8;
    private static final int STEPS = 30;
    private static final List<String> DATES =
            List.of("2024-11-01", "2024-12-01", "2025-01-01", "2025-02-01", "2025-03-01");

    /** Of a bill that nobody approves, so that everything has a bill to be put right on. */
    private static final String LAST = "2025-04-01";

    private static final FieldCode N = new FieldCode("n");

    @BeforeEach
    void correct() {
        biller = biller.correctedBy(new LateUsage(documents, usage));
    }

    /**
     * Measurements of any month at any time, jobs of any date, approvals and deletions, drawn; in the end every account has
     * been charged, over all its bills, what bills made now would charge, to the cent.
     */
    @Test
    void whateverComesWhenTheBillsOfAnAccountAddUpToWhatOneRunWouldCharge() {
        Seed.runs(getClass(), WORLDS, random -> new World(random).check());
    }

    /** Two accounts on a plan of several kinds of prices, in an organization of their own. */
    private final class World {
        private final RandomGenerator random;
        private final OrganizationId organization =
                new OrganizationId(UUID.randomUUID().toString());
        private final Scenario scenario = new Scenario(shelf(organization));
        private final Document<Meter> meter = scenario.meter("meter", "n");
        private final List<Document<Account>> accounts = new ArrayList<>();

        World(RandomGenerator random) {
            this.random = random;
            acceptsLateUsageFor(organization, OrganizationConfig.LATE_USAGE_DAYS_MAX);
            Document<Plan> plan = scenario.plan(scenario.template(scenario.product("product"), "7"), "plan");
            scenario.pricing(
                    plan,
                    scenario.aggregation(meter, "packs", Function.SUM, "n", "10", Rounding.UP),
                    new Tiered(List.of(perUnit("0", "0.333"), perUnit("5", "0.127"))));
            scenario.pricing(
                    plan,
                    scenario.aggregation(meter, "largest", Function.MAX, "n"),
                    new Volume(List.of(perUnit("0", "0.0035"), perUnit("20", "0.002"))));
            scenario.spanning(
                    plan,
                    scenario.aggregation(meter, "spanning", Function.SUM, "n"),
                    new Tiered(List.of(perUnit("0", "0.11"), perUnit("60", "0.07"))),
                    Scenario.since("2024-01-01"));
            accounts.add(subscribed(scenario, plan, "a"));
            accounts.add(subscribed(scenario, plan, "b"));
        }

        void check() {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            List<String> all = Stream.concat(DATES.stream(), Stream.of(LAST)).toList();
            all.forEach(date -> run(organization, Desk.order(date)));

            for (Document<Account> account : accounts) {
                List<Bill> again = all.stream()
                        .flatMap(date -> madeNow(Desk.order(date)).stream())
                        .filter(bill -> bill.account().equals(account.id()))
                        .toList();
                List<Bill> billed = bills(organization).stream()
                        .map(Document::content)
                        .filter(bill -> bill.account().equals(account.id()))
                        .toList();
                assertThat(total(billed)).as("%s", billed).isEqualByComparingTo(total(again));
            }
            bills(organization)
                    .forEach(bill -> assertThat(biller.recompute(bill)).isEqualTo(bill.content()));
        }

        /** Whatever bills are there already. */
        private List<Bill> madeNow(BillOrder order) {
            Watermarks present = new Watermarks(documents.watermark(), usage.watermark());
            Facts facts = Facts.read(documents, present.documents(), organization);
            Reckoning reckoning = Reckoning.of(
                    facts, order, present, Optional.empty(), BILLER.at(), usage::ask, (key, values) -> List.of());
            return reckoning.billable().stream().map(reckoning::bill).toList();
        }

        private void step() {
            switch (random.nextInt(6)) {
                case 0, 1, 2 ->
                    measure(
                            meter,
                            accounts.get(random.nextInt(accounts.size())),
                            Instant.parse("2024-10-01T00:00:00Z").plusSeconds(random.nextInt(150 * 24 * 3600)),
                            Map.of(N, BigDecimal.valueOf(random.nextInt(500) - 100L, 1)));
                case 3 -> run(organization, Desk.order(DATES.get(random.nextInt(DATES.size()))));
                case 4 ->
                    anyBill().forEach(bill -> new Approvals(documents)
                            .approve(organization, bill.id(), OptionalInt.empty(), ANNA));
                default -> anyBill().forEach(bill -> new Approvals(documents).delete(organization, bill.id(), ANNA));
            }
        }

        /** At most one. */
        private List<Document<Bill>> anyBill() {
            List<Document<Bill>> all = bills(organization);
            return all.isEmpty() ? List.of() : List.of(all.get(random.nextInt(all.size())));
        }
    }

    @Test
    void nothingIsChargedTwiceByAJobThatReadBeforeAnotherOneWrote() {
        Lately late = new Lately("2024-11-01");
        Watermarks before = new Watermarks(documents.watermark(), usage.watermark());
        run(ACME, Desk.order("2025-01-01"));
        Document<BillJob> earlier = shelf(ACME)
                .put(BillJob.KIND, BillJob.of(Desk.order("2024-12-01")).initializing(before));

        BillJob overtaken = biller.run(ACME, earlier.id(), () -> BILLER).content();
        BillJob again = run(ACME, Desk.order("2024-12-01")).content();

        assertThat(overtaken.parked()).singleElement().satisfies(parked -> assertThat(parked.reason())
                .contains(late.invoice().id().value(), "Run the job again"));
        assertThat(overtaken.bills()).isEmpty();
        assertThat(again.parked()).isEmpty();
        assertThat(total(bills(ACME).stream().map(Document::content).toList())).isEqualByComparingTo("16.5");
    }

    @Test
    void deletedBillLeavesItsCorrectionsToTheNextOne() {
        Lately late = new Lately("2024-11-01");
        run(ACME, Desk.order("2024-12-01"));
        Document<Bill> november = bills(ACME).getLast();
        new Approvals(documents).delete(ACME, november.id(), ANNA);

        run(ACME, Desk.order("2025-01-01"));

        Bill december = bills(ACME).getLast().content();
        assertThat(december.lines())
                .filteredOn(LineItem::isCorrection)
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.type()).isEqualTo(LineItemType.DEBIT_MEMO);
                    assertThat(line.subtotal()).isEqualByComparingTo("1.5");
                    assertThat(line.quantity()).isEqualByComparingTo("10");
                    assertThat(line.basis().averageUnitPrice()).isEqualByComparingTo("0.15");
                    assertThat(line.reference().bill()).contains(late.invoice().id());
                    assertThat(line.reference().line())
                            .contains(
                                    late.invoice().content().lines().getFirst().id());
                    assertThat(line.servicePeriod())
                            .isEqualTo(late.invoice().content().period());
                });
    }

    @Test
    void billOfAnotherFrequencyOrAccountPutsNothingRight() {
        Lately late = new Lately("2024-11-01");
        late.scenario.subscribe(late.scenario.account("other"), late.plan, Scenario.since("2024-01-01"));

        run(ACME, Desk.order("2024-12-01"));

        assertThat(bills(ACME))
                .filteredOn(bill -> bill.content().lines().stream().anyMatch(LineItem::isCorrection))
                .extracting(bill -> bill.content().accountCode().value())
                .containsExactly("late");
    }

    @Test
    void previewShowsWhatABillWouldPutRight() {
        new Lately("2024-11-01");

        Bill november = biller.preview(ACME, Desk.order("2024-12-01"), BILLER.at())
                .bills()
                .getFirst();

        assertThat(november.total()).isEqualByComparingTo("1.5");
    }

    /** An approved bill of October over 15, for which 10 gigabytes more came afterwards. */
    private final class Lately {
        private final Scenario scenario = new Scenario(shelf(ACME));
        private final Document<Meter> meter = scenario.meter("storage", "n");
        private final Document<Plan> plan = scenario.plan(scenario.template(scenario.product("storage"), "0"), "plan");
        private final Document<Account> account = subscribed(scenario, plan, "late");

        Lately(String billDate) {
            Document<Aggregation> stored = scenario.aggregation(meter, "stored", Function.SUM, "n");
            scenario.pricing(plan, stored, new Tiered(List.of(perUnit("0", "0.15"))));
            measure(meter, account, "2024-10-05T00:00:00Z", "n", "100");
            run(ACME, Desk.order(billDate));
            new Approvals(documents).approve(ACME, Set.of(onlyBill(ACME).id()), ANNA);
            measure(meter, account, "2024-10-06T00:00:00Z", "n", "10");
        }

        Document<Bill> invoice() {
            return bills(ACME).getFirst();
        }
    }

    private void acceptsLateUsageFor(OrganizationId organization, int days) {
        shelf(organization)
                .put(
                        OrganizationConfig.KIND,
                        new OrganizationConfig(
                                Scenario.USD,
                                ZoneId.of("UTC"),
                                Epochs.STANDARD,
                                30,
                                OrganizationConfig.InvoiceDating.FIRST_DAY_OF_NEXT_PERIOD,
                                false,
                                InvoiceNumbering.STANDARD,
                                OrganizationConfig.InAdvance.NOTHING,
                                days));
    }

    private static BigDecimal total(List<Bill> bills) {
        return bills.stream().map(Bill::total).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}

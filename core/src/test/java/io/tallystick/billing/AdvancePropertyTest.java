package io.tallystick.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.account.OrganizationConfig;
import io.tallystick.account.OrganizationConfig.InAdvance;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CustomFields;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.MinimumSpend;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.PlanTemplate.Recurrence;
import io.tallystick.catalog.Priced;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.PricingType;
import io.tallystick.catalog.Product;
import io.tallystick.catalog.price.Tiered;
import io.tallystick.document.Document;
import io.tallystick.id.Code;
import io.tallystick.rating.Bands;
import io.tallystick.seed.Seed;
import io.tallystick.time.Cycle;
import io.tallystick.time.Validity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is charged in advance pays what he would in arrears, only sooner. */
final class AdvancePropertyTest {
    private static final LocalDate BEGINNING = LocalDate.of(2024, 1, 1);
    private static final int MONTHS = 9;

    @Test
    void chargesInAdvanceAddUpToThoseInArrearsWhateverChangesMeanwhile() {
        Seed.runs(AdvancePropertyTest.class, 150, random -> {
            World advance = World.of(random);
            World arrears = new World(advance.terms);
            for (int month = 1; month <= MONTHS; month++) {
                advance.changeSomething(random, BEGINNING.plusMonths(month - 1L));
                arrears.become(advance.validity());
                advance.bill(month);
                arrears.bill(month);
            }

            assertSame(advance, arrears);
        });
    }

    @Test
    void orderOfJobsAndRepetitionChargeNothingTwiceOnceEachPeriodIsCalculatedAgain() {
        Seed.runs(AdvancePropertyTest.class, 100, random -> {
            World advance = World.of(random);
            World arrears = new World(advance.terms);
            for (int i = 0; i < 2 * MONTHS; i++) {
                if (random.nextInt(3) == 0) {
                    advance.changeSomething(random, BEGINNING);
                }
                advance.bill(random.nextInt(1, MONTHS + 1));
            }
            arrears.become(advance.validity());
            for (int month = 1; month <= MONTHS; month++) {
                advance.bill(month);
                arrears.bill(month);
            }

            assertSame(advance, arrears);
        });
    }

    @Test
    void calculatedAgainWithNothingNewABillStaysAsItIs() {
        Seed.runs(AdvancePropertyTest.class, 50, random -> {
            World world = World.of(random);
            for (int i = 0; i < MONTHS; i++) {
                world.changeSomething(random, BEGINNING);
                world.bill(random.nextInt(1, MONTHS + 1));
            }
            for (int month = 1; month <= MONTHS; month++) {
                world.bill(month);
                List<BigDecimal> totals = world.totals();

                world.bill(month);

                assertThat(world.totals()).isEqualTo(totals);
            }
        });
    }

    /** Each line rounds once, so that every line may be half a coin off. */
    private static void assertSame(World advance, World arrears) {
        for (List<LineItemType> types : List.of(
                List.of(LineItemType.STANDING_CHARGE),
                List.of(LineItemType.MINIMUM_SPEND, LineItemType.MINIMUM_SPEND_REFUND),
                List.of(LineItemType.USAGE))) {
            Map<YearMonth, BigDecimal> early = advance.byInstalment(types);
            Map<YearMonth, BigDecimal> late = arrears.byInstalment(types);
            for (YearMonth month = YearMonth.from(BEGINNING).minusMonths(12);
                    month.isBefore(YearMonth.from(BEGINNING).plusMonths(MONTHS));
                    month = month.plusMonths(1)) {
                assertThat(early.getOrDefault(month, BigDecimal.ZERO))
                        .as("%s of %s, %s %s", types, month, advance, advance.desk.bills())
                        .isCloseTo(late.getOrDefault(month, BigDecimal.ZERO), within(new BigDecimal("0.02")));
            }
        }
    }

    /**
     * What stays as it is.
     *
     * @param used in each month from the beginning
     */
    private record Terms(
            String standingCharge,
            String minimum,
            Optional<String> minimumOfPrice,
            Recurrence recurrence,
            Validity validity,
            List<Integer> used) {
        static Terms of(RandomGenerator random) {
            LocalDate start = BEGINNING.plusDays(random.nextInt(70));
            return new Terms(
                    random.nextInt(4) == 0 ? "0" : "" + random.nextInt(1, 100),
                    random.nextInt(3) == 0 ? "0" : "" + random.nextInt(1, 1000),
                    random.nextInt(3) == 0 ? Optional.of("" + random.nextInt(1, 300)) : Optional.empty(),
                    random.nextInt(3) == 0
                            ? new Recurrence(random.nextInt(1, 4), random.nextInt(4))
                            : Recurrence.EVERY_BILL,
                    new Validity(
                            start.atStartOfDay(ZoneOffset.UTC).toInstant(),
                            Optional.of(BEGINNING
                                    .plusMonths(MONTHS)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant())),
                    IntStream.range(0, MONTHS)
                            .map(_ -> random.nextInt(4) == 0 ? 0 : random.nextInt(500))
                            .boxed()
                            .toList());
        }
    }

    /** An account on a plan. */
    private static final class World {
        final Desk desk = new Desk();
        final Terms terms;
        private final Scenario scenario = new Scenario(desk);
        private Document<OrganizationConfig> config = desk.put(OrganizationConfig.KIND, OrganizationConfig.STANDARD);
        private Document<PlanTemplate> template;
        private Document<Plan> plan;
        private Document<AccountPlan> accountPlan;

        static World of(RandomGenerator random) {
            World world = new World(Terms.of(random));
            world.flags(random);
            return world;
        }

        World(Terms terms) {
            this.terms = terms;
            Document<Product> product = scenario.product("cloud");
            Document<Meter> meter = scenario.meter("m", "x");
            Document<Aggregation> calls = scenario.aggregation(meter, "calls", Function.SUM, "x");
            template = scenario.put(template(product, Optional.empty(), Optional.empty()));
            plan = scenario.put(plan(Optional.empty(), Optional.empty()));
            scenario.put(new Pricing(
                    new Priced.OnPlan(plan.id()),
                    calls.id(),
                    new Tiered(List.of(Bands.perUnit("0", "1"))),
                    false,
                    Scenario.since("2023-01-01"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    PricingType.DEBIT,
                    new MinimumSpend(terms.minimumOfPrice().map(BigDecimal::new), Optional.empty()),
                    Optional.empty()));
            Document<Account> account = scenario.account("acme");
            accountPlan = scenario.subscribe(account, plan, terms.validity());
            for (int month = 0; month < MONTHS; month++) {
                if (terms.used().get(month) > 0) {
                    desk.measure(
                            meter,
                            account,
                            BEGINNING.plusMonths(month).plusDays(month) + "T12:00:00Z",
                            "x",
                            terms.used().get(month).toString());
                }
            }
        }

        /** Who says what is charged in advance, and sometimes when the account plan ends: not before what is billed. */
        void changeSomething(RandomGenerator random, LocalDate earliestEnd) {
            if (random.nextInt(3) == 0) {
                flags(random);
            }
            if (random.nextInt(4) == 0) {
                LocalDate end = earliestEnd.plusDays(1L + random.nextInt(120));
                LocalDate last = BEGINNING.plusMonths(MONTHS);
                if (end.atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .isAfter(validity().start())) {
                    become(new Validity(
                            validity().start(),
                            Optional.of((end.isAfter(last) ? last : end)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant())));
                }
            }
        }

        private void flags(RandomGenerator random) {
            config = desk.replace(
                    config,
                    new OrganizationConfig(
                            config.content().currency(),
                            config.content().zone(),
                            config.content().epochs(),
                            config.content().daysBeforeBillDue(),
                            config.content().invoiceDating(),
                            false,
                            config.content().numbering(),
                            new InAdvance(random.nextBoolean(), random.nextBoolean()),
                            config.content().lateUsageDays()));
            template = desk.replace(
                    template,
                    template(
                            new Document<>(
                                    Product.KIND,
                                    template.organization(),
                                    template.content().product(),
                                    1,
                                    1,
                                    template.audit(),
                                    new Product(new Code("cloud"), "cloud", CustomFields.NONE)),
                            flag(random),
                            flag(random)));
            plan = desk.replace(plan, plan(flag(random), flag(random)));
        }

        private static Optional<Boolean> flag(RandomGenerator random) {
            return random.nextInt(3) == 0 ? Optional.of(random.nextBoolean()) : Optional.empty();
        }

        Validity validity() {
            return accountPlan.content().validity();
        }

        void become(Validity validity) {
            AccountPlan present = accountPlan.content();
            accountPlan = desk.replace(
                    accountPlan,
                    new AccountPlan(
                            present.account(),
                            present.plan(),
                            present.product(),
                            validity,
                            present.billEpoch(),
                            present.code(),
                            present.customFields()));
        }

        /** The month of this number, from 1. */
        void bill(int month) {
            desk.run(Desk.order(BEGINNING.plusMonths(month).toString()));
        }

        List<BigDecimal> totals() {
            return desk.bills().stream().map(bill -> bill.content().total()).toList();
        }

        /** What is charged by the first month of the instalment it is for; each month is one where every bill has its charge. */
        Map<YearMonth, BigDecimal> byInstalment(List<LineItemType> types) {
            Map<YearMonth, BigDecimal> sums = new TreeMap<>();
            for (LineItem line : lines()) {
                if (types.contains(line.type())) {
                    YearMonth month = YearMonth.from(line.servicePeriod().from().atOffset(ZoneOffset.UTC));
                    sums.merge(instalment(month, types), line.subtotal(), BigDecimal::add);
                }
            }
            return sums;
        }

        private YearMonth instalment(YearMonth month, List<LineItemType> types) {
            if (!types.contains(LineItemType.STANDING_CHARGE)) {
                return month;
            }
            YearMonth first = YearMonth.from(validity().start().atOffset(ZoneOffset.UTC));
            YearMonth last = month;
            while (Math.floorMod(
                            first.until(last, ChronoUnit.MONTHS)
                                    - terms.recurrence().offset(),
                            terms.recurrence().interval())
                    != 0) {
                last = last.plusMonths(1);
            }
            return last.minusMonths(terms.recurrence().interval() - 1L);
        }

        private List<LineItem> lines() {
            List<LineItem> lines = new ArrayList<>();
            desk.bills().forEach(bill -> lines.addAll(bill.content().lines()));
            return lines;
        }

        private PlanTemplate template(
                Document<Product> product, Optional<Boolean> standingCharge, Optional<Boolean> minimum) {
            return new PlanTemplate(
                    product.id(),
                    "template",
                    Optional.empty(),
                    Scenario.USD,
                    Cycle.MONTHLY,
                    new BigDecimal(terms.standingCharge()),
                    Optional.empty(),
                    terms.recurrence(),
                    standingCharge,
                    new MinimumSpend(Optional.of(new BigDecimal(terms.minimum())), Optional.empty(), minimum),
                    CustomFields.NONE);
        }

        private Plan plan(Optional<Boolean> standingCharge, Optional<Boolean> minimum) {
            return new Plan(
                    template.id(),
                    template.content().product(),
                    new Code("plan"),
                    "plan",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    standingCharge,
                    new MinimumSpend(Optional.empty(), Optional.empty(), minimum),
                    Optional.empty(),
                    CustomFields.NONE);
        }

        @Override
        public String toString() {
            return terms + " now " + validity();
        }
    }
}

package io.tallystick.billing;

import static io.tallystick.billing.Scenario.USD;
import static io.tallystick.billing.Scenario.between;
import static io.tallystick.billing.Scenario.instant;
import static io.tallystick.billing.Scenario.since;
import static io.tallystick.rating.Bands.flat;
import static io.tallystick.rating.Bands.perUnit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tallystick.account.Account;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CustomFields;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.MinimumSpend;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Priced;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.Product;
import io.tallystick.catalog.UnitSize;
import io.tallystick.catalog.price.PriceModel;
import io.tallystick.catalog.price.PricingBand;
import io.tallystick.catalog.price.Tiered;
import io.tallystick.catalog.price.Volume;
import io.tallystick.document.Document;
import io.tallystick.id.Code;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import io.tallystick.quantity.Currency;
import io.tallystick.quantity.Rounding;
import io.tallystick.rating.BandUsage;
import io.tallystick.time.BillFrequency;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CalculationTest {
    private static final Period DECEMBER = new Period(instant("2024-12-01"), instant("2025-01-01"));

    private final Desk desk = new Desk();
    private final Scenario scenario = new Scenario(desk);

    @Test
    void oneMeasurementOfTheLambdaExampleIsRoundedOnceOnItsLine() {
        Lambda lambda = Lambda.on(desk);
        desk.measure(lambda.meter(), lambda.account(), "2024-12-12", "memory", "32");
        desk.measure(lambda.meter(), lambda.account(), "2024-12-12", "duration", "51200");

        Bill bill = desk.bill(Desk.december());

        assertThat(bill.lines())
                .extracting(
                        LineItem::description,
                        LineItem::quantity,
                        LineItem::units,
                        line -> line.basis().averageUnitPrice(),
                        LineItem::exactAmount,
                        LineItem::subtotal)
                .containsExactly(
                        line("duration", "51200", "51200", "0.00001833337", "0.938668544", "0.94"),
                        line("requests", "1", "0.000001", "0.22", "0.00000022", "0"));
        assertThat(bill.total()).isEqualTo(new BigDecimal("0.94"));
    }

    @Test
    void sevenBillionGigabyteSecondsFillTwoTiers() {
        Lambda lambda = Lambda.on(desk);
        desk.measure(lambda.meter(), lambda.account(), "2024-12-12", "duration", "7000000000");

        Bill bill = desk.bill(Desk.december());

        assertThat(bill.total()).isEqualTo(new BigDecimal("126500.22"));
        assertThat(bill.lines().getFirst().bands())
                .extracting(BandUsage::units)
                .containsExactly(new BigDecimal("6000000000"), new BigDecimal("1000000000"));
    }

    @ParameterizedTest
    @CsvSource({"true, 152", "false, 62"})
    void storageExampleCostsWhatItsDocumentationSays(boolean cumulative, BigDecimal expected) {
        List<PricingBand> gigabytes = List.of(perUnit("0", "0.15"), perUnit("500", "0.10"));
        Document<Meter> meter = scenario.meter("storage", "gigabytes", "files", "seconds");
        Document<Plan> plan = planWithStandingCharge(cumulative ? "20" : "0");
        scenario.pricing(
                plan,
                scenario.aggregation(meter, "stored", Function.MAX, "gigabytes"),
                cumulative ? new Tiered(gigabytes) : new Volume(gigabytes));
        Document<Account> account = accountOn(plan);
        desk.measure(meter, account, "2024-12-02", "gigabytes", "620");
        if (cumulative) {
            scenario.pricing(
                    plan,
                    scenario.aggregation(meter, "files", Function.SUM, "files"),
                    new Tiered(List.of(perUnit("0", "0.5"))));
            scenario.pricing(
                    plan,
                    scenario.aggregation(meter, "clean-up", Function.MEAN, "seconds"),
                    new Volume(List.of(flat("0", "12"), flat("4", "25"), flat("6", "50"))));
            desk.measure(meter, account, "2024-12-02", "files", "40");
            desk.measure(meter, account, "2024-12-02", "seconds", "5.1");
            desk.measure(meter, account, "2024-12-03", "seconds", "5.3");
        }

        assertThat(desk.bill(Desk.december()).total()).isEqualTo(expected);
    }

    @Test
    void everyMandatoryFieldIsOnEveryLine() {
        Document<Meter> meter = scenario.meter("m", "x");
        Document<Plan> plan = planWithStandingCharge("20");
        scenario.pricing(plan, scenario.aggregation(meter, "calls", Function.SUM, "x"), unit("2"));
        desk.measure(meter, accountOn(plan), "2024-12-02", "x", "3");

        assertThat(desk.bill(Desk.december()).lines())
                .extracting(
                        LineItem::sequenceNumber,
                        LineItem::type,
                        LineItem::description,
                        LineItem::quantity,
                        LineItem::units,
                        line -> line.basis().unit(),
                        line -> line.basis().averageUnitPrice(),
                        LineItem::subtotal,
                        LineItem::convertedSubtotal,
                        line -> line.amounts().conversionRate(),
                        line -> line.amounts().currency(),
                        LineItem::servicePeriod)
                .containsExactly(
                        tuple(
                                1,
                                LineItemType.STANDING_CHARGE,
                                "Standing Charge",
                                new BigDecimal("1"),
                                new BigDecimal("1"),
                                "",
                                new BigDecimal("20"),
                                new BigDecimal("20"),
                                new BigDecimal("20"),
                                new BigDecimal("1"),
                                USD,
                                DECEMBER),
                        tuple(
                                2,
                                LineItemType.USAGE,
                                "calls",
                                new BigDecimal("3"),
                                new BigDecimal("3"),
                                "calls unit",
                                new BigDecimal("2"),
                                new BigDecimal("6"),
                                new BigDecimal("6"),
                                new BigDecimal("1"),
                                USD,
                                DECEMBER));
    }

    @Test
    void usageLineNamesItsPricingAndItsMeter() {
        Document<Meter> meter = scenario.meter("m", "x");
        Document<Plan> plan = planWithStandingCharge("20");
        Document<Pricing> pricing =
                scenario.pricing(plan, scenario.aggregation(meter, "calls", Function.SUM, "x"), unit("2"));
        Document<Account> account = accountOn(plan);
        desk.measure(meter, account, "2024-12-02", "x", "3");

        List<LineItem> lines = desk.bill(Desk.december()).lines();

        assertThat(lines.getLast().basis().pricing()).contains(pricing.id());
        assertThat(lines.getLast().basis().meter()).contains(meter.id());
        assertThat(lines.getFirst().basis().pricing()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"SUM", "COUNT", "MEAN", "MIN", "MAX", "LATEST"})
    void pricedAggregationWithoutUsageHasALineOfNothing(Function function) {
        Document<Meter> meter = scenario.meter("m", "x");
        Document<Plan> plan = planWithStandingCharge("0");
        scenario.pricing(
                plan, scenario.aggregation(meter, "calls", function, "x"), new Tiered(List.of(flat("0", "5"))));
        accountOn(plan);

        Bill bill = desk.bill(Desk.december());

        assertThat(bill.lines()).singleElement().satisfies(line -> {
            assertThat(line.quantity()).isEqualTo(BigDecimal.ZERO);
            assertThat(line.basis().averageUnitPrice()).isEqualTo(BigDecimal.ZERO);
            assertThat(line.bands()).isEmpty();
        });
        assertThat(bill.total()).isEqualTo(BigDecimal.ZERO);
    }

    @Test
    void planWithoutAnythingToChargeGetsABillWithoutLines() {
        accountOn(planWithStandingCharge("0"));

        Bill bill = desk.bill(Desk.december());

        assertThat(bill.lines()).isEmpty();
        assertThat(bill.total()).isEqualTo(BigDecimal.ZERO);
        assertThat(desk.asked).isEmpty();
    }

    @Test
    void usageCountsFromTheFirstInstantToBeforeTheLast() {
        Lambda lambda = Lambda.on(desk);
        desk.measure(lambda.meter(), lambda.account(), "2024-11-30T23:59:59.999999Z", "duration", "1");
        desk.measure(lambda.meter(), lambda.account(), "2024-12-01", "duration", "10");
        desk.measure(lambda.meter(), lambda.account(), "2024-12-31T23:59:59.999999Z", "duration", "100");
        desk.measure(lambda.meter(), lambda.account(), "2025-01-01", "duration", "1000");

        assertThat(desk.bill(Desk.december()).lines().getFirst().quantity()).isEqualTo(new BigDecimal("110"));
    }

    @Test
    void twentyNinthOfFebruaryIsBilled() {
        Lambda lambda = Lambda.on(desk);
        Document<Account> account = scenario.account("leap");
        scenario.subscribe(account, lambda.plan(), between("2024-02-01", "2024-03-01"));
        desk.measure(lambda.meter(), account, "2024-02-29T23:59:59.999999Z", "duration", "100");
        desk.measure(lambda.meter(), account, "2024-03-01", "duration", "1000");

        Bill bill = desk.bill(Desk.order("2024-03-01"));

        assertThat(bill.accountCode()).isEqualTo(new Code("leap"));
        assertThat(bill.lines().getFirst().quantity()).isEqualTo(new BigDecimal("100"));
    }

    @ParameterizedTest
    @CsvSource({
        // start and end of the account plan, bill date, days in force = amount of a charge of 31
        "2024-12-01, 2025-01-01, 2025-01-01, 31",
        "2024-11-01, 2025-06-01, 2025-01-01, 31",
        "2024-12-31, 2025-06-01, 2025-01-01, 1",
        "2024-12-10, 2025-06-01, 2025-01-01, 22",
        "2024-01-01, 2024-12-11, 2025-01-01, 10",
        "2024-12-10T12:00:00Z, 2025-06-01, 2025-01-01, 21.5",
        "2024-12-10, 2024-12-10T06:00:00Z, 2025-01-01, 0.25",
        "2025-01-30, 2025-06-01, 2025-02-01, 2"
    })
    void standingChargeOfAPartIsItsDaysInForceOfTheDaysInThePeriod(
            String start, String end, String billDate, BigDecimal expected) {
        Document<Plan> plan = planWithStandingCharge("31");
        scenario.subscribe(scenario.account("a"), plan, between(start, end));

        Bill bill = desk.bill(Desk.order(billDate));

        assertThat(bill.lines())
                .singleElement()
                .extracting(LineItem::exactAmount)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2024-03-01, 2024-02-15, 15", "2023-03-01, 2023-02-15, 14"})
    void leapDayIsADayOfItsPeriod(String billDate, String start, BigDecimal daysInForce) {
        Document<Plan> plan = planWithStandingCharge("406"); // 29 x 14 = 28 x 14.5
        scenario.subscribe(scenario.account("a"), plan, since(start));
        BigDecimal daysInPeriod =
                BigDecimal.valueOf(LocalDate.parse(billDate).minusDays(1).getDayOfMonth());

        assertThat(desk.bill(Desk.order(billDate)).total())
                .isEqualByComparingTo(
                        new BigDecimal("406").multiply(daysInForce).divide(daysInPeriod));
    }

    @Test
    void endlessFractionOfAStandingChargeIsKeptExactAndRoundedOnce() {
        Document<Plan> plan = planWithStandingCharge("20");
        scenario.subscribe(scenario.account("a"), plan, since("2024-12-31"));

        LineItem line = desk.bill(Desk.december()).lines().getFirst();

        assertThat(line.exactAmount()).isEqualTo(new BigDecimal("0.6451612903225806451612903225806452"));
        assertThat(line.subtotal()).isEqualTo(new BigDecimal("0.65"));
        assertThat(line.servicePeriod()).isEqualTo(new Period(instant("2024-12-31"), instant("2025-01-01")));
    }

    @Test
    void plansThatFollowEachOtherWithinADayCostOneDayTogether() {
        Document<Plan> plan = planWithStandingCharge("31");
        Document<Account> account = scenario.account("a");
        scenario.subscribe(account, plan, between("2024-12-01", "2024-12-10T08:00:00Z"));
        scenario.subscribe(account, plan, since("2024-12-10T08:00:00Z"));

        assertThat(desk.bill(Desk.december()).total()).isEqualTo(new BigDecimal("31"));
    }

    @Test
    void planSaysItsOwnStandingChargeInsteadOfItsTemplates() {
        Document<Product> product = scenario.product("p");
        Document<Product> fees = scenario.product("fees");
        Document<PlanTemplate> template = scenario.template(product, USD, "20", Optional.of("Base fee"));
        accountOn(scenario.plan(template, "inherits"));
        Plan own = Scenario.planOn(template, "own");
        accountOn(scenario.put(new Plan(
                own.template(),
                own.product(),
                own.code(),
                own.name(),
                Optional.of(new BigDecimal("7")),
                Optional.of("Own fee"),
                Optional.of(fees.id()),
                MinimumSpend.UNSAID,
                Optional.empty(),
                CustomFields.NONE)));
        accountOn(scenario.put(new Plan(
                own.template(),
                own.product(),
                new Code("free"),
                own.name(),
                Optional.of(BigDecimal.ZERO),
                Optional.empty(),
                Optional.empty(),
                MinimumSpend.UNSAID,
                Optional.empty(),
                CustomFields.NONE)));

        Reckoning reckoning = desk.reckon(Desk.december());

        assertThat(reckoning.billable())
                .flatExtracting(account -> reckoning.bill(account).lines())
                .extracting(
                        LineItem::description,
                        LineItem::subtotal,
                        line -> line.booking().accountingProduct().code().value())
                .containsExactly(
                        tuple("Base fee", new BigDecimal("20"), "p"), tuple("Own fee", new BigDecimal("7"), "fees"));
    }

    @Test
    void nearestAccountingProductAndDescriptionAreTaken() {
        Document<Product> onAggregation = scenario.product("on aggregation");
        Document<Product> onPricing = scenario.product("on pricing");
        Document<Meter> meter = scenario.meter("m", "x");
        Document<Plan> plan = planWithStandingCharge("0");
        Document<Aggregation> aggregation = scenario.put(new Aggregation(
                Optional.empty(),
                "calls",
                meter.id(),
                new FieldCode("x"),
                Function.SUM,
                new UnitSize(BigDecimal.ONE, Rounding.NONE),
                Optional.empty(),
                "call",
                Optional.of(onAggregation.id()),
                CustomFields.NONE));
        scenario.put(new Pricing(
                new Priced.OnPlan(plan.id()),
                aggregation.id(),
                unit("1"),
                false,
                between("2024-12-01", "2024-12-15"),
                Optional.empty(),
                Optional.of("Introductory calls"),
                Optional.of(onPricing.id())));
        scenario.pricing(new Priced.OnPlan(plan.id()), aggregation, unit("2"), since("2024-12-15"));
        accountOn(plan);

        assertThat(desk.bill(Desk.december()).lines())
                .extracting(
                        LineItem::description,
                        line -> line.booking().accountingProduct().name(),
                        line -> line.booking().product().name())
                .containsExactly(
                        tuple("Introductory calls", "on pricing by name", "product by name"),
                        tuple("calls", "on aggregation by name", "product by name"));
    }

    @Test
    void billCarriesItsDatesWatermarksAndAccount() {
        Lambda lambda = Lambda.on(desk);

        Bill bill = desk.bill(Desk.december());

        assertThat(bill.account()).isEqualTo(lambda.account().id());
        assertThat(bill.frequency()).isEqualTo(BillFrequency.MONTHLY);
        assertThat(bill.period()).isEqualTo(DECEMBER);
        assertThat(bill.billDate()).isEqualTo(LocalDate.of(2025, 1, 1));
        assertThat(bill.externalInvoiceDate()).isEqualTo(LocalDate.of(2025, 1, 1));
        assertThat(bill.dueDate()).isEqualTo(LocalDate.of(2025, 1, 31));
        assertThat(bill.watermarks()).isEqualTo(Desk.WATERMARKS);
        assertThat(bill.status()).isEqualTo(BillState.Status.PENDING);
        assertThat(bill.created()).isEqualTo(Desk.NOW);
        assertThat(bill.billJob()).contains(new Id<>("job-1"));
    }

    @Test
    void accountsOwnDaysAndPurchaseOrderAreOnItsBill() {
        Account plain = Scenario.accountOf("a");
        Document<Account> account = scenario.put(new Account(
                plain.code(),
                plain.name(),
                plain.emailAddress(),
                Optional.empty(),
                Optional.of(USD),
                OptionalInt.of(14),
                Optional.empty(),
                Optional.of("PO 4711"),
                CustomFields.NONE));
        scenario.subscribe(account, planWithStandingCharge("0"), since("2024-01-01"));

        Bill bill = desk.bill(Desk.december());

        assertThat(bill.dueDate()).isEqualTo(LocalDate.of(2025, 1, 15));
        assertThat(bill.purchaseOrderNumber()).contains("PO 4711");
    }

    @Test
    void datesOfTheOrderGoBeforeTheAccounts() {
        Lambda.on(desk);
        BillOrder order = new BillOrder(
                List.of(),
                Desk.EVERYTHING,
                LocalDate.of(2025, 1, 1),
                Optional.of(LocalDate.of(2025, 2, 2)),
                Optional.of(LocalDate.of(2024, 12, 31)));

        Bill bill = desk.bill(order);

        assertThat(bill.dueDate()).isEqualTo(LocalDate.of(2025, 2, 2));
        assertThat(bill.externalInvoiceDate()).isEqualTo(LocalDate.of(2024, 12, 31));
    }

    @Test
    void calculatedTwiceItIsTheSameLinesIncluded() {
        Lambda lambda = Lambda.on(desk);
        desk.measure(lambda.meter(), lambda.account(), "2024-12-12", "duration", "51200.123456789012");

        assertThat(desk.bill(Desk.december())).isEqualTo(desk.bill(Desk.december()));
    }

    @Test
    void yenHasNoPlacesAndDinarHasThree() {
        for (List<String> row : List.of(List.of("JPY", "0.5", "1"), List.of("KWD", "0.0005", "0.001"))) {
            Desk otherDesk = new Desk();
            Scenario other = new Scenario(otherDesk);
            Document<PlanTemplate> template =
                    other.template(other.product("p"), new Currency(row.get(0)), row.get(1), Optional.empty());
            other.subscribe(other.account("a"), other.plan(template, "plan"), since("2024-01-01"));

            assertThat(otherDesk.bill(Desk.december()).total()).isEqualTo(new BigDecimal(row.get(2)));
        }
    }

    private Document<Plan> planWithStandingCharge(String amount) {
        return scenario.plan(scenario.template(scenario.product("product"), amount), "plan");
    }

    private Document<Account> accountOn(Document<Plan> plan) {
        Document<Account> account =
                scenario.account("on " + plan.content().code().value());
        scenario.subscribe(account, plan, since("2024-01-01"));
        return account;
    }

    private static PriceModel unit(String price) {
        return new Tiered(List.of(perUnit("0", price)));
    }

    private static Tuple line(
            String description, String quantity, String units, String average, String exact, String subtotal) {
        return tuple(
                description,
                new BigDecimal(quantity),
                new BigDecimal(units),
                new BigDecimal(average),
                new BigDecimal(exact),
                new BigDecimal(subtotal));
    }
}

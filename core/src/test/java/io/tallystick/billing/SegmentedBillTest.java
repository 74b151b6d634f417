package io.tallystick.billing;

import static io.tallystick.billing.Scenario.between;
import static io.tallystick.billing.Scenario.segment;
import static io.tallystick.billing.Scenario.segmentation;
import static io.tallystick.billing.Scenario.since;
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
import io.tallystick.catalog.Priced;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.PricingType;
import io.tallystick.catalog.Segment;
import io.tallystick.catalog.Segmentation;
import io.tallystick.catalog.UnitSize;
import io.tallystick.catalog.price.PriceModel;
import io.tallystick.catalog.price.Volume;
import io.tallystick.document.Document;
import io.tallystick.id.FieldCode;
import io.tallystick.quantity.Rounding;
import io.tallystick.time.Validity;
import io.tallystick.usage.UsageQuery;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bills whose prices depend on the texts of measurements. */
final class SegmentedBillTest {
    private static final List<String> FIELDS = List.of("region", "tier");
    private static final Validity ALWAYS = since("2024-01-01");

    private final Desk desk = new Desk();
    private final Scenario scenario = new Scenario(desk);
    private Document<Meter> meter;
    private Document<Plan> plan;
    private Document<Account> account;

    @BeforeEach
    void arrange() {
        meter = scenario.meter("calls", List.of("n"), FIELDS);
        plan = scenario.plan(scenario.template(scenario.product("product"), "0"), "plan");
        account = scenario.account("mickey");
        scenario.subscribe(account, plan, ALWAYS);
    }

    @ParameterizedTest(name = "{0} {1} costs {2}")
    @CsvSource({
        "eu, gold, 1000",
        "eu, silver, 100",
        "us, gold, 10",
        "us, silver, 1",
        "us, absent, 0.1",
        "eu, absent, 0.1",
        "absent, gold, 0.1",
        "absent, absent, 0.1",
        // only the two words of a segment are no texts, and texts are what they are to the letter
        "EU, gold, 10",
        "'', gold, 10",
        "*, silver, 1",
    })
    void mostSpecificSegmentSaysWhatAMeasurementCosts(String region, String tier, BigDecimal total) {
        Document<Aggregation> calls = calls(Function.SUM, "eu gold", "eu *", "* gold", "* *", "** **");
        price(calls, "eu gold", "1000");
        price(calls, "eu *", "100");
        price(calls, "* gold", "10");
        price(calls, "* *", "1");
        price(calls, "** **", "0.1");
        measure("2024-12-02", "1", region, tier);

        assertThat(desk.bill(Desk.december()).total()).isEqualByComparingTo(total);
    }

    @Test
    void eachPricedSegmentHasALineEvenWithoutUsageInTheOrderOfTheSegments() {
        Document<Aggregation> calls = calls(Function.SUM, "us *", "eu gold", "eu *");
        price(calls, "eu *", "2");
        price(calls, "eu gold", "3");
        price(calls, "us *", "5");
        measure("2024-12-02", "10", "eu", "silver");
        measure("2024-12-03", "1", "eu", "bronze");
        measure("2024-12-04", "4", "eu", "gold");

        assertThat(desk.bill(Desk.december()).lines())
                .extracting(
                        LineItem::description, line -> line.basis().segment(), LineItem::quantity, LineItem::subtotal)
                .containsExactly(
                        tuple(
                                "calls (us, *)",
                                Map.of("region", "us", "tier", "*"),
                                new BigDecimal("0"),
                                new BigDecimal("0")),
                        tuple(
                                "calls (eu, gold)",
                                Map.of("region", "eu", "tier", "gold"),
                                new BigDecimal("4"),
                                new BigDecimal("12")),
                        tuple(
                                "calls (eu, *)",
                                Map.of("region", "eu", "tier", "*"),
                                new BigDecimal("11"),
                                new BigDecimal("22")));
    }

    @Test
    void descriptionOfAPricingReplacesNameAndSegment() {
        Document<Aggregation> calls = calls(Function.SUM, "eu *");
        scenario.put(new Pricing(
                new Priced.OnPlan(plan.id()),
                calls.id(),
                perCall("1"),
                false,
                ALWAYS,
                Optional.empty(),
                Optional.of("European calls"),
                Optional.empty(),
                PricingType.DEBIT,
                MinimumSpend.UNSAID,
                Optional.of(of("eu *"))));

        assertThat(desk.bill(Desk.december()).lines())
                .extracting(LineItem::description)
                .containsExactly("European calls");
    }

    @Test
    void usageOfNoSegmentIsSaidOnTheBillAndNotCharged() {
        Document<Aggregation> calls = calls(Function.SUM, "eu *");
        price(calls, "eu *", "2");
        measure("2024-12-02", "10", "eu", "gold");
        measure("2024-12-03", "7", "us", "gold");
        measure("2024-12-04", "5", "eu", "absent");

        Bill bill = desk.bill(Desk.december());

        assertThat(bill.total()).isEqualByComparingTo("20");
        assertThat(bill.unpricedUsage())
                .extracting(UnpricedUsage::reason, UnpricedUsage::name, UnpricedUsage::quantity, UnpricedUsage::period)
                .containsExactly(tuple(UnpricedUsage.Reason.NO_SEGMENT, "calls", new BigDecimal("12"), bill.period()));
    }

    @Test
    void accountThatUsedASegmentWithoutAPriceIsParkedWithTheReason() {
        Document<Aggregation> calls = calls(Function.SUM, "eu *", "us *", "us gold");
        price(calls, "eu *", "2");
        Document<Account> donald = scenario.account("donald");
        scenario.subscribe(donald, plan, ALWAYS);
        desk.measure(meter, donald, "2024-12-03", "n", "7", Map.of("region", "us", "tier", "silver"));
        measure("2024-12-02", "10", "eu", "gold");

        Reckoning reckoning = desk.reckon(Desk.december());

        assertThat(reckoning.billable()).singleElement().satisfies(billable -> assertThat(billable.account())
                .isEqualTo(account));
        assertThat(reckoning.parked())
                .containsExactly(
                        new Parked(
                                donald.id(),
                                "Expected a price of segment region=us, tier=* of aggregation \"calls\" on plan plan or its "
                                        + "template in [2024-12-01T00:00:00Z, 2025-01-01T00:00:00Z), because account donald used 7 "
                                        + "of it then, but none is in force. Add a pricing of the segment, of 0 if it is free."));
    }

    @Test
    void accountIsParkedWhereTheUsedSegmentHadAPriceOnlyAtOtherTimes() {
        Document<Aggregation> calls = calls(Function.SUM, "eu *");
        price(calls, "eu *", "2", between("2024-01-01", "2024-12-10"));
        measure("2024-12-09T23:59:59Z", "1", "eu", "gold");
        assertThat(desk.reckon(Desk.december()).parked()).isEmpty();

        measure("2024-12-10", "1", "eu", "gold");

        assertThat(desk.reckon(Desk.december()).parked()).singleElement().satisfies(parked -> assertThat(
                        parked.reason())
                .contains("region=eu, tier=*", "[2024-12-10T00:00:00Z, 2025-01-01T00:00:00Z)", "used 1 of it"));
    }

    @Test
    void planWithoutAnyPriceOfTheAggregationDoesNotSellIt() {
        calls(Function.SUM, "eu *");
        measure("2024-12-02", "10", "eu", "gold");

        Bill bill = desk.bill(Desk.december());

        assertThat(bill.lines()).isEmpty();
        assertThat(bill.unpricedUsage()).isEmpty();
    }

    @Test
    void functionOfAWildcardSegmentIsOfAllItsMeasurementsAndNotASumOverTheirTexts() {
        for (Function function :
                List.of(Function.SUM, Function.COUNT, Function.MEAN, Function.MIN, Function.MAX, Function.LATEST)) {
            Document<Aggregation> calls = calls(function, "eu *");
            price(calls, "eu *", "1");
        }
        Document<Aggregation> regions = scenario.segmented(
                meter, "regions", Function.UNIQUE, "region", segmentation(FIELDS, List.of(List.of("*", "*"))));
        price(regions, "* *", "1");
        measure("2024-12-02", "10", "eu", "gold");
        measure("2024-12-03", "5", "eu", "silver");
        measure("2024-12-04", "3", "eu", "bronze");

        Map<Function, BigDecimal> quantities = new HashMap<>();
        desk.bill(Desk.december()).lines().forEach(line -> quantities.put(function(line), line.quantity()));

        assertThat(quantities)
                .containsOnly(
                        Map.entry(Function.SUM, new BigDecimal("18")),
                        Map.entry(Function.COUNT, new BigDecimal("3")),
                        Map.entry(Function.MEAN, new BigDecimal("6")),
                        Map.entry(Function.MIN, new BigDecimal("3")),
                        Map.entry(Function.MAX, new BigDecimal("10")),
                        Map.entry(Function.LATEST, new BigDecimal("3")),
                        Map.entry(Function.UNIQUE, new BigDecimal("1")));
    }

    @Test
    void priceThatChangesInsideThePeriodCutsItsOwnSegmentOnly() {
        Document<Aggregation> calls = calls(Function.MAX, "eu *", "us *");
        price(calls, "eu *", "2", between("2024-01-01", "2024-12-10"));
        price(calls, "eu *", "3", since("2024-12-10"));
        price(calls, "us *", "1");
        measure("2024-12-02", "10", "eu", "gold");
        measure("2024-12-20", "7", "eu", "gold");
        measure("2024-12-02", "10", "us", "gold");
        measure("2024-12-20", "7", "us", "gold");

        assertThat(desk.bill(Desk.december()).lines())
                .extracting(line -> line.servicePeriod().from(), LineItem::quantity, LineItem::subtotal)
                .containsExactly(
                        tuple(Scenario.instant("2024-12-01"), new BigDecimal("10"), new BigDecimal("20")),
                        tuple(Scenario.instant("2024-12-10"), new BigDecimal("7"), new BigDecimal("21")),
                        tuple(Scenario.instant("2024-12-01"), new BigDecimal("10"), new BigDecimal("10")));
    }

    @Test
    void plansOwnPriceOfASegmentReplacesTheTemplatesOfThatSegmentOnly() {
        Document<Aggregation> calls = calls(Function.SUM, "eu *", "us *");
        Priced template = new Priced.OnTemplate(plan.content().template());
        scenario.pricing(template, calls, of("eu *"), perCall("2"), ALWAYS);
        scenario.pricing(template, calls, of("us *"), perCall("3"), ALWAYS);
        price(calls, "us *", "5");
        measure("2024-12-02", "1", "eu", "gold");
        measure("2024-12-02", "1", "us", "gold");

        assertThat(desk.bill(Desk.december()).lines())
                .extracting(LineItem::subtotal)
                .containsExactly(new BigDecimal("2"), new BigDecimal("5"));
    }

    @Test
    void eachIdleSegmentHasTheDefaultValueOnce() {
        Document<Aggregation> calls = scenario.put(new Aggregation(
                Optional.empty(),
                "calls",
                meter.id(),
                new FieldCode("n"),
                Function.SUM,
                new UnitSize(BigDecimal.ONE, Rounding.NONE),
                Optional.of(new BigDecimal("5")),
                "call",
                Optional.empty(),
                CustomFields.NONE,
                segmentation(FIELDS, List.of(words("eu *"), words("us *"), words("asia *")))));
        price(calls, "eu *", "1", between("2024-01-01", "2024-12-10"));
        price(calls, "eu *", "2", since("2024-12-10"));
        price(calls, "us *", "1");
        measure("2024-12-02", "3", "us", "gold");

        assertThat(desk.bill(Desk.december()).lines())
                .extracting(LineItem::description, LineItem::quantity)
                .containsExactly(
                        tuple("calls (eu, *)", new BigDecimal("0")),
                        tuple("calls (eu, *)", new BigDecimal("5")),
                        tuple("calls (us, *)", new BigDecimal("3")));
    }

    @Test
    void aggregationsWithTheSameSegmentsShareOneQueryAndOthersHaveTheirOwn() {
        price(calls(Function.SUM, "eu *", "us *"), "eu *", "1");
        price(calls(Function.MAX, "eu *", "us *"), "us *", "1");
        price(calls(Function.SUM, "eu gold"), "eu gold", "1");
        scenario.pricing(plan, scenario.aggregation(meter, "all", Function.SUM, "n"), perCall("1"));

        desk.bill(Desk.december());

        assertThat(desk.asked)
                .extracting(query -> query.grouping().byRules().size(), query -> query.measures()
                        .size())
                .containsExactlyInAnyOrder(tuple(2, 2), tuple(1, 1), tuple(0, 1));
    }

    @Test
    void questionNamesFewEnoughAccountsForItsRows() {
        List<List<String>> rows = IntStream.range(0, Segmentation.SEGMENTS_MAX)
                .mapToObj(i -> List.of("r" + i, "*"))
                .toList();
        Document<Aggregation> calls = scenario.segmented(meter, "calls", Function.SUM, "n", segmentation(FIELDS, rows));
        price(calls, "r0 *", "1");
        for (int i = 0; i < 100; i++) {
            scenario.subscribe(scenario.account("account " + i), plan, ALWAYS);
        }

        desk.reckon(Desk.december());

        assertThat(desk.asked).hasSize(2).allSatisfy(query -> assertThat(
                        ((UsageQuery.Accounts.Only) query.accounts()).numbers().size() * 1001)
                .isLessThanOrEqualTo(query.rowLimit()));
    }

    @Test
    void priceThatNamesNoSegmentOfItsAggregationParksTheAccount() {
        Document<Aggregation> calls = calls(Function.SUM, "eu *");
        Document<Pricing> misfit = scenario.pricing(plan, calls, perCall("1"));

        assertThat(desk.reckon(Desk.december()).parked()).singleElement().satisfies(parked -> assertThat(
                        parked.reason())
                .contains(misfit.id().value(), "\"calls\" (region=eu, tier=*)", "but was absent"));
    }

    @Test
    void meterThatLacksASegmentedFieldParksTheAccount() {
        Document<Aggregation> calls = scenario.segmented(
                meter, "calls", Function.SUM, "n", segmentation(List.of("zone"), List.of(List.of("*"))));
        scenario.pricing(
                new Priced.OnPlan(plan.id()), calls, segment(List.of("zone"), List.of("*")), perCall("1"), ALWAYS);

        assertThat(desk.reckon(Desk.december()).parked())
                .singleElement()
                .satisfies(parked -> assertThat(parked.reason()).contains("zone is none of its fields"));
    }

    private Function function(LineItem line) {
        return desk.aggregation(line.basis().aggregation().orElseThrow()).function();
    }

    private Document<Aggregation> calls(Function function, String... segments) {
        return scenario.segmented(
                meter,
                "calls",
                function,
                "n",
                segmentation(
                        FIELDS,
                        Arrays.stream(segments).map(SegmentedBillTest::words).toList()));
    }

    private void price(Document<Aggregation> aggregation, String segment, String perUnit) {
        price(aggregation, segment, perUnit, ALWAYS);
    }

    private void price(Document<Aggregation> aggregation, String segment, String perUnit, Validity validity) {
        scenario.pricing(new Priced.OnPlan(plan.id()), aggregation, of(segment), perCall(perUnit), validity);
    }

    private static PriceModel perCall(String price) {
        return new Volume(List.of(perUnit("0", price)));
    }

    private static Segment of(String segment) {
        return segment(FIELDS, words(segment));
    }

    private static List<String> words(String segment) {
        return List.of(segment.split(" ", -1));
    }

    /** With {@code absent} for a text that is not there. */
    private void measure(String at, String value, String region, String tier) {
        Map<String, String> texts = new HashMap<>();
        Optional.of(region).filter(text -> !text.equals("absent")).ifPresent(text -> texts.put("region", text));
        Optional.of(tier).filter(text -> !text.equals("absent")).ifPresent(text -> texts.put("tier", text));
        desk.measure(meter, account, at, "n", value, texts);
    }
}

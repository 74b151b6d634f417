package io.tallystick.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.account.Account;
import io.tallystick.account.OrganizationConfig;
import io.tallystick.billing.Bill;
import io.tallystick.billing.BillJob;
import io.tallystick.billing.BillState;
import io.tallystick.billing.UnpricedUsage;
import io.tallystick.billing.correction.ManualLine.Direction;
import io.tallystick.catalog.Countable;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Priced;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.Segmentation;
import io.tallystick.catalog.price.PricingBand;
import io.tallystick.catalog.price.Volume;
import io.tallystick.id.Id;
import io.tallystick.seed.Seed;
import io.tallystick.server.json.correction.ManualLineJson;
import io.tallystick.server.json.correction.ReasonJson;
import io.tallystick.time.BillFrequency;
import io.tallystick.time.Calendars;
import io.tallystick.time.Cycle;
import io.tallystick.time.Epochs;
import io.tallystick.time.Validity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every document's shape must do, whatever it holds. */
final class ShapesTest {
    private static final int RUNS = 60;

    /** A shape and how contents of it are drawn. */
    record Drawn<T>(String name, Shape<T> shape, Function<Contents, T> draw) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Drawn<?>> documents() {
        return Stream.of(
                new Drawn<>("product", Shapes.PRODUCT, Contents::product),
                new Drawn<>("meter", Shapes.METER, Contents::meter),
                new Drawn<>("aggregation", Shapes.AGGREGATION, Contents::aggregation),
                new Drawn<>(
                        "compoundaggregation", Shapes.COMPOUND_AGGREGATION, contents -> new FormulaContents(contents)
                                .compoundAggregation()),
                new Drawn<>("plantemplate", Shapes.PLAN_TEMPLATE, Contents::planTemplate),
                new Drawn<>("plan", Shapes.PLAN, Contents::plan),
                new Drawn<>("pricing", Shapes.PRICING, Contents::pricing),
                new Drawn<>("account", Shapes.ACCOUNT, Contents::account),
                new Drawn<>("accountplan", Shapes.ACCOUNT_PLAN, Contents::accountPlan),
                new Drawn<>("organizationconfig", Shapes.ORGANIZATION_CONFIG, Contents::organizationConfig),
                new Drawn<>("currency", Shapes.CURRENCY, Contents::listedCurrency),
                new Drawn<>("creditreason", ReasonJson.SHAPE, Contents::reason),
                new Drawn<>("bill", Shapes.BILL, Contents::bill),
                new Drawn<>("creditlineitem", ManualLineJson.CREDIT, contents -> contents.manualLine(Direction.CREDIT)),
                new Drawn<>("debitlineitem", ManualLineJson.DEBIT, contents -> contents.manualLine(Direction.DEBIT)),
                new Drawn<>("billjob", Shapes.BILL_JOB, Contents::billJob),
                new Drawn<>("billconfig", Shapes.BILL_CONFIG, Contents::billConfig),
                new Drawn<>("invoicesequence", Shapes.INVOICE_SEQUENCE, Contents::invoiceSequence),
                new Drawn<>("organization", Shapes.ORGANIZATION, Contents::organization),
                new Drawn<>("accesskey", Shapes.ACCESS_KEY, Contents::accessKey));
    }

    /** Those that clients send. */
    static Stream<Drawn<?>> resources() {
        return documents().limit(11);
    }

    @ParameterizedTest
    @MethodSource("documents")
    <T> void saysOfEveryFieldWhatItIsOnTheWire(Drawn<T> kind) {
        Map<String, String> words = kind.shape().words();
        Seed.runs(ShapesTest.class, RUNS, random -> {
            Json.Obj written = kind.shape().write(kind.draw().apply(new Contents(random, true)), View.WIRE);

            assertThat(words.keySet()).containsAll(written.members().keySet());
            written.members().forEach((name, value) -> assertThat(words.get(name))
                    .as(name)
                    .isIn((Object[])
                            switch (value) {
                                case Json.Text _ -> new String[] {"string"};
                                case Json.Num _ -> new String[] {"int", "double"};
                                case Json.Bool _ -> new String[] {"boolean"};
                                case Json.Arr _ -> new String[] {"array"};
                                case Json.Obj _ -> new String[] {"map"};
                                case Json.Null _ -> new String[] {};
                            }));
        });
    }

    @ParameterizedTest
    @MethodSource("documents")
    <T> void readsAtRestWhatItWroteAtRest(Drawn<T> kind) {
        Seed.runs(ShapesTest.class, RUNS, random -> {
            for (boolean isFull : List.of(true, false)) {
                T content = kind.draw().apply(new Contents(random, isFull));

                String text = JsonText.write(kind.shape().write(content, View.REST));

                assertThat(kind.shape().readOwn((Json.Obj) JsonText.readOwn(text)))
                        .isEqualTo(content);
            }
        });
    }

    @Test
    void configurationStoredBeforeThereWasALatePolicyHasTheUsualOne() {
        Seed.runs(ShapesTest.class, RUNS, random -> {
            OrganizationConfig config = new Contents(random, true).organizationConfig();
            Map<String, Json> stored = new LinkedHashMap<>(
                    Shapes.ORGANIZATION_CONFIG.write(config, View.REST).members());
            stored.remove("lateUsageDays");

            assertThat(Shapes.ORGANIZATION_CONFIG.readOwn(new Json.Obj(stored)).lateUsageDays())
                    .isEqualTo(90);
        });
    }

    @Test
    void pricingStoredBeforePricesHadATypeIsCharged() {
        Pricing debit = new Pricing(
                new Priced.OnPlan(new Id<>("plan")),
                new Id<>("aggregation"),
                new Volume(
                        List.of(new PricingBand(new Id<>("band"), BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ONE))),
                false,
                new Validity(Instant.EPOCH, Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Map<String, Json> stored =
                new LinkedHashMap<>(Shapes.PRICING.write(debit, View.REST).members());

        assertThat(stored.remove("type")).isEqualTo(Json.of("DEBIT"));
        assertThat(Shapes.PRICING.readOwn(new Json.Obj(stored))).isEqualTo(debit);
    }

    @ParameterizedTest
    @MethodSource("documents")
    <T> void showsClientsNothingThatTheHouseKeepsToItself(Drawn<T> kind) {
        List<String> kept = kind.shape().fields().stream()
                .filter(field -> field.presence() == Field.Presence.KEPT)
                .map(Field::name)
                .toList();
        Seed.runs(ShapesTest.class, 5, random -> {
            T content = kind.draw().apply(new Contents(random, true));

            assertThat(kept)
                    .noneMatch(kind.shape().write(content, View.WIRE).members()::containsKey)
                    .allMatch(kind.shape().write(content, View.REST).members()::containsKey);
        });
    }

    @ParameterizedTest
    @MethodSource("resources")
    <T> void echoesWhatAClientSent(Drawn<T> kind) {
        Seed.runs(ShapesTest.class, RUNS, random -> {
            T content = kind.draw().apply(new Contents(random, true));
            Json.Obj sent = kind.shape().write(content, View.WIRE);
            Faults faults = new Faults();

            Values<T> values = kind.shape().read(sent, View.WIRE, faults, () -> "drawn");
            kind.shape().fields().stream()
                    .filter(field -> !field.isSentBy(View.WIRE))
                    .forEach(field -> fill(field, content, values));
            T made = kind.shape()
                    .make(values, faults)
                    .orElseThrow(() -> new AssertionError(faults.found().toString()));

            assertThat(made).isEqualTo(content);
            assertThat(kind.shape().write(made, View.WIRE)).isEqualTo(sent);
        });
    }

    /** What the house would fill in. */
    private static <T, V> void fill(Field<T, V> field, T content, Values<T> values) {
        field.from().apply(content).ifPresent(value -> values.set(field, value));
    }

    @Test
    void jobThatWasStoredBeforeJobsHadCalendarsIsForItsMonthInUtc() {
        BillJob job = Shapes.BILL_JOB.readOwn(
                (Json.Obj)
                        JsonText.readOwn(
                                """
                {"accountIds":[],"billingFrequency":"MONTHLY","periodStart":"2024-12-01T00:00:00Z",
                 "periodEnd":"2025-01-01T00:00:00Z","timezone":"UTC","status":"PENDING","total":0,"pending":0,
                 "billIds":[],"parkedAccounts":[]}"""));

        assertThat(job.order().billDate()).isEqualTo(LocalDate.of(2025, 1, 1));
        assertThat(job.order().calendars())
                .isEqualTo(new Calendars(
                        Optional.of(BillFrequency.MONTHLY), Optional.empty(), Epochs.STANDARD, ZoneId.of("UTC")));
    }

    @Test
    void documentsThatWereStoredBeforeTheCalendarHaveItsDefaults() {
        PlanTemplate template = Shapes.PLAN_TEMPLATE.readOwn(
                (Json.Obj)
                        JsonText.readOwn(
                                """
                {"name":"t","productId":"p","currency":"USD","billFrequency":"MONTHLY","standingCharge":0}"""));
        Account account = Shapes.ACCOUNT.readOwn(
                (Json.Obj) JsonText.readOwn("{\"code\":\"a\",\"name\":\"a\",\"emailAddress\":\"a@example.com\"}"));

        assertThat(template.cycle()).isEqualTo(Cycle.MONTHLY);
        assertThat(account.billEpoch()).isEmpty();
    }

    @Test
    void readsWhatWasStoredBeforeThereWereSegments() {
        Seed.runs(ShapesTest.class, 5, random -> {
            Contents contents = new Contents(random, true);

            assertThat(readWithout(Shapes.AGGREGATION, contents.aggregation(), "segmentedFields", "segments")
                            .segmentation())
                    .isEqualTo(Segmentation.NONE);
            assertThat(readWithout(Shapes.PRICING, segmented(contents), "segment")
                            .segment())
                    .isEmpty();
            assertThat(readWithout(BillJson.UnpricedUsageJson.SHAPE, contents.unpricedUsage(), "reason")
                            .reason())
                    .isEqualTo(UnpricedUsage.Reason.NO_PRICE_IN_FORCE);
        });
    }

    private static Pricing segmented(Contents contents) {
        return Stream.generate(contents::pricing)
                .filter(pricing -> pricing.segment().isPresent())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatWasStoredBeforeThereWereCompoundAggregationsIsOfSimpleOnes() {
        Pricing pricing = Shapes.PRICING.readOwn(
                (Json.Obj)
                        JsonText.readOwn(
                                """
                {"planId":"p","aggregationId":"a","startDate":"2024-12-01T00:00:00Z",
                 "pricingBands":[{"id":"b","lowerLimit":0,"fixedPrice":0,"unitPrice":1}]}"""));
        UnpricedUsage usage = BillJson.UnpricedUsageJson.SHAPE.readOwn(
                (Json.Obj)
                        JsonText.readOwn(
                                """
                {"accountPlanId":"p","aggregationId":"a","name":"n","servicePeriodStartDate":"2024-12-01T00:00:00Z",
                 "servicePeriodEndDate":"2025-01-01T00:00:00Z","quantity":1}"""));

        assertThat(pricing.counted()).isEqualTo(new Countable.Simple(new Id<>("a")));
        assertThat(usage.counted()).isEqualTo(new Countable.Simple(new Id<>("a")));
    }

    private static <T> T readWithout(Shape<T> shape, T content, String... names) {
        Map<String, Json> members =
                new LinkedHashMap<>(shape.write(content, View.REST).members());
        assertThat(members).containsKeys(names);
        members.keySet().removeAll(List.of(names));
        return shape.readOwn(new Json.Obj(members));
    }

    @Test
    void whatWasStoredBeforeThereWereChargesInAdvanceSaysNothingAboutThem() {
        PlanTemplate template = Shapes.PLAN_TEMPLATE.readOwn(without(
                Shapes.PLAN_TEMPLATE.write(new Contents(new Random(1), true).planTemplate(), View.REST),
                "standingChargeInterval",
                "standingChargeOffset",
                "standingChargeBillInAdvance",
                "minimumSpendBillInAdvance"));
        Plan plan = Shapes.PLAN.readOwn(without(
                Shapes.PLAN.write(new Contents(new Random(1), true).plan(), View.REST),
                "standingChargeBillInAdvance",
                "minimumSpendBillInAdvance"));
        OrganizationConfig config = Shapes.ORGANIZATION_CONFIG.readOwn(without(
                Shapes.ORGANIZATION_CONFIG.write(new Contents(new Random(1), true).organizationConfig(), View.REST),
                "standingChargeBillInAdvance",
                "minimumSpendBillInAdvance"));

        assertThat(template.recurrence()).isEqualTo(PlanTemplate.Recurrence.EVERY_BILL);
        assertThat(template.standingChargeInAdvance()).isEmpty();
        assertThat(template.minimumSpend().inAdvance()).isEmpty();
        assertThat(plan.standingChargeInAdvance()).isEmpty();
        assertThat(plan.minimumSpend().inAdvance()).isEmpty();
        assertThat(config.inAdvance()).isEqualTo(OrganizationConfig.InAdvance.NOTHING);
    }

    private static Json.Obj without(Json.Obj stored, String... names) {
        Map<String, Json> members = new LinkedHashMap<>(stored.members());
        assertThat(members).containsKeys(names);
        List.of(names).forEach(members::remove);
        return new Json.Obj(members);
    }

    @Test
    void billThatWasKeptBeforeBillsCouldBeApprovedIsPending() {
        Bill pending = new Contents(new Random(1), false).bill();
        Map<String, Json> members =
                new LinkedHashMap<>(Shapes.BILL.write(pending, View.REST).members());
        List.of("approvedBy", "dtApproved", "sequentialInvoiceNumber", "lockedBy", "dtLocked")
                .forEach(members::remove);
        members.put("status", Json.of("PENDING"));
        members.put("locked", Json.of(false));

        Bill read = Shapes.BILL.readOwn(new Json.Obj(members));

        assertThat(read.state()).isEqualTo(new BillState.Pending());
        assertThat(read.total()).isEqualTo(pending.total());
    }

    @ParameterizedTest
    @MethodSource("documents")
    <T> void namesEachFieldOnce(Drawn<T> kind) {
        List<String> names =
                new ArrayList<>(kind.shape().fields().stream().map(Field::name).toList());
        kind.shape().neutrals().forEach(neutral -> names.add(neutral.name()));

        assertThat(names).doesNotHaveDuplicates();
    }
}

package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.billing.BillJob;
import io.tallystick.billing.BillOrder;
import io.tallystick.document.Author;
import io.tallystick.document.Document;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.server.access.Role;
import io.tallystick.time.Calendars;
import io.tallystick.time.Epochs;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bill jobs and bills, from measurements that came in by the same door. */
@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class BillingDoorTest {
    private static final List<String> MANDATORY = List.of(
            "averageUnitPrice",
            "conversionRate",
            "convertedSubtotal",
            "currency",
            "description",
            "lineItemType",
            "quantity",
            "subtotal",
            "unit",
            "units");

    private final LiveServer server;
    private final Visitor visitor;

    BillingDoorTest(LiveServer server, Visitor visitor) {
        this.server = server;
        this.visitor = visitor;
    }

    @Test
    void chargesOneMeasurementOfTheLambdaExample() {
        Sample sample = Sample.of(visitor);
        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "32", "1600")))
                .ok();

        Reply bill = billOf(sample.account());

        assertThat(bill.at("billTotal")).isEqualTo("0.94");
        assertThat(bill.at("billDate")).isEqualTo("2025-01-01");
        assertThat(bill.at("dueDate")).isEqualTo("2025-01-31");
        assertThat(bill.at("startDate") + " " + bill.at("endDate")).isEqualTo("2024-12-01 2025-01-01");
        assertThat(bill.at("status") + " " + bill.at("locked") + " " + bill.at("currency"))
                .isEqualTo("PENDING false USD");
        int duration = line(bill, sample.duration());
        assertThat(member(bill, duration, "quantity", "units", "subtotal", "exactAmount", "convertedSubtotal"))
                .containsExactly("51200", "51200", "0.94", "0.938668544", "0.94");
        assertThat(bill.at("lineItems[%d].usagePerPricingBand[0].bandSubtotal".formatted(duration)))
                .isEqualTo("0.938668544");
        int requests = line(bill, sample.requests());
        assertThat(member(bill, requests, "quantity", "units", "subtotal", "exactAmount"))
                .containsExactly("1", "0.000001", "0", "0.00000022");
        for (int i = 0; i < bill.size("lineItems"); i++) {
            for (String field : MANDATORY) {
                assertThat(bill.at("lineItems[%d].%s".formatted(i, field)))
                        .as(field)
                        .isNotEqualTo("absent");
            }
        }
    }

    @Test
    void recalculatesPendingBillsThatAreNamed() {
        Sample sample = Sample.of(visitor);
        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "32", "1600")))
                .ok();
        String bill = billOf(sample.account()).at("id");
        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "32", "1600")))
                .ok();

        String job = visitor.post("/billjobs/recalculate", "{'billIds':['%s']}".formatted(bill))
                .ok()
                .at("id");
        Reply ended = Awaitility.await()
                .until(() -> visitor.get("/billjobs/" + job).ok(), reply -> reply.at("status")
                        .equals("COMPLETE"));

        assertThat(ended.at("type") + " " + ended.at("billIds") + " " + ended.at("recalculates"))
                .isEqualTo("RECALCULATE [\"%s\"] [\"%s\"]".formatted(bill, bill));
        Reply again = visitor.get("/bills/" + bill).ok();
        assertThat(again.at("billTotal") + " " + again.at("version")).isEqualTo("1.88 2");
        assertThat(again.at("billJobId")).as("the job that made it").isNotEqualTo(job);
    }

    @Test
    void recalculatesNothingThatIsApprovedUnknownOrNotNamed() {
        Sample sample = Sample.of(visitor);
        String bill = billOf(sample.account()).at("id");
        visitor.put("/bills/%s/status".formatted(bill), "{'status':'APPROVED'}").ok();

        assertThat(visitor.post("/billjobs/recalculate", "{'billIds':['%s']}".formatted(bill))
                        .refused(400, "invalid")
                        .message())
                .contains(bill, "APPROVED as invoice 1");
        visitor.post("/billjobs/recalculate", "{'billIds':['none']}").refused(400, "invalid");
        visitor.post("/billjobs/recalculate", "{}").refused(400, "invalid");
        assertThat(visitor.get("/billjobs").ok().size("data"))
                .as("the job that made it")
                .isEqualTo(1);
    }

    @Test
    void chargesSevenThousandMillionsInTwoBands() {
        Sample sample = Sample.of(visitor);
        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "70000", "100000")))
                .ok();

        Reply bill = billOf(sample.account());

        assertThat(bill.at("billTotal")).isEqualTo("126500.22");
        String bands = "lineItems[%d].usagePerPricingBand".formatted(line(bill, sample.duration()));
        assertThat(bill.at(bands + "[0].bandUnits")).isEqualTo("6000000000");
        assertThat(bill.at(bands + "[0].bandSubtotal")).isEqualTo("110000.22");
        assertThat(bill.at(bands + "[1].bandUnits")).isEqualTo("1000000000");
        assertThat(bill.at(bands + "[1].bandSubtotal")).isEqualTo("16500");
    }

    @Test
    void chargesTheStorageExample() {
        String product = visitor.created("/products", "{'code':'storage','name':'Storage'}");
        String meter = visitor.created(
                "/meters",
                """
                {'code':'storage','name':'Storage','productId':'%s','derivedFields':[],'dataFields':[
                 {'code':'gb','name':'GB','category':'MEASURE'},{'code':'files','name':'Files','category':'MEASURE'},
                 {'code':'cleanup','name':'Clean-up','category':'MEASURE'}]}"""
                        .formatted(product));
        String gb = visitor.created("/aggregations", Sample.aggregation(meter, "gb", "SUM", "1"));
        String files = visitor.created("/aggregations", Sample.aggregation(meter, "files", "SUM", "1"));
        String cleanup = visitor.created("/aggregations", Sample.aggregation(meter, "cleanup", "MEAN", "1"));
        String template = visitor.created(
                "/plantemplates", Sample.template(product).replace("'standingCharge':0", "'standingCharge':20"));
        String tiered = visitor.created("/plans", Sample.plan(template));
        String volume = visitor.created("/plans", Sample.plan(template).replace("'plan'", "'volume'"));
        visitor.created("/pricings", Sample.pricing(tiered, gb, "true", "[0,0,0.15],[500,0,0.10]"));
        visitor.created("/pricings", Sample.pricing(tiered, files, "true", "[0,0,0.50]"));
        visitor.created("/pricings", Sample.pricing(tiered, cleanup, "false", "[0,12,0],[4,25,0],[6,50,0]"));
        visitor.created("/pricings", Sample.pricing(volume, gb, "false", "[0,0,0.15],[500,0,0.10]"));
        String one = visitor.created("/accounts", Sample.account("one"));
        String two = visitor.created("/accounts", Sample.account("two"));
        visitor.created("/accountplans", Sample.accountPlan(one, tiered));
        visitor.created("/accountplans", Sample.accountPlan(two, volume));
        String usage =
                "{'meter':'storage','account':'%s','ts':'2024-12-05T00:00:00Z','measure':{'gb':%s,'files':%s,'cleanup':%s}}";
        for (String account : List.of("one", "two")) {
            visitor.post(
                            "/measurements",
                            Sample.batch(
                                    usage.formatted(account, "600", "30", "5"),
                                    usage.formatted(account, "20", "10", "5.4")))
                    .ok();
        }

        Reply bill = billOf(one);
        Reply volumeBill = visitor.get("/bills/latest/" + two).ok();

        assertThat(bill.at("billTotal")).isEqualTo("152");
        assertThat(subtotal(bill, gb)).isEqualTo("87");
        assertThat(subtotal(bill, files)).isEqualTo("20");
        assertThat(subtotal(bill, cleanup)).isEqualTo("25");
        assertThat(bill.at("lineItems")).contains("\"STANDING_CHARGE\"");
        assertThat(subtotal(volumeBill, gb)).isEqualTo("62");
        assertThat(volumeBill.at("billTotal")).isEqualTo("82");
    }

    @Test
    void namesTheBandsOfALineAsEachPathDoes() {
        Sample sample = Sample.of(visitor);
        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "32", "1600")))
                .ok();
        Reply bill = billOf(sample.account());
        String path = "/bills/" + bill.at("id") + "/lineitems";
        int duration = line(bill, sample.duration());

        Reply lines = visitor.get(path).ok();
        Reply line = visitor.get(path + "/" + lines.at("data[%d].id".formatted(duration)))
                .ok();

        assertThat(lines.size("data")).isEqualTo(bill.size("lineItems"));
        assertThat(lines.at("data[%d].bandUsage".formatted(duration)))
                .isEqualTo(bill.at("lineItems[%d].usagePerPricingBand".formatted(duration)))
                .contains("0.938668544");
        assertThat(lines.at("data[%d].usagePerPricingBand".formatted(duration))).isEqualTo("absent");
        assertThat(bill.at("lineItems[%d].bandUsage".formatted(duration))).isEqualTo("absent");
        assertThat(line.at("bandUsage")).isEqualTo(lines.at("data[%d].bandUsage".formatted(duration)));
        assertThat(line.at("billId")).isEqualTo(bill.at("id"));
        visitor.get(path + "/none").refused(404, "not_found");
        visitor.get("/bills/none/lineitems").refused(404, "not_found");
    }

    @Test
    void narrowsTheListOfBills() {
        Sample sample = Sample.of(visitor);
        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "32", "1600")))
                .ok();
        Reply bill = billOf(sample.account());
        String id = bill.at("id");

        for (String query : List.of(
                "accountId=" + sample.account(),
                "ids=" + id,
                "billJobId=" + bill.at("billJobId"),
                "status=PENDING",
                "locked=false",
                "billDate=2025-01-01",
                "billingFrequency=MONTHLY",
                "billDateStart=2025-01-01",
                "billDateEnd=2025-01-02",
                "externalInvoiceDateStart=2025-01-01&externalInvoiceDateEnd=2025-01-02",
                "pageSize=1")) {
            assertThat(visitor.get("/bills?" + query).ok().all("id")).as(query).containsExactly(id);
        }
        for (String query : List.of(
                "accountId=none",
                "status=APPROVED",
                "locked=true",
                "billDate=2025-01-02",
                "billDateStart=2025-01-02",
                "billDateEnd=2025-01-01")) {
            assertThat(visitor.get("/bills?" + query).ok().all("id")).as(query).isEmpty();
        }
        assertThat(visitor.get("/bills").at("data[0].billTotal")).isEqualTo("0.94");
        assertThat(visitor.get("/bills?includeBillTotal=true&excludeLineItems=false")
                        .at("data[0]"))
                .isEqualTo(visitor.get("/bills").at("data[0]"));
        assertThat(visitor.get("/bills?includeBillTotal=false").at("data[0].billTotal"))
                .isEqualTo("absent");
        assertThat(visitor.get("/bills?excludeLineItems=true").at("data[0].lineItems"))
                .isEqualTo("absent");
        visitor.get("/bills?billDateStart=soon").refused(400, "invalid");
        visitor.get("/bills?excludeLineItems=2").refused(400, "invalid");
        assertThat(visitor.get("/bills/" + id).ok().body()).isEqualTo(bill.body());
        visitor.get("/bills/none").refused(404, "not_found");
        visitor.get("/bills/latest/none").refused(404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "billDate=soon",
                "status=APPROVED,DONE",
                "status=pending",
                "locked=yes",
                "billingFrequency=YEARLY"
            })
    void refusesToLookForBillsThatCannotBe(String query) {
        visitor.get("/bills?" + query).refused(400, "invalid");
    }

    @Test
    void answersEverythingWhateverIsAskedForInAddition() {
        Sample sample = Sample.of(visitor);
        billOf(sample.account());

        assertThat(visitor.get("/bills?additional=lineItems").ok().body())
                .isEqualTo(visitor.get("/bills").ok().body());
    }

    @Test
    void saysThatAnAccountHasNoBillYet() {
        Sample sample = Sample.of(visitor);

        assertThat(visitor.get("/bills/latest/" + sample.account())
                        .refused(404, "not_found")
                        .message())
                .contains(sample.account(), "none was made yet");
    }

    @Test
    void makesTheSameBillAgainForTheSameUsage() {
        Sample sample = Sample.of(visitor);
        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "32", "1600")))
                .ok();
        Reply first = billOf(sample.account());

        Reply second = billOf(sample.account());

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(visitor.get("/bills").size("data")).isOne();
    }

    @Test
    void billsOnlyTheAccountsThatAreNamed() {
        Sample sample = Sample.of(visitor);
        String other = visitor.created("/accounts", Sample.account("donald"));
        visitor.created("/accountplans", Sample.accountPlan(other, sample.plan()));

        Reply job = done("{'billDate':'2025-01-01','accountIds':['%s']}".formatted(other));

        assertThat(job.at("total") + " " + job.at("pending")).isEqualTo("1 0");
        assertThat(job.size("billIds")).isOne();
        assertThat(visitor.get("/bills").all("accountId")).containsExactly(other);
    }

    @Test
    void makesBillsOfOneOrganizationOnly() {
        Sample.of(visitor);
        Visitor stranger = server.visitor(Role.ADMIN);
        Sample theirs = Sample.of(stranger);
        stranger.post("/measurements", Sample.batch(Sample.measurement("mickey", "32", "1600")))
                .ok();

        done("{'billDate':'2025-01-01'}");

        assertThat(visitor.get("/bills").all("billTotal")).containsExactly("0");
        assertThat(stranger.get("/bills").size("data")).isZero();
        visitor.post("/billjobs", "{'accountIds':['%s']}".formatted(theirs.account()))
                .refused(400, "invalid");
        visitor.get("/bills/latest/" + theirs.account()).refused(404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "",
                "{'billingFrequency':'MONTHLY','billFrequencyInterval':1,'timezone':'UTC','accountIds':[]}",
                "{'lastDateInBillingPeriod':'2024-12-31'}",
                "{'billDate':'2025-01-01','lastDateInBillingPeriod':'2024-12-31','dueDate':'2025-03-01','externalInvoiceDate':'2024-12-31'}"
            })
    void takesEveryFieldOfAJobAsOptional(String body) {
        Reply job = visitor.post("/billjobs", body).ok();

        assertThat(job.at("type") + " " + job.at("timezone")).isEqualTo("CREATE UTC");
        assertThat(job.at("status")).isIn("PENDING", "INITIALIZING", "RUNNING", "COMPLETE");
        assertThat(visitor.get("/billjobs").all("id")).containsExactly(job.at("id"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'billDate':'9999-01-01'}|invalid",
                "{'billDate':'2025-02-30'}|invalid",
                "{'billDate':'2025-01-01','lastDateInBillingPeriod':'2025-01-31'}|invalid",
                "{'accountIds':['none']}|invalid",
                "{'billingFrequency':'AD_HOC'}|not_yet_supported",
                "{'billFrequencyInterval':366}|invalid",
                "{'timezone':'+01:00'}|invalid",
                "{'weekEpoch':'monday'}|invalid",
                "{'targetCurrency':'EUR'}|not_yet_supported"
            })
    void refusesJobsThatItCannotDo(String body, String code) {
        visitor.post("/billjobs", body).refused(400, code);

        assertThat(visitor.get("/billjobs").size("data")).isZero();
    }

    @Test
    void refusesMoreThanAHundredAccounts() {
        String ids = String.join(
                ",", IntStream.range(0, 101).mapToObj(i -> "'id" + i + "'").toList());

        assertThat(visitor.post("/billjobs", "{'accountIds':[%s]}".formatted(ids))
                        .refused(400, "invalid")
                        .message())
                .isEqualTo("Expected accountIds to be an array of 0 to 100 items, but was 101 items.");
    }

    @Test
    void refusesAnEleventhActiveJobUntilOneIsCancelled() {
        List<String> waiting =
                IntStream.range(0, 10).mapToObj(_ -> waitingJob()).toList();

        Reply refused = visitor.post("/billjobs", "{}").refused(429, "overloaded");
        assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
        assertThat(visitor.get("/billjobs?active=true").size("data")).isEqualTo(10);

        Reply cancelled =
                visitor.post("/billjobs/" + waiting.getFirst() + "/cancel", "").ok();
        assertThat(cancelled.at("status")).isEqualTo("CANCELLED");
        assertThat(visitor.get("/billjobs?status=CANCELLED").all("id")).containsExactly(waiting.getFirst());
        visitor.post("/billjobs", "{}").ok();
    }

    @Test
    void leavesAJobAsItEndedWhenItIsCancelledLater() {
        Sample.of(visitor);
        Reply job = done("{'billDate':'2025-01-01'}");

        assertThat(visitor.post("/billjobs/" + job.at("id") + "/cancel", "")
                        .ok()
                        .body())
                .isEqualTo(job.body());
        visitor.post("/billjobs/none/cancel", "").refused(404, "not_found");
        visitor.get("/billjobs/none").refused(404, "not_found");
    }

    /** A job that nobody has begun and nobody will: it is written past the door. */
    private String waitingJob() {
        BillOrder order = new BillOrder(
                List.of(),
                new Calendars(Optional.empty(), Optional.empty(), Epochs.STANDARD, ZoneId.of("UTC")),
                LocalDate.of(2025, 1, 1),
                Optional.empty(),
                Optional.empty());
        Document<BillJob> job = server.documents()
                .write(
                        new Author("TEST", Instant.EPOCH),
                        transaction -> transaction.insert(
                                BillJob.KIND,
                                new OrganizationId(visitor.organization()),
                                new Id<>(UUID.randomUUID().toString()),
                                BillJob.of(order)));
        return job.id().value();
    }

    /** The job when it has ended. */
    private Reply done(String body) {
        String id = visitor.created("/billjobs", body);
        Reply job = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> visitor.get("/billjobs/" + id), reply -> List.of("COMPLETE", "CANCELLED")
                        .contains(reply.at("status")));
        assertThat(job.at("status")).as("%s", job.text()).isEqualTo("COMPLETE");
        return job;
    }

    private Reply billOf(String account) {
        done("{'billDate':'2025-01-01','billingFrequency':'MONTHLY'}");
        return visitor.get("/bills/latest/" + account).ok();
    }

    private static int line(Reply bill, String aggregation) {
        return IntStream.range(0, bill.size("lineItems"))
                .filter(i -> bill.at("lineItems[%d].aggregationId".formatted(i)).equals(aggregation))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line of " + aggregation + " in " + bill.text()));
    }

    private static String subtotal(Reply bill, String aggregation) {
        return bill.at("lineItems[%d].subtotal".formatted(line(bill, aggregation)));
    }

    private static List<String> member(Reply bill, int line, String... names) {
        return Arrays.stream(names)
                .map(name -> bill.at("lineItems[%d].%s".formatted(line, name)))
                .toList();
    }
}

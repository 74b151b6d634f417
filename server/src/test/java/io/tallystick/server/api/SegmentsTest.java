package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prices by segment, from the aggregation to the bill. */
@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class SegmentsTest {
    private static final String SEGMENTS =
            "'segmentedFields':['region','tier'],'segments':[{'region':'eu','tier':'gold'},{'region':'eu','tier':'*'},{'tier':'**','region':'*'}]";

    private final Visitor visitor;
    private final String meter;
    private final String plan;
    private final String account;

    SegmentsTest(Visitor visitor) {
        this.visitor = visitor;
        String product = visitor.created("/products", "{'code':'calls','name':'Calls'}");
        meter = visitor.created(
                "/meters",
                """
                {'code':'calls','name':'Calls','productId':'%s','dataFields':[
                 {'code':'n','name':'N','category':'MEASURE'},{'code':'region','name':'Region','category':'WHERE'},
                 {'code':'tier','name':'Tier','category':'WHAT'}],'derivedFields':[]}"""
                        .formatted(product));
        plan = visitor.created("/plans", Sample.plan(visitor.created("/plantemplates", Sample.template(product))));
        account = visitor.created("/accounts", Sample.account("mickey"));
        visitor.created("/accountplans", Sample.accountPlan(account, plan));
    }

    @Test
    void billsEachSegmentAtItsPriceAndSaysWhatBelongsToNone() {
        String calls = visitor.created(
                "/aggregations",
                aggregation(SEGMENTS.replace("{'tier':'**','region':'*'}", "{'region':'us','tier':'*'}")));
        visitor.created("/pricings", pricing(calls, "{'tier':'gold','region':'eu'}", "3"));
        visitor.created("/pricings", pricing(calls, "{'region':'eu','tier':'*'}", "2"));
        visitor.created("/pricings", pricing(calls, "{'region':'us','tier':'*'}", "0.5"));
        visitor.post(
                        "/measurements",
                        Sample.batch(
                                measurement("10", "eu", "gold"),
                                measurement("20", "eu", "tin"),
                                measurement("7", "us", "gold"),
                                measurement("4", "asia", "gold")))
                .ok();

        Reply bill = bill();

        assertThat(bill.at("billTotal")).isEqualTo("73.5");
        assertThat(lines(bill, "description")).containsExactly("Calls (eu, gold)", "Calls (eu, *)", "Calls (us, *)");
        assertThat(lines(bill, "segment"))
                .containsExactly(
                        "{\"region\":\"eu\",\"tier\":\"gold\"}",
                        "{\"region\":\"eu\",\"tier\":\"*\"}",
                        "{\"region\":\"us\",\"tier\":\"*\"}");
        assertThat(lines(bill, "subtotal")).containsExactly("30", "40", "3.5");
        assertThat(bill.size("unpricedUsage")).isEqualTo(1);
        assertThat(bill.at("unpricedUsage[0].reason") + " " + bill.at("unpricedUsage[0].quantity"))
                .isEqualTo("NO_SEGMENT 4");
    }

    @Test
    void parksAnAccountThatUsedASegmentWithoutAPrice() {
        String calls = visitor.created("/aggregations", aggregation(SEGMENTS));
        visitor.created("/pricings", pricing(calls, "{'region':'eu','tier':'gold'}", "3"));
        visitor.post("/measurements", Sample.batch(measurement("10", "asia", "gold")))
                .ok();

        Reply job = done();

        assertThat(job.at("parkedAccounts[0].accountId")).isEqualTo(account);
        assertThat(job.at("parkedAccounts[0].reason"))
                .contains("a price of segment region=*, tier=**", "mickey used 10 of it");
    }

    @Test
    void answersTheSegmentsOfAnAggregationAndTheSegmentOfAPricing() {
        String calls = visitor.created("/aggregations", aggregation(SEGMENTS));
        String pricing = visitor.created("/pricings", pricing(calls, "{'tier':'*','region':'eu'}", "2"));

        Reply aggregation = visitor.get("/aggregations/" + calls).ok();

        assertThat(aggregation.at("segmentedFields")).isEqualTo("[\"region\",\"tier\"]");
        assertThat(aggregation.at("segments[2]")).isEqualTo("{\"region\":\"*\",\"tier\":\"**\"}");
        assertThat(visitor.get("/pricings/" + pricing).ok().at("segmentString")).isEqualTo("region=eu, tier=*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'region':'eu'} | to name the segmentedFields [region, tier] and no other field, but one is region=eu",
                "{'tier':'gold','region':'eu'} | but region=eu, tier=gold is there twice",
                "{'region':'eu','tier':7} | segments[3].tier",
                "{} | segments[3]",
            })
    void refusesASegmentThatFitsTheOthersNot(String segment, String part) {
        Reply refused = visitor.post(
                        "/aggregations",
                        aggregation(SEGMENTS.replace("'region':'*'}]", "'region':'*'}," + segment + "]")))
                .refused(400, "invalid");

        assertThat(refused.message()).contains(part);
    }

    @Test
    void refusesSegmentedFieldsThatAreNoTexts() {
        Reply refused = visitor.post("/aggregations", aggregation("'segmentedFields':['n'],'segments':[{'n':'1'}]"))
                .refused(400, "invalid");

        assertThat(refused.at("faults[0].field")).isEqualTo("segmentedFields");
        assertThat(refused.message()).contains("n is MEASURE");
    }

    @Test
    void refusesAPricingOfASegmentThatIsNotThereOrOfNone() {
        String calls = visitor.created("/aggregations", aggregation(SEGMENTS));
        String whole = visitor.created("/aggregations", aggregation("'code':'whole'"));

        assertThat(visitor.post("/pricings", pricing(calls, "{'region':'us','tier':'*'}", "1"))
                        .refused(400, "invalid")
                        .message())
                .contains("\"Calls\" (region=eu, tier=gold; region=eu, tier=*;", "but was region=us, tier=*");
        assertThat(visitor.post("/pricings", pricing(calls, "null", "1"))
                        .refused(400, "invalid")
                        .message())
                .contains("but was absent");
        assertThat(visitor.post("/pricings", pricing(whole, "{'region':'eu','tier':'gold'}", "1"))
                        .refused(400, "invalid")
                        .message())
                .contains("has no segments, but was region=eu, tier=gold");
    }

    @Test
    void refusesASecondPriceOfASegmentAndTakesOneOfAnother() {
        String calls = visitor.created("/aggregations", aggregation(SEGMENTS));
        String first = visitor.created("/pricings", pricing(calls, "{'region':'eu','tier':'gold'}", "1"));
        visitor.created("/pricings", pricing(calls, "{'region':'eu','tier':'*'}", "1"));

        Reply refused = visitor.post("/pricings", pricing(calls, "{'tier':'gold','region':'eu'}", "2"))
                .refused(409, "conflict");

        assertThat(refused.message()).contains(first);
    }

    @Test
    void keepsASegmentThatAPricingNeeds() {
        String calls = visitor.created("/aggregations", aggregation(SEGMENTS));
        String pricing = visitor.created("/pricings", pricing(calls, "{'region':'eu','tier':'gold'}", "1"));
        String path = "/aggregations/" + calls;
        String without = SEGMENTS.replace("{'region':'eu','tier':'gold'},", "");

        Reply removed = visitor.put(path, aggregation("'version':1," + without)).refused(409, "in_use");
        Reply whole = visitor.put(path, aggregation("'version':1,'code':'c'")).refused(409, "in_use");

        assertThat(removed.message()).contains("pricing " + pricing, "but was region=eu, tier=gold");
        assertThat(whole.message()).contains("pricing " + pricing, "has no segments");
        visitor.put(path, aggregation("'version':1," + SEGMENTS.replace(",{'tier':'**','region':'*'}", "")))
                .ok();
    }

    @Test
    void keepsTheFieldsThatSegmentsNeed() {
        visitor.created("/aggregations", aggregation(SEGMENTS));

        Reply refused = visitor.put(
                        "/meters/" + meter,
                        "{'version':1,'code':'calls','name':'Calls','dataFields':[{'code':'n','name':'N','category':'MEASURE'},{'code':'region','name':'R','category':'WHERE'}],'derivedFields':[]}")
                .refused(409, "in_use");

        assertThat(refused.message()).contains("text fields of meter calls", "tier");
    }

    private String aggregation(String members) {
        return "{%s,'name':'Calls','meterId':'%s','targetField':'n','aggregation':'SUM','quantityPerUnit':1,'rounding':'NONE','unit':'call'}"
                .formatted(members, meter);
    }

    private String pricing(String aggregation, String segment, String perUnit) {
        return "{'segment':%s,%s"
                .formatted(
                        segment,
                        Sample.pricing(plan, aggregation, "false", "[0,0,%s]".formatted(perUnit))
                                .substring(1));
    }

    private static String measurement(String value, String region, String tier) {
        return "{'meter':'calls','account':'mickey','ts':'2024-12-05T00:00:00Z','measure':{'n':%s},'where':{'region':'%s'},'what':{'tier':'%s'}}"
                .formatted(value, region, tier);
    }

    private Reply bill() {
        done();
        return visitor.get("/bills/latest/" + account).ok();
    }

    private Reply done() {
        String job = visitor.created("/billjobs", "{'billDate':'2025-01-01','billingFrequency':'MONTHLY'}");
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> visitor.get("/billjobs/" + job).ok(), reply -> reply.at("status")
                        .equals("COMPLETE"));
    }

    private static List<String> lines(Reply bill, String member) {
        return IntStream.range(0, bill.size("lineItems"))
                .mapToObj(i -> bill.at("lineItems[%d].%s".formatted(i, member)))
                .toList();
    }
}

package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.json.JsonText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single resources demand beyond their fields. */
@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class RulesTest {
    private final Visitor visitor;
    private final Sample sample;

    RulesTest(Visitor visitor) {
        this.visitor = visitor;
        this.sample = Sample.of(visitor);
    }

    @Test
    void keepsTheFieldsOfAMeterThatMeasurementsCarry() {
        visitor.created("/meters", meter("'who':'WHO','n':'MEASURE'", ""));
        visitor.post(
                        "/measurements",
                        Sample.batch(
                                "{'meter':'changing','account':'mickey','ts':'2024-12-12T00:00:00Z','who':{'who':'a'},'measure':{'n':1}}"))
                .ok();
        String path = "/meters/" + visitor.get("/meters?codes=changing").at("data[0].id");

        Reply removed = visitor.put(path, meter("'who':'WHO'", "'version':1,")).refused(409, "in_use");
        Reply changed = visitor.put(path, meter("'who':'WHAT','n':'MEASURE'", "'version':1,"))
                .refused(409, "in_use");

        assertThat(removed.message()).contains("field n", "MEASURE", "changing", "removed");
        assertThat(changed.message()).contains("field who", "WHO", "WHAT");
        assertThat(removed.headers().firstValue("x-should-retry")).hasValue("false");
        visitor.put(path, meter("'who':'WHO','n':'MEASURE','more':'COST'", "'version':1,"))
                .ok();
    }

    @Test
    void letsFieldsGoThatNoMeasurementCarriesAndNeverGivesTheirSlotsAway() {
        String id = visitor.created("/meters", meter("'a':'MEASURE','b':'MEASURE'", ""));
        visitor.put("/meters/" + id, meter("'b':'MEASURE'", "'version':1,")).ok();
        visitor.put("/meters/" + id, meter("'b':'MEASURE','c':'MEASURE'", "'version':2,"))
                .ok();
        visitor.post(
                        "/measurements",
                        Sample.batch(
                                "{'meter':'changing','account':'mickey','ts':'2024-12-12T00:00:00Z','measure':{'b':2,'c':3}}"))
                .ok();

        Reply rows = visitor.post(
                "/usage/query",
                "{'startDate':'2024-12-01T00:00:00Z','endDate':'2025-01-01T00:00:00Z','meterIds':['%s']}"
                        .formatted(id));

        assertThat(rows.at("data[0].measure")).isEqualTo("{\"b\":2,\"c\":3}");
        assertThat(visitor.get("/meters/" + id).at("slots")).isEqualTo("absent");
    }

    @Test
    void keepsTheFieldsThatAnAggregationNeeds() {
        Reply refused = visitor.put(
                        "/meters/" + sample.meter(),
                        Sample.meter(sample.product())
                                .replace("'derivedFields'", "'version':1,'x'")
                                .replace("{'code':'lambda_meter'", "{'derivedFields':[],'code':'lambda_meter'"))
                .refused(409, "in_use");

        assertThat(refused.message()).contains("aggregation " + sample.duration(), "duration");
    }

    @Test
    void appliesAChangedFormulaFromThenOn() {
        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "2", "3")))
                .ok();
        visitor.put(
                        "/meters/" + sample.meter(),
                        Sample.meter(sample.product())
                                .replace("memory*time", "memory+time")
                                .replace("{'code':'lambda_meter'", "{'version':1,'code':'lambda_meter'"))
                .ok();
        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "2", "3")))
                .ok();

        assertThat(visitor.post("/usage/query", "{'startDate':'2024-12-01T00:00:00Z','endDate':'2025-01-01T00:00:00Z'}")
                        .all("measure.duration"))
                .containsExactlyInAnyOrder("6", "5");
    }

    @ParameterizedTest
    @CsvSource({
        "'memory*', 'at position 7'",
        "'memory*unknown', 'unknown'",
        "'memory*duration', 'duration'",
        "'eval(1)', 'at position 0'"
    })
    void refusesFormulasThatDoNotParseOrNameWhatIsNotThere(String formula, String part) {
        Reply refused = visitor.post(
                        "/meters",
                        Sample.meter(sample.product())
                                .replace("memory*time", formula)
                                .replace("lambda_meter", "other"))
                .refused(400, "invalid");

        assertThat(refused.message()).contains(part);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'a':'WHO','a':'MEASURE'",
                "",
                "'a':'WHO','b':'WHO','c':'WHO','d':'WHO','e':'WHO','f':'WHO','g':'WHO','h':'WHO','i':'WHO','j':'WHO','k':'WHO','l':'WHO','m':'WHO','n':'WHO','o':'WHO','p':'WHO'"
            })
    void refusesFieldsThatAreThereTwiceOrNoneOrTooMany(String fields) {
        visitor.post("/meters", meter(fields, "")).refused(400, "invalid");
    }

    @Test
    void refusesAnAggregationThatItsFieldDoesNotFit() {
        String texts = visitor.created("/meters", meter("'who':'WHO'", ""));

        assertThat(visitor.post("/aggregations", Sample.aggregation(texts, "who", "SUM", "1"))
                        .refused(400, "invalid")
                        .message())
                .contains("numeric field for SUM", "who", "WHO");
        visitor.post("/aggregations", Sample.aggregation(sample.meter(), "time", "UNIQUE", "1"))
                .refused(400, "invalid");
        visitor.post("/aggregations", Sample.aggregation(sample.meter(), "none", "SUM", "1"))
                .refused(400, "invalid");
        visitor.post("/aggregations", Sample.aggregation(sample.meter(), "time", "SUM", "0"))
                .refused(400, "invalid");
        assertThat(visitor.post("/aggregations", Sample.aggregation(sample.meter(), "time", "CUSTOM_SQL", "1"))
                        .refused(400, "invalid")
                        .message())
                .contains("CUSTOM_SQL", "no text of a user becomes SQL");
        visitor.created("/aggregations", Sample.aggregation(texts, "who", "UNIQUE", "1"));
    }

    @ParameterizedTest
    @CsvSource({
        "'[1,0,0.5]', 'start at a lowerLimit of 0'",
        "'[0,0,1],[5,0,1],[5,1,1]', 'each lowerLimit once'",
        "'[-1,0,1]', 'at least 0'",
        "'', '1 to 1000 items'"
    })
    void refusesBandsThatDoNotStartAtZeroOrMeet(String bands, String part) {
        Reply refused = visitor.post("/pricings", Sample.pricing(other(), sample.duration(), "true", bands))
                .refused(400, "invalid");

        assertThat(refused.message()).contains(part);
    }

    @Test
    void sortsBandsAndGivesEachAnIdThatItKeeps() {
        String id = visitor.created("/pricings", Sample.pricing(other(), sample.duration(), "true", "[9,0,1],[0,0,2]"));
        Reply pricing = visitor.get("/pricings/" + id);

        assertThat(pricing.at("pricingBands[0].lowerLimit")).isEqualTo("0");
        assertThat(pricing.at("pricingBands[0].id")).hasSize(36).isNotEqualTo(pricing.at("pricingBands[1].id"));
        assertThat(visitor.put("/pricings/" + id, JsonText.write(pricing.body()))
                        .at("pricingBands"))
                .isEqualTo(pricing.at("pricingBands"));
    }

    @Test
    void wantsAPricingOnAPlanOrOnATemplateAndNotOnBoth() {
        String pricing = Sample.pricing(other(), sample.duration(), "true", "[0,0,1]");

        assertThat(visitor.post("/pricings", pricing.replace("'planId'", "'x'"))
                        .refused(400, "invalid")
                        .message())
                .isEqualTo("Expected exactly one of planId and planTemplateId, but neither is there.");
        assertThat(visitor.post(
                                "/pricings",
                                pricing.replace(
                                        "{'planId'", "{'planTemplateId':'%s','planId'".formatted(sample.template())))
                        .refused(400, "invalid")
                        .message())
                .isEqualTo("Expected exactly one of planId and planTemplateId, but both are there.");
        assertThat(visitor.post(
                                "/pricings",
                                pricing.replace("'cumulative'", "'endDate':'2024-12-01T00:00:00Z','cumulative'"))
                        .refused(400, "invalid")
                        .message())
                .contains("an end after the start 2024-12-01T00:00:00Z");
    }

    @Test
    void takesAnAbsentCumulativeForFalse() {
        String pricing = Sample.pricing(other(), sample.duration(), "null", "[0,0,1]");

        assertThat(visitor.post("/pricings", pricing).ok().at("cumulative")).isEqualTo("false");
    }

    @Test
    void refusesASecondPriceOfAnAggregationAtTheSameTime() {
        String pricing = Sample.pricing(sample.plan(), sample.duration(), "true", "[0,0,1]");

        Reply refused = visitor.post("/pricings", pricing).refused(409, "conflict");

        assertThat(refused.message()).contains(sample.pricing(), "[2024-12-01T00:00:00Z, open)");
        assertThat(refused.headers().firstValue("x-should-retry")).hasValue("false");
        visitor.post(
                        "/pricings",
                        pricing.replace("2024-12-01", "2024-11-01")
                                .replace("'cumulative'", "'endDate':'2024-12-01T00:00:00Z','cumulative'"))
                .ok();
        visitor.post(
                        "/pricings",
                        pricing.replace("'planId':'" + sample.plan(), "'planTemplateId':'" + sample.template()))
                .ok();
    }

    @Test
    void refusesASecondPlanOfAProductAtTheSameTime() {
        Reply refused = visitor.post("/accountplans", Sample.accountPlan(sample.account(), other()))
                .refused(409, "conflict");

        assertThat(refused.message()).contains(sample.account(), sample.product(), sample.accountPlan());
        visitor.put(
                        "/accountplans/" + sample.accountPlan(),
                        Sample.accountPlan(sample.account(), sample.plan())
                                .replace("'startDate'", "'version':1,'endDate':'2025-01-01T00:00:00Z','startDate'"))
                .ok();
        visitor.post(
                        "/accountplans",
                        Sample.accountPlan(sample.account(), other("third")).replace("2024-12-01", "2025-01-01"))
                .ok();
    }

    @Test
    void keepsAPlanTemplateWithItsProductWhilePlansInheritIt() {
        String product = visitor.created("/products", "{'code':'other','name':'Other'}");

        Reply template = visitor.put(
                        "/plantemplates/" + sample.template(),
                        Sample.template(product).replace("{'name'", "{'version':1,'name'"))
                .refused(409, "in_use");

        assertThat(template.message()).contains(sample.product(), sample.plan(), product);
    }

    @ParameterizedTest
    @CsvSource({
        "SUM,  '',                  false, cumulative is false",
        "MAX,  '',                  true,  'SUM or COUNT, but aggregation \"MAX of time\" is MAX'",
        "SUM,  '\"defaultValue\":5,', true,  defaultValue of 5"
    })
    void letsTiersSpanAPlanOnlyWhereUnitsAddUp(String function, String members, String cumulative, String reason) {
        String aggregation = visitor.created(
                "/aggregations",
                Sample.aggregation(sample.meter(), "time", function, "1").replaceFirst("[{]", "{" + members));

        Reply refused =
                visitor.post("/pricings", spanning(aggregation, cumulative)).refused(400, "invalid");

        assertThat(refused.message()).contains("tiersSpanPlan", reason);
    }

    @Test
    void keepsAnAggregationAddingUpWhileTiersSpanAPlanWithIt() {
        String body = Sample.aggregation(sample.meter(), "time", "SUM", "1");
        String aggregation = visitor.created("/aggregations", body);
        String pricing = visitor.created("/pricings", spanning(aggregation, "true"));

        Reply refused = visitor.put(
                        "/aggregations/" + aggregation,
                        body.replace("'SUM'", "'MEAN'").replaceFirst("[{]", "{'version':1,"))
                .refused(409, "in_use");

        assertThat(visitor.get("/pricings/" + pricing).at("tiersSpanPlan")).isEqualTo("true");
        assertThat(refused.message()).contains(pricing, "is MEAN");
        visitor.put("/aggregations/" + aggregation, body.replaceFirst("[{]", "{'version':1,'defaultValue':0,"))
                .ok();
    }

    private String spanning(String aggregation, String cumulative) {
        return Sample.pricing(other(), aggregation, cumulative, "[0,0,1]")
                .replaceFirst("[{]", "{'tiersSpanPlan':true,");
    }

    @ParameterizedTest
    @CsvSource({
        "plans, bespoke, true",
        "pricings, overagePricingBands, 'x'",
        "accounts, parentAccountId, 'x'",
        "accountplans, childBillingMode, 'CHILD'",
        "aggregations, customSql, 'x'"
    })
    void refusesWhatChangesMoneyAndIsNotBuiltYetAndChangesNothing(String path, String field, String value) {
        String body =
                switch (path) {
                    case "plans" -> Sample.plan(sample.template()).replace("'plan'", "'new'");
                    case "pricings" -> Sample.pricing(other(), sample.duration(), "true", "[0,0,1]");
                    case "accounts" -> Sample.account("new");
                    case "accountplans" -> Sample.accountPlan(sample.account(), other());
                    default -> Sample.aggregation(sample.meter(), "time", "SUM", "1");
                };
        int before = visitor.get("/" + path).size("data");
        String json = value.matches("[0-9]+|true") ? value : "'" + value + "'";

        Reply refused = visitor.post("/" + path, "{'%s':%s,%s".formatted(field, json, body.substring(1)))
                .refused(400, "not_yet_supported");

        assertThat(refused.at("faults[0].field")).isEqualTo(field);
        assertThat(refused.message()).contains(field, value);
        assertThat(visitor.get("/" + path).size("data")).isEqualTo(before);
    }

    private String other() {
        return other("other_plan");
    }

    /** Another plan of the same template. */
    private String other(String code) {
        return visitor.created("/plans", Sample.plan(sample.template()).replace("'plan'", "'" + code + "'"));
    }

    /**
     * A meter without derived fields.
     *
     * @param fields code and category of each
     * @param members others, each with a comma behind it
     */
    private static String meter(String fields, String members) {
        return "{%s'code':'changing','name':'Changing','derivedFields':[],'dataFields':[%s]}"
                .formatted(
                        members, fields.replaceAll("'(\\w+)':'(\\w+)'", "{'code':'$1','name':'$1','category':'$2'}"));
    }
}

package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.catalog.CompoundAggregation;
import java.time.Duration;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /compoundaggregations}, and what others have to do with them. */
@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class CompoundAggregationsTest {
    private final Visitor visitor;
    private final Sample sample;
    private final String a;
    private final String b;

    CompoundAggregationsTest(Visitor visitor) {
        this.visitor = visitor;
        this.sample = Sample.of(visitor);
        this.a = visitor.created("/aggregations", coded("a", "time"));
        this.b = visitor.created("/aggregations", coded("b", "memory"));
    }

    @Test
    void isMadeListedReadReplacedAndDeleted() {
        String body =
                """
                {'code':'ratio','name':'Ratio','calculation':' a / b ','quantityPerUnit':2.5,'rounding':'UP','unit':'r',
                 'evaluateNullAggregations':true,'productId':'%1$s','accountingProductId':'%1$s','customFields':{'k':'v'},'version':9}"""
                        .formatted(sample.product());
        String id = visitor.created("/compoundaggregations", body);
        String global = visitor.created("/compoundaggregations", compound("global", "a"));

        Reply read = visitor.get("/compoundaggregations/" + id).ok();
        assertThat(read.at("version")).isEqualTo("1");
        assertThat(read.at("calculation")).isEqualTo(" a / b ");
        assertThat(read.at("quantityPerUnit")).isEqualTo("2.5");
        assertThat(read.at("rounding")).isEqualTo("UP");
        assertThat(read.at("evaluateNullAggregations")).isEqualTo("true");
        assertThat(read.at("aggregationIds.a")).isEqualTo(a);
        assertThat(read.at("aggregationIds.b")).isEqualTo(b);
        assertThat(read.at("compoundAggregationIds")).isEqualTo("absent");
        assertThat(read.at("customFields.k")).isEqualTo("v");
        assertThat(visitor.get("/compoundaggregations").all("id")).containsExactly(global, id);
        assertThat(visitor.get("/compoundaggregations?productId=" + sample.product())
                        .all("id"))
                .containsExactly(id);
        assertThat(visitor.get("/compoundaggregations?codes=global").all("id")).containsExactly(global);
        assertThat(visitor.get("/compoundaggregations/" + global).at("evaluateNullAggregations"))
                .isEqualTo("false");

        visitor.put("/compoundaggregations/" + id, body).refused(409, "stale_version");
        assertThat(visitor.put(
                                "/compoundaggregations/" + id,
                                body.replace("'version':9", "'version':1").replace(" a / b ", "a"))
                        .ok()
                        .at("aggregationIds.b"))
                .isEqualTo("absent");
        visitor.delete("/aggregations/" + b).ok();
        visitor.delete("/compoundaggregations/" + id).ok();
        visitor.get("/compoundaggregations/" + id).refused(404, "not_found");
    }

    @ParameterizedTest
    @CsvSource({
        "a + nobody,  'has the code nobody'",
        "a +,         'at position 3'",
        "1 + 1,       'names at least one aggregation'",
        "a.b,         'position'",
        "'',          '1 to 5000 characters'"
    })
    void refusesACalculationThatCannotBeCalculated(String calculation, String part) {
        Reply refused = visitor.post("/compoundaggregations", compound("bad", calculation))
                .refused(400, "invalid");

        assertThat(refused.message()).contains("calculation", part);
    }

    @Test
    void namesTheWholeCircleOfCalculationsThatWouldNeedThemselves() {
        String one = visitor.created("/compoundaggregations", compound("one", "a + b"));
        visitor.created("/compoundaggregations", compound("two", "one * 2"));
        visitor.created("/compoundaggregations", compound("three", "b - two"));

        Reply refused = visitor.put("/compoundaggregations/" + one, versioned(1, compound("one", "a + three")))
                .refused(400, "invalid");
        Reply itself = visitor.put("/compoundaggregations/" + one, versioned(1, compound("one", "one + 1")))
                .refused(400, "invalid");

        assertThat(refused.message()).contains("one -> three -> two -> one");
        assertThat(itself.message()).contains("one -> one");
        assertThat(visitor.get("/compoundaggregations/" + one).at("calculation"))
                .isEqualTo("a + b");
    }

    @Test
    void boundsHowManyStandInEachOtherWhereverTheRowGrows() {
        int max = CompoundAggregation.DEPTH_MAX;
        String first = visitor.created("/compoundaggregations", compound("c1", "a"));
        for (int i = 2; i <= max; i++) {
            visitor.created("/compoundaggregations", compound("c" + i, "c" + (i - 1)));
        }
        visitor.created("/compoundaggregations", compound("other", "b"));

        Reply above = visitor.post("/compoundaggregations", compound("top", "c" + max))
                .refused(400, "invalid");
        Reply below = visitor.put("/compoundaggregations/" + first, versioned(1, compound("c1", "other")))
                .refused(400, "invalid");

        assertThat(above.message()).contains("at most " + max, "would be " + (max + 1));
        assertThat(below.message()).contains("at most " + max, "would be " + (max + 1));
    }

    @Test
    void keepsWhatACalculationNames() {
        String inner = visitor.created("/compoundaggregations", compound("inner", "a"));
        String outer = visitor.created("/compoundaggregations", compound("outer", "inner + 1"));

        assertThat(visitor.delete("/aggregations/" + a).refused(409, "in_use").message())
                .contains(inner);
        assertThat(visitor.delete("/compoundaggregations/" + inner)
                        .refused(409, "in_use")
                        .message())
                .contains(outer);
        assertThat(visitor.put("/aggregations/" + a, versioned(1, coded("renamed", "time")))
                        .refused(409, "in_use")
                        .message())
                .contains("code a", inner, "renamed");
        assertThat(visitor.put(
                                "/aggregations/" + a,
                                versioned(1, Sample.aggregation(sample.meter(), "time", "SUM", "1")))
                        .refused(409, "in_use")
                        .message())
                .contains("code a", inner, "absent");
        visitor.put("/compoundaggregations/" + inner, versioned(1, compound("renamed", "a")))
                .refused(409, "in_use");
        visitor.put("/aggregations/" + a, versioned(1, coded("a", "memory"))).ok();
        visitor.put("/compoundaggregations/" + outer, versioned(1, compound("outer", "b")))
                .ok();
        visitor.put("/compoundaggregations/" + inner, versioned(1, compound("renamed", "a")))
                .ok();
    }

    @Test
    void givesACodeToOneAggregationOnlySimpleOrCompound() {
        String compound = visitor.created("/compoundaggregations", compound("both", "a + b"));

        assertThat(visitor.post("/compoundaggregations", compound("a", "b"))
                        .refused(409, "taken")
                        .message())
                .contains(a);
        assertThat(visitor.post("/aggregations", coded("both", "time"))
                        .refused(409, "taken")
                        .message())
                .contains(compound);
        visitor.post("/compoundaggregations", compound("both", "b")).refused(409, "taken");
    }

    @Test
    void pricingIsOfOneAggregationSimpleOrCompound() {
        String compound = visitor.created("/compoundaggregations", compound("both", "a + b"));
        String simple = Sample.pricing(sample.plan(), a, "true", "[0,0,1]");
        String priced = simple.replace("'aggregationId':'" + a, "'compoundAggregationId':'" + compound);

        String pricing = visitor.created("/pricings", priced);

        assertThat(visitor.get("/pricings/" + pricing).at("aggregationType")).isEqualTo("COMPOUND");
        assertThat(visitor.get("/pricings/" + pricing).at("aggregationId")).isEqualTo("absent");
        assertThat(visitor.get("/pricings/" + sample.pricing()).at("aggregationType"))
                .isEqualTo("SIMPLE");
        assertThat(visitor.get("/pricings?compoundAggregationId=" + compound).all("id"))
                .containsExactly(pricing);
        assertThat(refusedPricing(
                        simple.replace("{'planId'", "{'compoundAggregationId':'%s','planId'".formatted(compound))))
                .contains("exactly one of aggregationId and compoundAggregationId, but both are there");
        assertThat(refusedPricing(simple.replace("'aggregationId'", "'x'")))
                .contains("exactly one of aggregationId and compoundAggregationId, but neither is there");
        assertThat(refusedPricing(priced.replace("{'planId'", "{'segment':{'region':'eu'},'planId'")))
                .contains("region=eu", "compoundAggregationId");
        assertThat(refusedPricing(priced.replace("{'planId'", "{'tiersSpanPlan':true,'planId'")))
                .contains("tiersSpanPlan", "compoundAggregationId");
        visitor.post("/pricings", priced.replace(compound, "nobody")).refused(400, "invalid");
        assertThat(visitor.post("/pricings", priced).refused(409, "conflict").message())
                .contains(pricing);
        assertThat(visitor.delete("/compoundaggregations/" + compound)
                        .refused(409, "in_use")
                        .message())
                .contains(pricing);
    }

    private String refusedPricing(String body) {
        return visitor.post("/pricings", body).refused(400, "invalid").message();
    }

    @Test
    void lineSaysTheFormulaAndWhatItsNamesStoodFor() {
        String half = visitor.created("/compoundaggregations", compound("half", "a / 2"));
        String both = visitor.created("/compoundaggregations", compound("both", "isnull(b, 0) + half"));
        visitor.created(
                "/pricings",
                Sample.pricing(sample.plan(), a, "true", "[0,0,1]")
                        .replace("'aggregationId':'" + a, "'compoundAggregationId':'" + both));
        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "4", "5")))
                .ok();

        String line = "data[0].lineItems[2].";
        Reply bill = billed();

        assertThat(bill.at(line + "compoundAggregationId")).isEqualTo(both);
        assertThat(bill.at(line + "aggregationId")).isEqualTo("absent");
        assertThat(bill.at(line + "meterId")).isEqualTo("absent");
        assertThat(bill.at(line + "calculation")).isEqualTo("isnull(b, 0) + half");
        assertThat(bill.at(line + "inputs"))
                .isEqualTo(
                        ("[{\"code\":\"b\",\"aggregationId\":\"%s\",\"quantity\":4},{\"code\":\"a\",\"aggregationId\":\"%s\",\"quantity\":5},"
                                        + "{\"code\":\"half\",\"compoundAggregationId\":\"%s\",\"calculation\":\"a / 2\",\"quantity\":2.5}]")
                                .formatted(b, a, half));
        assertThat(bill.at(line + "quantity")).isEqualTo("6.5");
        assertThat(bill.at("data[0].lineItems[0].inputs")).isEqualTo("absent");

        String explain = "/bills/%s/lineitems/%s/explain".formatted(bill.at("data[0].id"), bill.at(line + "id"));
        Reply explained = visitor.get(explain).ok();
        assertThat(IntStream.range(0, 5).mapToObj(i -> explained.at("steps[%d]".formatted(i))))
                .containsExactly(
                        "b: SUM of memory = 4",
                        "a: SUM of time = 5",
                        "half: a / 2 = 2.5",
                        "quantity: isnull(b, 0) + half = 6.5",
                        "units: 6.5 / 1, rounding NONE = 6.5");
        assertThat(explained.at("inForce.compoundAggregation.code")).isEqualTo("both");
        assertThat(explained.at("inForce.inputs[1].meter.code")).isEqualTo("lambda_meter");
        assertThat(explained.at("inForce.inputs[2].compoundAggregation.id")).isEqualTo(half);
        assertThat(visitor.get(explain + "?input=a").ok().at("measurements.data[0].measure.time"))
                .isEqualTo("5");
        assertThat(visitor.get(explain + "?input=half").refused(400, "invalid").message())
                .contains("[b, a]", "half");
    }

    /** All bills of December 2024. */
    private Reply billed() {
        String job = visitor.created("/billjobs", "{'billDate':'2025-01-01'}");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> visitor.get("/billjobs/" + job).ok().at("status").equals("COMPLETE"));
        return visitor.get("/bills").ok();
    }

    private String coded(String code, String field) {
        return Sample.aggregation(sample.meter(), field, "SUM", "1")
                .replaceFirst("[{]", "{'code':'%s',".formatted(code));
    }

    private static String compound(String code, String calculation) {
        return "{'code':'%s','name':'%s','calculation':'%s','quantityPerUnit':1,'rounding':'NONE','unit':'unit'}"
                .formatted(code, code, calculation);
    }

    private static String versioned(int version, String body) {
        return body.replaceFirst("[{]", "{'version':%d,".formatted(version));
    }
}

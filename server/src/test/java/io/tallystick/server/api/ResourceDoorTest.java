package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.json.Json;
import io.tallystick.server.json.JsonText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all eight resources do alike. */
@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class ResourceDoorTest {
    private static final String UNKNOWN = "00000000-0000-4000-8000-00000000dead";

    private final Visitor visitor;
    private final Sample sample;

    ResourceDoorTest(Visitor visitor) {
        this.visitor = visitor;
        this.sample = Sample.of(visitor);
    }

    /** A resource, a body that creates one, and a required field of it. */
    enum Kind {
        PRODUCTS("name"),
        METERS("dataFields"),
        AGGREGATIONS("quantityPerUnit"),
        PLANTEMPLATES("standingCharge"),
        PLANS("planTemplateId"),
        PRICINGS("pricingBands"),
        ACCOUNTS("emailAddress"),
        ACCOUNTPLANS("startDate");

        private final String required;

        Kind(String required) {
            this.required = required;
        }

        String path() {
            return "/" + name().toLowerCase(Locale.ROOT);
        }

        String body(Sample sample) {
            return switch (this) {
                case PRODUCTS -> "{'code':'new','name':'New','customFields':{'a':'b','c':1.50}}";
                case METERS ->
                    "{'code':'new','name':'New','groupId':'group','dataFields':[{'code':'who','name':'Who','category':'WHO'}],'derivedFields':[]}";
                case AGGREGATIONS -> Sample.aggregation(sample.meter(), "time", "MAX", "2.5");
                case PLANTEMPLATES -> Sample.template(sample.product());
                case PLANS ->
                    "{'code':'new','name':'New','planTemplateId':'%s','standingCharge':12.5,'standingChargeDescription':'Fee','standingChargeAccountingProductId':'%s'}"
                            .formatted(sample.template(), sample.product());
                case PRICINGS ->
                    "{'planTemplateId':'%s','aggregationId':'%s','startDate':'2024-12-01T00:00:00Z','endDate':'2025-12-01T00:00:00Z','cumulative':false,'description':'Price','code':'new','pricingBands':[{'lowerLimit':0,'fixedPrice':1,'unitPrice':-0.5}]}"
                            .formatted(sample.template(), sample.duration());
                case ACCOUNTS ->
                    "{'code':'new','name':'New','emailAddress':'a@b','currency':'EUR','daysBeforeBillDue':14,'purchaseOrderNumber':'PO','address':{'addressLine1':'Street 1','locality':'Town','country':'Land'}}";
                case ACCOUNTPLANS ->
                    "{'accountId':'%s','planId':'%s','startDate':'2024-12-01T00:00:00Z','endDate':'2025-12-01T00:00:00Z','code':'new'}"
                            .formatted(sample.visitor().created("/accounts", Sample.account("other")), sample.plan());
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersWhatWasSentWithIdVersionAndAudit(Kind kind) {
        String body = kind.body(sample);

        Reply created = visitor.post(kind.path(), body).ok();

        assertThat(created.at("id")).hasSize(36);
        assertThat(created.at("version")).isEqualTo("1");
        assertThat(created.at("createdBy")).isEqualTo("KEY_%s", visitor.keyId());
        assertThat(created.at("dtCreated"))
                .isEqualTo(created.at("dtLastModified"))
                .startsWith("20");
        Reply.parsed(body.replace('\'', '"'))
                .members()
                .forEach((name, value) ->
                        assertEchoed(name, value, created.body().members().get(name)));
        assertThat(visitor.get(kind.path() + "/" + created.at("id")).ok().body())
                .isEqualTo(created.body());
        assertThat(visitor.get(kind.path()).ok().at("data[0].id")).isEqualTo(created.at("id"));
    }

    /** The sent value is in the answer; parts may have got an id. */
    private static void assertEchoed(String name, Json sent, @org.jspecify.annotations.Nullable Json answered) {
        if (sent instanceof Json.Arr(List<Json> items) && answered instanceof Json.Arr(List<Json> answers)) {
            for (int i = 0; i < items.size(); i++) {
                assertEchoed(name, items.get(i), answers.get(i));
            }
        } else if (sent instanceof Json.Obj(Map<String, Json> members)
                && answered instanceof Json.Obj(Map<String, Json> answers)) {
            members.forEach((member, value) -> assertEchoed(name + "." + member, value, answers.get(member)));
        } else if (sent instanceof Json.Num(String literal) && answered instanceof Json.Num(String answer)) {
            assertThat(new java.math.BigDecimal(answer)).as(name).isEqualByComparingTo(literal);
        } else {
            assertThat(answered).as(name).isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesItsOwnAnswerAsTheNextVersionAndIgnoresWhatItDoesNotKnow(Kind kind) {
        Reply created = visitor.post(
                        kind.path(), with(kind.body(sample), "'id':'mine','version':7,'nonsense':{'a':[null]}"))
                .ok();
        assertThat(created.at("id")).isNotEqualTo("mine");
        assertThat(created.at("version")).isEqualTo("1");
        assertThat(created.at("nonsense")).isEqualTo("absent");

        Reply replaced = visitor.put(kind.path() + "/" + created.at("id"), JsonText.write(created.body()))
                .ok();

        assertThat(replaced.at("version")).isEqualTo("2");
        assertThat(without(replaced)).isEqualTo(without(created));
    }

    private static Map<String, Json> without(Reply reply) {
        Map<String, Json> members = new LinkedHashMap<>(reply.body().members());
        members.keySet().removeAll(List.of("version", "dtLastModified"));
        return members;
    }

    @ParameterizedTest
    @EnumSource
    void refusesAReplacementWithoutItsVersionOrWithAStaleOne(Kind kind) {
        String body = kind.body(sample);
        String id = visitor.created(kind.path(), body);
        String path = kind.path() + "/" + id;

        assertThat(visitor.put(path, body).refused(400, "invalid").at("faults[0].code"))
                .isEqualTo("missing");
        assertThat(visitor.put(path, with(body, "'version':'1'"))
                        .refused(400, "invalid")
                        .message())
                .contains("version", "\"1\"");
        Reply stale = visitor.put(path, with(body, "'version':3")).refused(409, "stale_version");
        assertThat(stale.headers().firstValue("x-should-retry")).hasValue("false");
        assertThat(stale.message()).contains("version 1", "version 3", id);
        assertThat(visitor.get(path).at("version")).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource
    void showsWhoDidWhatToADocumentAndWhatItSaidThen(Kind kind) {
        Reply created = visitor.post(kind.path(), kind.body(sample)).ok();
        String path = kind.path() + "/" + created.at("id");
        Reply replaced = visitor.put(path, JsonText.write(created.body())).ok();
        visitor.delete(path).ok();

        Reply revisions = visitor.get(path + "/revisions").ok();

        assertThat(revisions.all("change")).containsExactly("CREATED", "REPLACED", "DELETED");
        assertThat(revisions.all("by")).containsOnly(created.at("createdBy"));
        assertThat(revisions.at("data[0].at")).isEqualTo(created.at("dtCreated"));
        assertThat(revisions.at("data[0].document.version")).isEqualTo("1");
        assertThat(revisions.at("data[1].at")).isEqualTo(replaced.at("dtLastModified"));
        assertThat(revisions.at("data[2].document.version")).isEqualTo("2");
        visitor.get(kind.path() + "/nobody/revisions").refused(404, "not_found");
    }

    @ParameterizedTest
    @EnumSource
    void deletesWithTheEntityAsAnswer(Kind kind) {
        String body = kind.body(sample);
        Reply created = visitor.post(kind.path(), body).ok();
        String path = kind.path() + "/" + created.at("id");

        assertThat(visitor.delete(path).ok().body()).isEqualTo(created.body());

        assertThat(visitor.get(path).refused(404, "not_found").message()).contains(created.at("id"));
        visitor.delete(path).refused(404, "not_found");
        visitor.put(path, with(body, "'version':1")).refused(404, "not_found");
    }

    @ParameterizedTest
    @EnumSource
    void saysWhichRequiredFieldIsAbsentAlsoWhereItIsNull(Kind kind) {
        Map<String, Json> members = new LinkedHashMap<>(
                Reply.parsed(kind.body(sample).replace('\'', '"')).members());
        members.put(kind.required, new Json.Null());

        Reply refused =
                visitor.post(kind.path(), JsonText.write(new Json.Obj(members))).refused(400, "invalid");

        assertThat(refused.at("faults[0].field")).isEqualTo(kind.required);
        assertThat(refused.at("faults[0].code")).isEqualTo("missing");
        assertThat(refused.message()).isEqualTo("Expected the field %s, but it is absent.".formatted(kind.required));
    }

    @ParameterizedTest
    @EnumSource
    void refusesBodiesThatAreNoObject(Kind kind) {
        visitor.send("PUT", kind.path() + "/x", Optional.empty()).refused(400, "malformed");
        visitor.post(kind.path(), "").refused(400, "malformed");
        visitor.post(kind.path(), "[]").refused(400, "invalid");
        visitor.post(kind.path(), "{").refused(400, "malformed");
        visitor.post(kind.path(), "{}{}").refused(400, "malformed");
    }

    @ParameterizedTest
    @EnumSource
    void isServedWithAdditionalSlashes(Kind kind) {
        String id = visitor.created(kind.path() + "/", kind.body(sample));

        String doubled = "//organizations//" + visitor.organization() + "/" + kind.path() + "//" + id + "/";
        Reply reply = visitor.send(
                visitor.bare(doubled).header("X-API-KEY", visitor.credentials().apiKey()));

        assertThat(reply.ok().at("id")).isEqualTo(id);
    }

    @Test
    void collectsEveryFaultOfABody() {
        Reply refused = visitor.post(
                        "/meters",
                        "{'code':' x','dataFields':[{'code':'1a','name':'','category':'WHEN'}],'derivedFields':null}")
                .refused(400, "invalid");

        assertThat(refused.at("faults")).contains("\"code\"", "dataFields[0].code", "derivedFields");
        assertThat(IntStream.range(0, refused.size("faults"))
                        .mapToObj(i -> refused.at("faults[%d].field".formatted(i))))
                .containsExactly(
                        "code",
                        "name",
                        "dataFields[0].code",
                        "dataFields[0].name",
                        "dataFields[0].category",
                        "derivedFields");
    }

    @Test
    void saysWhichReferenceLeadsNowhere() {
        assertDangling("/meters", Sample.meter(UNKNOWN).replace("lambda_meter", "x"), "productId", "product");
        assertDangling("/aggregations", Sample.aggregation(UNKNOWN, "time", "SUM", "1"), "meterId", "meter");
        assertDangling("/plantemplates", Sample.template(UNKNOWN), "productId", "product");
        assertDangling("/plans", Sample.plan(UNKNOWN).replace("'plan'", "'x'"), "planTemplateId", "plantemplate");
        assertDangling("/pricings", Sample.pricing(UNKNOWN, sample.duration(), "true", "[0,0,1]"), "planId", "plan");
        assertDangling(
                "/pricings", Sample.pricing(sample.plan(), UNKNOWN, "true", "[0,0,1]"), "aggregationId", "aggregation");
        assertDangling("/accountplans", Sample.accountPlan(UNKNOWN, sample.plan()), "account", "account");
        assertDangling("/accountplans", Sample.accountPlan(sample.account(), UNKNOWN), "planId", "plan");
    }

    private void assertDangling(String path, String body, String field, String kind) {
        Reply refused = visitor.post(path, body).refused(400, "invalid");
        assertThat(refused.at("faults[0].code")).as("%s", refused.text()).isEqualTo("unknown_reference");
        assertThat(refused.at("faults[0].field")).startsWith(field);
        assertThat(refused.message()).contains("id of a " + kind, UNKNOWN);
    }

    @Test
    void saysWhatStillRefersToADocumentThatShallGo() {
        assertInUse("/products/" + sample.product(), "productId of ", sample.product());
        assertInUse("/meters/" + sample.meter(), "meterId of aggregation ", sample.meter());
        assertInUse("/aggregations/" + sample.duration(), "aggregationId of pricing ", sample.pricing());
        assertInUse("/plantemplates/" + sample.template(), "planTemplateId of plan ", sample.plan());
        assertInUse("/plans/" + sample.plan(), " of ", sample.plan());
        assertInUse("/accounts/" + sample.account(), " of accountplan ", sample.accountPlan());
    }

    private void assertInUse(String path, String... parts) {
        Reply refused = visitor.delete(path).refused(409, "in_use");
        assertThat(refused.headers().firstValue("x-should-retry")).hasValue("false");
        assertThat(refused.message()).contains(parts);
        visitor.get(path).ok();
    }

    @Test
    void saysWhoHasACodeAlready() {
        for (Kind kind : List.of(Kind.PRODUCTS, Kind.METERS, Kind.PLANS, Kind.PRICINGS, Kind.ACCOUNTS)) {
            String body = kind.body(sample);
            String holder = visitor.created(kind.path(), body);

            Reply refused = visitor.post(
                    kind.path(), body.replace("2024-12-01", "2026-01-01").replace("2025-12-01", "2027-01-01"));

            refused.refused(409, "taken");
            assertThat(refused.headers().firstValue("x-should-retry")).hasValue("false");
            assertThat(refused.message()).contains("code", "\"new\"", holder);
        }
    }

    @Test
    void letsACodeBeTakenAgainWhenItsHolderIsGone() {
        visitor.delete("/products/" + visitor.created("/products", "{'code':'x','name':'X'}"))
                .ok();

        visitor.post("/products", "{'code':'x','name':'X'}").ok();
    }

    @Test
    void keepsCodesToTheirLimits() {
        for (String code : List.of("a", "a".repeat(80), "\uD83D\uDE00".repeat(80), "a b", "ı")) {
            assertThat(visitor.post("/products", "{'code':'%s','name':'X'}".formatted(code))
                            .ok()
                            .at("code"))
                    .isEqualTo(code);
        }
        for (String code : List.of("", "a".repeat(81), " a", "a ", "a\\u0007b", "a\\u00a0")) {
            Reply refused = visitor.post("/products", "{'code':'%s','name':'X'}".formatted(code))
                    .refused(400, "invalid");
            assertThat(refused.message()).startsWith("Expected code to be a code of 1 to 80 characters");
        }
        visitor.post("/products", "{'code':5,'name':'X'}").refused(400, "invalid");
    }

    @Test
    void refusesANumberThatWouldTakeMinutesToWriteOut() {
        long start = System.nanoTime();
        Reply refused = visitor.post(
                        "/plantemplates",
                        Sample.template(sample.product()).replace("'standingCharge':0", "'standingCharge':1e100000000"))
                .refused(400, "invalid");

        assertThat(refused.message()).contains("standingCharge", "26 digits", "1e100000000");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        visitor.post(
                        "/plantemplates",
                        Sample.template(sample.product()).replace("'standingCharge':0", "'standingCharge':'NaN'"))
                .refused(400, "invalid");
        visitor.post(
                        "/plantemplates",
                        Sample.template(sample.product()).replace("'standingCharge':0", "'standingCharge':NaN"))
                .refused(400, "malformed");
        visitor.post(
                        "/plantemplates",
                        Sample.template(sample.product()).replace("'standingCharge':0", "'standingCharge':-0.01"))
                .refused(400, "invalid");
    }

    private static String with(String body, String members) {
        return "{" + members + "," + body.strip().substring(1);
    }
}

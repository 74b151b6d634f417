package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class ListDoorTest {
    private static final String NONE = "00000000-0000-4000-8000-00000000dead";

    private final Visitor visitor;

    ListDoorTest(Visitor visitor) {
        this.visitor = visitor;
    }

    @Test
    void goesThroughEverythingPageByPageNewestFirst() {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            codes.addFirst(product("code" + i).at("code"));
        }

        List<String> seen = new ArrayList<>();
        Reply page = visitor.get("/products?pageSize=3").ok();
        seen.addAll(page.all("code"));
        for (int pages = 1; !page.at("nextToken").equals("absent"); pages++) {
            assertThat(pages).isLessThan(3);
            page = visitor.get("/products?pageSize=3&nextToken=" + page.at("nextToken"))
                    .ok();
            seen.addAll(page.all("code"));
        }

        assertThat(seen).isEqualTo(codes);
    }

    @Test
    void staysInPlaceWhenSomethingNewComesBetweenTwoPages() {
        product("a");
        product("b");
        product("c");
        Reply first = visitor.get("/products?pageSize=2");
        product("d");

        assertThat(visitor.get("/products?pageSize=2&nextToken=" + first.at("nextToken"))
                        .all("code"))
                .containsExactly("a");
    }

    @Test
    void hasNoNextTokenWhenTheLastPageIsFull() {
        product("a");
        product("b");

        assertThat(visitor.get("/products?pageSize=2").at("nextToken")).isEqualTo("absent");
    }

    @Test
    void takesAnEmptyTokenForNone() {
        product("a");

        assertThat(visitor.get("/products?nextToken=").all("code")).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "201", "ten", "1.5", "99999999999"})
    void refusesAPageSizeOutsideItsBounds(String size) {
        assertThat(visitor.get("/products?pageSize=" + size)
                        .refused(400, "invalid")
                        .message())
                .isEqualTo("Expected pageSize to be a whole number of 1 to 200, but was \"%s\".".formatted(size));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "x", "-5", "2147483648"})
    void refusesATokenThatItNeverGave(String token) {
        visitor.get("/products?nextToken=" + token).refused(400, "invalid");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 200})
    void takesTheBoundsOfThePageSize(int size) {
        visitor.get("/products?pageSize=" + size).ok();
    }

    @Test
    void findsIdsJoinedByCommasOrRepeatedOrBoth() {
        String a = product("a").at("id");
        String b = product("b").at("id");
        String c = product("c").at("id");
        product("d");

        for (String query : List.of(
                "ids=%s%%2C%s%%2C%s", "ids=%s,%s,%s", "ids=%s&ids=%s&ids=%s", "ids=%s,%s&ids=%s", "ids=%s,,%s,%s,")) {
            assertThat(visitor.get("/products?" + query.formatted(a, b, c)).ok().all("id"))
                    .as(query)
                    .containsExactly(c, b, a);
        }
        assertThat(visitor.get("/products?ids=" + NONE).all("id")).isEmpty();
        assertThat(visitor.get("/products?ids=").all("id")).hasSize(4);
    }

    @Test
    void narrowsByEachFilterOfEachResource() {
        Sample sample = Sample.of(visitor);
        String other = product("other").at("id");
        visitor.created("/meters", Sample.meter(other).replace("lambda_meter", "other_meter"));

        assertThat(visitor.get("/meters?productId=" + sample.product()).all("id"))
                .containsExactly(sample.meter());
        assertThat(visitor.get("/meters?codes=other_meter,none").all("code")).containsExactly("other_meter");
        assertThat(visitor.get("/meters?codes=other_meter,lambda_meter&productId=" + other)
                        .all("code"))
                .containsExactly("other_meter");
        assertThat(visitor.get("/aggregations?productId=" + sample.product()).all("id"))
                .containsExactly(sample.requests(), sample.duration());
        assertThat(visitor.get("/aggregations?productId=" + other).all("id")).isEmpty();
        assertThat(visitor.get("/plantemplates?productId=" + sample.product()).all("id"))
                .containsExactly(sample.template());
        assertThat(visitor.get("/plantemplates?productId=" + other).all("id")).isEmpty();
        assertThat(visitor.get("/plans?productId=" + sample.product()).all("id"))
                .containsExactly(sample.plan());
        assertThat(visitor.get("/plans?accountId=" + sample.account()).all("id"))
                .isEmpty();
        assertThat(visitor.get("/pricings?aggregationId=" + sample.duration()).all("id"))
                .containsExactly(sample.pricing());
        assertThat(visitor.get("/pricings?planId=" + sample.plan()).all("id")).hasSize(2);
        assertThat(visitor.get("/pricings?planTemplateId=" + sample.template()).all("id"))
                .isEmpty();
        assertThat(visitor.get("/accounts?codes=mickey").all("id")).containsExactly(sample.account());
    }

    @Test
    void showsPricingsInForceOnADay() {
        Sample sample = Sample.of(visitor);
        visitor.put(
                        "/pricings/" + sample.pricing(),
                        Sample.pricing(sample.plan(), sample.duration(), "true", "[0,0,1]")
                                .replace("'cumulative'", "'endDate':'2024-12-05T12:00:00Z','version':1,'cumulative'"))
                .ok();
        String query = "/pricings?aggregationId=" + sample.duration() + "&date=";

        assertThat(visitor.get(query + "2024-11-30").all("id")).isEmpty();
        assertThat(visitor.get(query + "2024-12-01").all("id")).containsExactly(sample.pricing());
        assertThat(visitor.get(query + "2024-12-05").all("id")).containsExactly(sample.pricing());
        assertThat(visitor.get(query + "2024-12-06").all("id")).isEmpty();
        for (String date : List.of("2024-13-01", "yesterday", "2024-12-01T00:00:00Z", "2024-12-01,2024-12-02")) {
            assertThat(visitor.get(query + date).refused(400, "invalid").message())
                    .contains("date", date);
        }
    }

    @Test
    void showsAnAccountsPlansInForceUnlessAllAreWanted() {
        Sample sample = Sample.of(visitor);
        visitor.put(
                        "/accountplans/" + sample.accountPlan(),
                        Sample.accountPlan(sample.account(), sample.plan())
                                .replace("'startDate'", "'version':1,'endDate':'2025-01-01T00:00:00Z','startDate'"))
                .ok();
        String path = "/accountplans?account=" + sample.account();

        assertThat(visitor.get(path).all("id")).isEmpty();
        assertThat(visitor.get(path + "&includeall=true").all("id")).containsExactly(sample.accountPlan());
        assertThat(visitor.get(path + "&includeall=false").all("id")).isEmpty();
        assertThat(visitor.get(path + "&includeall=yes").refused(400, "invalid").message())
                .isEqualTo("Expected includeall to be true or false, but was \"yes\".");
        assertThat(visitor.get(path + "&includeall=true&product=" + sample.product())
                        .all("id"))
                .containsExactly(sample.accountPlan());
        assertThat(visitor.get("/accountplans?plan=" + sample.plan()).all("id")).containsExactly(sample.accountPlan());
        assertThat(visitor.get("/accountplans?date=2024-12-31").all("id")).containsExactly(sample.accountPlan());
        assertThat(visitor.get("/accountplans?date=2025-01-01").all("id")).isEmpty();
        assertThat(visitor.get("/accountplans?contract=" + NONE).all("id")).isEmpty();
        assertThat(visitor.get("/accountplans?ids=" + sample.accountPlan() + "," + NONE)
                        .all("id"))
                .containsExactly(sample.accountPlan());
    }

    @Test
    void answersAtMostAHundredWhereNoPageSizeIsGiven() {
        IntStream.range(0, 101).forEach(i -> product("code" + i));

        Reply page = visitor.get("/products");

        assertThat(page.all("code")).hasSize(100).startsWith("code100").endsWith("code1");
        assertThat(visitor.get("/products?nextToken=" + page.at("nextToken")).all("code"))
                .containsExactly("code0");
    }

    private Reply product(String code) {
        return visitor.post("/products", "{'code':'%s','name':'Name'}".formatted(code))
                .ok();
    }
}

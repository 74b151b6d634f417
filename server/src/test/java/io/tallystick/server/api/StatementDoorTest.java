package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.access.Role;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What stands behind a bill, day by day, as files. */
@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class StatementDoorTest {
    private static final String AT = "2024-12-12T20:36:00.123456Z";

    private final LiveServer server;
    private final Visitor visitor;

    StatementDoorTest(LiveServer server, Visitor visitor) {
        this.server = server;
        this.visitor = visitor;
    }

    @Test
    void daysOfALineAddUpToItsQuantityInTheZoneOfTheBill() {
        Sample sample = Sample.of(visitor);
        berlin();
        measure("32", "1600", AT, "2024-12-12T22:59:59.999999Z", "2024-12-12T23:00:00Z", "2024-12-01T00:00:00Z");
        measure("1000", "1000", "2024-11-30T23:59:59.999999Z", "2024-12-31T23:00:00Z");
        Reply bill = new Bills(visitor).december(sample.account());

        Reply statement = loaded(bill.at("id"), "json");

        int line = line(statement, "SUM of duration");
        String usage = "lineItems[%d].usage".formatted(line);
        assertThat(statement.at("billTotal") + " " + statement.at("timezone"))
                .isEqualTo("%s Europe/Berlin", bill.at("billTotal"));
        assertThat(IntStream.range(0, statement.size(usage))
                        .mapToObj(i -> statement.at("%s[%d].date".formatted(usage, i)) + " "
                                + statement.at("%s[%d].quantity".formatted(usage, i)) + " "
                                + statement.at("%s[%d].measurements".formatted(usage, i))))
                .containsExactly("2024-12-01 51200 1", "2024-12-12 102400 2", "2024-12-13 51200 1");
        for (int i = 0; i < statement.size("lineItems"); i++) {
            assertThat(sum(statement, "lineItems[%d]".formatted(i)))
                    .isEqualByComparingTo(statement.at("lineItems[%d].quantity".formatted(i)));
        }
    }

    @Test
    void isOfTheUsageThatTheBillHasSeen() {
        Sample sample = Sample.of(visitor);
        measure("32", "1600", AT);
        Reply bill = new Bills(visitor).december(sample.account());
        visitor.put("/bills/" + bill.at("id") + "/status", "{'status':'APPROVED'}")
                .ok();
        String before = loaded(bill.at("id"), "json").text();

        measure("1", "1", AT);

        assertThat(loaded(bill.at("id"), "json").text()).isEqualTo(before).contains("\"quantity\":51200");
    }

    @Test
    void spreadsheetShowsTheSameDaysAndRunsNothing() {
        Sample sample = Sample.of(visitor);
        visitor.put(
                        "/pricings/" + sample.pricing(),
                        Sample.pricing(sample.plan(), sample.duration(), "true", "[0,0,0.5]")
                                .replace("'cumulative'", "'version':1,'description':'=HYPERLINK(1),2','cumulative'"))
                .ok();
        measure("2", "3", AT);
        Reply bill = new Bills(visitor).december(sample.account());

        HttpResponse<String> file = file(url("GET", bill.at("id"), "csv"));

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("content-type")).hasValue("text/csv; charset=utf-8; header=present");
        assertThat(file.headers().firstValue("content-disposition")).hasValue("attachment; filename=\"statement.csv\"");
        assertThat(file.body().split("\r\n", -1))
                .startsWith(
                        "account,invoice,line,type,product,description,segment,service_period_start,service_period_end,function,date,quantity,measurements,line_quantity,line_units,unit,line_amount,currency",
                        "mickey,,1,USAGE,AWS Lambda,\"'=HYPERLINK(1),2\",,2024-12-01T00:00:00Z,2025-01-01T00:00:00Z,SUM,2024-12-12,6,1,6,6,unit,3,USD")
                .hasSize(4);
        assertThat(file(url("POST", bill.at("id"), "csv")).body()).isEqualTo(file.body());
    }

    @Test
    void addressOpensOneFileOfOneBillForAWhile() {
        Sample sample = Sample.of(visitor);
        String bill = new Bills(visitor).december(sample.account()).at("id");
        String url = url("GET", bill, "json");

        assertThat(url).startsWith(visitor.address() + "/organizations/" + visitor.organization() + "/bills/" + bill);
        assertThat(file(url).statusCode()).isEqualTo(200);
        for (String other : List.of(
                url.replace("format=json", "format=csv"),
                url.replaceAll("until=\\d+", "until=99999999999"),
                url.replaceAll("signature=.", "signature=!"),
                url.replace("/" + bill + "/", "/other/"),
                url.replace(visitor.organization(), server.visitor(Role.ADMIN).organization()),
                url.replaceAll("\\?.*", ""))) {
            Reply.of(file(other)).refused(403, "forbidden");
        }
        visitor.get("/bills/none/statement/json").refused(404, "not_found");
        server.visitor(visitor.organization(), Role.INGEST)
                .get("/bills/" + bill + "/statement/json")
                .refused(403, "forbidden");
    }

    private void berlin() {
        visitor.put(
                        "/organizationconfig",
                        "{'version':1,'currency':'USD','timezone':'Europe/Berlin','dayEpoch':'2022-01-01','weekEpoch':'2022-01-04',"
                                + "'monthEpoch':'2022-01-01','yearEpoch':'2022-01-01','daysBeforeBillDue':30}")
                .ok();
    }

    private void measure(String memory, String time, String... instants) {
        for (String at : instants) {
            visitor.post(
                            "/measurements",
                            Sample.batch(
                                    Sample.measurement("mickey", memory, time).replace(AT, at)))
                    .ok();
        }
    }

    private String url(String method, String bill, String format) {
        return visitor.send(method, "/bills/%s/statement/%s".formatted(bill, format), Optional.empty())
                .ok()
                .at("downloadUrl");
    }

    private Reply loaded(String bill, String format) {
        return Reply.of(file(url("GET", bill, format))).ok();
    }

    /** Loads an address without any credential. */
    private HttpResponse<String> file(String url) {
        return visitor.response(HttpRequest.newBuilder(URI.create(url)).GET());
    }

    private static int line(Reply statement, String description) {
        return IntStream.range(0, statement.size("lineItems"))
                .filter(i ->
                        statement.at("lineItems[%d].description".formatted(i)).equals(description))
                .findFirst()
                .orElseThrow();
    }

    private static BigDecimal sum(Reply statement, String line) {
        return IntStream.range(0, statement.size(line + ".usage"))
                .mapToObj(i -> new BigDecimal(statement.at("%s.usage[%d].quantity".formatted(line, i))))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}

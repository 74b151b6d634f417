package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.access.Role;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The invoice of a bill that a job has made. */
@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class InvoiceDoorTest {
    private static final Pattern ROW = Pattern.compile("<tr[^>]*>(.*?)</tr>");
    private static final Pattern CELL = Pattern.compile("<t[hd][^>]*>(.*?)</t[hd]>");

    private final LiveServer server;
    private final Visitor visitor;

    InvoiceDoorTest(LiveServer server, Visitor visitor) {
        this.server = server;
        this.visitor = visitor;
    }

    @Test
    void showsTheFiguresOfTheBillLineByLineAndBandByBand() {
        Sample sample = Sample.of(visitor);
        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "70000", "100000")))
                .ok();
        Reply bill = new Bills(visitor).december(sample.account());

        String page = page(bill.at("id"));

        assertThat(rows(page))
                .containsExactly(
                        "Description | Units | Price each, USD | Fixed price, USD | Amount, USD",
                        "SUM of duration 1 December 2024 to 31 December 2024 | 7,000,000,000 unit | | | 126,500.22",
                        "Band above 0 | 6,000,000,000 | 0.00001833337 | | 110,000.22",
                        "Band above 6,000,000,000 | 1,000,000,000 | 0.0000165 | | 16,500.00",
                        "COUNT of memory 1 December 2024 to 31 December 2024 | 0.000001 unit | 0.22 | | 0.00",
                        "Total, USD | 126,500.22");
        assertThat(text(page))
                .contains(
                        "Draft invoice",
                        "Pending: this is not an invoice yet.",
                        "Bill to Mickey Mouse Inc",
                        "Invoice number pending",
                        "Invoice date 1 January 2025",
                        "Due date 31 January 2025",
                        "Period 1 December 2024 to 31 December 2024 (UTC)",
                        "Total due by 31 January 2025: 126,500.22 USD")
                .doesNotContain("Used and not charged", "Purchase order");
    }

    @Test
    void showsTextsOfOthersAsTextAndLoadsNothing() {
        Sample sample = Sample.of(visitor);
        visitor.put(
                        "/accounts/" + sample.account(),
                        "{'version':1,'code':'mickey','name':'<script>alert(1)</script> & Söhne','emailAddress':'m@example.com',"
                                + "'purchaseOrderNumber':'<b>PO</b>','address':{'addressLine1':'<img src=x>','postCode':'10115','locality':'Berlin'}}")
                .ok();
        Reply bill = new Bills(visitor).december(sample.account());

        HttpResponse<String> response = response(visitor, bill.at("id"));

        assertThat(response.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(response.body())
                .startsWith("<!doctype html>\n<html lang=\"en\">")
                .contains(
                        "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Söhne",
                        "&lt;b&gt;PO&lt;/b&gt;",
                        "&lt;img src=x&gt;",
                        "10115 Berlin")
                .doesNotContain("<script", "<img", "<b>", "<link", "http:", "https:", "url(", "@import");
        String style = response.body().replaceAll("(?s).*<style>(.*)</style>.*", "$1");
        assertThat(response.headers().firstValue("content-security-policy"))
                .hasValue("default-src 'none'; style-src 'sha256-" + sha256(style)
                        + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(response.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    }

    @Test
    void staysAsItWasApprovedWhateverBecomesOfTheAccount() {
        Sample sample = Sample.of(visitor);
        Reply bill = new Bills(visitor).december(sample.account());
        visitor.put("/bills/" + bill.at("id") + "/status", "{'status':'APPROVED'}")
                .ok();
        String approved = page(bill.at("id"));

        visitor.put(
                        "/accounts/" + sample.account(),
                        "{'version':1,'code':'mickey','name':'Somebody Else','emailAddress':'m@example.com'}")
                .ok();
        visitor.created(
                "/picklists/currency", "{'name':'dollar','code':'USD','maxDecimalPlaces':4,'roundingMode':'DOWN'}");

        assertThat(page(bill.at("id"))).isEqualTo(approved);
        assertThat(text(approved))
                .contains("Invoice 1", "Invoice number 1", "Bill to Mickey Mouse Inc")
                .doesNotContain("Draft", "Pending");
    }

    @Test
    void showsWhatIsGivenBackBelowWhatIsCharged() {
        Sample sample = Sample.of(visitor);
        visitor.put(
                        "/plantemplates/" + sample.template(),
                        Sample.template(sample.product())
                                .replace("'standingCharge':0", "'version':1,'standingCharge':20"))
                .ok();
        Reply bill = new Bills(visitor).december(sample.account());
        visitor.post(
                        "/bills/" + bill.at("id") + "/creditlineitems",
                        ("{'amount':25.5,'description':'Outage','productId':'%s','accountingProductId':'%s','referencedBillId':'%s',"
                                        + "'referencedLineItemId':'%s','servicePeriodStartDate':'2024-12-01T00:00:00Z','servicePeriodEndDate':'2025-01-01T00:00:00Z'}")
                                .formatted(
                                        sample.product(), sample.product(), bill.at("id"), bill.at("lineItems[0].id")))
                .ok();

        assertThat(text(page(bill.at("id")))).contains("Draft credit note", "Total in your favor: 5.50 USD");
        assertThat(rows(page(bill.at("id"))))
                .endsWith(
                        "Outage 1 December 2024 to 31 December 2024 | | | | \u221225.50",
                        "Charges | 20.00",
                        "Credits | \u221225.50",
                        "Total, USD | \u22125.50");
    }

    @Test
    void isForThoseWhoMaySeeTheBill() {
        Sample sample = Sample.of(visitor);
        String id = new Bills(visitor).december(sample.account()).at("id");

        assertThat(response(server.visitor(visitor.organization(), Role.READ), id)
                        .statusCode())
                .isEqualTo(200);
        visitor.get("/bills/none/invoice").refused(404, "not_found");
        server.visitor(Role.ADMIN).get("/bills/" + id + "/invoice").refused(404, "not_found");
        server.visitor(visitor.organization(), Role.INGEST)
                .get("/bills/" + id + "/invoice")
                .refused(403, "forbidden");
    }

    private String page(String bill) {
        HttpResponse<String> response = response(visitor, bill);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private static HttpResponse<String> response(Visitor who, String bill) {
        return who.response(who.request("/bills/" + bill + "/invoice").GET());
    }

    /** The rows of the table, cells between bars. */
    private static List<String> rows(String page) {
        return matches(ROW, page)
                .map(row -> matches(CELL, row)
                        .map(InvoiceDoorTest::text)
                        .reduce((one, other) -> other.isEmpty() ? one + " |" : one + " | " + other)
                        .orElse(""))
                .toList();
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1));
    }

    private static String text(String markup) {
        return markup.replaceAll("(?s)<style>.*</style>", " ")
                .replaceAll("<span class=\"tail\">", "")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ")
                .replace(" .", ".")
                .strip();
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

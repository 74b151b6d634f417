package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.access.Role;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines that somebody writes by hand onto a bill, and the reasons they give, over HTTP. */
@Timeout(180)
@ExtendWith(LiveServer.Extension.class)
final class ManualLineDoorTest {
    private final LiveServer server;
    private final Visitor visitor;

    ManualLineDoorTest(LiveServer server, Visitor visitor) {
        this.server = server;
        this.visitor = visitor;
    }

    @Test
    void billIsRightAtOnceAndInItsNextVersion() {
        Sample sample = Sample.of(visitor);
        Reply bill = billOf(sample);
        String path = "/bills/" + bill.at("id");
        String reason = visitor.created("/picklists/creditreasons", "{'name':'Goodwill','code':'goodwill'}");

        Reply credit = visitor.post(
                        path + "/creditlineitems",
                        body(sample, bill, "5.5", ",'creditReasonId':'%s'".formatted(reason)))
                .ok();
        Reply credited = visitor.get(path).ok();
        String debit = visitor.created(path + "/debitlineitems", body(sample, bill, "2", ""));
        Reply both = visitor.get(path).ok();
        visitor.put(
                        path + "/creditlineitems/" + credit.at("id"),
                        body(sample, bill, "1", ",'version':1,'amountToApplyOnBill':0.25"))
                .ok();
        Reply changed = visitor.get(path).ok();
        visitor.delete(path + "/debitlineitems/" + debit).ok();
        Reply deleted = visitor.get(path).ok();

        assertThat(List.of(
                        credit.at("billId"),
                        credit.at("reasonId"),
                        credit.at("creditReasonId"),
                        credit.at("lineItemType")))
                .containsExactly(bill.at("id"), reason, reason, "CREDIT_MEMO");
        assertThat(List.of(total(bill), total(credited), total(both), total(changed), total(deleted)))
                .containsExactly("1 0", "2 -5.5", "3 -3.5", "4 1.75", "5 -0.25");
        assertThat(List.of(credited.at("lineItems[2].id"), credited.at("lineItems[2].reasonId")))
                .containsExactly(credit.at("id"), reason);
        assertThat(List.of(both.at("lineItems[3].sequenceNumber"), both.at("lineItems[3].lineItemType")))
                .containsExactly("4", "DEBIT_MEMO");
        assertThat(visitor.get(path + "/creditlineitems").ok().all("amount")).containsExactly("1");
        assertThat(visitor.get(path + "/creditlineitems/" + credit.at("id"))
                        .ok()
                        .at("version"))
                .isEqualTo("2");
        assertThat(visitor.get("/events?eventName=billing.debitlineitem.deleted")
                        .all("eventName"))
                .containsExactly("billing.debitlineitem.deleted");
    }

    @Test
    void calculatingAgainKeepsWhatWasWrittenByHand() {
        Sample sample = Sample.of(visitor);
        Reply bill = billOf(sample);
        visitor.created("/bills/%s/creditlineitems".formatted(bill.at("id")), body(sample, bill, "5", ""));
        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "32", "1600")))
                .ok();

        Reply again = billOf(sample);
        Reply unchanged = billOf(sample);

        assertThat(total(again)).isEqualTo("3 -4.06");
        assertThat(unchanged.body()).isEqualTo(again.body());
    }

    @Test
    void closedBillStaysAsItIsAndTheRefusalNamesItsNumber() {
        Sample sample = Sample.of(visitor);
        Reply bill = billOf(sample);
        String lines = "/bills/%s/creditlineitems".formatted(bill.at("id"));
        String line = visitor.created(lines, body(sample, bill, "5", ""));
        visitor.put("/bills/%s/status".formatted(bill.at("id")), "{'status':'APPROVED'}")
                .ok();

        assertThat(visitor.post(lines, body(sample, bill, "1", ""))
                        .refused(409, "conflict")
                        .message())
                .contains("APPROVED", "invoice 1");
        visitor.put(lines + "/" + line, body(sample, bill, "1", ",'version':1")).refused(409, "conflict");
        visitor.put("/bills/%s/lock".formatted(bill.at("id")), "").ok();
        assertThat(visitor.delete(lines + "/" + line).refused(409, "conflict").message())
                .contains("locked", "invoice 1");
        assertThat(visitor.get("/bills/" + bill.at("id")).at("billTotal")).isEqualTo("-5");
    }

    @Test
    void promisedCreditIsNotLostWithItsBill() {
        Sample sample = Sample.of(visitor);
        Reply bill = billOf(sample);
        String path = "/bills/" + bill.at("id");
        String line = visitor.created(path + "/creditlineitems", body(sample, bill, "5", ""));

        assertThat(visitor.delete(path).refused(409, "in_use").message()).contains(line);
        visitor.delete(path + "/creditlineitems/" + line).ok();
        visitor.delete(path).ok();
    }

    @Test
    void usedReasonStaysAndAnArchivedOneIsNotGivenAnyMore() {
        Sample sample = Sample.of(visitor);
        Reply bill = billOf(sample);
        String lines = "/bills/%s/debitlineitems".formatted(bill.at("id"));
        String reason = visitor.created("/picklists/debitreasons", "{'name':'Postage','code':'postage'}");
        String other = visitor.created("/picklists/creditreasons", "{'name':'Postage','code':'postage'}");
        String line = visitor.created(lines, body(sample, bill, "5", ",'debitReasonId':'%s'".formatted(reason)));

        visitor.delete("/picklists/debitreasons/" + reason).refused(409, "in_use");
        visitor.delete("/picklists/creditreasons/" + other).ok();
        visitor.put("/picklists/debitreasons/" + reason, "{'name':'Postage','archived':true,'version':1}")
                .ok();

        assertThat(visitor.post(lines, body(sample, bill, "5", ",'reasonId':'%s'".formatted(reason)))
                        .refused(400, "invalid")
                        .message())
                .contains("Postage", "archived");
        visitor.put(lines + "/" + line, body(sample, bill, "6", ",'version':1,'reasonId':'%s'".formatted(reason)))
                .ok();
        visitor.post(lines, body(sample, bill, "5", ",'reasonId':'none'")).refused(400, "invalid");
        assertThat(visitor.get("/picklists/debitreasons?archived=true").ok().all("id"))
                .containsExactly(reason);
        visitor.post("/picklists/debitreasons", "{'code':'nameless'}").refused(400, "invalid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'amount':5|'amount':0|amount",
                "'amount':5|'amount':5.001|amount",
                "'amount':5|'amount':5,'amountToApplyOnBill':6|",
                "'amount':5|'amount':5,'amountToApplyOnBill':0.001|amountToApplyOnBill",
                "'amount':5|'amount':5,'lineItemType':'DEBIT_MEMO'|",
                "'amount':5|'amount':5,'reasonId':'a','creditReasonId':'b'|",
                "'description':'by hand'|'description':''|description",
                "'productId'|'ignored'|productId",
                "2024-12-31T00:00:00Z|2024-12-01T00:00:00Z|",
            })
    void refusesWhatNoLineCanSay(String right, String wrong, String field) {
        Sample sample = Sample.of(visitor);
        Reply bill = billOf(sample);

        Reply refused = visitor.post(
                        "/bills/%s/creditlineitems".formatted(bill.at("id")),
                        body(sample, bill, "5", "").replace(right, wrong))
                .refused(400, "invalid");

        assertThat(refused.at("faults[0].field")).isEqualTo(field == null ? "" : field);
        assertThat(visitor.get("/bills/" + bill.at("id")).ok().body()).isEqualTo(bill.body());
    }

    @Test
    void refusesToPutRightWhatIsNotThereOrAnothers() {
        Sample sample = Sample.of(visitor);
        Reply bill = billOf(sample);
        String other = visitor.created("/accounts", Sample.account("donald"));
        visitor.created("/accountplans", Sample.accountPlan(other, sample.plan()));
        billOf(sample);
        Reply others = visitor.get("/bills/latest/" + other).ok();
        String lines = "/bills/%s/creditlineitems".formatted(bill.at("id"));
        String line = visitor.created(lines, body(sample, bill, "5", ""));

        String body = body(sample, bill, "5", "");
        assertThat(visitor.post(lines, body.replace(bill.at("lineItems[0].id"), "none"))
                        .refused(400, "invalid")
                        .at("faults[0].field"))
                .isEqualTo("referencedLineItemId");
        assertThat(visitor.post(lines, body.replace(bill.at("lineItems[0].id"), line))
                        .refused(400, "invalid")
                        .at("faults[0].field"))
                .isEqualTo("referencedLineItemId");
        assertThat(visitor.post(lines, body(sample, others, "5", ""))
                        .refused(400, "invalid")
                        .message())
                .contains("mickey", "donald");
        assertThat(visitor.post(lines, body.replace(bill.at("id"), "none"))
                        .refused(400, "invalid")
                        .at("faults[0].code"))
                .isEqualTo("unknown_reference");
        visitor.post("/bills/none/creditlineitems", body).refused(404, "not_found");
        visitor.get("/bills/none/creditlineitems").refused(404, "not_found");
        visitor.get("/bills/%s/creditlineitems/%s".formatted(others.at("id"), line))
                .refused(404, "not_found");
        visitor.delete("/bills/%s/creditlineitems/%s".formatted(others.at("id"), line))
                .refused(404, "not_found");
        visitor.delete("/bills/%s/debitlineitems/%s".formatted(bill.at("id"), line))
                .refused(404, "not_found");
        visitor.put(lines + "/" + line, body(sample, bill, "5", ",'version':2")).refused(409, "stale_version");
    }

    @Test
    void strangersAndReadersWriteNothing() {
        Sample sample = Sample.of(visitor);
        Reply bill = billOf(sample);
        String lines = "/bills/%s/creditlineitems".formatted(bill.at("id"));

        server.visitor(Role.ADMIN).post(lines, body(sample, bill, "5", "")).refused(404, "not_found");
        server.visitor(visitor.organization(), Role.READ)
                .post(lines, body(sample, bill, "5", ""))
                .refused(403, "forbidden");
    }

    private static String total(Reply bill) {
        return bill.at("version") + " " + bill.at("billTotal");
    }

    /** A line about the first line of a bill. */
    private static String body(Sample sample, Reply about, String amount, String more) {
        return ("{'amount':%s,'description':'by hand','productId':'%s','accountingProductId':'%s','referencedBillId':'%s',"
                        + "'referencedLineItemId':'%s','servicePeriodStartDate':'2024-12-01T00:00:00Z',"
                        + "'servicePeriodEndDate':'2024-12-31T00:00:00Z'%s}")
                .formatted(
                        amount, sample.product(), sample.product(), about.at("id"), about.at("lineItems[0].id"), more);
    }

    private Reply billOf(Sample sample) {
        String id = visitor.created("/billjobs", "{'billDate':'2025-01-01'}");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> visitor.get("/billjobs/" + id).at("status").equals("COMPLETE"));
        return visitor.get("/bills/latest/" + sample.account()).ok();
    }
}

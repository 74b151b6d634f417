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

/** Bills that are approved, locked and deleted over HTTP. */
@Timeout(180)
@ExtendWith(LiveServer.Extension.class)
final class ApprovalDoorTest {
    private final LiveServer server;
    private final Visitor visitor;

    ApprovalDoorTest(LiveServer server, Visitor visitor) {
        this.server = server;
        this.visitor = visitor;
    }

    @Test
    void billIsApprovedUnderANumberThenLockedAndSaysByWhom() {
        Sample sample = Sample.of(visitor);
        Reply pending = billOf(sample.account());
        String bill = "/bills/" + pending.at("id");
        String me = visitor.get("/users/me").at("serviceUser.id");

        Reply approved = visitor.put(bill + "/status", "{'status':'APPROVED'}").ok();
        Reply locked = visitor.put(bill + "/lock", "").ok();

        assertThat(pending.at("sequentialInvoiceNumber") + pending.at("approvedBy"))
                .isEqualTo("absentabsent");
        assertThat(approved.at("status") + " " + approved.at("locked") + " " + approved.at("sequentialInvoiceNumber"))
                .isEqualTo("APPROVED false 1");
        assertThat(approved.at("approvedBy")).contains(me);
        assertThat(approved.at("dtApproved")).isEqualTo(approved.at("dtLastModified"));
        assertThat(approved.at("lockedBy")).isEqualTo("absent");
        assertThat(locked.at("status") + " " + locked.at("locked") + " " + locked.at("sequentialInvoiceNumber"))
                .isEqualTo("APPROVED true 1");
        assertThat(locked.at("lockedBy")).isEqualTo(locked.at("approvedBy"));
        assertThat(locked.at("dtLocked")).isEqualTo(locked.at("dtLastModified"));
        assertThat(visitor.get(bill).ok().body()).isEqualTo(locked.body());
        assertThat(visitor.get("/bills?status=APPROVED&locked=true").all("id")).containsExactly(pending.at("id"));
    }

    @Test
    void billIsApprovedAsItWasSeenOrNotAtAll() {
        Sample sample = Sample.of(visitor);
        String status = "/bills/" + billOf(sample.account()).at("id") + "/status";
        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "32", "1600")))
                .ok();
        billOf(sample.account());

        visitor.put(status, "{'status':'APPROVED','version':1}").refused(409, "stale_version");
        Reply approved =
                visitor.put(status, "{'status':'APPROVED','version':2}").ok();

        assertThat(approved.at("billTotal") + " " + approved.at("version")).isEqualTo("0.94 3");
        assertThat(billOf(sample.account()).body()).isEqualTo(approved.body());
    }

    @Test
    void approvedBillIsFinal() {
        Sample sample = Sample.of(visitor);
        String bill = "/bills/" + billOf(sample.account()).at("id");
        Reply approved = visitor.put(bill + "/status", "{'status':'APPROVED'}").ok();

        visitor.put(bill + "/status", "{'status':'PENDING'}").refused(409, "conflict");
        visitor.delete(bill).refused(409, "conflict");

        assertThat(visitor.get(bill).ok().body()).isEqualTo(approved.body());
        assertThat(visitor.put(bill + "/status", "{'status':'APPROVED'}").ok().body())
                .isEqualTo(approved.body());
    }

    @Test
    void pendingBillStaysPendingIsNotLockedAndCanBeDeleted() {
        Sample sample = Sample.of(visitor);
        Reply pending = billOf(sample.account());
        String bill = "/bills/" + pending.at("id");

        assertThat(visitor.put(bill + "/status", "{'status':'PENDING'}").ok().body())
                .isEqualTo(pending.body());
        visitor.put(bill + "/lock", "").refused(409, "conflict");
        assertThat(visitor.delete(bill).ok().body()).isEqualTo(pending.body());

        visitor.get(bill).refused(404, "not_found");
        assertThat(visitor.get("/events?eventName=billing.bill.deleted").all("eventName"))
                .containsExactly("billing.bill.deleted");
        assertThat(billOf(sample.account()).at("id")).isNotEqualTo(pending.at("id"));
    }

    @Test
    void parkedAccountHasNoBillToApproveAndTheRefusalSaysWhy() {
        Sample sample = Sample.of(visitor);
        String euro = visitor.created("/accounts", Sample.account("euro").replace("'name'", "'currency':'EUR','name'"));
        visitor.created("/accountplans", Sample.accountPlan(euro, sample.plan()));
        done();

        Reply byAccount = visitor.post("/bills/approve?accountIds=" + euro, "").refused(409, "conflict");
        Reply byBill =
                visitor.put("/bills/none/status", "{'status':'APPROVED'}").refused(404, "not_found");

        assertThat(byAccount.message()).contains(euro, "parked it", "EUR");
        assertThat(byBill.message()).contains("parkedAccounts");
        assertThat(visitor.get("/bills?status=APPROVED").size("data")).isZero();
    }

    @Test
    void namedBillsAreApprovedAllOrNone() {
        List<String> ids = twoBills();
        String both = "{'billIds':['%s','%s']}".formatted(ids.get(0), ids.get(1));

        Reply refused =
                visitor.post("/bills/approve", both.replace("]", ",'none']")).refused(400, "invalid");
        assertThat(refused.at("faults[0].field") + " " + refused.at("faults[0].code"))
                .isEqualTo("billIds unknown_reference");
        assertThat(visitor.get("/bills?status=PENDING").size("data")).isEqualTo(2);
        Reply first = visitor.post("/bills/approve?accountIds=ignored", both).ok();
        Reply again = visitor.post("/bills/approve", both).ok();

        assertThat(first.at("message") + " " + first.at("approved")).isEqualTo("Bills approved: 2. 2");
        assertThat(again.at("message") + " " + again.at("approved"))
                .isEqualTo("Bills approved: 0. Approved before: 2. 0");
        assertThat(visitor.get("/bills").all("sequentialInvoiceNumber")).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void describedBillsAreApproved() {
        twoBills();
        String account = visitor.get("/bills").at("data[0].accountId");

        assertThat(approved("externalInvoiceDateStart=2025-01-02")).isEqualTo("0");
        assertThat(approved("externalInvoiceDateEnd=2025-01-01")).isEqualTo("0");
        assertThat(approved("accountIds=" + account)).isEqualTo("1");
        assertThat(visitor.get("/bills?status=APPROVED").all("accountId")).containsExactly(account);
        assertThat(approved("externalInvoiceDateStart=2025-01-01&externalInvoiceDateEnd=2025-01-02"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|{}",
                "|''",
                "|{'billIds':[]}",
                "?accountIds=none|{}",
                "?externalInvoiceDateStart=soon|{}",
            })
    void refusesToApproveWhatNobodyHasSaid(String query, String body) {
        visitor.post("/bills/approve" + (query == null ? "" : query), body.equals("''") ? "" : body)
                .refused(400, "invalid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{'status':'LOCKED'}",
                "{'status':'APPROVED','version':0}",
                "{'status':'APPROVED','version':'1'}"
            })
    void refusesAStatusThatIsNone(String body) {
        visitor.put("/bills/any/status", body).refused(400, "invalid");
    }

    @Test
    void strangersAndReadersApproveNothing() {
        Sample sample = Sample.of(visitor);
        String bill = "/bills/" + billOf(sample.account()).at("id");
        Visitor stranger = server.visitor(Role.ADMIN);
        Visitor reader = server.visitor(visitor.organization(), Role.READ);

        stranger.put(bill + "/status", "{'status':'APPROVED'}").refused(404, "not_found");
        stranger.delete(bill).refused(404, "not_found");
        reader.put(bill + "/status", "{'status':'APPROVED'}").refused(403, "forbidden");
        reader.put(bill + "/lock", "").refused(403, "forbidden");
        reader.delete(bill).refused(403, "forbidden");
        reader.put("/billconfig", "{}").refused(403, "forbidden");

        assertThat(visitor.get(bill).at("status")).isEqualTo("PENDING");
    }

    @Test
    void booksCloseBeforeTheLockDate() {
        Sample sample = Sample.of(visitor);
        String bill = "/bills/" + billOf(sample.account()).at("id");
        String february = "{'billLockDate':'2025-02-01'%s}";

        assertThat(visitor.get("/billconfig").ok().at("version")).isEqualTo("0");
        visitor.put("/billconfig", february.formatted("")).refused(409, "conflict");
        visitor.put(bill + "/status", "{'status':'APPROVED'}").ok();
        Reply closed = visitor.put("/billconfig", february.formatted("")).ok();

        assertThat(closed.at("billLockDate") + " " + closed.at("version")).isEqualTo("2025-02-01 1");
        assertThat(visitor.get("/billconfig").ok().body()).isEqualTo(closed.body());
        assertThat(visitor.get(bill).at("locked")).isEqualTo("true");
        assertThat(visitor.post("/billjobs", "{'billDate':'2025-01-31'}")
                        .refused(409, "conflict")
                        .message())
                .contains("2025-02-01", "2025-01-31");
        visitor.post("/billjobs", "{'billDate':'2025-02-01'}").ok();
        visitor.put("/billconfig", february.formatted("")).refused(409, "stale_version");
        visitor.put("/billconfig", "{'version':'1'}").refused(400, "invalid");
        visitor.put("/billconfig", "{'billLockDate':'soon','version':1}").refused(400, "invalid");
    }

    @Test
    void noInvoiceNumberIsGivenTwiceHoweverTheNumberingIsChanged() {
        List<String> bills = twoBills();
        numbering(1, "'billPrefix':'INV-','sequenceStartNumber':1000").ok();
        assertThat(numberOf(bills.getFirst())).isEqualTo("INV-1000");

        // another prefix, and the start as it was: the count goes on
        numbering(2, "'billPrefix':'2025/','sequenceStartNumber':1000").ok();
        assertThat(numberOf(bills.getLast())).isEqualTo("2025/1001");
        assertThat(numbering(3, "'sequenceStartNumber':1001")
                        .refused(409, "conflict")
                        .message())
                .isEqualTo(
                        "Expected a sequenceStartNumber above 1001, since invoice numbers up to it are given out, but was 1001. Leave it out to go on with 1002.");
        numbering(3, "'billPrefix':'A1'").refused(400, "invalid");
        numbering(3, "'sequenceStartNumber':0").refused(400, "invalid");
        Reply ahead = numbering(3, "'sequenceStartNumber':2000").ok();
        assertThat(ahead.at("billPrefix") + " " + ahead.at("sequenceStartNumber"))
                .isEqualTo("absent 2000");
        new Bills(visitor).done("{'billDate':'2025-02-01'}");
        assertThat(visitor.post("/bills/approve?externalInvoiceDateStart=2025-02-01", "")
                        .ok()
                        .at("approved"))
                .isEqualTo("2");

        assertThat(visitor.get("/bills?billDate=2025-02-01").all("sequentialInvoiceNumber"))
                .containsExactlyInAnyOrder("2000", "2001");
    }

    private Reply numbering(int version, String fields) {
        return visitor.put(
                "/organizationconfig",
                ("{'version':%d,'currency':'USD','timezone':'UTC','dayEpoch':'2022-01-01','weekEpoch':'2022-01-04',"
                                + "'monthEpoch':'2022-01-01','yearEpoch':'2022-01-01','daysBeforeBillDue':30,%s}")
                        .formatted(version, fields));
    }

    private String numberOf(String bill) {
        return visitor.put("/bills/" + bill + "/status", "{'status':'APPROVED'}")
                .ok()
                .at("sequentialInvoiceNumber");
    }

    private List<String> twoBills() {
        Sample sample = Sample.of(visitor);
        String other = visitor.created("/accounts", Sample.account("donald"));
        visitor.created("/accountplans", Sample.accountPlan(other, sample.plan()));
        done();
        return visitor.get("/bills").ok().all("id");
    }

    private String approved(String query) {
        return visitor.post("/bills/approve?" + query, "").ok().at("approved");
    }

    private void done() {
        String id = visitor.created("/billjobs", "{'billDate':'2025-01-01'}");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> visitor.get("/billjobs/" + id).at("status").equals("COMPLETE"));
    }

    private Reply billOf(String account) {
        done();
        return visitor.get("/bills/latest/" + account).ok();
    }
}

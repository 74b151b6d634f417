package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.access.Role;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class RefusedDoorTest {
    private static final String GOOD = Sample.measurement("mickey", "32", "1600");
    private static final String UNKNOWN_METER = GOOD.replace("lambda_meter", "later_meter");
    private static final String LIST = "/measurements/refused";
    private static final String RETRY = "/measurements/refused/retry";

    private final Visitor visitor;
    private final Sample sample;

    RefusedDoorTest(Visitor visitor) {
        this.visitor = visitor;
        this.sample = Sample.of(visitor);
    }

    @Test
    void listsWhatWasRefusedWithItsReasonAndAsItWasSent() {
        send(named("u1", UNKNOWN_METER.replace("1600", "1600.00")));

        Reply list = visitor.get(LIST).ok();

        assertThat(list.size("data")).isEqualTo(1);
        assertThat(list.at("data[0].state")).isEqualTo("open");
        assertThat(list.at("data[0].reason")).isEqualTo("undefined_meter");
        assertThat(list.at("data[0].message")).startsWith("Expected meter to be the code of a meter, but ");
        assertThat(list.at("data[0].uid")).isEqualTo("u1");
        assertThat(list.at("data[0].meter")).isEqualTo("later_meter");
        assertThat(list.at("data[0].account")).isEqualTo("mickey");
        assertThat(list.at("data[0].ts")).isEqualTo("2024-12-12T20:36:00.123456Z");
        assertThat(list.at("data[0].payload.measure.time")).isEqualTo("1600.00");
        assertThat(list.at("nextToken")).isEqualTo("absent");
    }

    @Test
    void listsWhatNoClientCouldReadAsText() {
        send(GOOD.replace("{'meter'", "{'account':'donald','meter'"));

        assertThat(visitor.get(LIST).ok().at("data[0].payload")).contains("\"account\":\"donald\"", "mickey");
    }

    @Test
    void findsRefusalsByReasonMeterAccountAndTime() {
        send(UNKNOWN_METER, GOOD.replace("'time':1600", "'time':null").replace("mickey", "donald"));

        assertThat(reasons("?reason=missing_field")).containsExactly("missing_field");
        assertThat(reasons("?meter=later_meter")).containsExactly("undefined_meter");
        assertThat(reasons("?account=donald,goofy")).containsExactly("missing_field");
        assertThat(reasons("?tsStart=2024-12-12T20:36:00.123456Z&tsEnd=2024-12-12T20:36:00.123457Z"))
                .hasSize(2);
        assertThat(reasons("?tsEnd=2024-12-12T20:36:00.123456Z")).isEmpty();
        assertThat(reasons("?receivedEnd=2024-12-12T00:00:00Z")).isEmpty();
        assertThat(reasons("?receivedStart=2024-12-12T00:00:00Z")).hasSize(2);
        assertThat(reasons("?state=resent")).isEmpty();
        assertThat(reasons("?state=any&reason=missing_field&reason=undefined_meter"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reason=nope",
                "state=closed",
                "ids=1",
                "tsStart=yesterday",
                "nextToken=1_2",
                "nextToken=999999999_1_1",
                "pageSize=201",
                "state=open&state=resent"
            })
    void refusesAParameterItDoesNotUnderstand(String query) {
        Reply reply = visitor.get(LIST + "?" + query).refused(400, "invalid");

        assertThat(reply.at("faults[0].field")).isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @Test
    void pagesThroughRefusalsWhateverArrivesMeanwhile() {
        send(UNKNOWN_METER, UNKNOWN_METER, UNKNOWN_METER);

        Reply first = visitor.get(LIST + "?pageSize=2").ok();
        send(UNKNOWN_METER);
        Reply second = visitor.get(LIST + "?pageSize=2&nextToken=" + first.at("nextToken"))
                .ok();

        assertThat(first.size("data")).isEqualTo(2);
        assertThat(second.size("data")).isEqualTo(1);
        assertThat(second.at("nextToken")).isEqualTo("absent");
        assertThat(second.at("data[0].id")).isNotIn(first.at("data[0].id"), first.at("data[1].id"));
    }

    @Test
    void countsARefusedMeasurementAfterItsMeterIsMadeAndOnlyOnce() {
        send(UNKNOWN_METER, UNKNOWN_METER);
        String id = visitor.get(LIST).at("data[0].id");
        makeLaterMeter();

        Reply retried =
                visitor.post(RETRY, "{'ids':['%s','999-0']}".formatted(id)).ok();
        Reply again = visitor.post(RETRY, "{'ids':['%s']}".formatted(id)).ok();

        assertThat(retried.at("accepted")).isEqualTo("1");
        assertThat(retried.at("notFound")).isEqualTo("1");
        assertThat(retried.at("left")).isEqualTo("0");
        assertThat(again.at("alreadyResent")).isEqualTo("1");
        assertThat(again.at("data[0].outcome")).isEqualTo("already_resent");
        assertThat(total()).isEqualTo("51200");
        assertThat(visitor.get(LIST).ok().size("data")).isEqualTo(1);
        Reply ended = visitor.get(LIST + "?state=resent").ok();
        assertThat(ended.at("data[0].id")).isEqualTo(id);
        assertThat(ended.at("data[0].outcome")).isEqualTo("accepted");
        assertThat(ended.at("data[0].resentAt")).startsWith("20");
    }

    @Test
    void countsARefusedMeasurementOnceWhenManyRetryItAtTheSameTime() throws Exception {
        send(UNKNOWN_METER);
        makeLaterMeter();

        long accepted = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Reply> reply : threads.invokeAll(IntStream.range(0, 24)
                    .<Callable<Reply>>mapToObj(i -> () -> visitor.post(RETRY, "{}"))
                    .toList())) {
                accepted += Long.parseLong(reply.get().ok().at("accepted"));
            }
        }

        assertThat(accepted).isEqualTo(1);
        assertThat(total()).isEqualTo("51200");
    }

    @Test
    void leavesARefusalOpenWhoseCauseIsStillThere() {
        send(UNKNOWN_METER);
        String id = visitor.get(LIST).at("data[0].id");

        Reply retried = visitor.post(RETRY, "{}").ok();

        assertThat(retried.at("refused")).isEqualTo("1");
        assertThat(retried.at("data[0].code")).isEqualTo("undefined_meter");
        assertThat(retried.at("data[0].message")).startsWith("Expected meter");
        assertThat(visitor.get(LIST + "?state=any").ok().size("data")).isEqualTo(1);
        assertThat(visitor.get(LIST).at("data[0].id")).isEqualTo(id);
    }

    @Test
    void replacesARefusalByOneThatSaysWhatIsWrongNow() {
        send(UNKNOWN_METER.replace("'time':1600", "'time':null"));
        makeLaterMeter();

        assertThat(visitor.post(RETRY, "{'reason':'undefined_meter'}").ok().at("refused"))
                .isEqualTo("1");

        assertThat(reasons("")).containsExactly("missing_field");
        assertThat(visitor.get(LIST + "?state=resent").at("data[0].outcome")).isEqualTo("refused_again");
    }

    @Test
    void endsARefusalWhoseUidWasSentRightlyMeanwhile() {
        send(named("a", UNKNOWN_METER), named("b", UNKNOWN_METER));
        makeLaterMeter();
        send(named("a", UNKNOWN_METER), named("b", UNKNOWN_METER.replace("1600", "1")));

        Reply retried = visitor.post(RETRY, "{}").ok();

        assertThat(retried.at("duplicates") + retried.at("conflicts")).isEqualTo("11");
        assertThat(reasons("")).isEmpty();
        assertThat(visitor.get("/measurements/conflicts").ok().size("data")).isEqualTo(1);
        assertThat(total()).isEqualTo("51232");
    }

    @Test
    void tellsHowManyAreLeftBehindAThousand() {
        String thousand = String.join(
                ",", List.copyOf(IntStream.range(0, 1000).mapToObj(i -> "5").toList()));
        send(UNKNOWN_METER);
        send(thousand);
        makeLaterMeter();

        Reply first = visitor.post(RETRY, "{}").ok();
        Reply second = visitor.post(RETRY, "{'nextToken':'%s'}".formatted(first.at("nextToken")))
                .ok();

        assertThat(first.at("refused") + " " + first.at("left")).isEqualTo("1000 1");
        assertThat(second.at("accepted") + " " + second.at("left")).isEqualTo("1 0");
        assertThat(second.at("nextToken")).isEqualTo("absent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'ids':['x']}",
                "{'ids':5}",
                "{'reason':['nope']}",
                "{'nextToken':'1'}",
                "{'nextToken':'999999999_1_1'}"
            })
    void refusesARetryItDoesNotUnderstand(String body) {
        visitor.post(RETRY, body).refused(400, "invalid");
    }

    @Test
    void showsAndResendsNothingOfAnotherOrganization(LiveServer server) {
        send(UNKNOWN_METER);
        String id = visitor.get(LIST).at("data[0].id");
        Visitor other = server.visitor(Role.ADMIN);
        Sample.of(other);

        assertThat(other.get(LIST).ok().size("data")).isZero();
        assertThat(other.post(RETRY, "{'ids':['%s']}".formatted(id)).ok().at("notFound"))
                .isEqualTo("1");
        assertThat(other.get("/measurements/conflicts").ok().size("data")).isZero();
    }

    @Test
    void letsReadersLookAndAdministratorsResend(LiveServer server) {
        Visitor reader = server.visitor(visitor.organization(), Role.READ);

        reader.get(LIST).ok();
        reader.get("/measurements/conflicts").ok();
        reader.post(RETRY, "{}").refused(403, "forbidden");
    }

    @Test
    void showsBothSidesOfAConflictAndWhatDiffers() {
        send(named("u", GOOD));
        send(named("u", GOOD.replace("1600", "1601").replace("mickey", "donald")));

        Reply list = visitor.get("/measurements/conflicts").ok();

        assertThat(list.size("data")).isEqualTo(1);
        assertThat(list.at("data[0].uid")).isEqualTo("u");
        assertThat(list.at("data[0].counted.account")).isEqualTo("mickey");
        assertThat(list.at("data[0].counted.measure.time")).isEqualTo("1600");
        assertThat(list.at("data[0].uncounted.account")).isEqualTo("donald");
        assertThat(list.at("data[0].uncounted.measure.time")).isEqualTo("1601");
        assertThat(list.at("data[0].differences"))
                .isEqualTo("[\"account\",\"accountId\",\"measure.duration\",\"measure.time\"]");
        String id = list.at("data[0].id");
        assertThat(visitor.get("/measurements/conflicts?account=donald&meter=lambda_meter&ids=" + id)
                        .ok()
                        .size("data"))
                .isEqualTo(1);
        assertThat(visitor.get("/measurements/conflicts?account=mickey").ok().size("data"))
                .isZero();
        assertThat(visitor.get("/measurements/conflicts?meter=nobody").ok().size("data"))
                .isZero();
    }

    @Test
    void keepsAMeterThatAConflictIsReadBy() {
        String meter = makeLaterMeter();
        send(named("u", GOOD));
        send(named("u", UNKNOWN_METER));

        visitor.delete("/meters/" + meter).refused(409, "in_use");
        assertThat(visitor.get("/measurements/conflicts").ok().at("data[0].uncounted.meter"))
                .isEqualTo("later_meter");
    }

    private void send(String... measurements) {
        visitor.post("/measurements", Sample.batch(measurements)).ok();
    }

    private static String named(String uid, String measurement) {
        return measurement.replace("{'meter'", "{'uid':'%s','meter'".formatted(uid));
    }

    private List<String> reasons(String query) {
        Reply list = visitor.get(LIST + query).ok();
        return IntStream.range(0, list.size("data"))
                .mapToObj(i -> list.at("data[%d].reason".formatted(i)))
                .toList();
    }

    private String makeLaterMeter() {
        return visitor.created("/meters", Sample.meter(sample.product()).replace("lambda_meter", "later_meter"));
    }

    /** GB-seconds of all meters. */
    private String total() {
        Reply meters = visitor.get("/meters?codes=later_meter").ok();
        return visitor.post(
                        "/usage/query",
                        "{'startDate':'2024-12-01T00:00:00Z','endDate':'2025-01-01T00:00:00Z','aggregations':[{'meterId':'%s','fieldCode':'duration','fieldType':'MEASURE','function':'SUM'}]}"
                                .formatted(meters.at("data[0].id")))
                .ok()
                .at("data[0].{SUM.duration}");
    }
}

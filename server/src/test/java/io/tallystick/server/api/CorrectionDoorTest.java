package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Measurements that were counted are voided and amended over HTTP. */
@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class CorrectionDoorTest {
    private static final String UUID = "01234567-89ab-cdef-8123-456789abcdef";

    private final Visitor visitor;
    private final String meter;

    CorrectionDoorTest(Visitor visitor) {
        this.visitor = visitor;
        this.meter = visitor.created("/meters", meter("m"));
        visitor.created("/meters", meter("n"));
        visitor.post(
                        "/measurements",
                        Sample.batch(
                                measurement("a", "mickey", "2024-12-10T00:00:00Z", "1"),
                                measurement("b", "mickey", "2024-12-11T00:00:00Z", "2"),
                                measurement(UUID, "donald", "2024-12-12T00:00:00Z", "4")))
                .ok();
    }

    private static String meter(String code) {
        return """
                {'code':'%s','name':'M','dataFields':[{'code':'size','name':'S','category':'MEASURE'}],
                 'derivedFields':[{'code':'twice','name':'T','category':'MEASURE','calculation':'2*size'}]}"""
                .formatted(code);
    }

    @Test
    void answersForEachElementWhatHappened() {
        Reply reply = voids(
                voiding("a", "m"),
                "{'uid':'b','meter':'m','account':'mickey'}",
                voiding("nothing", "m"),
                "{'uid':'%s','meter':'n'}".formatted(UUID),
                "{'uid':'%s','meter':'m','account':'mickey'}".formatted("x"),
                voiding("y", "nope"),
                "{'uid':'z','meter':'m','account':'nobody'}",
                "{'meter':'m'}",
                "{'uid':7,'meter':'m'}",
                "'text'",
                voiding("a", "m"));

        assertThat(reply.at("voided")).isEqualTo("2");
        assertThat(reply.at("alreadyVoided")).isEqualTo("0");
        assertThat(reply.at("unknownUids")).isEqualTo("2");
        assertThat(reply.at("refused")).isEqualTo("7");
        assertThat(outcomes(reply))
                .containsExactly(
                        "voided",
                        "voided",
                        "unknown_uid",
                        "refused other_meter meter",
                        "unknown_uid",
                        "refused undefined_meter meter",
                        "refused invalid_account_code account",
                        "refused missing_field uid",
                        "refused malformed uid",
                        "refused malformed",
                        "refused repeated_uid uid");
        assertThat(reply.at("data[3].message")).contains("\"m\"");
        assertThat(sum("")).isEqualTo("4");
    }

    @Test
    void voidOfAnotherAccountIsRefusedAndNamesTheRightOne() {
        Reply reply = voids("{'uid':'%s','meter':'m','account':'mickey'}".formatted(UUID));

        assertThat(outcomes(reply)).containsExactly("refused other_account account");
        assertThat(reply.at("data[0].message")).contains("\"donald\"");
        assertThat(sum("")).isEqualTo("7");
    }

    @Test
    void repeatedVoidAndAmendmentDoNothingMore() {
        assertThat(outcomes(voids(voiding("a", "m")))).containsExactly("voided");
        assertThat(outcomes(amend(measurement("b", "mickey", "2024-12-11T00:00:00Z", "8"))))
                .containsExactly("amended");
        String watermark = watermark();

        assertThat(outcomes(voids(voiding("a", "m")))).containsExactly("already_voided");
        assertThat(outcomes(amend(measurement("b", "mickey", "2024-12-11T00:00:00.000Z", "8.0"))))
                .containsExactly("unchanged");

        assertThat(watermark()).isEqualTo(watermark);
        assertThat(sum("")).isEqualTo("12");
    }

    @Test
    void earlierWatermarkStillShowsWhatWasVoidedAndWhatWasAmended() {
        String before = watermark();
        voids(voiding("a", "m"));
        String between = watermark();
        amend(measurement("b", "mickey", "2024-12-11T00:00:00Z", "16"));

        assertThat(sum("'watermark':'%s',".formatted(before))).isEqualTo("7");
        assertThat(sum("'watermark':'%s',".formatted(between))).isEqualTo("6");
        assertThat(sum("")).isEqualTo("20");
        assertThat(uids("'watermark':'%s',".formatted(before))).containsExactly(UUID, "b", "a");
        assertThat(uids("")).containsExactly(UUID, "b");
    }

    @Test
    void amendmentMovesToAnotherTimeAccountAndMeterWithItsDerivedFields() {
        Reply reply = amend(
                measurement("a", "mickey", "2023-01-01T00:00:00Z", "1"),
                measurement("b", "goofy", "2024-12-11T00:00:00Z", "2"),
                measurement(UUID, "donald", "2024-12-12T00:00:00Z", "4").replace("'m'", "'n'"));

        assertThat(outcomes(reply)).containsExactly("amended", "amended", "amended");
        assertThat(sum("")).isEqualTo("2");
        Reply rows = ask("");
        assertThat(rows.at("data[0].meter")).isEqualTo("n");
        assertThat(rows.at("data[0].measure.twice")).isEqualTo("8");
        assertThat(rows.at("data[1].account")).isEqualTo("goofy");
        assertThat(outcomes(voids(voiding(UUID, "m")))).containsExactly("refused other_meter meter");
    }

    @Test
    void amendmentThatCannotBeReadIsRefusedAndTheOthersCount() {
        Reply reply = amend(
                measurement("a", "mickey", "2024-12-10T00:00:00Z", "32"),
                measurement("b", "mickey", "yesterday", "2"),
                measurement("c", "mickey", "2024-12-10T00:00:00Z", "1"),
                "{'meter':'m','account':'mickey','ts':'2024-12-10T00:00:00Z','measure':{'size':1}}",
                measurement("a", "mickey", "2024-12-10T00:00:00Z", "33"));

        assertThat(outcomes(reply))
                .containsExactly(
                        "amended",
                        "refused invalid_timestamp",
                        "unknown_uid",
                        "refused missing_field uid",
                        "refused repeated_uid uid");
        assertThat(reply.at("amended")).isEqualTo("1");
        assertThat(reply.at("unknownUids")).isEqualTo("1");
        assertThat(reply.at("refused")).isEqualTo("3");
        assertThat(sum("")).isEqualTo("38");
        // corrections are no measurements: none of them waits to be sent again
        assertThat(visitor.get("/measurements/refused").size("data")).isZero();
    }

    @Test
    void uidOfWhatWasVoidedStaysTakenUntilItIsAmended() {
        voids(voiding("a", "m"));

        Reply again =
                visitor.post("/measurements", Sample.batch(measurement("a", "mickey", "2024-12-10T00:00:00Z", "1")));
        assertThat(again.at("conflicts")).isEqualTo("1");
        assertThat(again.at("details[0].code")).isEqualTo("voided");
        Reply conflict = visitor.get("/measurements/conflicts");
        assertThat(conflict.at("data[0].reason")).isEqualTo("voided");
        assertThat(conflict.at("data[0].voided.measure.size")).isEqualTo("1");
        assertThat(sum("")).isEqualTo("6");

        Reply reply = amend(measurement("a", "mickey", "2024-12-10T00:00:00Z", "1"));
        assertThat(outcomes(reply)).containsExactly("reinstated");
        assertThat(reply.at("reinstated")).isEqualTo("1");
        assertThat(sum("")).isEqualTo("7");
        assertThat(visitor.get("/measurements/conflicts").at("data[0].counted.measure.size"))
                .isEqualTo("1");
    }

    @Test
    void listSaysWhoCorrectedWhatAndWhen() {
        amend(measurement("a", "goofy", "2024-12-10T00:00:00Z", "3"));
        voids(voiding("a", "m"), voiding("b", "m"));

        Reply list = visitor.get("/measurements/corrections");

        assertThat(list.size("data")).isEqualTo(3);
        assertThat(list.at("data[0].kind")).isEqualTo("voided");
        assertThat(list.at("data[0].uid")).isEqualTo("b");
        assertThat(list.at("data[2].kind")).isEqualTo("amended");
        assertThat(list.at("data[2].by")).isEqualTo("KEY_%s", visitor.keyId());
        assertThat(list.at("data[2].receivedAt")).endsWith("Z");
        assertThat(list.at("data[2].before.account")).isEqualTo("mickey");
        assertThat(list.at("data[2].after.account")).isEqualTo("goofy");
        assertThat(list.at("data[2].differences"))
                .isEqualTo("[\"account\",\"accountId\",\"measure.size\",\"measure.twice\"]");
        assertThat(visitor.get("/measurements/corrections?account=goofy").size("data"))
                .isEqualTo(2);
        assertThat(visitor.get("/measurements/corrections?meter=n").size("data"))
                .isZero();
        Reply page = visitor.get("/measurements/corrections?pageSize=2");
        assertThat(visitor.get("/measurements/corrections?pageSize=2&nextToken=" + page.at("nextToken"))
                        .at("data[0].kind"))
                .isEqualTo("amended");
    }

    @Test
    void doubledSlashesAndOneAtTheEndLeadToTheSameDoors() {
        String base = "//organizations/" + visitor.organization() + "//measurements//";
        assertThat(outcomes(raw(base + "void/", "{'voids':[" + voiding("a", "m") + "]}")))
                .containsExactly("voided");
        assertThat(outcomes(raw(
                        base + "amend/",
                        "{'amendments':[" + measurement("b", "mickey", "2024-12-11T00:00:00Z", "8") + "]}")))
                .containsExactly("amended");
        assertThat(sum("")).isEqualTo("12");
    }

    @Test
    void bodyThatIsNoListOfThemIsRefusedWhole() {
        for (String body : List.of("{}", "{'voids':[]}", "{'voids':7}", "{'voids':" + many(1001, "'x'") + "}")) {
            Reply reply = visitor.post("/measurements/void", body);
            assertThat(reply.status()).as(body).isEqualTo(400);
            assertThat(reply.at("faults[0].field")).isEqualTo("voids");
        }
        for (String body :
                List.of("{}", "{'amendments':[]}", "{'amendments':7}", "{'amendments':" + many(1001, "{}") + "}")) {
            Reply reply = visitor.post("/measurements/amend", body);
            assertThat(reply.status()).as(body).isEqualTo(400);
            assertThat(reply.at("faults[0].field")).isEqualTo("amendments");
        }
        assertThat(visitor.post("/measurements/void", "{").status()).isEqualTo(400);
        assertThat(visitor.post("/measurements/amend", "{").status()).isEqualTo(400);
        assertThat(visitor.post("/measurements/void", "{'voids':" + many(1000, "'x'") + "}")
                        .at("refused"))
                .isEqualTo("1000");
        assertThat(sum("")).isEqualTo("7");
    }

    @Test
    void meterOfACorrectionCannotBeDeleted() {
        amend(
                measurement("a", "mickey", "2024-12-10T00:00:00Z", "1").replace("'m'", "'n'"),
                measurement("b", "mickey", "2024-12-10T00:00:00Z", "1").replace("'m'", "'n'"),
                measurement(UUID, "mickey", "2024-12-10T00:00:00Z", "1").replace("'m'", "'n'"));

        Reply refused = visitor.delete("/meters/" + meter);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("message")).contains("a correction");
    }

    private Reply voids(String... voids) {
        return visitor.post("/measurements/void", "{'voids':[" + String.join(",", voids) + "]}")
                .ok();
    }

    private Reply amend(String... measurements) {
        return visitor.post("/measurements/amend", "{'amendments':[" + String.join(",", measurements) + "]}")
                .ok();
    }

    private Reply raw(String path, String body) {
        return visitor.send(visitor.bare(path)
                .header("X-API-KEY", visitor.credentials().apiKey())
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        body.replace('\'', '"').getBytes(StandardCharsets.UTF_8))));
    }

    private static String voiding(String uid, String meter) {
        return "{'uid':'%s','meter':'%s'}".formatted(uid, meter);
    }

    private static String measurement(String uid, String account, String ts, String size) {
        return "{'uid':'%s','meter':'m','account':'%s','ts':'%s','measure':{'size':%s}}"
                .formatted(uid, account, ts, size);
    }

    private static String many(int count, String item) {
        return IntStream.range(0, count).mapToObj(_ -> item).collect(Collectors.joining(",", "[", "]"));
    }

    private static List<String> outcomes(Reply reply) {
        return IntStream.range(0, reply.size("data"))
                .mapToObj(i -> {
                    String entry = "data[%d].".formatted(i);
                    assertThat(reply.at(entry + "index")).isEqualTo(Integer.toString(i));
                    String outcome = reply.at(entry + "outcome");
                    if (!outcome.equals("refused")) {
                        return outcome;
                    }
                    boolean hasField = reply.at("data[%d]".formatted(i)).contains("\"field\"");
                    return outcome + " " + reply.at(entry + "code") + (hasField ? " " + reply.at(entry + "field") : "");
                })
                .toList();
    }

    private String sum(String members) {
        return ask(members
                        + "'meterIds':[],'aggregations':[{'meterId':'%s','fieldCode':'size','fieldType':'MEASURE','function':'SUM'}],"
                                .formatted(meter))
                .at("data[0].{SUM.size}");
    }

    private List<String> uids(String members) {
        Reply reply = ask(members);
        return IntStream.range(0, reply.size("data"))
                .mapToObj(i -> reply.at("data[%d].uid".formatted(i)))
                .toList();
    }

    private String watermark() {
        return ask("'explain':true,").at("explain.watermark");
    }

    private Reply ask(String members) {
        return visitor.post(
                        "/usage/query",
                        "{" + members + "'startDate':'2024-01-01T00:00:00Z','endDate':'2025-01-01T00:00:00Z'}")
                .ok();
    }
}

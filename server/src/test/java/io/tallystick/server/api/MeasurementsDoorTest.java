package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class MeasurementsDoorTest {
    private static final String GOOD = Sample.measurement("mickey", "32", "1600");

    /** Elements with a fault, each with another one. */
    private static final List<String> BAD = List.of(
            "5",
            GOOD.replace("'meter':'lambda_meter',", ""),
            GOOD.replace("lambda_meter", "nobody"),
            GOOD.replace("'time':1600", "'time':null"),
            GOOD.replace("'measure'", "'who':{'memory':'x'},'measure'"),
            GOOD.replace("mickey", " mickey"),
            GOOD.replace("mickey", "MICKEY"),
            GOOD.replace("1600", "'NaN'"),
            GOOD.replace("1600", "1e100000000"),
            GOOD.replace("'measure':{", "'measure':5,'x':{"),
            GOOD.replace("{'meter'", "{'uid':'" + "u".repeat(51) + "','meter'"),
            GOOD.replace("{'meter'", "{'uid':'','meter'"),
            GOOD.replace("2024-12-12T20:36:00.123456Z", "yesterday"),
            GOOD.replace("2024-12-12T20:36:00.123456Z", "9998-12-31T00:00:00Z"),
            GOOD.replace("{'meter'", "{'what':{'w':5},'meter'"),
            GOOD.replace("{'meter'", "{'account':'donald','meter'"),
            GOOD.replace("{'meter'", "{'meter':5,'x'"));

    private final Visitor visitor;
    private final Sample sample;

    MeasurementsDoorTest(Visitor visitor) {
        this.visitor = visitor;
        this.sample = Sample.of(visitor);
    }

    @Test
    void countsWhatItAccepted() {
        Reply reply = visitor.post("/measurements", Sample.batch(GOOD)).ok();

        assertThat(reply.text())
                .isEqualTo(
                        "200 {\"result\":\"accepted\",\"accepted\":1,\"duplicates\":0,\"conflicts\":0,\"refused\":0}");
        assertThat(total("SUM", "duration")).isEqualTo("51200");
    }

    @Test
    void takesTheDoubleSlashOfTheClients() {
        Reply reply = visitor.send(visitor.bare("//organizations/" + visitor.organization() + "/measurements")
                .header("X-API-KEY", visitor.credentials().apiKey())
                .POST(HttpRequest.BodyPublishers.ofString(Sample.batch(GOOD).replace('\'', '"'))));

        assertThat(reply.ok().at("accepted")).isEqualTo("1");
    }

    @Test
    void refusesEachBadElementWithItsReasonAndCountsTheOthers() {
        Reply reply = visitor.post("/measurements", Sample.batch(GOOD, String.join(",", BAD), GOOD))
                .ok();

        assertThat(reply.at("accepted")).isEqualTo("2");
        assertThat(reply.at("refused")).isEqualTo("17");
        assertThat(IntStream.range(0, reply.size("details"))
                        .mapToObj(i -> reply.at("details[%d].index".formatted(i)) + " "
                                + reply.at("details[%d].code".formatted(i))))
                .containsExactly(
                        "1 malformed",
                        "2 missing_field",
                        "3 undefined_meter",
                        "4 missing_field",
                        "5 duplicate_field",
                        "6 invalid_account_code",
                        "7 invalid_account_code",
                        "8 invalid_number",
                        "9 number_too_large",
                        "10 malformed",
                        "11 invalid_uid",
                        "12 invalid_uid",
                        "13 invalid_timestamp",
                        "14 timestamp_in_future",
                        "15 invalid_text",
                        "16 malformed",
                        "17 malformed");
        assertThat(total("COUNT", "memory")).isEqualTo("2");
    }

    @Test
    void saysWhatItExpectedOfEachBadElementAndWhatItGot() {
        Reply reply = visitor.post("/measurements", Sample.batch(GOOD, String.join(",", BAD)))
                .ok();

        assertThat(IntStream.range(0, reply.size("details"))
                        .mapToObj(i -> reply.at("details[%d].message".formatted(i))))
                .allMatch(message -> message.startsWith("Expected ") && message.contains(", but"));
        assertThat(reply.at("details[4].message")).contains("memory", "WHO", "MEASURE");
        assertThat(reply.at("details[6].message")).contains("\"MICKEY\"", "\"mickey\"");
        assertThat(reply.at("details[7].message")).contains("measure.time", "\"NaN\"");
    }

    @Test
    void refusesAnAbsurdNumberInUnderASecond() {
        String numbers = IntStream.range(0, 1000)
                .mapToObj(_ -> GOOD.replace("1600", "1e100000000"))
                .collect(Collectors.joining(","));
        long start = System.nanoTime();

        Reply reply = visitor.post("/measurements", Sample.batch(numbers)).ok();

        assertThat(reply.at("refused")).isEqualTo("1000");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void refusesANumberOfAHundredThousandDigitsByItself() {
        Reply reply = visitor.post(
                        "/measurements", Sample.batch(GOOD, GOOD.replace("1600", "1" + "0".repeat(100_000)), GOOD))
                .ok();

        assertThat(reply.at("accepted")).isEqualTo("2");
        assertThat(reply.at("details[0].code")).isEqualTo("number_too_large");
        assertThat(reply.text()).hasSizeLessThan(500);
    }

    @ParameterizedTest
    @CsvSource({
        "'', invalid",
        "'[]', invalid",
        "'{}', invalid",
        "'{\"measurements\":[]}', invalid",
        "'{\"measurements\":{}}', invalid",
        "'{\"measurements\":null}', invalid",
        "'{\"measurements\":[{}],\"measurements\":[{}]}', invalid",
        "'{\"measurements\":[{}]} {}', invalid",
        "'{\"measurements\":[{}', malformed",
        "'{\"measurements\":[{},]}', malformed",
        "'{\"measurements\":[{\"ts\":NaN}]}', malformed"
    })
    void refusesABodyWholeThatIsNoArrayOfMeasurements(String body, String code) {
        Reply refused = visitor.postBytes("/measurements", body.getBytes(StandardCharsets.UTF_8));

        refused.refused(400, code);
    }

    @Test
    void saysAfterWhichElementTheJsonBreaks() {
        assertThat(visitor.post("/measurements", "{'measurements':[{},{},{'a':tru}]}")
                        .refused(400, "malformed")
                        .message())
                .contains("measurements[1]");
    }

    @ParameterizedTest
    @ValueSource(ints = {1001, 1002, 3000})
    void refusesMoreThanAThousandElements(int count) {
        Reply refused = visitor.post("/measurements", Sample.batch(many(count, "{}")));

        assertThat(refused.refused(400, "invalid").message())
                .isEqualTo("Expected 1 to 1000 measurements, but there are more. Send them in parts.");
        assertThat(refused.at("faults[0].field")).isEqualTo("measurements");
    }

    @Test
    void takesAThousandElements() {
        assertThat(visitor.post("/measurements", Sample.batch(many(1000, GOOD)))
                        .ok()
                        .at("accepted"))
                .isEqualTo("1000");
    }

    @Test
    void takesABodyOfTheLimitAndNotOneByteMore() {
        String body = Sample.batch(GOOD).replace('\'', '"');
        byte[] atLimit = Arrays.copyOf(body.getBytes(StandardCharsets.UTF_8), 512_000);
        Arrays.fill(atLimit, body.length(), atLimit.length, (byte) ' ');
        byte[] beyond = Arrays.copyOf(atLimit, 512_001);
        beyond[512_000] = ' ';

        visitor.postBytes("/measurements", atLimit).ok();
        assertThat(visitor.postBytes("/measurements", beyond)
                        .refused(413, "too_large")
                        .message())
                .contains("512000");
    }

    @Test
    void makesNoAccountForABatchThatIsRefusedWhole() {
        visitor.post("/measurements", "{'measurements':[" + Sample.measurement("ghost", "1", "1") + ",")
                .refused(400, "malformed");
        visitor.post("/measurements", Sample.batch(many(1001, Sample.measurement("ghost", "1", "1"))))
                .refused(400, "invalid");

        assertThat(visitor.get("/accounts?codes=ghost").size("data")).isZero();
    }

    @Test
    void makesSkeletonAccountsForUnknownCodes() {
        visitor.post(
                        "/measurements",
                        Sample.batch(
                                Sample.measurement("donald", "1", "1"),
                                Sample.measurement("donald", "1", "1"),
                                Sample.measurement("pluto \uD83D\uDE00", "1", "1")))
                .ok();

        Reply accounts = visitor.get("/accounts?codes=donald").ok();
        assertThat(accounts.all("name")).containsExactly("donald-autocreated");
        assertThat(accounts.all("emailAddress")).containsExactly("donald-autocreated@example.com");
        assertThat(accounts.all("createdBy")).containsExactly("KEY_" + visitor.keyId());
        assertThat(visitor.get("/accounts").all("code")).contains("pluto \uD83D\uDE00");
    }

    @Test
    void makesNoTwoAccountsThatDifferInCaseOnlyNotEvenInOneBatch() {
        Reply reply = visitor.post(
                        "/measurements",
                        Sample.batch(Sample.measurement("Donald", "1", "1"), Sample.measurement("donalD", "1", "1")))
                .ok();

        assertThat(reply.at("accepted")).isEqualTo("1");
        assertThat(reply.at("details[0].code")).isEqualTo("invalid_account_code");
    }

    @Test
    void countsAUidOnceAndKeepsTheFirstOfTwoContents() {
        String twin = GOOD.replace("{'meter'", "{'uid':'u','meter'");

        Reply reply = visitor.post("/measurements", Sample.batch(twin, twin, twin.replace("1600", "1601")))
                .ok();

        assertThat(reply.text())
                .startsWith(
                        "200 {\"result\":\"accepted\",\"accepted\":1,\"duplicates\":1,\"conflicts\":1,\"refused\":0");
        assertThat(reply.at("details[0].code")).isEqualTo("conflict");
        assertThat(visitor.post("/measurements", Sample.batch(twin)).at("duplicates"))
                .isEqualTo("1");
        assertThat(total("SUM", "duration")).isEqualTo("51200");
    }

    @Test
    void claimsNoIdentityWithARefusedElement() {
        String uid = GOOD.replace("{'meter'", "{'uid':'u','meter'");
        visitor.post("/measurements", Sample.batch(uid.replace("1600", "'x'"))).ok();

        assertThat(visitor.post("/measurements", Sample.batch(uid)).ok().at("accepted"))
                .isEqualTo("1");
    }

    @Test
    void keepsWhatTheMeterDoesNotDefineAndReportsIt() {
        Reply reply = visitor.post(
                        "/measurements",
                        Sample.batch(GOOD.replace(
                                "'measure':{", "'who':{'user':'u1'},'cost':{'paid':1.50},'measure':{'extra':7,")))
                .ok();

        assertThat(reply.at("accepted")).isEqualTo("1");
        assertThat(IntStream.range(0, 3).mapToObj(i -> reply.at("details[%d].code".formatted(i))))
                .containsOnly("undefined_field");
        assertThat(query("").at("data[0].undefinedFields")).isEqualTo("{\"extra\":7,\"paid\":1.5,\"user\":\"u1\"}");
    }

    @Test
    void refusesFieldNamesThatNoMeterCanEverDefine() {
        Reply reply = visitor.post(
                        "/measurements",
                        Sample.batch(
                                GOOD.replace("'measure':{", "'measure':{'':7,"),
                                GOOD.replace("'measure':{", "'measure':{'" + "x".repeat(81) + "':7,"),
                                GOOD.replace("'measure':{", "'measure':{'" + "x".repeat(60_000) + "':7,"),
                                GOOD.replace("'measure':{", "'measure':{'" + "\uD83D\uDE00".repeat(80) + "':7,")))
                .ok();

        assertThat(reply.at("accepted")).isEqualTo("1");
        assertThat(IntStream.range(0, 3).mapToObj(i -> reply.at("details[%d].code".formatted(i))))
                .containsOnly("invalid_text");
    }

    @Test
    void keepsAMeasurementWhoseCalculationFails() {
        visitor.created(
                "/meters",
                """
                {'code':'divider','name':'Divider','dataFields':[{'code':'a','name':'A','category':'MEASURE'},
                 {'code':'b','name':'B','category':'MEASURE'}],
                 'derivedFields':[{'code':'c','name':'C','category':'MEASURE','calculation':'a/b'}]}""");
        String measurement =
                "{'meter':'divider','account':'mickey','ts':'2024-12-12T20:36:00Z','measure':{'a':1,'b':0}}";

        Reply reply = visitor.post("/measurements", Sample.batch(measurement)).ok();

        assertThat(reply.at("accepted")).isEqualTo("1");
        assertThat(reply.at("details[0].code")).isEqualTo("calculation_error");
        assertThat(reply.at("details[0].message")).startsWith("Expected ").contains(" in c.");
        assertThat(query("").at("data[0].failedCalculations.c")).startsWith("Expected ");
        assertThat(query("").at("data[0].measure")).isEqualTo("{\"a\":1,\"b\":0}");
    }

    @ParameterizedTest
    @CsvSource({
        "2024-12-12T20:36:00Z, 2024-12-12T20:36:00Z",
        "2024-12-12T20:36Z, 2024-12-12T20:36:00Z",
        "2024-12-12T20:36:00.123456Z, 2024-12-12T20:36:00.123456Z",
        "2024-12-12T20:36:00.123456789Z, 2024-12-12T20:36:00.123456Z",
        "2024-12-12T20:36:00+05:30, 2024-12-12T15:06:00Z",
        "2024-12-12T23:36:00-12:00, 2024-12-13T11:36:00Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z"
    })
    void readsTimesWithOffsetsAndFractions(String sent, String kept) {
        visitor.post("/measurements", Sample.batch(GOOD.replace("2024-12-12T20:36:00.123456Z", sent)))
                .ok();

        assertThat(query("").at("data[0].ts")).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "2024-12-12T20:36:00",
                "2024-12-12",
                "2024-02-30T00:00:00Z",
                "1734035760",
                ""
            })
    void refusesTimesThatAreNone(String ts) {
        Reply reply = visitor.post("/measurements", Sample.batch(GOOD.replace("2024-12-12T20:36:00.123456Z", ts)))
                .ok();

        assertThat(reply.at("details[0].code")).isEqualTo("invalid_timestamp");
        assertThat(reply.at("details[0].message")).contains("\"" + ts + "\"");
    }

    @Test
    void refusesAnEndBeforeItsStart() {
        String ets = GOOD.replace("'measure'", "'ets':'2024-12-12T20:36:00.123455Z','measure'");

        Reply reply = visitor.post("/measurements", Sample.batch(ets, ets.replace("455Z", "456Z")))
                .ok();

        assertThat(reply.at("accepted")).isEqualTo("1");
        assertThat(reply.at("details[0].message"))
                .isEqualTo(
                        "Expected ets at or after ts 2024-12-12T20:36:00.123456Z, but was 2024-12-12T20:36:00.123455Z.");
        assertThat(query("").at("data[0].ets")).isEqualTo("2024-12-12T20:36:00.123456Z");
    }

    @Test
    void refusesWhatIsMoreThanADayAhead() {
        Instant now = InstantSource.system().instant();

        Reply reply = visitor.post(
                        "/measurements",
                        Sample.batch(
                                GOOD.replace(
                                        "2024-12-12T20:36:00.123456Z",
                                        now.plus(Duration.ofHours(25)).toString()),
                                GOOD.replace(
                                        "2024-12-12T20:36:00.123456Z",
                                        now.plus(Duration.ofHours(23)).toString())))
                .ok();

        assertThat(reply.at("accepted")).isEqualTo("1");
        assertThat(reply.at("details[0].code")).isEqualTo("timestamp_in_future");
        assertThat(reply.at("details[0].message")).contains("24 hours");
    }

    @Test
    void ignoresMembersItDoesNotKnow() {
        assertThat(visitor.post(
                                "/measurements",
                                "{'a':{'measurements':[1]},'measurements':[%s],'b':[[]]}"
                                        .formatted(GOOD.replace("{'meter'", "{'x':{'meter':['y']},'meter'")))
                        .ok()
                        .at("accepted"))
                .isEqualTo("1");
    }

    @Test
    void takesNullForAbsent() {
        Reply reply = visitor.post(
                        "/measurements",
                        Sample.batch(GOOD.replace(
                                "{'meter'", "{'uid':null,'ets':null,'who':null,'what':{'x':null},'meter'")))
                .ok();

        assertThat(reply.at("accepted")).isEqualTo("1");
        assertThat(reply.at("details")).isEqualTo("absent");
    }

    @Test
    void roundsMoreThanTwelveFractionalDigitsHalfEven() {
        visitor.post("/measurements", Sample.batch(Sample.measurement("mickey", "0.0000000000025", "1")))
                .ok();

        assertThat(query("").at("data[0].measure.memory")).isEqualTo("0.000000000002");
    }

    @Test
    void takesNegativeAmountsAsCorrections() {
        visitor.post(
                        "/measurements",
                        Sample.batch(
                                Sample.measurement("mickey", "10", "10"), Sample.measurement("mickey", "-4", "10")))
                .ok();

        assertThat(total("SUM", "duration")).isEqualTo("60");
    }

    @Test
    void refusesOtherEncodingsThanUtf8() {
        byte[] body =
                Sample.batch(GOOD.replace("'meter'", "'x'")).replace('\'', '"').getBytes(StandardCharsets.UTF_16);

        visitor.postBytes("/measurements", body).refused(400, "malformed");
        visitor.postBytes("/measurements", "{\"measurements\":[\u00ff]}".getBytes(StandardCharsets.ISO_8859_1))
                .refused(400, "malformed");
    }

    private String total(String function, String field) {
        return query("'aggregations':[{'meterId':'%s','fieldCode':'%s','fieldType':'MEASURE','function':'%s'}],"
                        .formatted(sample.meter(), field, function))
                .at("data[0].{" + function + "." + field + "}");
    }

    /** Everything of all times, newest first. */
    private Reply query(String members) {
        return visitor.post(
                        "/usage/query",
                        "{%s'startDate':'0001-01-01T00:00:00Z','endDate':'9999-01-01T00:00:00Z'}".formatted(members))
                .ok();
    }

    private static String many(int count, String element) {
        return String.join(",", Collections.nCopies(count, element));
    }
}

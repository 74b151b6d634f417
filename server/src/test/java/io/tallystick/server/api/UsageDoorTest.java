package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.access.Role;
import io.tallystick.server.json.JsonText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions about eight measurements of two accounts on two days of December 2024 and one of January 2025. */
@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class UsageDoorTest {
    private static final String UNKNOWN = "00000000-0000-4000-8000-00000000dead";

    private final Visitor visitor;
    private final String meter;
    private final String otherMeter;

    UsageDoorTest(Visitor visitor) {
        this.visitor = visitor;
        this.meter = visitor.created(
                "/meters",
                """
                {'code':'m','name':'M','dataFields':[{'code':'user','name':'U','category':'WHO'},
                 {'code':'place','name':'P','category':'WHERE'},{'code':'size','name':'S','category':'MEASURE'}],
                 'derivedFields':[{'code':'twice','name':'T','category':'MEASURE','calculation':'size*2'}]}""");
        this.otherMeter = visitor.created(
                "/meters",
                "{'code':'o','name':'O','dataFields':[{'code':'size','name':'S','category':'MEASURE'}],'derivedFields':[]}");
        visitor.post(
                        "/measurements",
                        Sample.batch(
                                measurement("mickey", "2024-12-01T00:00:00Z", "ann", "here", "1"),
                                measurement("mickey", "2024-12-01T23:59:59.999999Z", "bob", "here", "2.5"),
                                measurement("mickey", "2024-12-02T00:00:00Z", "ann", "there", "-4"),
                                measurement("mickey", "2025-01-01T00:00:00Z", "ann", "there", "100"),
                                measurement("donald", "2024-12-02T12:00:00Z", "cyd", "here", "10"),
                                measurement("donald", "2024-12-02T13:00:00Z", "cyd", "here", "20"),
                                "{'meter':'o','account':'donald','ts':'2024-12-02T13:00:00Z','measure':{'size':7}}"))
                .ok();
    }

    private static String measurement(String account, String ts, String user, String place, String size) {
        return "{'meter':'m','account':'%s','ts':'%s','who':{'user':'%s'},'where':{'place':'%s'},'measure':{'size':%s}}"
                .formatted(account, ts, user, place, size);
    }

    @ParameterizedTest
    @CsvSource({
        "SUM,size,MEASURE,29.5",
        "MIN,size,MEASURE,-4",
        "MAX,size,MEASURE,20",
        "COUNT,size,MEASURE,5",
        "LATEST,size,MEASURE,20",
        "MEAN,size,MEASURE,5.9",
        "SUM,twice,MEASURE,59",
        "COUNT,user,DIMENSION,5",
        "UNIQUE,user,DIMENSION,3"
    })
    void computesEachFunctionOfDecember(String function, String field, String type, String expected) {
        Reply reply = december(aggregation(function, field, type));

        assertThat(reply.text())
                .isEqualTo(
                        "200 {\"data\":[{\"%s.%s\":%s}],\"hasMoreData\":false}".formatted(function, field, expected));
    }

    @Test
    void groupsByAccount() {
        Reply reply = december(aggregation("SUM", "size", "MEASURE") + ",'groups':[{'groupType':'ACCOUNT'}]");

        assertThat(reply.all("account")).containsExactly("mickey", "donald");
        assertThat(reply.all("{SUM.size}")).containsExactly("-0.5", "30");
        assertThat(reply.at("data[0].accountId")).hasSize(36);
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 2024-12-01T00:00:00Z, 3.5, 2024-12-02T00:00:00Z, 26",
        "MONTH, 2024-12-01T00:00:00Z, 29.5, absent, absent",
        "HOUR, 2024-12-01T00:00:00Z, 1, 2024-12-01T23:00:00Z, 2.5"
    })
    void groupsByTime(String frequency, String first, String firstSum, String second, String secondSum) {
        Reply reply = december(aggregation("SUM", "size", "MEASURE")
                + ",'groups':[{'groupType':'TIME','frequency':'%s'}]".formatted(frequency));

        assertThat(reply.at("data[0].time")).isEqualTo(first);
        assertThat(reply.at("data[0].{SUM.size}")).isEqualTo(firstSum);
        assertThat(reply.at("data[1].time")).isEqualTo(second);
        assertThat(reply.at("data[1].{SUM.size}")).isEqualTo(secondSum);
    }

    @Test
    void groupsByAccountAndDayAndTextField() {
        Reply reply = december(aggregation("SUM", "size", "MEASURE")
                + ",'groups':[{'groupType':'ACCOUNT'},{'groupType':'TIME','frequency':'DAY'},{'groupType':'DIMENSION','meterId':'%s','fieldCode':'user'}]"
                        .formatted(meter));

        assertThat(IntStream.range(0, reply.size("data"))
                        .mapToObj(i -> reply.at("data[%d].account".formatted(i)) + " "
                                + reply.at("data[%d].time".formatted(i)).substring(0, 10) + " "
                                + reply.at("data[%d].user".formatted(i)) + " "
                                + reply.at("data[%d].{SUM.size}".formatted(i))))
                .containsExactly(
                        "mickey 2024-12-01 ann 1",
                        "mickey 2024-12-01 bob 2.5",
                        "mickey 2024-12-02 ann -4",
                        "donald 2024-12-02 cyd 30");
    }

    @Test
    void keepsRowsApartWhoseTextsLookTheSameWhenJoined() {
        visitor.post(
                        "/measurements",
                        Sample.batch(
                                measurement("mickey", "2030-01-01T00:00:00Z", "a", "b], Optional[c", "1")
                                        .replace("2030", "2020"),
                                measurement("mickey", "2020-01-01T00:00:00Z", "a], Optional[b", "c", "2")))
                .ok();

        Reply reply = visitor.post(
                        "/usage/query",
                        "{'startDate':'2020-01-01T00:00:00Z','endDate':'2020-02-01T00:00:00Z',%s,'groups':[{'groupType':'DIMENSION','meterId':'%s','fieldCode':'user'},{'groupType':'DIMENSION','meterId':'%s','fieldCode':'place'}]}"
                                .formatted(aggregation("SUM", "size", "MEASURE"), meter, meter))
                .ok();

        assertThat(reply.all("{SUM.size}")).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void namesATextFieldThatIsCalledLikeAKeyOfTheRowByItsMeter() {
        String clock = visitor.created(
                "/meters",
                "{'code':'clock','name':'C','dataFields':[{'code':'time','name':'T','category':'WHAT'}],'derivedFields':[]}");
        visitor.post(
                        "/measurements",
                        Sample.batch(
                                "{'meter':'clock','account':'mickey','ts':'2024-12-05T00:00:00Z','what':{'time':'noon'}}"))
                .ok();

        Reply reply = december(
                "'aggregations':[{'meterId':'%s','fieldCode':'time','fieldType':'DIMENSION','function':'COUNT'}],'groups':[{'groupType':'TIME','frequency':'MONTH'},{'groupType':'DIMENSION','meterId':'%s','fieldCode':'time'}]"
                        .formatted(clock, clock));

        assertThat(reply.at("data[0].time")).isEqualTo("2024-12-01T00:00:00Z");
        assertThat(reply.at("data[0].{clock.time}")).isEqualTo("noon");
        assertThat(reply.at("data[0].{COUNT.time}")).isEqualTo("1");
    }

    @Test
    void filtersByAccountsMetersAndTexts() {
        String mickey = visitor.get("/accounts?codes=mickey").at("data[0].id");
        String sum = aggregation("SUM", "size", "MEASURE");

        assertThat(december(sum + ",'accountIds':['%s']".formatted(mickey)).all("{SUM.size}"))
                .containsExactly("-0.5");
        assertThat(december(sum + ",'meterIds':['%s']".formatted(meter)).all("{SUM.size}"))
                .containsExactly("29.5");
        assertThat(december(sum + ",'accountIds':[],'meterIds':[]").all("{SUM.size}"))
                .containsExactly("29.5");
        assertThat(december(sum
                                + ",'dimensionFilters':[{'meterId':'%s','fieldCode':'user','values':['ann','cyd']},{'meterId':'%s','fieldCode':'place','values':['here']}]"
                                        .formatted(meter, meter))
                        .all("{SUM.size}"))
                .containsExactly("31");
        assertThat(december(sum
                                + ",'dimensionFilters':[{'meterId':'%s','fieldCode':'user','values':['\\\\' OR 1=1 --']}]"
                                        .formatted(meter)
                                        .replace("\\\\'", "\\u0027"))
                        .all("{SUM.size}"))
                .isIn(List.of(), List.of("null"));
    }

    @Test
    void namesTheMeterWhereTwoHaveTheSameFieldAndFunction() {
        Reply reply = visitor.post(
                        "/usage/query",
                        "{'startDate':'2024-12-01T00:00:00Z','endDate':'2025-01-01T00:00:00Z','aggregations':[%s,%s],'groups':[{'groupType':'ACCOUNT'}]}"
                                .formatted(
                                        one(meter, "SUM", "size", "MEASURE"),
                                        one(otherMeter, "SUM", "size", "MEASURE")))
                .ok();

        assertThat(reply.all("{SUM.m.size}")).containsExactly("-0.5", "30");
        assertThat(reply.all("{SUM.o.size}")).containsExactly("null", "7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'sortBy':'SUM.size'; ann,bob,cyd",
                "'sortBy':'SUM.size','sortOrder':'ASC'; ann,bob,cyd",
                "'sortBy':'SUM.size','sortOrder':'DESC'; cyd,bob,ann",
                "'sortBy':'user','sortOrder':'DESC'; cyd,bob,ann",
                "'sortBy':'COUNT.size','sortOrder':'DESC'; ann,cyd,bob",
                "'sortBy':'COUNT.size'},{'sortBy':'user','sortOrder':'DESC'; bob,cyd,ann"
            })
    void sortsByAnyKeyOfTheRow(String sort, String users) {
        String asked =
                "'aggregations':[%s,%s],'groups':[{'groupType':'DIMENSION','meterId':'%s','fieldCode':'user'}],'sort':[{%s}]"
                        .formatted(
                                one(meter, "SUM", "size", "MEASURE"),
                                one(meter, "COUNT", "size", "MEASURE"),
                                meter,
                                sort);

        assertThat(String.join(",", december(asked).all("user"))).isEqualTo(users);
        assertThat(String.join(",", december(asked + ",'limit':2").all("user")))
                .isEqualTo(users.substring(0, users.lastIndexOf(',')));
    }

    @Test
    void sortsByAccountCodeAndByTime() {
        String asked = aggregation("SUM", "size", "MEASURE")
                + ",'groups':[{'groupType':'ACCOUNT'},{'groupType':'TIME','frequency':'DAY'}],'sort':[{'sortBy':'account'},{'sortBy':'time','sortOrder':'DESC'}]";

        Reply reply = december(asked);

        assertThat(reply.all("account")).containsExactly("donald", "mickey", "mickey");
        assertThat(reply.all("time"))
                .containsExactly("2024-12-02T00:00:00Z", "2024-12-02T00:00:00Z", "2024-12-01T00:00:00Z");
    }

    @Test
    void sortsOverTwoMeters() {
        String asked =
                "'aggregations':[%s,%s],'groups':[{'groupType':'ACCOUNT'}],'sort':[{'sortBy':'SUM.o.size','sortOrder':'DESC'}]"
                        .formatted(one(meter, "SUM", "size", "MEASURE"), one(otherMeter, "SUM", "size", "MEASURE"));

        assertThat(december(asked).all("account")).containsExactly("donald", "mickey");
        assertThat(december(asked + ",'limit':1").all("account")).containsExactly("donald");
        assertThat(december(asked + ",'limit':1").at("hasMoreData")).isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, HOUR, 2024-12-01T23:00:00Z",
        "Pacific/Chatham, DAY, 2024-12-01T10:15:00Z",
        "America/St_Johns, DAY, 2024-12-01T03:30:00Z"
    })
    void cutsBucketsByTheClockOfTheZone(String zone, String frequency, String secondBucket) {
        Reply reply = december(aggregation("SUM", "size", "MEASURE")
                + ",'timezone':'%s','groups':[{'groupType':'TIME','frequency':'%s'}]".formatted(zone, frequency));

        assertThat(reply.at("data[1].time")).isEqualTo(secondBucket);
    }

    @Test
    void readsMeasurementsOfAllMetersPageByPageInBothDirections() {
        List<String> newestFirst = pages("'limit':2");

        assertThat(newestFirst)
                .hasSize(6)
                .isSortedAccordingTo(Comparator.reverseOrder())
                .doesNotHaveDuplicates();
        assertThat(pages("'limit':1")).isEqualTo(newestFirst);
        assertThat(pages("'limit':4,'sort':[{'sortBy':'ts','sortOrder':'DESC'}]"))
                .isEqualTo(newestFirst);
        assertThat(pages("'limit':4,'sort':[{'sortBy':'ts'}]")).isEqualTo(newestFirst.reversed());
    }

    private List<String> pages(String members) {
        List<String> all = new ArrayList<>();
        String token = "";
        do {
            Reply page = december(members + token);
            for (int i = 0; i < page.size("data"); i++) {
                all.add(page.at("data[%d].ts".formatted(i)) + " " + page.at("data[%d].meter".formatted(i)));
            }
            token = page.at("nextToken").equals("absent") ? "" : ",'nextToken':'%s'".formatted(page.at("nextToken"));
        } while (!token.isEmpty());
        return all;
    }

    @Test
    void namesTheKeysThatRowsCanBeSortedBy() {
        assertThat(ask(aggregation("SUM", "size", "MEASURE")
                                + ",'groups':[{'groupType':'ACCOUNT'}],'sort':[{'sortBy':'MAX.size'}]")
                        .refused(400, "invalid")
                        .message())
                .contains("account, accountId, SUM.size", "\"MAX.size\"");
    }

    @Test
    void showsMeasurementsNewestFirstWhereNothingIsAggregated() {
        Reply reply = december("'meterIds':['%s']".formatted(meter));

        assertThat(reply.all("ts"))
                .containsExactly(
                        "2024-12-02T13:00:00Z",
                        "2024-12-02T12:00:00Z",
                        "2024-12-02T00:00:00Z",
                        "2024-12-01T23:59:59.999999Z",
                        "2024-12-01T00:00:00Z");
        assertThat(reply.at("data[4].who.user")).isEqualTo("ann");
        assertThat(reply.at("data[3].measure")).isEqualTo("{\"size\":2.5,\"twice\":5}");
        assertThat(reply.at("hasMoreData")).isEqualTo("false");
        assertThat(december("'limit':10").all("meter")).hasSize(6).contains("o");
    }

    @Test
    void saysThatThereIsMoreThanTheLimit() {
        Reply rows = december("'limit':2");
        Reply groups =
                december(aggregation("SUM", "size", "MEASURE") + ",'groups':[{'groupType':'ACCOUNT'}],'limit':1");

        assertThat(rows.size("data")).isEqualTo(2);
        assertThat(rows.at("hasMoreData")).isEqualTo("true");
        assertThat(groups.all("account")).containsExactly("mickey");
        assertThat(groups.at("hasMoreData")).isEqualTo("true");
        assertThat(december("'limit':6").at("hasMoreData")).isEqualTo("false");
        assertThat(december("'limit':20000").size("data")).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'meterIds':['" + UNKNOWN + "']",
                "'accountIds':['" + UNKNOWN + "']",
                "'aggregations':[{'meterId':'" + UNKNOWN
                        + "','fieldCode':'size','fieldType':'MEASURE','function':'SUM'}]",
                "'dimensionFilters':[{'meterId':'" + UNKNOWN + "','fieldCode':'user','values':['x']}]"
            })
    void refusesUnknownIds(String members) {
        Reply refused = ask(members).refused(400, "invalid");

        assertThat(refused.at("faults[0].code")).isEqualTo("unknown_reference");
        assertThat(refused.message()).contains(UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'groups':[{'groupType':'ACCOUNT'}]",
                "'timezone':'Europe/Paradise'",
                "'sort':[{'sortBy':'account'}]",
                "'sort':[{'sortBy':'ts','sortOrder':'UP'}]",
                "'nextToken':'made up'",
                "'watermark':'tomorrow'",
                "AGG('SUM','size','MEASURE'),'nextToken':'MSAxIDEgMQ'",
                "'limit':0",
                "'limit':20001",
                "'limit':1.5",
                "'limit':'10'",
                "AGG('SUM','user','DIMENSION')",
                "AGG('SUM','user','MEASURE')",
                "AGG('UNIQUE','size','MEASURE')",
                "AGG('COUNT','size','DIMENSION')",
                "AGG('COUNT','none','MEASURE')",
                "AGG('MEDIAN','size','MEASURE')",
                "AGG('CUSTOM_SQL','size','MEASURE')",
                "AGG('SUM','size','MEASURE'),'groups':[{'groupType':'TIME'}]",
                "AGG('SUM','size','MEASURE'),'groups':[{'groupType':'TIME','frequency':'MINUTE'}]",
                "AGG('SUM','size','MEASURE'),'groups':[{'groupType':'TIME','frequency':'DAY'},{'groupType':'TIME','frequency':'HOUR'}]",
                "AGG('SUM','size','MEASURE'),'groups':[{'groupType':'DIMENSION','fieldCode':'user'}]",
                "AGG('SUM','size','MEASURE'),'groups':[{'groupType':'DIMENSION','meterId':'METER','fieldCode':'size'}]",
                "AGG('SUM','size','MEASURE'),'dimensionFilters':[{'meterId':'METER','fieldCode':'size','values':['1']}]",
                "AGG('SUM','size','MEASURE'),'dimensionFilters':[{'meterId':'METER','fieldCode':'user','values':[]}]",
                "AGG('SUM','size','MEASURE'),'meterIds':['OTHER']",
                "'meterIds':['OTHER'],'dimensionFilters':[{'meterId':'METER','fieldCode':'user','values':['ann']}]",
                "'aggregations':[{'meterId':'OTHER','fieldCode':'size','fieldType':'MEASURE','function':'SUM'}],'dimensionFilters':[{'meterId':'METER','fieldCode':'user','values':['ann']}]",
                "'aggregations':[{'meterId':'OTHER','fieldCode':'size','fieldType':'MEASURE','function':'SUM'}],'groups':[{'groupType':'DIMENSION','meterId':'METER','fieldCode':'user'}]"
            })
    void refusesQuestionsThatMakeNoSense(String members) {
        String asked = members.replaceAll(
                        "AGG\\('(\\w+)','(\\w+)','(\\w+)'\\)",
                        "'aggregations':[{'meterId':'METER','fieldCode':'$2','fieldType':'$3','function':'$1'}]")
                .replace("METER", meter)
                .replace("'OTHER'", "'" + otherMeter + "'");

        ask(asked).refused(400, "invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "2024-12-01T00:00:00Z, 2024-12-01T00:00:00Z",
        "2024-12-02T00:00:00Z, 2024-12-01T00:00:00Z",
        "2024-12-01, 2024-12-02",
        "-999999999-01-01T00:00:00Z, 2024-12-01T00:00:00Z",
        "2024-12-01T00:00:00Z, +10000-01-01T00:00:00Z"
    })
    void refusesPeriodsThatAreNone(String start, String end) {
        visitor.post("/usage/query", "{'startDate':'%s','endDate':'%s'}".formatted(start, end))
                .refused(400, "invalid");
    }

    @Test
    void wantsAPeriod() {
        Reply refused = visitor.post("/usage/query", "{}").refused(400, "invalid");

        assertThat(refused.at("faults[0].field")).isEqualTo("startDate");
        assertThat(refused.at("faults[1].field")).isEqualTo("endDate");
    }

    @Test
    void refusesMoreBucketsThanAnybodyReads() {
        Reply refused = visitor.post(
                "/usage/query",
                "{'startDate':'0001-01-01T00:00:00Z','endDate':'9999-01-01T00:00:00Z',%s,'groups':[{'groupType':'TIME','frequency':'HOUR'}]}"
                        .formatted(aggregation("SUM", "size", "MEASURE")));

        refused.refused(400, "invalid");
    }

    private Reply december(String members) {
        return ask(members).ok();
    }

    private Reply ask(String members) {
        return visitor.post(
                "/usage/query",
                "{'startDate':'2024-12-01T00:00:00Z','endDate':'2025-01-01T00:00:00Z',%s}".formatted(members));
    }

    private String aggregation(String function, String field, String type) {
        return "'aggregations':[%s]".formatted(one(meter, function, field, type));
    }

    private static String one(String meter, String function, String field, String type) {
        return "{'meterId':'%s','fieldCode':'%s','fieldType':'%s','function':'%s'}"
                .formatted(meter, field, type, function);
    }

    @Test
    void showsNothingOfAnotherOrganization(LiveServer server) {
        Visitor other = server.visitor(Role.ADMIN);

        Reply reply = other.post(
                        "/usage/query", "{'startDate':'2024-12-01T00:00:00Z','endDate':'2025-01-01T00:00:00Z'}")
                .ok();

        assertThat(JsonText.write(reply.body())).isEqualTo("{\"data\":[],\"hasMoreData\":false}");
        other.post(
                        "/usage/query",
                        "{'startDate':'2024-12-01T00:00:00Z','endDate':'2025-01-01T00:00:00Z','meterIds':['%s']}"
                                .formatted(meter))
                .refused(400, "invalid");
    }
}

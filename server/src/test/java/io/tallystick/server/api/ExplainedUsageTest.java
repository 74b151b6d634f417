package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.quantity.Exact;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.JsonText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens the rows of answers: the measurements behind each give its figures, for every function. */
@Timeout(120)
@ExtendWith(LiveServer.Extension.class)
final class ExplainedUsageTest {
    private static final String YEAR = "'startDate':'2024-01-01T00:00:00Z','endDate':'2025-01-01T00:00:00Z'";

    private final Visitor visitor;
    private final String meter;

    ExplainedUsageTest(Visitor visitor) {
        this.visitor = visitor;
        this.meter = visitor.created(
                "/meters",
                """
                {'code':'m','name':'M','dataFields':[{'code':'user','name':'U','category':'WHO'},
                 {'code':'size','name':'S','category':'MEASURE'}],
                 'derivedFields':[{'code':'rest','name':'R','category':'MEASURE','calculation':'100/size'}]}""");
        visitor.post(
                        "/measurements",
                        Sample.batch(
                                measurement("a1", "mickey", "2024-10-27T00:10:00Z", "ann", "1"),
                                measurement("a2", "mickey", "2024-10-27T00:20:00Z", "bob", "2.5"),
                                measurement("a3", "mickey", "2024-10-27T01:10:00Z", "ann", "-4"),
                                measurement(
                                        "a4", "mickey", "2024-10-27T01:10:00Z", "ann", "12345678901234.000000000001"),
                                measurement("a5", "donald", "2024-10-27T00:30:00Z", "ann", "0"),
                                measurement("a6", "donald", "2024-10-27T02:30:00Z", "cyd", "30"),
                                measurement("a6", "donald", "2024-10-27T02:30:00Z", "cyd", "31"),
                                measurement("a7", "donald", "2024-10-27T02:30:00Z", "cyd", "1")
                                        .replace("'m'", "'nope'"),
                                measurement("a8", "donald", "2024-10-27T02:30:00Z", "cyd", "'x'"),
                                measurement("a9", "mickey", "2023-10-27T02:30:00Z", "cyd", "'x'")))
                .ok();
    }

    private static String measurement(String uid, String account, String ts, String user, String size) {
        return "{'uid':'%s','meter':'m','account':'%s','ts':'%s','who':{'user':'%s'},'measure':{'size':%s}}"
                .formatted(uid, account, ts, user, size);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'groups':[{'groupType':'ACCOUNT'}],",
                "'timezone':'Europe/Berlin','groups':[{'groupType':'TIME','frequency':'HOUR'}],",
                "'groups':[{'groupType':'TIME','frequency':'QUARTER'},{'groupType':'DIMENSION','meterId':'METER','fieldCode':'user'}],",
                "'dimensionFilters':[{'meterId':'METER','fieldCode':'user','values':['ann',null]}],'groups':[{'groupType':'ACCOUNT'}],"
            })
    void measurementsBehindARowGiveItsFigures(String members) {
        String aggregations = Stream.of("SUM", "MIN", "MAX", "COUNT", "LATEST", "MEAN")
                .flatMap(function -> Stream.of("size", "rest").map(field -> aggregation(field, "MEASURE", function)))
                .reduce((some, more) -> some + "," + more)
                .orElseThrow();

        Reply reply = ask(members.replace("METER", meter) + "'explain':true,'aggregations':[" + aggregations + ","
                + aggregation("user", "DIMENSION", "COUNT") + "," + aggregation("user", "DIMENSION", "UNIQUE") + "]");

        assertThat(reply.size("data")).isPositive();
        // What is committed afterwards is not behind this answer.
        visitor.post("/measurements", Sample.batch(measurement("late", "mickey", "2024-10-27T00:10:00Z", "ann", "7")))
                .ok();
        for (int i = 0; i < reply.size("data"); i++) {
            String row = "data[%d]".formatted(i);
            List<Raw> behind = measurements(reply.at(row + ".explain.measurementsQuery"));
            assertThat(reply.at(row + ".explain.measurements")).isEqualTo(Integer.toString(behind.size()));
            for (String field : List.of("size", "rest")) {
                for (String function : List.of("SUM", "MIN", "MAX", "COUNT", "LATEST", "MEAN")) {
                    assertThat(reply.at(row + ".{" + function + "." + field + "}"))
                            .as("%s of %s in %s", function, field, reply.at(row))
                            .isEqualTo(figure(function, field, behind));
                }
            }
            assertThat(reply.at(row + ".{COUNT.user}")).isEqualTo(Integer.toString(behind.size()));
            assertThat(reply.at(row + ".{UNIQUE.user}"))
                    .isEqualTo(Long.toString(
                            behind.stream().map(Raw::user).distinct().count()));
        }
    }

    @Test
    void saysWhatStandsBehindTheAnswer() {
        Reply reply = ask("'aggregations':[%s],'explain':true".formatted(aggregation("size", "MEASURE", "SUM")));

        assertThat(reply.at("explain.measurements")).isEqualTo("6");
        assertThat(Long.parseLong(reply.at("explain.rowsScanned"))).isGreaterThanOrEqualTo(6);
        assertThat(reply.at("explain.conflicts")).isEqualTo("1");
        assertThat(reply.at("explain.refusals")).isEqualTo("{\"undefined_meter\":1,\"invalid_number\":1}");
        assertThat(Long.parseLong(reply.at("explain.durationMs"))).isNotNegative();
        assertThat(reply.at("explain.watermark")).matches("[0-9]+");
    }

    @Test
    void countsRefusalsAndConflictsOfTheAccountsThatWereAskedAbout() {
        String mickey = visitor.get("/accounts?codes=mickey").at("data[0].id");

        Reply reply = ask("'aggregations':[%s],'explain':true,'accountIds':['%s']"
                .formatted(aggregation("size", "MEASURE", "SUM"), mickey));

        assertThat(reply.at("explain.measurements")).isEqualTo("4");
        assertThat(reply.at("explain.conflicts")).isEqualTo("0");
        assertThat(reply.at("explain.refusals")).isEqualTo("{}");
    }

    @Test
    void answersAsOfAWatermarkThatAnAnswerNamed() {
        String sum = "'aggregations':[%s]".formatted(aggregation("size", "MEASURE", "COUNT"));
        String watermark = ask(sum + ",'explain':true").at("explain.watermark");
        visitor.post("/measurements", Sample.batch(measurement("new", "mickey", "2024-10-27T00:10:00Z", "ann", "7")))
                .ok();

        assertThat(ask(sum).at("data[0].{COUNT.size}")).isEqualTo("7");
        assertThat(ask(sum + ",'watermark':'%s'".formatted(watermark)).at("data[0].{COUNT.size}"))
                .isEqualTo("6");
        visitor.post("/usage/query", "{%s,%s,'watermark':'999999999'}".formatted(YEAR, sum))
                .refused(400, "invalid");
    }

    @Test
    void explainsByAQueryParameterToo() {
        Reply reply = visitor.post("/usage/query?explain=true", "{%s}".formatted(YEAR))
                .ok();

        assertThat(reply.at("explain.measurements")).isEqualTo("6");
        visitor.post("/usage/query?explain=maybe", "{%s}".formatted(YEAR)).refused(400, "invalid");
    }

    @Test
    void refusesToRepeatAMillionNamesInTheExplanation() {
        String values = Stream.generate(() -> "'ann'").limit(100).reduce("'x'", (some, more) -> some + "," + more);

        visitor.post(
                        "/usage/query",
                        "{%s,'explain':true,'limit':20000,'aggregations':[%s],'dimensionFilters':[{'meterId':'%s','fieldCode':'user','values':[%s]}]}"
                                .formatted(YEAR, aggregation("size", "MEASURE", "SUM"), meter, values))
                .refused(400, "invalid");
    }

    private record Raw(String uid, String ts, String user, Map<String, BigDecimal> numbers) {}

    /** All pages of two, each asked for with the query of the row and the token of the page before. */
    private List<Raw> measurements(String query) {
        Json.Obj first = Reply.parsed(query);
        List<Raw> all = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            Json.ObjBuilder body = Json.obj().withAll(first).with("limit", 2);
            token.ifPresent(next -> body.with("nextToken", next));
            Reply page =
                    visitor.post("/usage/query", JsonText.write(body.build())).ok();
            for (int i = 0; i < page.size("data"); i++) {
                String row = "data[%d].".formatted(i);
                Map<String, BigDecimal> numbers = new HashMap<>();
                for (String field : List.of("size", "rest")) {
                    String number = page.at(row + "measure." + field);
                    if (!number.equals("absent")) {
                        numbers.put(field, new BigDecimal(number));
                    }
                }
                all.add(new Raw(page.at(row + "uid"), page.at(row + "ts"), page.at(row + "who.user"), numbers));
            }
            token = Optional.of(page.at("nextToken")).filter(next -> !next.equals("absent"));
            assertThat(page.at("hasMoreData")).isEqualTo(Boolean.toString(token.isPresent()));
        } while (token.isPresent());
        return all;
    }

    private static String figure(String function, String field, List<Raw> rows) {
        List<Raw> carrying =
                rows.stream().filter(row -> row.numbers().containsKey(field)).toList();
        List<BigDecimal> numbers =
                carrying.stream().map(row -> row.numbers().get(field)).toList();
        if (function.equals("COUNT")) {
            return Integer.toString(numbers.size());
        }
        Optional<BigDecimal> sum = numbers.stream().reduce(BigDecimal::add);
        Optional<BigDecimal> figure =
                switch (function) {
                    case "SUM" -> sum;
                    case "MIN" -> numbers.stream().reduce(BigDecimal::min);
                    case "MAX" -> numbers.stream().reduce(BigDecimal::max);
                    case "MEAN" -> sum.map(total -> Exact.divide(total, BigDecimal.valueOf(numbers.size())));
                    default ->
                        carrying.stream()
                                .max(Comparator.comparing(Raw::ts).thenComparing(Raw::uid))
                                .map(row -> row.numbers().get(field));
                };
        return figure.map(number -> JsonText.write(Json.of(number))).orElse("null");
    }

    private String aggregation(String field, String type, String function) {
        return "{'meterId':'%s','fieldCode':'%s','fieldType':'%s','function':'%s'}"
                .formatted(meter, field, type, function);
    }

    private Reply ask(String members) {
        return visitor.post("/usage/query", "{%s,%s}".formatted(YEAR, members)).ok();
    }
}

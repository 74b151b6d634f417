package io.tallystick.server.faults;

import io.tallystick.server.proof.Client;
import io.tallystick.server.proof.Metered;
import io.tallystick.server.proof.Reading;
import io.tallystick.server.proof.Sample;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Every aggregate of one meter in one window, for each account and hour: asked of a server, and found naively. */
record Question(Metered meter, String meterId, Period window) {
    private static final List<String> OF_NUMBERS = List.of("SUM", "MIN", "MAX", "COUNT", "LATEST", "MEAN");
    private static final List<String> OF_TEXTS = List.of("COUNT", "UNIQUE");
    private static final int LIMIT = 20_000;

    /** By account and hour, then by function and field; absent values are left out. */
    record Table(Map<String, Map<String, BigDecimal>> cells) {}

    private record Column(String function, String field, boolean isText) {
        String name() {
            return function + "." + field;
        }
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        meter.numbers().forEach(field -> OF_NUMBERS.forEach(each -> columns.add(new Column(each, field, false))));
        meter.texts().forEach(field -> OF_TEXTS.forEach(each -> columns.add(new Column(each, field, true))));
        return columns;
    }

    Table ask(Client client) {
        JsonNode answer = client.ask(Map.of(
                "startDate",
                window.from().toString(),
                "endDate",
                window.to().toString(),
                "aggregations",
                columns().stream()
                        .map(column -> Map.of(
                                "meterId",
                                meterId,
                                "fieldCode",
                                column.field(),
                                "fieldType",
                                column.isText() ? "DIMENSION" : "MEASURE",
                                "function",
                                column.function()))
                        .toList(),
                "groups",
                List.of(Map.of("groupType", "ACCOUNT"), Map.of("groupType", "TIME", "frequency", "HOUR")),
                "limit",
                LIMIT));
        requireAll(answer);
        Map<String, Map<String, BigDecimal>> cells = new TreeMap<>();
        for (JsonNode row : answer.get("data")) {
            Map<String, BigDecimal> values = new LinkedHashMap<>();
            for (Column column : columns()) {
                JsonNode value = row.path(column.name());
                if (value.isNumber()) {
                    values.put(column.name(), plain(value.decimalValue()));
                }
            }
            cells.put(
                    place(
                            row.get("account").stringValue(),
                            Instant.parse(row.get("time").stringValue())),
                    values);
        }
        return new Table(cells);
    }

    Table expect(List<Sample> counting) {
        Map<String, List<Sample>> groups = new TreeMap<>();
        counting.stream()
                .filter(sample -> sample.meter().equals(meter.code()) && window.contains(sample.at()))
                .forEach(sample -> groups.computeIfAbsent(
                                place(sample.account(), sample.at().truncatedTo(ChronoUnit.HOURS)),
                                _ -> new ArrayList<>())
                        .add(sample));
        Map<String, Map<String, BigDecimal>> cells = new TreeMap<>();
        groups.forEach((place, samples) -> {
            Map<String, BigDecimal> values = new LinkedHashMap<>();
            for (Column column : columns()) {
                value(column, samples).ifPresent(value -> values.put(column.name(), plain(value)));
            }
            cells.put(place, values);
        });
        return new Table(cells);
    }

    /** Every measurement of every meter, whenever it was. */
    static List<Row> measurements(Client client) {
        return measurements(client, Map.of());
    }

    /** The same with something more in the question. */
    static List<Row> measurements(Client client, Map<String, Object> more) {
        Map<String, Object> question = new HashMap<>(more);
        question.put("startDate", "0001-01-01T00:00:00Z");
        question.put("endDate", "9999-12-31T00:00:00Z");
        question.put("limit", LIMIT);
        JsonNode answer = client.ask(question);
        requireAll(answer);
        List<Row> rows = new ArrayList<>();
        answer.get("data").forEach(shown -> rows.add(Row.of(shown)));
        return rows;
    }

    private static void requireAll(JsonNode answer) {
        if (answer.get("hasMoreData").booleanValue()) {
            throw new IllegalStateException(
                    "Expected at most %d rows, but there are more. Let the script draw less.".formatted(LIMIT));
        }
    }

    private Optional<BigDecimal> value(Column column, List<Sample> samples) {
        if (column.isText()) {
            List<String> texts = samples.stream()
                    .map(sample -> sample.texts().getOrDefault(column.field(), ""))
                    .toList();
            return Optional.of(BigDecimal.valueOf(
                    column.function().equals("UNIQUE")
                            ? texts.stream().distinct().count()
                            : texts.size()));
        }
        return Reading.aggregated(
                column.function(),
                samples.stream()
                        .flatMap(sample -> meter.value(column.field(), sample).stream()
                                .map(value ->
                                        new Reading(sample.at(), sample.uid().orElse(""), value)))
                        .toList());
    }

    private static String place(String account, Instant hour) {
        return "account %s, hour %s, ".formatted(account, hour);
    }

    /** Equal numbers have one form. */
    private static BigDecimal plain(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
}

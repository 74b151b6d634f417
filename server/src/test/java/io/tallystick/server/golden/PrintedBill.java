package io.tallystick.server.golden;

import io.tallystick.server.json.Json;
import io.tallystick.server.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A bill as text: a heading, a row for each line item, its total. A row says what is charged, from when until when, the
 * quantity, the units, how the bands come together, the exact amount and the amount.
 */
final class PrintedBill {
    private static final String MIDNIGHT = "T00:00:00Z";

    private PrintedBill() {}

    static String of(Json.Obj bill) {
        StringBuilder text = new StringBuilder("%s, %s to %s %s, billed %s, due %s%n"
                .formatted(
                        text(bill, "accountCode"),
                        text(bill, "startDate"),
                        text(bill, "endDate"),
                        text(bill, "timezone"),
                        text(bill, "billDate"),
                        text(bill, "dueDate")));
        List<List<String>> rows = new ArrayList<>();
        items(bill, "lineItems").forEach(line -> rows.add(row(line)));
        items(bill, "unpricedUsage").forEach(usage -> rows.add(unpriced(usage)));
        table(rows).forEach(row -> text.append(row).append('\n'));
        return text.append("total %s %s\n\n".formatted(text(bill, "billTotal"), text(bill, "currency")))
                .toString();
    }

    private static List<String> row(Json.Obj line) {
        String bands = items(line, "usagePerPricingBand").stream()
                .map(PrintedBill::band)
                .collect(Collectors.joining("; "));
        return List.of(
                text(line, "lineItemType"),
                text(line, "description"),
                date(line, "servicePeriodStartDate"),
                date(line, "servicePeriodEndDate"),
                text(line, "quantity"),
                text(line, "units"),
                bands,
                text(line, "exactAmount"),
                text(line, "subtotal"));
    }

    private static String band(Json.Obj band) {
        String fixed = text(band, "fixedPrice");
        return "%s: %s x %s%s"
                .formatted(
                        text(band, "lowerLimit"),
                        text(band, "bandUnits"),
                        text(band, "unitPrice"),
                        fixed.equals("0") ? "" : " + " + fixed);
    }

    private static List<String> unpriced(Json.Obj usage) {
        return List.of(
                "(not priced)",
                text(usage, "name"),
                date(usage, "servicePeriodStartDate"),
                date(usage, "servicePeriodEndDate"),
                text(usage, "quantity"));
    }

    /** Midnight in UTC is a date. */
    private static String date(Json.Obj object, String member) {
        String instant = text(object, member);
        return instant.endsWith(MIDNIGHT) ? instant.substring(0, instant.length() - MIDNIGHT.length()) : instant;
    }

    /** Columns as wide as their widest cell. */
    private static List<String> table(List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        List<Integer> widths = IntStream.range(0, columns)
                .mapToObj(column -> rows.stream()
                        .filter(row -> row.size() > column)
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> row.get(column)
                                + " "
                                        .repeat(widths.get(column)
                                                - row.get(column).length()))
                        .collect(Collectors.joining(" | "))
                        .stripTrailing())
                .toList();
    }

    static List<Json.Obj> items(Json.Obj object, String member) {
        return object.member(member).stream()
                .flatMap(array -> ((Json.Arr) array).items().stream())
                .map(Json.Obj.class::cast)
                .toList();
    }

    static String text(Json.Obj object, String member) {
        Json value = object.member(member)
                .orElseThrow(() -> new AssertionError(
                        "Expected a field %s, but there was none in %s.".formatted(member, JsonText.write(object))));
        return value instanceof Json.Text(String text) ? text : JsonText.write(value);
    }
}

package io.tallystick.server.api.usage;

import io.tallystick.account.Account;
import io.tallystick.catalog.FieldCategory;
import io.tallystick.catalog.Meter;
import io.tallystick.document.Document;
import io.tallystick.id.FieldCode;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.UsageQuestion;
import io.tallystick.usage.FieldValue;
import io.tallystick.usage.MeasurementQuery;
import io.tallystick.usage.MeasurementQuery.Direction;
import io.tallystick.usage.Remarks;
import io.tallystick.usage.StoredMeasurement;
import io.tallystick.usage.UsageStore;
import io.tallystick.usage.UsageWatermark;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of a query without aggregations: the measurements themselves, newest first or oldest first, each as it was submitted ({@code uid},
 * {@code meter}, {@code account}, {@code ts}, {@code ets}, an object of fields per category), with its derived fields
 * among the others, and {@code accountId} and {@code receivedAt}; {@code undefinedFields} holds what the meter does not
 * define, {@code failedCalculations} why a derived field is missing.
 */
public final class MeasurementRows {
    /** The only key that measurements can be sorted by. */
    static final String TIME = "ts";

    private final ResolvedQuestion question;
    private final UsageStore usage;
    private final UsageWatermark asOf;

    MeasurementRows(ResolvedQuestion question, UsageStore usage, UsageWatermark asOf) {
        this.question = question;
        this.usage = usage;
        this.asOf = asOf;
    }

    private record Placed(Document<Meter> meter, StoredMeasurement measurement) {}

    UsageDoor.Rows read() {
        int limit = question.asked().limit();
        List<Placed> found = new ArrayList<>();
        boolean hasMore = false;
        for (Document<Meter> meter : question.meters().values()) {
            StoredMeasurement.Page page = usage.measurements(new MeasurementQuery(
                    meter.number(),
                    question.asked().period(),
                    question.accounts(),
                    question.filters(meter),
                    Optional.of(asOf),
                    question.page().map(PageToken::place),
                    direction(),
                    limit));
            hasMore |= page.next().isPresent();
            page.measurements().forEach(measurement -> found.add(new Placed(meter, measurement)));
        }
        Comparator<Placed> oldestFirst =
                Comparator.comparing(placed -> placed.measurement().place());
        found.sort(direction() == Direction.OLDEST_FIRST ? oldestFirst : oldestFirst.reversed());
        List<Placed> page = found.subList(0, Math.min(limit, found.size()));
        hasMore |= found.size() > limit;
        Map<Integer, Document<Account>> accounts = question.allAccounts().get();
        return new UsageDoor.Rows(
                page.stream()
                        .<Json>map(placed -> write(
                                placed.meter().content(),
                                placed.measurement(),
                                Optional.ofNullable(
                                        accounts.get(placed.measurement().account()))))
                        .toList(),
                hasMore,
                hasMore
                        ? Optional.of(
                                new PageToken(asOf, page.getLast().measurement().place()))
                        : Optional.empty());
    }

    private Direction direction() {
        boolean isAscending =
                question.asked().sorting().stream().anyMatch(sort -> sort.direction() == UsageQuestion.Direction.ASC);
        return isAscending ? Direction.OLDEST_FIRST : Direction.NEWEST_FIRST;
    }

    /** One of them. */
    public static Json.Obj write(Meter meter, StoredMeasurement measurement, Optional<Document<Account>> account) {
        Json.ObjBuilder row = Json.obj().with("meter", meter.code().value());
        AggregatedRows.name(row, account);
        row.with("ts", measurement.eventTime().toString());
        measurement.endTime().ifPresent(end -> row.with("ets", end.toString()));
        measurement.uid().ifPresent(uid -> row.with("uid", uid));
        row.with("receivedAt", measurement.receivedAt().toString());
        Map<FieldCategory, Json.ObjBuilder> categories = new EnumMap<>(FieldCategory.class);
        for (FieldCode field : meter.fieldCodes()) {
            FieldCategory category = meter.category(field).orElseThrow();
            value(meter, field, measurement).ifPresent(value -> categories
                    .computeIfAbsent(category, _ -> Json.obj())
                    .with(field.value(), value));
        }
        categories.forEach((category, fields) -> row.with(category.name().toLowerCase(Locale.ROOT), fields.build()));
        remark(row, measurement.remarks());
        return row.build();
    }

    private static void remark(Json.ObjBuilder row, Remarks remarks) {
        if (!remarks.undefined().isEmpty()) {
            Json.ObjBuilder fields = Json.obj();
            remarks.undefined()
                    .forEach((code, value) -> fields.with(
                            code,
                            switch (value) {
                                case FieldValue.NumberValue(BigDecimal number) -> Json.of(number);
                                case FieldValue.TextValue(String text) -> Json.of(text);
                            }));
            row.with("undefinedFields", fields.build());
        }
        if (!remarks.failedCalculations().isEmpty()) {
            Json.ObjBuilder reasons = Json.obj();
            remarks.failedCalculations().forEach(reasons::with);
            row.with("failedCalculations", reasons.build());
        }
    }

    private static Optional<Json> value(Meter meter, FieldCode field, StoredMeasurement measurement) {
        boolean isNumeric = meter.category(field).orElseThrow().isNumeric();
        int slot = (isNumeric ? meter.slots().number(field) : meter.slots().text(field)).orElseThrow();
        if (isNumeric) {
            return slot < measurement.numbers().size()
                    ? measurement.numbers().get(slot).map(Json::of)
                    : Optional.empty();
        }
        return slot < measurement.texts().size() ? measurement.texts().get(slot).map(Json::of) : Optional.empty();
    }
}

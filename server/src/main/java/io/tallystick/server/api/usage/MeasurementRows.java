package io.tallystick.server.api.usage;

import io.tallystick.account.Account;
import io.tallystick.catalog.FieldCategory;
import io.tallystick.catalog.Meter;
import io.tallystick.document.Document;
import io.tallystick.id.FieldCode;
import io.tallystick.server.json.Json;
import io.tallystick.usage.FieldValue;
import io.tallystick.usage.MeasurementQuery;
import io.tallystick.usage.Remarks;
import io.tallystick.usage.StoredMeasurement;
import io.tallystick.usage.UsageStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of a query without aggregations: the measurements themselves, newest first, each as it was submitted ({@code uid},
 * {@code meter}, {@code account}, {@code ts}, {@code ets}, an object of fields per category), with its derived fields
 * among the others, and {@code accountId} and {@code receivedAt}; {@code undefinedFields} holds what the meter does not
 * define, {@code failedCalculations} why a derived field is missing.
 */
final class MeasurementRows {
    private MeasurementRows() {}

    private record Timed(Instant eventTime, Json row) {}

    static UsageDoor.Rows read(ResolvedQuestion question, UsageStore usage) {
        int limit = question.asked().limit();
        Map<Integer, Document<Account>> accounts = question.allAccounts().get();
        List<Timed> rows = new ArrayList<>();
        boolean hasMore = false;
        for (Document<Meter> meter : question.meters().values()) {
            StoredMeasurement.Page page = usage.measurements(new MeasurementQuery(
                    meter.number(),
                    question.asked().period(),
                    question.accounts(),
                    question.filters(meter),
                    Optional.empty(),
                    Optional.empty(),
                    limit));
            hasMore |= page.next().isPresent();
            page.measurements()
                    .forEach(measurement -> rows.add(new Timed(
                            measurement.eventTime(),
                            write(
                                    meter.content(),
                                    measurement,
                                    Optional.ofNullable(accounts.get(measurement.account()))))));
        }
        rows.sort(Comparator.comparing(Timed::eventTime).reversed());
        return new UsageDoor.Rows(rows.stream().limit(limit).map(Timed::row).toList(), hasMore || rows.size() > limit);
    }

    static Json.Obj write(Meter meter, StoredMeasurement measurement, Optional<Document<Account>> account) {
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

package io.tallystick.server.api.usage;

import io.tallystick.account.Account;
import io.tallystick.catalog.Meter;
import io.tallystick.document.Document;
import io.tallystick.id.Id;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.UsageQuestion.Aggregated;
import io.tallystick.server.json.UsageQuestion.FieldType;
import io.tallystick.server.json.UsageQuestion.Group;
import io.tallystick.usage.Slot;
import io.tallystick.usage.UsageAnswer;
import io.tallystick.usage.UsageQuery;
import io.tallystick.usage.UsageStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Rows of a query with aggregations. A row has {@code account} and {@code accountId} where it is grouped by account,
 * {@code time} (ISO start of the bucket) where it is grouped by time, one key per text field grouped by, and one key
 * {@code FUNCTION.fieldCode} per aggregation; {@code FUNCTION.meterCode.fieldCode} where that would be said twice.
 */
final class AggregatedRows {
    private static final Set<String> OWN_KEYS = Set.of("account", "accountId", "time");

    private AggregatedRows() {}

    /** What a row stands for. */
    private record RowKey(OptionalInt account, Optional<Instant> bucket, List<Optional<String>> texts) {
        static final Comparator<RowKey> ORDER = Comparator.comparingInt(
                        (RowKey key) -> key.account().orElse(0))
                .thenComparing(key -> key.bucket().orElse(Instant.MIN))
                .thenComparing(RowKey::texts, RowKey::compare);

        /** Field by field, absent first. A joined text would take ("a, b") and ("a", "b") for the same row. */
        private static int compare(List<Optional<String>> some, List<Optional<String>> others) {
            for (int i = 0; i < some.size(); i++) {
                int order = some.get(i).isPresent() && others.get(i).isPresent()
                        ? some.get(i).get().compareTo(others.get(i).get())
                        : Boolean.compare(some.get(i).isPresent(), others.get(i).isPresent());
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }
    }

    static UsageDoor.Rows read(ResolvedQuestion question, UsageStore usage) {
        Map<RowKey, Map<String, Json>> rows = new TreeMap<>(RowKey.ORDER);
        boolean hasMore = false;
        Set<Id<Meter>> aggregated = new LinkedHashSet<>();
        question.asked().aggregations().forEach(each -> aggregated.add(each.meter()));
        for (Id<Meter> meter : aggregated) {
            hasMore |= read(question, question.meter(meter), usage, rows);
        }
        List<Json> written = new ArrayList<>();
        Map<Integer, Document<Account>> accounts =
                question.isByAccount() ? question.allAccounts().get() : Map.of();
        rows.entrySet().stream()
                .limit(question.asked().limit())
                .forEach(row -> written.add(write(question, row.getKey(), row.getValue(), accounts)));
        return new UsageDoor.Rows(
                written, hasMore || rows.size() > question.asked().limit());
    }

    private static boolean read(
            ResolvedQuestion question, Document<Meter> meter, UsageStore usage, Map<RowKey, Map<String, Json>> rows) {
        List<Aggregated> asked = question.asked().aggregations().stream()
                .filter(each -> each.meter().equals(meter.id()))
                .toList();
        List<Slot.TextSlot> texts = question.dimensions().stream()
                .map(group -> ResolvedQuestion.textSlot(meter.content(), group.field()))
                .toList();
        UsageAnswer answer = usage.ask(new UsageQuery(
                meter.number(),
                question.asked().period(),
                question.accounts(),
                question.filters(meter),
                asked.stream().map(each -> measure(meter.content(), each)).toList(),
                new UsageQuery.Grouping(question.isByAccount(), texts, question.bucketEdges()),
                Optional.empty(),
                question.asked().limit()));
        for (UsageAnswer.Row row : answer.rows()) {
            Map<String, Json> values = rows.computeIfAbsent(
                    new RowKey(row.account(), row.bucketStart(), row.texts()), _ -> new LinkedHashMap<>());
            for (int i = 0; i < asked.size(); i++) {
                values.put(
                        name(question, meter, asked.get(i)),
                        row.values().get(i).map(Json::of).orElseGet(Json.Null::new));
            }
        }
        return answer.truncated();
    }

    private static UsageQuery.Measure measure(Meter meter, Aggregated asked) {
        Slot slot = asked.type() == FieldType.MEASURE
                ? new Slot.NumberSlot(meter.slots().number(asked.field()).orElseThrow())
                : ResolvedQuestion.textSlot(meter, asked.field());
        return new UsageQuery.Measure(asked.function(), slot);
    }

    private static String name(ResolvedQuestion question, Document<Meter> meter, Aggregated asked) {
        boolean isSaidByAnother = question.asked().aggregations().stream()
                .anyMatch(other -> !other.meter().equals(asked.meter())
                        && other.function() == asked.function()
                        && other.field().equals(asked.field()));
        return isSaidByAnother
                ? asked.function() + "." + meter.content().code() + "." + asked.field()
                : asked.function() + "." + asked.field();
    }

    private static Json write(
            ResolvedQuestion question, RowKey key, Map<String, Json> values, Map<Integer, Document<Account>> accounts) {
        Json.ObjBuilder row = Json.obj();
        key.account().ifPresent(number -> name(row, Optional.ofNullable(accounts.get(number))));
        key.bucket().ifPresent(start -> row.with("time", start.toString()));
        List<Group.ByDimension> dimensions = question.dimensions();
        for (int i = 0; i < dimensions.size(); i++) {
            row.with(
                    name(question, dimensions.get(i)),
                    key.texts().get(i).map(Json::of).orElseGet(Json.Null::new));
        }
        values.forEach(row::with);
        return row.build();
    }

    /** The field's code, unless the row has a key of that name already. */
    private static String name(ResolvedQuestion question, Group.ByDimension group) {
        String field = group.field().value();
        return OWN_KEYS.contains(field)
                ? question.meter(group.meter()).content().code() + "." + field
                : field;
    }

    static void name(Json.ObjBuilder row, Optional<Document<Account>> account) {
        account.ifPresent(known -> row.with("account", known.content().code().value())
                .with("accountId", known.id().value()));
    }
}

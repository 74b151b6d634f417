package io.tallystick.server.api.usage;

import io.tallystick.account.Account;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.document.Document;
import io.tallystick.id.Id;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.UsageQuestion.Aggregated;
import io.tallystick.server.json.UsageQuestion.FieldType;
import io.tallystick.server.json.UsageQuestion.Group;
import io.tallystick.usage.UsageAnswer;
import io.tallystick.usage.UsageQuery;
import io.tallystick.usage.UsageQuery.Slot;
import io.tallystick.usage.UsageStore;
import io.tallystick.usage.UsageWatermark;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Rows of a query with aggregations, over one meter or several; {@link RowKeys} says what is in a row. */
final class AggregatedRows {
    /** Rows of several meters meet in memory before they can be sorted by a value. */
    private static final int SORTED_OVER_METERS_MAX = 100_000;

    private final ResolvedQuestion question;
    private final UsageStore usage;
    private final UsageWatermark asOf;
    private final UsageQuery.RowOrder order;
    private final RowKeys keys;

    AggregatedRows(ResolvedQuestion question, UsageStore usage, UsageWatermark asOf) {
        this.question = question;
        this.usage = usage;
        this.asOf = asOf;
        keys = new RowKeys(question);
        order = keys.order();
    }

    /** What a row stands for. */
    private record RowGroup(OptionalInt account, Optional<Instant> bucket, List<Optional<String>> texts) {}

    /** The values of one group, as meter after meter gives them. */
    private static final class Merged {
        private final List<Optional<BigDecimal>> values;
        private long measurements;

        Merged(List<Optional<BigDecimal>> none) {
            values = new ArrayList<>(none);
        }
    }

    UsageDoor.Rows read() {
        UsageAnswer answer = answer();
        Map<Integer, Document<Account>> accounts =
                question.isByAccount() ? question.allAccounts().get() : Map.of();
        Optional<RowEvidence> evidence =
                question.asked().explain() ? Optional.of(new RowEvidence(question, asOf)) : Optional.empty();
        List<Json> written = answer.rows().stream()
                .map(row -> write(row, accounts, evidence))
                .toList();
        return new UsageDoor.Rows(written, answer.truncated(), Optional.empty());
    }

    private UsageAnswer answer() {
        List<Id<Meter>> meters = question.aggregatedMeters();
        if (meters.size() == 1) {
            return ask(meters.getFirst(), question.asked().limit());
        }
        int limit = question.asked().limit();
        int needed = order.isNatural() ? limit : SORTED_OVER_METERS_MAX;
        Map<RowGroup, Merged> merged = new LinkedHashMap<>();
        boolean isTruncated = false;
        for (Id<Meter> meter : meters) {
            UsageAnswer part = ask(meter, needed);
            isTruncated |= part.truncated();
            part.rows().forEach(row -> merge(meter, row, merged));
        }
        if (isTruncated && !order.isNatural()) {
            throw new UnansweredException(
                    "sort",
                    "Expected at most %d rows to sort over several meters, but there are more. Ask for a shorter period, fewer groups, or one meter at a time."
                            .formatted(SORTED_OVER_METERS_MAX));
        }
        List<UsageAnswer.Row> rows = merged.entrySet().stream()
                .map(row -> new UsageAnswer.Row(
                        row.getKey().account(),
                        row.getKey().texts(),
                        row.getKey().bucket(),
                        row.getValue().values,
                        row.getValue().measurements))
                .sorted(order.comparator())
                .toList();
        return new UsageAnswer(rows.subList(0, Math.min(limit, rows.size())), isTruncated || rows.size() > limit, asOf);
    }

    private UsageAnswer ask(Id<Meter> id, int limit) {
        Document<Meter> meter = question.meter(id);
        List<Slot.TextSlot> texts = question.dimensions().stream()
                .map(group -> ResolvedQuestion.textSlot(meter.content(), group.field()))
                .toList();
        return usage.ask(new UsageQuery(
                meter.number(),
                question.asked().period(),
                question.accounts(),
                question.filters(meter),
                asked().stream()
                        .filter(each -> each.meter().equals(id))
                        .map(each -> measure(meter.content(), each))
                        .toList(),
                new UsageQuery.Grouping(question.isByAccount(), texts, question.bucketEdges()),
                Optional.of(asOf),
                RowKeys.isSortedOverMeters(question.asked()) ? UsageQuery.RowOrder.NATURAL : order,
                limit));
    }

    private void merge(Id<Meter> meter, UsageAnswer.Row row, Map<RowGroup, Merged> merged) {
        Merged group = merged.computeIfAbsent(
                new RowGroup(row.account(), row.bucketStart(), row.texts()),
                _ -> new Merged(asked().stream().map(AggregatedRows::ofNothing).toList()));
        group.measurements += row.measurements();
        int next = 0;
        for (int i = 0; i < asked().size(); i++) {
            if (asked().get(i).meter().equals(meter)) {
                group.values.set(i, row.values().get(next++));
            }
        }
    }

    /** What a function gives of no measurement. */
    private static Optional<BigDecimal> ofNothing(Aggregated asked) {
        return asked.function() == Function.COUNT || asked.function() == Function.UNIQUE
                ? Optional.of(BigDecimal.ZERO)
                : Optional.empty();
    }

    private static UsageQuery.Measure measure(Meter meter, Aggregated asked) {
        Slot slot = asked.type() == FieldType.MEASURE
                ? new Slot.NumberSlot(meter.slots().number(asked.field()).orElseThrow())
                : ResolvedQuestion.textSlot(meter, asked.field());
        return new UsageQuery.Measure(asked.function(), slot);
    }

    private Json write(UsageAnswer.Row row, Map<Integer, Document<Account>> accounts, Optional<RowEvidence> evidence) {
        Json.ObjBuilder written = Json.obj();
        Optional<Document<Account>> account = row.account().isPresent()
                ? Optional.ofNullable(accounts.get(row.account().getAsInt()))
                : Optional.empty();
        name(written, account);
        row.bucketStart().ifPresent(start -> written.with(RowKeys.TIME, start.toString()));
        List<Group.ByDimension> dimensions = question.dimensions();
        for (int i = 0; i < dimensions.size(); i++) {
            written.with(
                    keys.dimension(dimensions.get(i)),
                    row.texts().get(i).map(Json::of).orElseGet(Json.Null::new));
        }
        for (int i = 0; i < asked().size(); i++) {
            written.with(
                    keys.aggregation(asked().get(i)),
                    row.values().get(i).map(Json::of).orElseGet(Json.Null::new));
        }
        evidence.ifPresent(each -> written.with(RowKeys.EXPLAIN, each.of(row, account)));
        return written.build();
    }

    private List<Aggregated> asked() {
        return question.asked().aggregations();
    }

    static void name(Json.ObjBuilder row, Optional<Document<Account>> account) {
        account.ifPresent(
                known -> row.with(RowKeys.ACCOUNT, known.content().code().value())
                        .with(RowKeys.ACCOUNT_ID, known.id().value()));
    }
}

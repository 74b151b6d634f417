package io.tallystick.billing.statement;

import io.tallystick.account.Account;
import io.tallystick.billing.Bill;
import io.tallystick.billing.LineItem;
import io.tallystick.billing.segment.Partition;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Pricing;
import io.tallystick.document.AsOf;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.time.BucketSize;
import io.tallystick.time.TimeBuckets;
import io.tallystick.usage.TextRule;
import io.tallystick.usage.UsageAnswer;
import io.tallystick.usage.UsageQuery;
import io.tallystick.usage.UsageQuery.Grouping;
import io.tallystick.usage.UsageQuery.Measure;
import io.tallystick.usage.UsageStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Makes statements: one usage query for each usage line. Safe for use by many threads; blocks while it reads. */
public final class Statements {
    private final Documents documents;
    private final UsageStore usage;

    public Statements(Documents documents, UsageStore usage) {
        this.documents = documents;
        this.usage = usage;
    }

    /**
     * What stands behind a bill, in the state it was calculated from.
     *
     * @throws io.tallystick.usage.QuestionFailedException where usage cannot be read now
     */
    public Statement of(Document<Bill> bill) {
        AsOf then = new AsOf(documents, bill.content().watermarks().documents(), bill.organization());
        return new Statement(
                bill,
                bill.content().lines().stream()
                        .map(line -> new Statement.Entry(line, counted(bill.content(), line, then)))
                        .toList());
    }

    private Optional<Statement.Counted> counted(Bill bill, LineItem line, AsOf then) {
        Optional<Document<Account>> account = then.find(Account.KIND, bill.account());
        Optional<Document<Meter>> meter = line.basis().meter().flatMap(id -> then.find(Meter.KIND, id));
        Optional<Aggregation> aggregation = line.basis()
                .aggregation()
                .flatMap(id -> then.find(Aggregation.KIND, id))
                .map(Document::content);
        if (!line.type().isUsage() || account.isEmpty() || meter.isEmpty() || aggregation.isEmpty()) {
            return Optional.empty();
        }
        Optional<Partition> partition = line.basis().segment().isEmpty()
                ? Optional.empty()
                : Partition.of(0, aggregation.get().segmentation(), meter.get().content());
        OptionalInt place = partition.isPresent()
                ? line.basis()
                        .pricing()
                        .flatMap(id -> then.find(Pricing.KIND, id))
                        .flatMap(pricing -> pricing.content().segment())
                        .map(segment -> partition.get().of(segment).place())
                        .orElseGet(OptionalInt::empty)
                : OptionalInt.empty();
        List<TextRule> rules = partition.map(Partition::rules).orElseGet(List::of);
        return Measure.of(aggregation.get(), meter.get().content())
                .map(measure ->
                        query(bill, line, account.get().number(), meter.get().number(), measure, rules))
                .map(query -> new Statement.Counted(
                        aggregation.get().function(),
                        usage.ask(query).rows().stream()
                                .filter(row -> row.rule().equals(place))
                                .flatMap(row -> day(bill, line, row))
                                .toList()));
    }

    private static UsageQuery query(
            Bill bill, LineItem line, int account, int meter, Measure measure, List<TextRule> rules) {
        List<Instant> edges =
                switch (TimeBuckets.covering(line.servicePeriod(), BucketSize.DAY, bill.zone())) {
                    case TimeBuckets.Edges(List<Instant> instants) -> instants;
                    case TimeBuckets.TooMany tooMany -> throw new IllegalStateException(tooMany.message());
                };
        return new UsageQuery(
                meter,
                line.servicePeriod(),
                new UsageQuery.Accounts.Only(Set.of(account)),
                List.of(),
                List.of(measure),
                new Grouping(false, List.of(), edges, rules),
                Optional.of(bill.watermarks().usage()),
                UsageQuery.ROW_LIMIT_MAX);
    }

    private static Stream<Statement.Day> day(Bill bill, LineItem line, UsageAnswer.Row row) {
        // the bucket of the first day may begin before the line's service period
        Instant start = row.bucketStart().orElseGet(() -> line.servicePeriod().from());
        Optional<BigDecimal> quantity = row.values().getFirst();
        return quantity
                .map(used -> new Statement.Day(LocalDate.ofInstant(start, bill.zone()), used, row.measurements()))
                .stream();
    }
}

package io.tallystick.billing;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.account.OrganizationConfig;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CompoundAggregation;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.ListedCurrency;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.Product;
import io.tallystick.catalog.Slots;
import io.tallystick.document.Audit;
import io.tallystick.document.Document;
import io.tallystick.document.Kind;
import io.tallystick.document.Watermark;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.quantity.Exact;
import io.tallystick.time.Calendars;
import io.tallystick.time.Epochs;
import io.tallystick.usage.TextRule;
import io.tallystick.usage.UsageAnswer;
import io.tallystick.usage.UsageQuery;
import io.tallystick.usage.UsageQuery.Slot;
import io.tallystick.usage.UsageWatermark;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where a bill is calculated by hand: facts in lists, measurements in a list, counted naively. */
final class Desk implements Scenario.Shelf {
    static final Instant NOW = Instant.parse("2025-01-01T03:00:00Z");
    static final Watermarks WATERMARKS = new Watermarks(new Watermark(7), new UsageWatermark("9"));
    static final Calendars EVERYTHING =
            new Calendars(Optional.empty(), Optional.empty(), Epochs.STANDARD, ZoneId.of("UTC"));
    private static final OrganizationId ORGANIZATION = new OrganizationId("org");
    private static final Audit AUDIT = new Audit(NOW, "USER_1", NOW, "USER_1");

    private record Measured(
            int meter, int account, Instant at, Map<Integer, BigDecimal> values, Map<Integer, String> texts) {
        boolean fits(TextRule rule) {
            return rule.conditions().entrySet().stream().allMatch(each -> {
                Optional<String> text =
                        Optional.ofNullable(texts.get(each.getKey().index()));
                return switch (each.getValue()) {
                    case TextRule.Condition.Equal(String wanted) -> text.equals(Optional.of(wanted));
                    case TextRule.Condition.Present() -> text.isPresent();
                };
            });
        }
    }

    private final List<Document<?>> documents = new ArrayList<>();
    private final List<Measured> measurements = new ArrayList<>();
    final List<UsageQuery> asked = new ArrayList<>();

    @Override
    public <T> Document<T> put(Kind<T> kind, T content) {
        int number = documents.size() + 1;
        Document<T> document =
                new Document<>(kind, ORGANIZATION, new Id<>(kind.name() + "-" + number), number, 1, AUDIT, content);
        documents.add(document);
        return document;
    }

    /** The same document with another content. */
    <T> Document<T> replace(Document<T> present, T content) {
        Document<T> next = new Document<>(
                present.kind(), ORGANIZATION, present.id(), present.number(), present.version() + 1, AUDIT, content);
        documents.replaceAll(document -> document.equals(present) ? next : document);
        return next;
    }

    void remove(Document<?> document) {
        documents.remove(document);
    }

    /** Makes the bills of an order, or makes them again; nobody may be parked. */
    List<Document<Bill>> run(BillOrder order) {
        Reckoning reckoning = reckon(order);
        if (!reckoning.parked().isEmpty()) {
            throw new AssertionError("Expected nobody to be parked, but were %s.".formatted(reckoning.parked()));
        }
        return reckoning.billable().stream()
                .map(reckoning::bill)
                .map(bill -> all(Bill.KIND).stream()
                        .filter(present -> present.content().onePer().equals(bill.onePer()))
                        .findFirst()
                        .map(present -> replace(present, bill.replacing(present.content())))
                        .orElseGet(() -> put(Bill.KIND, bill)))
                .toList();
    }

    List<Document<Bill>> bills() {
        return all(Bill.KIND);
    }

    void measure(Document<Meter> meter, Document<Account> account, String at, String field, String value) {
        measure(meter, account, at, field, value, Map.of());
    }

    /** With texts by their fields. */
    void measure(
            Document<Meter> meter,
            Document<Account> account,
            String at,
            String field,
            String value,
            Map<String, String> texts) {
        Slots slots = meter.content().slots();
        measurements.add(new Measured(
                meter.number(),
                account.number(),
                Scenario.instant(at),
                Map.of(slots.number(new FieldCode(field)).orElseThrow(), new BigDecimal(value)),
                texts.entrySet().stream()
                        .collect(toMap(
                                text -> slots.text(new FieldCode(text.getKey())).orElseThrow(), Map.Entry::getValue))));
    }

    static BillOrder december() {
        return order("2025-01-01");
    }

    static BillOrder order(String billDate) {
        return order(billDate, EVERYTHING);
    }

    static BillOrder order(String billDate, Calendars calendars) {
        return new BillOrder(List.of(), calendars, LocalDate.parse(billDate), Optional.empty(), Optional.empty());
    }

    Reckoning reckon(BillOrder order) {
        return Reckoning.of(facts(), order, WATERMARKS, Optional.of(new Id<>("job-1")), NOW, this::answer, this::bills);
    }

    private List<Document<Bill>> bills(String key, Set<String> values) {
        return all(Bill.KIND).stream()
                .filter(bill -> Bill.KIND.key(key).orElseThrow().values().apply(bill.content()).stream()
                        .anyMatch(values::contains))
                .toList();
    }

    /** The only bill of the order; nobody may be parked. */
    Bill bill(BillOrder order) {
        Reckoning reckoning = reckon(order);
        if (reckoning.billable().size() != 1 || !reckoning.parked().isEmpty()) {
            throw new AssertionError("Expected one bill and nobody parked, but there were %d bills and %s."
                    .formatted(reckoning.billable().size(), reckoning.parked()));
        }
        return reckoning.bill(reckoning.billable().getFirst());
    }

    Aggregation aggregation(Id<Aggregation> id) {
        return facts().aggregation(id).content();
    }

    private Facts facts() {
        return Facts.of(
                all(Account.KIND),
                all(AccountPlan.KIND),
                all(Plan.KIND),
                all(PlanTemplate.KIND),
                all(Pricing.KIND),
                all(Aggregation.KIND),
                all(CompoundAggregation.KIND),
                all(Meter.KIND),
                all(Product.KIND),
                all(OrganizationConfig.KIND),
                all(ListedCurrency.KIND));
    }

    @SuppressWarnings("unchecked") // a document's kind says what it holds
    private <T> List<Document<T>> all(Kind<T> kind) {
        return documents.stream()
                .filter(document -> document.kind().equals(kind))
                .map(document -> (Document<T>) document)
                .toList();
    }

    private UsageAnswer answer(UsageQuery query) {
        asked.add(query);
        if (!query.asOf().equals(Optional.of(WATERMARKS.usage()))) {
            throw new AssertionError("Expected a question as of the bill's watermark, but was %s.".formatted(query));
        }
        UsageQuery.Accounts.Only only = (UsageQuery.Accounts.Only) query.accounts();
        List<UsageAnswer.Row> rows = only.numbers().stream()
                .sorted()
                .flatMap(account -> rows(query, account))
                .toList();
        return new UsageAnswer(rows, false, WATERMARKS.usage());
    }

    private Stream<UsageAnswer.Row> rows(UsageQuery query, int account) {
        return measurements.stream()
                .filter(measured -> measured.meter() == query.meter() && measured.account() == account)
                .filter(measured -> query.period().contains(measured.at()))
                .sorted(Comparator.comparing(Measured::at))
                .collect(groupingBy(
                        measured -> firstFitting(query.grouping().byRules(), measured), LinkedHashMap::new, toList()))
                .entrySet()
                .stream()
                .map(group -> new UsageAnswer.Row(
                        OptionalInt.of(account),
                        List.of(),
                        Optional.empty(),
                        group.getKey(),
                        query.measures().stream()
                                .map(measure -> value(measure, group.getValue()))
                                .toList(),
                        group.getValue().size()));
    }

    private static OptionalInt firstFitting(List<TextRule> rules, Measured measured) {
        return IntStream.range(0, rules.size())
                .filter(i -> measured.fits(rules.get(i)))
                .findFirst();
    }

    private static Optional<BigDecimal> value(UsageQuery.Measure measure, List<Measured> counted) {
        return measure.slot() instanceof Slot.TextSlot(int slot)
                ? Optional.of(ofTexts(
                        measure.function(),
                        counted.stream()
                                .flatMap(measured ->
                                        Stream.ofNullable(measured.texts().get(slot)))
                                .toList()))
                : ofNumbers(measure, counted);
    }

    private static BigDecimal ofTexts(Function function, List<String> texts) {
        return BigDecimal.valueOf(
                function == Function.UNIQUE ? texts.stream().distinct().count() : texts.size());
    }

    private static Optional<BigDecimal> ofNumbers(UsageQuery.Measure measure, List<Measured> counted) {
        List<BigDecimal> values = counted.stream()
                .map(Measured::values)
                .filter(fields -> fields.containsKey(((Slot.NumberSlot) measure.slot()).index()))
                .map(fields -> fields.get(((Slot.NumberSlot) measure.slot()).index()))
                .toList();
        BigDecimal count = BigDecimal.valueOf(values.size());
        Optional<BigDecimal> sum = values.stream().reduce(BigDecimal::add);
        return switch (measure.function()) {
            case SUM -> sum;
            case COUNT -> Optional.of(count);
            case MEAN -> sum.map(total -> Exact.divide(total, count));
            case MIN -> values.stream().min(Comparator.naturalOrder());
            case MAX -> values.stream().max(Comparator.naturalOrder());
            case LATEST -> values.stream().reduce((_, later) -> later);
            case UNIQUE -> throw new AssertionError("Expected numbers, but UNIQUE is about text.");
        };
    }
}

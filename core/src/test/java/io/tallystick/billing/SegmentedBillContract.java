package io.tallystick.billing;

import static io.tallystick.billing.Scenario.between;
import static io.tallystick.billing.Scenario.since;
import static io.tallystick.rating.Bands.perUnit;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.account.Account;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Function;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.Priced;
import io.tallystick.catalog.Segment;
import io.tallystick.catalog.Segmentation;
import io.tallystick.catalog.price.PriceModel;
import io.tallystick.catalog.price.Volume;
import io.tallystick.document.Document;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import io.tallystick.quantity.Exact;
import io.tallystick.seed.Seed;
import io.tallystick.time.Period;
import io.tallystick.time.Validity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Bills of segmented aggregations on a pair of stores, held against somebody who looks at every measurement: random segments
 * with wildcards, absent texts, all functions, prices that change inside the period, several accounts.
 */
public abstract class SegmentedBillContract extends BillingWalk {
    private static final int WORLDS = 6;
    private static final int ACCOUNTS = 3;
    private static final int MEASUREMENTS = 60;
    private static final Instant DECEMBER = Instant.parse("2024-12-01T00:00:00Z");
    private static final String CHANGE = "2024-12-16";
    private static final List<String> FIELDS = List.of("region", "tier", "zone");
    private static final List<String> TEXTS = List.of("eu", "us", "EU", "", "\u0131");
    private static final List<String> VALUES = List.of("eu", "us", "", "never", "*", "**");
    private static final List<Function> FUNCTIONS = List.of(Function.values());

    /** Accepts one measurement without a uid; when this returns, questions see it. */
    protected abstract void measure(
            Document<Meter> meter,
            Document<Account> account,
            Instant at,
            Map<FieldCode, BigDecimal> values,
            Map<FieldCode, String> texts);

    @Override
    protected final void measure(
            Document<Meter> meter, Document<Account> account, Instant at, Map<FieldCode, BigDecimal> values) {
        measure(meter, account, at, values, Map.of());
    }

    private record Measured(int account, Instant at, Optional<BigDecimal> number, Map<String, String> texts) {}

    /** What one line, or one entry of unpriced usage, is about. */
    private record About(Id<Aggregation> aggregation, Map<String, String> segment, Instant from) {}

    @Test
    void quantityOfASegmentIsTheFunctionOfAllItsMeasurementsAndNothingIsLost() {
        Seed.runs(getClass(), WORLDS, random -> new World(random).check());
    }

    /** One plan with its own meter, accounts and usage. */
    private final class World {
        private final RandomGenerator random;
        private final Scenario scenario = new Scenario(shelf(ACME));
        private final List<String> fields;
        private final Segmentation segmentation;
        private final Document<Meter> meter;
        private final Document<Plan> plan;
        private final List<Document<Account>> accounts;
        private final List<Document<Aggregation>> segmented = new ArrayList<>();
        private final List<Measured> measurements = new ArrayList<>();

        World(RandomGenerator random) {
            this.random = random;
            String name = "world " + random.nextLong();
            fields = FIELDS.subList(0, 1 + random.nextInt(FIELDS.size()));
            segmentation = Scenario.segmentation(
                    fields,
                    Stream.generate(() -> fields.stream().map(_ -> any(VALUES)).toList())
                            .limit(1 + random.nextInt(12))
                            .distinct()
                            .toList());
            meter = scenario.meter(name, List.of("n"), FIELDS);
            plan = scenario.plan(scenario.template(scenario.product(name), "0"), name);
            accounts = IntStream.range(0, ACCOUNTS)
                    .mapToObj(i -> subscribed(scenario, plan, name + i))
                    .toList();
        }

        void check() {
            price();
            use();

            List<Bill> bills =
                    biller.preview(ACME, Desk.december(), BILLER.at()).bills();

            for (Document<Account> account : accounts) {
                Bill bill = bills.stream()
                        .filter(each -> each.account().equals(account.id()))
                        .findFirst()
                        .orElseThrow();
                assertThat(quantities(bill))
                        .as("%s with %s", segmentation, measurements)
                        .isEqualTo(expected(account));
                for (Function adding : List.of(Function.SUM, Function.COUNT)) {
                    assertThat(total(bill, adding, true)).isEqualByComparingTo(total(bill, adding, false));
                }
            }
        }

        /** Every segment of every function, and a sum and a count without segments. */
        private void price() {
            for (Function function : FUNCTIONS) {
                String field = function == Function.UNIQUE ? "zone" : "n";
                Document<Aggregation> aggregation =
                        scenario.segmented(meter, function.name(), function, field, segmentation);
                segmented.add(aggregation);
                for (int i = 0; i < segmentation.segments().size(); i++) {
                    Segment segment = segmentation.segments().get(i);
                    validities(i)
                            .forEach(validity -> scenario.pricing(
                                    new Priced.OnPlan(plan.id()), aggregation, segment, perCall(), validity));
                }
            }
            scenario.pricing(plan, scenario.aggregation(meter, "all SUM", Function.SUM, "n"), perCall());
            scenario.pricing(plan, scenario.aggregation(meter, "all COUNT", Function.COUNT, "n"), perCall());
        }

        /** The price of the first segment changes inside the period. */
        private List<Validity> validities(int segment) {
            return segment == 0 ? List.of(between("2024-01-01", CHANGE), since(CHANGE)) : List.of(since("2024-01-01"));
        }

        /** At times that all differ, so that there is one latest. */
        private void use() {
            for (int i = 0; i < MEASUREMENTS; i++) {
                Document<Account> account = any(accounts);
                Instant at = DECEMBER.plusSeconds(random.nextInt(31 * 24 * 60) * 60L + i % 60);
                Optional<BigDecimal> number = Optional.of(BigDecimal.valueOf(1 + random.nextInt(1000), 2))
                        .filter(_ -> random.nextInt(8) > 0);
                Map<String, String> texts = new TreeMap<>();
                FIELDS.stream().filter(_ -> random.nextInt(4) > 0).forEach(field -> texts.put(field, any(TEXTS)));
                measurements.add(new Measured(account.number(), at, number, texts));
                Map<FieldCode, BigDecimal> numbers = new HashMap<>();
                number.ifPresent(value -> numbers.put(new FieldCode("n"), value));
                Map<FieldCode, String> words = new HashMap<>();
                texts.forEach((field, text) -> words.put(new FieldCode(field), text));
                measure(meter, account, at, numbers, words);
            }
        }

        private Map<About, BigDecimal> quantities(Bill bill) {
            Map<About, BigDecimal> quantities = new HashMap<>();
            bill.lines().stream()
                    .filter(line -> !line.basis().segment().isEmpty())
                    .forEach(line -> quantities.put(
                            new About(
                                    line.basis().aggregation().orElseThrow(),
                                    line.basis().segment(),
                                    line.servicePeriod().from()),
                            line.quantity()));
            bill.unpricedUsage()
                    .forEach(usage -> quantities.put(
                            new About(
                                    usage.aggregation(),
                                    Map.of(),
                                    usage.period().from()),
                            usage.quantity()));
            return quantities;
        }

        private Map<About, BigDecimal> expected(Document<Account> account) {
            Period month = new Period(Scenario.instant("2024-12-01"), Scenario.instant("2025-01-01"));
            Map<About, BigDecimal> expected = new HashMap<>();
            for (Document<Aggregation> aggregation : segmented) {
                for (int i = 0; i < segmentation.segments().size(); i++) {
                    Segment segment = segmentation.segments().get(i);
                    for (Period period : i == 0 ? halves(month) : List.of(month)) {
                        expected.put(
                                new About(aggregation.id(), segment.texts(), period.from()),
                                value(aggregation.content().function(), account, period, Optional.of(segment)));
                    }
                }
                BigDecimal rest = value(aggregation.content().function(), account, month, Optional.empty());
                if (rest.signum() != 0) {
                    expected.put(new About(aggregation.id(), Map.of(), month.from()), rest);
                }
            }
            return expected;
        }

        private List<Period> halves(Period month) {
            Instant change = Scenario.instant(CHANGE);
            return List.of(new Period(month.from(), change), new Period(change, month.to()));
        }

        private BigDecimal value(
                Function function, Document<Account> account, Period period, Optional<Segment> segment) {
            List<Measured> counted = measurements.stream()
                    .filter(measured -> measured.account() == account.number())
                    .filter(measured -> period.contains(measured.at()))
                    .filter(measured -> best(measured.texts()).equals(segment))
                    .sorted(Comparator.comparing(Measured::at))
                    .toList();
            List<BigDecimal> numbers = counted.stream()
                    .flatMap(measured -> measured.number().stream())
                    .toList();
            BigDecimal sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal count = BigDecimal.valueOf(numbers.size());
            return Exact.plain(
                    switch (function) {
                        case SUM -> sum;
                        case COUNT -> count;
                        case MEAN -> numbers.isEmpty() ? BigDecimal.ZERO : Exact.divide(sum, count);
                        case MIN -> numbers.stream().reduce(BigDecimal::min).orElse(BigDecimal.ZERO);
                        case MAX -> numbers.stream().reduce(BigDecimal::max).orElse(BigDecimal.ZERO);
                        case LATEST -> numbers.isEmpty() ? BigDecimal.ZERO : numbers.getLast();
                        case UNIQUE ->
                            BigDecimal.valueOf(counted.stream()
                                    .flatMap(measured ->
                                            Stream.ofNullable(measured.texts().get("zone")))
                                    .distinct()
                                    .count());
                    });
        }

        /** The one with the highest marks: exact texts, then wildcards, then those of the first field, the second, ... */
        private Optional<Segment> best(Map<String, String> texts) {
            return segmentation.segments().stream()
                    .filter(segment -> segment.texts().entrySet().stream()
                            .allMatch(wanted -> switch (wanted.getValue()) {
                                case "**" -> true;
                                case "*" -> texts.containsKey(wanted.getKey());
                                default -> wanted.getValue().equals(texts.get(wanted.getKey()));
                            }))
                    .max(Comparator.comparing(this::marks));
        }

        private String marks(Segment segment) {
            List<Integer> marks = fields.stream()
                    .map(field ->
                            Optional.ofNullable(segment.texts().get(field)).orElseThrow())
                    .map(value -> value.equals("**") ? 0 : value.equals("*") ? 1 : 2)
                    .toList();
            return "%d %d %s"
                    .formatted(
                            marks.stream().filter(mark -> mark == 2).count(),
                            marks.stream().filter(mark -> mark == 1).count(),
                            marks);
        }

        private BigDecimal total(Bill bill, Function function, boolean isSegmented) {
            String name = isSegmented ? function.name() : "all " + function;
            Stream<BigDecimal> charged = bill.lines().stream()
                    .filter(line -> line.description().equals(name)
                            || (isSegmented && line.description().startsWith(name + " (")))
                    .map(LineItem::exactAmount);
            Stream<BigDecimal> unpriced = bill.unpricedUsage().stream()
                    .filter(usage -> usage.name().equals(name))
                    .map(UnpricedUsage::quantity);
            return Stream.concat(charged, unpriced).reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        /** 1 a unit, so that amounts are quantities. */
        private PriceModel perCall() {
            return new Volume(List.of(perUnit("0", "1")));
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }
    }
}

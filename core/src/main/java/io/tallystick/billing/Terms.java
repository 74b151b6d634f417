package io.tallystick.billing;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.account.OrganizationConfig.InAdvance;
import io.tallystick.billing.Figures.Question;
import io.tallystick.billing.Stretch.Tally;
import io.tallystick.billing.segment.Partition;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CompoundAggregation;
import io.tallystick.catalog.Countable;
import io.tallystick.catalog.Meter;
import io.tallystick.catalog.Plan;
import io.tallystick.catalog.PlanTemplate;
import io.tallystick.catalog.Priced;
import io.tallystick.catalog.Pricing;
import io.tallystick.catalog.Segment;
import io.tallystick.catalog.Segmentation;
import io.tallystick.document.Document;
import io.tallystick.id.Id;
import io.tallystick.quantity.Currency;
import io.tallystick.time.DuePeriod;
import io.tallystick.time.Period;
import io.tallystick.time.Validity;
import io.tallystick.usage.UsageQuery.Measure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Reads from the facts which terms an account is on during the periods that an order is for. Collects everything that contradicts
 * itself before it gives up.
 */
final class Terms {
    private final Facts facts;
    private final BillOrder order;
    private final EarlierBills earlier;
    private final List<String> faults = new ArrayList<>();

    private Terms(Facts facts, BillOrder order, EarlierBills earlier) {
        this.facts = facts;
        this.order = order;
        this.earlier = earlier;
    }

    /** One assessment for each bill of the account, or one that says why there is none. */
    static List<Assessment> of(Document<Account> account, Facts facts, BillOrder order, EarlierBills earlier) {
        return new Terms(facts, order, earlier).assess(account);
    }

    private List<Assessment> assess(Document<Account> account) {
        Map<DuePeriod, List<PlanTerms>> bills = new LinkedHashMap<>();
        facts.accountPlansOf(account).stream()
                .sorted(comparing((Document<AccountPlan> accountPlan) ->
                                accountPlan.content().validity().start())
                        .thenComparingInt(Document::number))
                .flatMap(accountPlan -> planTerms(account, accountPlan).stream())
                .forEach(plan -> bills.computeIfAbsent(plan.due(), _ -> new ArrayList<>())
                        .add(plan));
        if (bills.isEmpty()) {
            return List.of(new Assessment.NotOnAnyPlan());
        }
        List<Assessment> billable = new ArrayList<>();
        bills.forEach((due, plans) -> {
            Currency currency = plans.getFirst().currency();
            checkCurrency(account, plans, currency);
            billable.add(new Assessment.Billable(account, due, plans, currency));
        });
        return faults.isEmpty()
                ? billable
                : List.of(new Assessment.Contradictory(new Parked(account.id(), String.join(" ", faults))));
    }

    private void checkCurrency(Document<Account> account, List<PlanTerms> plans, Currency currency) {
        plans.stream()
                .filter(plan -> !plan.currency().equals(currency))
                .forEach(plan -> faults.add(
                        ("Expected all plans of account %s in one currency, but %s is in %s and %s is in %s. "
                                        + "Put them on templates of one currency.")
                                .formatted(
                                        account.content().code(),
                                        plans.getFirst().plan().content().code(),
                                        currency,
                                        plan.plan().content().code(),
                                        plan.currency())));
        facts.currencyOf(account)
                .filter(own -> !own.equals(currency))
                .ifPresent(own -> faults.add(
                        ("Expected account %s to be billed in the currency of its plan %s, %s, but the currency of the "
                                        + "%s is %s, and amounts cannot be converted yet. Change one of them.")
                                .formatted(
                                        account.content().code(),
                                        plans.getFirst().plan().content().code(),
                                        currency,
                                        account.content().currency().isPresent() ? "account" : "organization",
                                        own)));
    }

    private Optional<PlanTerms> planTerms(Document<Account> account, Document<AccountPlan> accountPlan) {
        Document<Plan> plan = facts.plan(accountPlan.content().plan());
        Document<PlanTemplate> template = facts.template(plan.content().template());
        Validity validity = accountPlan.content().validity();
        InAdvance inAdvance = facts.inAdvance(plan.content());
        return facts.calendarOf(account, accountPlan, order)
                .filter(calendar -> validity.overlaps(calendar.due().period())
                        || isOverButCharged(accountPlan, calendar.due().period()))
                .map(calendar -> PlanTerms.of(
                        accountPlan,
                        plan,
                        template,
                        calendar,
                        facts.rounding(template.content().currency()),
                        inAdvance,
                        validity.during(calendar.due().period())
                                .map(inForce -> stretches(accountPlan, plan, inForce))
                                .orElseGet(List::of),
                        validity.during(calendar.next())
                                .filter(_ -> hasMinimumInAdvance(plan, inAdvance))
                                .map(inForce -> stretches(accountPlan, plan, inForce))
                                .orElseGet(List::of)));
    }

    /** Whether an account plan that ended before a period has something on a bill that is for time from then on. */
    private boolean isOverButCharged(Document<AccountPlan> accountPlan, Period billed) {
        return accountPlan.content().validity().endsBy(billed.from())
                && earlier.reachBeyond(accountPlan, billed.from());
    }

    /** Whether the minimum of some price is charged before it is in force. */
    private boolean hasMinimumInAdvance(Document<Plan> plan, InAdvance inAdvance) {
        return Stream.of(
                        new Priced.OnPlan(plan.id()),
                        new Priced.OnTemplate(plan.content().template()))
                .flatMap(priced -> facts.pricingsOn(priced).stream())
                .map(pricing -> pricing.content().minimumSpend())
                .anyMatch(minimum ->
                        minimum.amount().isPresent() && minimum.inAdvance().orElseGet(inAdvance::minimumSpend));
    }

    private List<Stretch> stretches(Document<AccountPlan> accountPlan, Document<Plan> plan, Period inForce) {
        Instant planStart = accountPlan.content().validity().start();
        List<Document<Pricing>> own = facts.pricingsOn(new Priced.OnPlan(plan.id()));
        List<Document<Pricing>> inherited =
                facts.pricingsOn(new Priced.OnTemplate(plan.content().template()));
        return Stream.concat(own.stream(), inherited.stream())
                .collect(groupingBy(pricing -> place(pricing.content().counted()), TreeMap::new, toList()))
                .values()
                .stream()
                .flatMap(pricings -> stretches(pricings, inForce, planStart).stream())
                .toList();
    }

    /** On the bill: aggregations of one field by number, then compound ones by theirs. */
    private long place(Countable counted) {
        return switch (counted) {
            case Countable.Simple(Id<Aggregation> id) -> facts.aggregation(id).number();
            case Countable.Compound(Id<CompoundAggregation> id) ->
                facts.compounds().get(id).number() + (1L << Integer.SIZE);
        };
    }

    private List<Stretch> stretches(List<Document<Pricing>> pricings, Period inForce, Instant planStart) {
        return switch (pricings.getFirst().content().counted()) {
            case Countable.Simple(Id<Aggregation> id) ->
                ofAggregation(facts.aggregation(id), pricings, inForce, planStart);
            case Countable.Compound(Id<CompoundAggregation> id) ->
                ofCompound(facts.compounds().get(id), pricings, inForce);
        };
    }

    /** The stretches of a formula, with all usage of each aggregation in it, whatever its segments are. */
    private List<Stretch> ofCompound(
            Document<CompoundAggregation> compound, List<Document<Pricing>> pricings, Period inForce) {
        List<Asked> inputs = new ArrayList<>();
        for (Id<Aggregation> id : facts.compounds().measuredFor(compound.id())) {
            Document<Aggregation> aggregation = facts.aggregation(id);
            Document<Meter> meter = facts.meter(aggregation.content().meter());
            Optional<Measure> measure = measure(aggregation, meter);
            if (measure.isEmpty()) {
                return List.of();
            }
            inputs.add(new Asked(aggregation, meter, measure.get(), Optional.empty()));
        }
        Tally tally = Tally.ofCompound(compound, facts.compounds());
        return stretches(new Subject(tally, inputs, Optional.empty(), inForce.from()), pricings, inForce);
    }

    /** The stretches of one aggregation, by segment where it has some. */
    private List<Stretch> ofAggregation(
            Document<Aggregation> aggregation, List<Document<Pricing>> pricings, Period inForce, Instant planStart) {
        Document<Meter> meter = facts.meter(aggregation.content().meter());
        Optional<Measure> measure = measure(aggregation, meter);
        checkSegments(pricings, aggregation);
        if (measure.isEmpty()) {
            return List.of();
        }
        Segmentation segmentation = aggregation.content().segmentation();
        BiFunction<Optional<Segment>, Optional<Partition.Share>, Subject> subject = (segment, share) -> new Subject(
                Tally.of(aggregation, facts.compounds()),
                List.of(new Asked(aggregation, meter, measure.get(), share)),
                segment,
                planStart);
        if (segmentation.isNone()) {
            return stretches(subject.apply(Optional.empty(), Optional.empty()), pricings, inForce);
        }
        Optional<Partition> partition = facts.partitions().of(aggregation);
        if (partition.isEmpty()) {
            segmentation.misfit(meter.content()).ifPresent(faults::add);
            return List.of();
        }
        Map<Optional<Segment>, List<Document<Pricing>>> bySegment = pricings.stream()
                .collect(groupingBy(pricing -> pricing.content().segment()));
        Stream<Stretch> ofSegments = segmentation.segments().stream()
                .flatMap(segment -> stretches(
                        subject.apply(
                                Optional.of(segment),
                                Optional.of(partition.get().of(segment))),
                        bySegment.getOrDefault(Optional.of(segment), List.of()),
                        inForce)
                        .stream());
        Subject ofRest =
                subject.apply(Optional.empty(), Optional.of(partition.get().rest()));
        return Stream.concat(ofSegments, Stream.of(ofRest.during(inForce, Optional.empty())))
                .toList();
    }

    /** The same question of each stretch. */
    private record Asked(
            Document<Aggregation> aggregation,
            Document<Meter> meter,
            Measure measure,
            Optional<Partition.Share> share) {
        Stretch.Input during(Period period) {
            return new Stretch.Input(aggregation, new Question(meter.number(), period, measure, share), List.of());
        }
    }

    /**
     * What is priced, all of it or a segment.
     *
     * @param planStart from when on earlier usage fills the bands of a price that spans the plan; of one aggregation only
     */
    private record Subject(Tally tally, List<Asked> asked, Optional<Segment> segment, Instant planStart) {
        Stretch during(Period period, Optional<Document<Pricing>> price) {
            List<Stretch.Input> inputs =
                    asked.stream().map(each -> each.during(period)).toList();
            Optional<Question> before = price.filter(
                            present -> present.content().tiersSpanPlan())
                    .flatMap(_ -> inputs.getFirst().question().before(planStart));
            return new Stretch(tally, inputs, period, segment, price, before);
        }
    }

    private void checkSegments(List<Document<Pricing>> pricings, Document<Aggregation> aggregation) {
        pricings.forEach(pricing -> aggregation
                .content()
                .misfit(pricing.content())
                .ifPresent(misfit -> faults.add("Pricing %s: %s".formatted(pricing.id(), misfit))));
    }

    /** The stretches of one segment or of all usage. At each instant the plan's own price goes before the template's. */
    private List<Stretch> stretches(Subject subject, List<Document<Pricing>> pricings, Period inForce) {
        List<Stretch> stretches = new ArrayList<>();
        for (Period piece : pieces(pricings, inForce)) {
            Optional<Document<Pricing>> price =
                    priceAt(piece.from(), pricings, subject.tally().name());
            Period period = piece;
            if (!stretches.isEmpty() && stretches.getLast().pricing().equals(price)) {
                period = new Period(stretches.removeLast().period().from(), piece.to());
            }
            stretches.add(subject.during(period, price));
        }
        return Stretch.withDefaultOnce(stretches);
    }

    /** The period, cut wherever some price starts or ends. */
    private static List<Period> pieces(List<Document<Pricing>> pricings, Period period) {
        TreeSet<Instant> edges = new TreeSet<>(List.of(period.from(), period.to()));
        pricings.stream()
                .map(pricing -> pricing.content().validity())
                .flatMap(validity -> Stream.concat(Stream.of(validity.start()), validity.end().stream()))
                .filter(period::contains)
                .forEach(edges::add);
        List<Instant> ordered = List.copyOf(edges);
        List<Period> pieces = new ArrayList<>();
        for (int i = 1; i < ordered.size(); i++) {
            pieces.add(new Period(ordered.get(i - 1), ordered.get(i)));
        }
        return pieces;
    }

    private Optional<Document<Pricing>> priceAt(Instant instant, List<Document<Pricing>> pricings, String name) {
        List<Document<Pricing>> inForce = pricings.stream()
                .filter(pricing -> pricing.content().validity().isInForceAt(instant))
                .toList();
        List<Document<Pricing>> own = inForce.stream()
                .filter(pricing -> pricing.content().plan().isPresent())
                .toList();
        List<Document<Pricing>> candidates = own.isEmpty() ? inForce : own;
        if (candidates.size() > 1) {
            Document<Pricing> first = candidates.getFirst();
            Document<Pricing> second = candidates.get(1);
            faults.add(("Expected one price of aggregation \"%s\" at a time, but pricings %s, in force %s, and %s, in "
                            + "force %s, both apply at %s. End one of them before the other starts.")
                    .formatted(
                            name,
                            first.id(),
                            first.content().validity(),
                            second.id(),
                            second.content().validity(),
                            instant));
        }
        return candidates.stream().findFirst();
    }

    private Optional<Measure> measure(Document<Aggregation> aggregation, Document<Meter> meter) {
        Optional<Measure> measure = Measure.of(aggregation.content(), meter.content());
        if (measure.isEmpty()) {
            faults.add(
                    ("Expected meter %s to have a field %s that %s can be computed of, as aggregation \"%s\" says, but "
                                    + "it has none. Correct the aggregation or the meter.")
                            .formatted(
                                    meter.content().code(),
                                    aggregation.content().targetField(),
                                    aggregation.content().function(),
                                    aggregation.content().name()));
        }
        return measure;
    }

    /** Whether an account gets a bill, and for which period. */
    sealed interface Assessment {
        /**
         * It gets one.
         *
         * @param plans at least one, by start of their account plans
         * @param due the period of the bill
         * @param currency of all of them
         */
        record Billable(Document<Account> account, DuePeriod due, List<PlanTerms> plans, Currency currency)
                implements Assessment {
            public Billable {
                plans = List.copyOf(plans);
            }

            /** Whether none of the plans is in force: they are here for what was charged in advance. */
            boolean isOver() {
                return plans.stream().allMatch(plan -> plan.inForce().isEmpty());
            }
        }

        /** It is on no plan that is billed now. */
        record NotOnAnyPlan() implements Assessment {}

        /** It should get one, but what is said about it contradicts itself. */
        record Contradictory(Parked parked) implements Assessment {}
    }
}

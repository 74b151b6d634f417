package io.tallystick.billing;

import io.tallystick.account.Account;
import io.tallystick.billing.Corrections.Carrier;
import io.tallystick.billing.Corrections.Correction;
import io.tallystick.billing.Terms.Assessment;
import io.tallystick.document.Document;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.time.DuePeriod;
import io.tallystick.usage.UsageAnswer;
import io.tallystick.usage.UsageQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Everything that has been read and decided for an order, so that each bill is one pure step away.
 *
 * @param billable one for each bill, by number of the account
 * @param parked accounts that should get one and cannot
 * @param corrections what the bills say of other bills
 */
record Reckoning(
        List<Assessment.Billable> billable,
        List<Parked> parked,
        Calculation calculation,
        Map<Carrier, Correction> corrections) {
    Reckoning {
        billable = List.copyOf(billable);
        parked = List.copyOf(parked);
        corrections = Map.copyOf(corrections);
    }

    static Reckoning of(
            Facts facts,
            BillOrder order,
            Watermarks watermarks,
            Optional<Id<BillJob>> job,
            Instant at,
            Function<UsageQuery, UsageAnswer> ask,
            EarlierBills.Source bills) {
        return read(facts, order, watermarks, job, at, ask, bills)
                .without(UsageFaults::of)
                .withoutBillsForNothing(order);
    }

    /** The same, but nobody is parked for a segment that was used and has no price. */
    static Reckoning whateverIsPriced(
            Facts facts,
            BillOrder order,
            Watermarks watermarks,
            Optional<Id<BillJob>> job,
            Instant at,
            Function<UsageQuery, UsageAnswer> ask,
            EarlierBills.Source bills) {
        return read(facts, order, watermarks, job, at, ask, bills).without(UsageFaults::ofFormulas);
    }

    private static Reckoning read(
            Facts facts,
            BillOrder order,
            Watermarks watermarks,
            Optional<Id<BillJob>> job,
            Instant at,
            Function<UsageQuery, UsageAnswer> ask,
            EarlierBills.Source bills) {
        EarlierBills earlier = EarlierBills.touching(facts, order, bills);
        List<Assessment.Billable> billable = new ArrayList<>();
        List<Parked> parked = new ArrayList<>(unknown(facts, order));
        for (Document<Account> account : facts.accounts()) {
            if (order.wants(account.id())) {
                for (Assessment assessment : Terms.of(account, facts, order, earlier)) {
                    switch (assessment) {
                        case Assessment.Billable assessed -> billable.add(assessed);
                        case Assessment.Contradictory(Parked contradiction) -> parked.add(contradiction);
                        case Assessment.NotOnAnyPlan() -> {
                            if (!order.accounts().isEmpty()) {
                                parked.add(notOnAnyPlan(account, order));
                            }
                        }
                    }
                }
            }
        }
        Figures figures = Figures.gather(billable, facts.partitions(), watermarks.usage(), ask);
        return new Reckoning(
                billable, parked, new Calculation(facts, earlier, order, figures, watermarks, job, at), Map.of());
    }

    private Reckoning without(BiFunction<Assessment.Billable, Figures, Optional<Parked>> faults) {
        List<Assessment.Billable> rest = new ArrayList<>();
        List<Parked> more = new ArrayList<>(parked);
        for (Assessment.Billable account : billable) {
            faults.apply(account, calculation.figures()).ifPresentOrElse(more::add, () -> rest.add(account));
        }
        return new Reckoning(rest, more, calculation, corrections);
    }

    /** An account plan that ended before the period has a bill only where something has to be given back. */
    private Reckoning withoutBillsForNothing(BillOrder order) {
        List<Assessment.Billable> rest = new ArrayList<>();
        List<Parked> more = new ArrayList<>(parked);
        for (Assessment.Billable account : billable) {
            boolean isForNothing = account.isOver()
                    && !calculation.earlier().include(account)
                    && calculation.bill(account).lines().isEmpty();
            if (!isForNothing) {
                rest.add(account);
            } else if (!order.accounts().isEmpty()) {
                more.add(notOnAnyPlan(account.account(), order));
            }
        }
        return new Reckoning(rest, more, calculation, corrections);
    }

    private static List<Parked> unknown(Facts facts, BillOrder order) {
        Set<Id<Account>> known = new HashSet<>();
        facts.accounts().forEach(account -> known.add(account.id()));
        return order.accounts().stream()
                .distinct()
                .filter(id -> !known.contains(id))
                .map(id -> new Parked(
                        id, "Expected account %s to exist, but it did not when the job began.".formatted(id)))
                .toList();
    }

    /** Said only where the account was asked for by name: of all accounts, those without a plan owe nothing. */
    private static Parked notOnAnyPlan(Document<Account> account, BillOrder order) {
        return new Parked(
                account.id(),
                "Expected account %s to be on a plan %swith a period that ends by %s, but it is on none. Put it on a plan, or bill a later date."
                        .formatted(
                                account.content().code(),
                                order.calendars()
                                        .frequency()
                                        .map(frequency -> "billed " + frequency + " ")
                                        .orElse(""),
                                order.billDate()));
    }

    /** The same, with what puts other bills right on these. */
    Reckoning correctedBy(Corrections found, OrganizationId organization) {
        return new Reckoning(
                billable, parked, calculation, found.find(organization, calculation.watermarks(), carriers()));
    }

    /** Of the bills of one account, frequency and currency the one for the latest period carries the corrections. */
    private List<Carrier> carriers() {
        Map<List<Object>, Carrier> latest = new LinkedHashMap<>();
        for (Assessment.Billable account : billable) {
            Carrier carrier = new Carrier(account.account().id(), account.due(), account.currency());
            latest.merge(
                    List.of(carrier.account(), carrier.due().cycle().frequency(), carrier.currency()),
                    carrier,
                    BinaryOperator.maxBy(Carrier.BY_PERIOD));
        }
        return List.copyOf(latest.values());
    }

    /**
     * Some of the bills. Calculating asks nobody, so any thread may do it.
     *
     * @param from of the billable ones, from 0
     * @param to not included; may lie behind the last
     */
    List<Bill> bills(int from, int to) {
        return billable.subList(from, Math.min(billable.size(), to)).stream()
                .map(this::bill)
                .toList();
    }

    Bill bill(Assessment.Billable account) {
        Bill own = calculation.bill(account);
        return correction(own).map(own::correctedBy).orElse(own);
    }

    /** What a bill of these says of other bills. */
    Optional<Correction> correction(Bill bill) {
        return Optional.ofNullable(corrections.get(
                new Carrier(bill.account(), new DuePeriod(bill.cycle(), bill.period(), bill.zone()), bill.currency())));
    }

    /** Whether the organization does not want this bill: nothing stands on it, neither charged nor left uncharged. */
    boolean suppresses(Bill bill) {
        return calculation.facts().config().suppressesEmptyBills()
                && bill.lines().isEmpty()
                && bill.unpricedUsage().isEmpty();
    }
}

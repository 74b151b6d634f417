package io.tallystick.billing;

import io.tallystick.account.Account;
import io.tallystick.document.Document;
import io.tallystick.id.Id;
import io.tallystick.usage.UsageAnswer;
import io.tallystick.usage.UsageQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Everything that has been read and decided for an order, so that each bill is one pure step away.
 *
 * @param billable one for each bill, by number of the account
 * @param parked accounts that should get one and cannot
 */
record Reckoning(List<Assessment.Billable> billable, List<Parked> parked, Calculation calculation) {
    Reckoning {
        billable = List.copyOf(billable);
        parked = List.copyOf(parked);
    }

    static Reckoning of(
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
        billable.removeIf(account -> {
            Optional<Parked> fault = UsageFaults.of(account, figures);
            fault.ifPresent(parked::add);
            return fault.isPresent();
        });
        Calculation calculation = new Calculation(facts, earlier, order, figures, watermarks, job, at);
        billable.removeIf(account -> {
            boolean isForNothing = account.isOver()
                    && !earlier.include(account)
                    && calculation.bill(account).lines().isEmpty();
            if (isForNothing && !order.accounts().isEmpty()) {
                parked.add(notOnAnyPlan(account.account(), order));
            }
            return isForNothing;
        });
        return new Reckoning(billable, parked, calculation);
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
        return calculation.bill(account);
    }

    /** Whether the organization does not want this bill: nothing stands on it, neither charged nor left uncharged. */
    boolean suppresses(Bill bill) {
        return calculation.facts().config().suppressesEmptyBills()
                && bill.lines().isEmpty()
                && bill.unpricedUsage().isEmpty();
    }
}

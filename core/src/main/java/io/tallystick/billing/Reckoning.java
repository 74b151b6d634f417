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
 * @param billable accounts that get a bill, by number
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
            Function<UsageQuery, UsageAnswer> ask) {
        List<Assessment.Billable> billable = new ArrayList<>();
        List<Parked> parked = new ArrayList<>(unknown(facts, order));
        Set<Id<Account>> wanted = Set.copyOf(order.accounts());
        for (Document<Account> account : facts.accounts()) {
            if (wanted.isEmpty() || wanted.contains(account.id())) {
                switch (Terms.of(account, facts, order)) {
                    case Assessment.Billable assessed -> billable.add(assessed);
                    case Assessment.Contradictory(Parked contradiction) -> parked.add(contradiction);
                    case Assessment.NotOnAnyPlan() -> {
                        if (!wanted.isEmpty()) {
                            parked.add(notOnAnyPlan(account, order));
                        }
                    }
                }
            }
        }
        Figures figures = Figures.gather(billable, facts.partitions(), watermarks.usage(), ask);
        billable.removeIf(account -> {
            Optional<Parked> unpriced = UsedSegments.withoutPrice(account, figures);
            unpriced.ifPresent(parked::add);
            return unpriced.isPresent();
        });
        return new Reckoning(billable, parked, new Calculation(facts, order, figures, watermarks, job, at));
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
                "Expected account %s to be on a %s plan during %s, but it is on none. Put it on a plan from then on."
                        .formatted(account.content().code(), order.frequency(), order.period()));
    }

    Bill bill(Assessment.Billable account) {
        return calculation.bill(account);
    }
}

package io.tallystick.billing;

import io.tallystick.billing.Terms.Assessment;
import io.tallystick.billing.compound.Counted;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What makes a bill impossible and is seen only once usage is known: segments that somebody declared, and an account
 * used, and nobody priced; formulas that have no value for what was used.
 */
final class UsageFaults {
    /** Faults told of one account; more would not help. */
    private static final int TOLD_MAX = 10;

    private UsageFaults() {}

    /** The account with the reason, where there is one. Example of usage that needs no price: a sum of 0. */
    static Optional<Parked> of(Assessment.Billable account, Figures figures) {
        return of(account, figures, true);
    }

    /** The same of formulas only: a segment without a price is no reason. */
    static Optional<Parked> ofFormulas(Assessment.Billable account, Figures figures) {
        return of(account, figures, false);
    }

    private static Optional<Parked> of(Assessment.Billable account, Figures figures, boolean isPriceNeeded) {
        List<String> faults = account.plans().stream()
                .flatMap(plan -> plan.stretches().stream()
                        .flatMap(stretch -> fault(account, plan, stretch, figures, isPriceNeeded)))
                .limit(TOLD_MAX)
                .toList();
        return faults.isEmpty()
                ? Optional.empty()
                : Optional.of(new Parked(account.account().id(), String.join(" ", faults)));
    }

    private static Stream<String> fault(
            Assessment.Billable account, PlanTerms plan, Stretch stretch, Figures figures, boolean isPriceNeeded) {
        int number = account.account().number();
        return switch (stretch.count(question -> figures.measured(question, number))) {
            case Counted.Quantity quantity ->
                !isPriceNeeded
                                || stretch.pricing().isPresent()
                                || quantity.quantity().signum() == 0
                        ? Stream.empty()
                        : unpricedSegment(account, plan, stretch, quantity);
            case Counted.Uncountable(String reason) -> Stream.of(uncountable(account, stretch, reason));
        };
    }

    private static Stream<String> unpricedSegment(
            Assessment.Billable account, PlanTerms plan, Stretch stretch, Counted.Quantity used) {
        return stretch.segment().stream()
                .map(segment ->
                        ("Expected a price of segment %s of aggregation \"%s\" on plan %s or its template in %s, because "
                                        + "account %s used %s of it then, but none is in force. Add a pricing of the "
                                        + "segment, of 0 if it is free.")
                                .formatted(
                                        segment,
                                        stretch.tally().name(),
                                        plan.plan().content().code(),
                                        stretch.period(),
                                        account.account().content().code(),
                                        used.quantity().toPlainString()));
    }

    private static String uncountable(Assessment.Billable account, Stretch stretch, String reason) {
        return ("Expected compound aggregation \"%s\" to have a quantity for account %s in %s, but %s Change its "
                        + "calculation so that it has one there, for example with a ? b : c.")
                .formatted(stretch.tally().name(), account.account().content().code(), stretch.period(), reason);
    }
}

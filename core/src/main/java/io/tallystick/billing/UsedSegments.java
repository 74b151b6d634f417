package io.tallystick.billing;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Segments that somebody declared, and an account used, and nobody priced: a bill without them would be wrong. */
final class UsedSegments {
    /** Faults told of one account; more would not help. */
    private static final int TOLD_MAX = 10;

    private UsedSegments() {}

    /** The account with the reason, where there are such segments. Example of usage that does not matter: a sum of 0. */
    static Optional<Parked> withoutPrice(Assessment.Billable account, Figures figures) {
        List<String> faults = account.plans().stream()
                .flatMap(plan -> plan.stretches().stream()
                        .filter(stretch -> stretch.segment().isPresent()
                                && stretch.pricing().isEmpty())
                        .flatMap(stretch -> fault(account, plan, stretch, figures)))
                .limit(TOLD_MAX)
                .toList();
        return faults.isEmpty()
                ? Optional.empty()
                : Optional.of(new Parked(account.account().id(), String.join(" ", faults)));
    }

    private static Stream<String> fault(Assessment.Billable account, PlanTerms plan, Stretch stretch, Figures figures) {
        BigDecimal quantity =
                figures.measured(stretch.question(), account.account().number()).orElse(BigDecimal.ZERO);
        return quantity.signum() == 0
                ? Stream.empty()
                : stretch.segment().stream()
                        .map(segment ->
                                ("Expected a price of segment %s of aggregation \"%s\" on plan %s or its template in %s, "
                                                + "because account %s used %s of it then, but none is in force. Add a pricing of the segment, "
                                                + "of 0 if it is free.")
                                        .formatted(
                                                segment,
                                                stretch.aggregation().content().name(),
                                                plan.plan().content().code(),
                                                stretch.period(),
                                                account.account().content().code(),
                                                quantity.toPlainString()));
    }
}

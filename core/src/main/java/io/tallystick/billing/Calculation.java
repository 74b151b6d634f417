package io.tallystick.billing;

import io.tallystick.id.Id;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes the bill of one account from its terms and figures: asks each kind of charge, gives the lines their places and
 * sums them. Pure: the same terms and figures give the same bill.
 *
 * @param at when it is calculated; in the bill's time stamps only, in no amount
 */
record Calculation(
        Facts facts, BillOrder order, Figures figures, Watermarks watermarks, Optional<Id<BillJob>> job, Instant at) {
    private static final int DAYS_BEFORE_BILL_DUE = 30;
    private static final int FREQUENCY_INTERVAL = 1;

    Bill bill(Assessment.Billable account) {
        StandingCharges standing = new StandingCharges(facts, order.period());
        UsageCharges usage = new UsageCharges(facts, figures, account.account());
        List<Charge> charges = new ArrayList<>();
        List<UnpricedUsage> unpriced = new ArrayList<>();
        for (PlanTerms plan : account.plans()) {
            charges.addAll(standing.of(plan));
            charges.addAll(usage.of(plan));
            unpriced.addAll(usage.unpricedOf(plan));
        }
        return bill(account, lines(charges), unpriced);
    }

    private List<LineItem> lines(List<Charge> charges) {
        return IntStream.range(0, charges.size())
                .mapToObj(i -> charges.get(i).line(i + 1, order.period()))
                .toList();
    }

    private Bill bill(Assessment.Billable account, List<LineItem> lines, List<UnpricedUsage> unpriced) {
        LocalDate billDate = order.billDate();
        int daysBeforeBillDue = account.account().content().daysBeforeBillDue().orElse(DAYS_BEFORE_BILL_DUE);
        return new Bill(
                account.account().id(),
                account.account().content().code(),
                order.frequency(),
                FREQUENCY_INTERVAL,
                order.period(),
                order.zone(),
                billDate,
                order.dueDate().orElseGet(() -> billDate.plusDays(daysBeforeBillDue)),
                order.externalInvoiceDate().orElse(billDate),
                account.currency(),
                lines,
                lines.stream().map(LineItem::convertedSubtotal).reduce(BigDecimal.ZERO, BigDecimal::add),
                unpriced,
                new BillState.Pending(),
                job,
                at,
                at,
                watermarks,
                account.account().content().purchaseOrderNumber());
    }
}

package io.tallystick.billing;

import io.tallystick.account.OrganizationConfig;
import io.tallystick.billing.Terms.Assessment;
import io.tallystick.id.Id;
import io.tallystick.time.DuePeriod;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes the bill of one account from its terms and figures: asks each kind of charge, gives the lines their places and
 * sums them. Pure: the same terms and figures give the same bill.
 *
 * @param at when it is calculated; in the bill's time stamps only, in no amount
 */
record Calculation(
        Facts facts,
        EarlierBills earlier,
        BillOrder order,
        Figures figures,
        Watermarks watermarks,
        Optional<Id<BillJob>> job,
        Instant at) {

    Bill bill(Assessment.Billable account) {
        StandingCharges standing = new StandingCharges(facts, earlier);
        UsageCharges usage = new UsageCharges(facts, figures, account.account());
        MinimumSpends minimums = new MinimumSpends(facts, earlier);
        List<Charge> charges = new ArrayList<>();
        List<UnpricedUsage> unpriced = new ArrayList<>();
        for (PlanTerms plan : account.plans()) {
            charges.addAll(standing.of(plan));
            List<Charge> used = usage.of(plan);
            List<Charge> spent = concat(used, minimums.ofPricings(plan, used));
            charges.addAll(spent);
            charges.addAll(minimums.ofNextPricings(plan));
            charges.addAll(minimums.ofPlan(plan, spent));
            charges.addAll(minimums.ofNextPlan(plan));
            unpriced.addAll(usage.unpricedOf(plan));
        }
        List<Charge> credits = usage.creditsOn(charges, account.plans());
        return bill(account, lines(concat(charges, credits), account.due().period()), unpriced);
    }

    private static List<Charge> concat(List<Charge> first, List<Charge> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static List<LineItem> lines(List<Charge> charges, Period period) {
        return IntStream.range(0, charges.size())
                .mapToObj(i -> charges.get(i).line(i + 1, period))
                .toList();
    }

    private Bill bill(Assessment.Billable account, List<LineItem> lines, List<UnpricedUsage> unpriced) {
        DuePeriod due = account.due();
        LocalDate billDate = due.billDate();
        OrganizationConfig config = facts.config();
        int daysBeforeBillDue = account.account().content().daysBeforeBillDue().orElse(config.daysBeforeBillDue());
        return new Bill(
                account.account().id(),
                account.account().content().code(),
                due.cycle().frequency(),
                due.cycle().interval(),
                due.period(),
                due.zone(),
                billDate,
                order.dueDate().orElseGet(() -> billDate.plusDays(daysBeforeBillDue)),
                order.externalInvoiceDate().orElseGet(() -> config.invoiceDate(billDate, due.lastDay())),
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

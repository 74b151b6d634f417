package io.tallystick.billing;

import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.Pricing;
import io.tallystick.document.Document;
import io.tallystick.id.Id;
import io.tallystick.quantity.CurrencyRounding;
import io.tallystick.quantity.Exact;
import io.tallystick.rating.Consumption;
import io.tallystick.rating.Rated;
import io.tallystick.rating.Rating;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes the bill of one account from its terms and figures. Pure: the same terms and figures give the same bill.
 *
 * @param at when it is calculated; in the bill's time stamps only, in no amount
 */
record Calculation(
        Facts facts, BillOrder order, Figures figures, Watermarks watermarks, Optional<Id<BillJob>> job, Instant at) {
    private static final int DAYS_BEFORE_BILL_DUE = 30;
    private static final int FREQUENCY_INTERVAL = 1;

    Bill bill(Assessment.Billable account) {
        List<LineItem> lines = new ArrayList<>();
        List<UnpricedUsage> unpriced = new ArrayList<>();
        for (PlanTerms plan : account.plans()) {
            standingCharge(plan, lines.size() + 1).ifPresent(lines::add);
            for (Stretch stretch : plan.stretches()) {
                BigDecimal quantity =
                        stretch.quantity(question -> figures.measured(
                                question, account.account().number()));
                if (stretch.pricing().isPresent()) {
                    lines.add(usage(plan, stretch, stretch.pricing().get(), quantity, lines.size() + 1));
                } else if (quantity.signum() != 0) {
                    unpriced.add(unpriced(plan, stretch, quantity));
                }
            }
        }
        return bill(account, lines, unpriced);
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
                BillStatus.PENDING,
                false,
                job,
                at,
                at,
                watermarks,
                account.account().content().purchaseOrderNumber());
    }

    private Optional<LineItem> standingCharge(PlanTerms plan, int sequenceNumber) {
        BigDecimal amount = prorated(plan.standingCharge(), plan.inForce(), order.period());
        if (amount.signum() == 0) {
            return Optional.empty();
        }
        BookedProduct product = facts.product(plan.plan().content().product());
        return Optional.of(new LineItem(
                lineId(plan, LineItemType.STANDING_CHARGE, plan.plan().id(), plan.inForce()),
                sequenceNumber,
                LineItemType.STANDING_CHARGE,
                plan.standingChargeDescription(),
                plan.accountPlan().id(),
                plan.plan().id(),
                product,
                plan.plan()
                        .content()
                        .standingChargeAccountingProduct()
                        .map(facts::product)
                        .orElse(product),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                plan.inForce(),
                BigDecimal.ONE,
                BigDecimal.ONE,
                "",
                amount,
                amount,
                rounded(amount, plan),
                rounded(amount, plan),
                BigDecimal.ONE,
                plan.currency(),
                List.of()));
    }

    /**
     * Amount x days in force / days in the period. A day that is in force in part counts for that part, so that two
     * plans that follow each other within a day cost one day together. Days are equally long, because the period is in
     * UTC. Example: 20 from 10 December, 12:00: 20 x 21.5 / 31 = 13.87...
     */
    private static BigDecimal prorated(BigDecimal amount, Period inForce, Period period) {
        return inForce.equals(period) ? amount : Exact.divide(amount.multiply(length(inForce)), length(period));
    }

    private static BigDecimal length(Period period) {
        Duration length = Duration.between(period.from(), period.to());
        return BigDecimal.valueOf(length.getSeconds()).add(BigDecimal.valueOf(length.getNano(), 9));
    }

    private LineItem usage(
            PlanTerms plan, Stretch stretch, Document<Pricing> pricing, BigDecimal quantity, int sequenceNumber) {
        Aggregation aggregation = stretch.aggregation().content();
        Consumption consumption = stretch.consumption(quantity);
        Rated rated = Rating.rate(pricing.content().model(), consumption);
        BookedProduct product = facts.product(plan.plan().content().product());
        return new LineItem(
                lineId(plan, LineItemType.USAGE, pricing.id(), stretch.period()),
                sequenceNumber,
                LineItemType.USAGE,
                pricing.content()
                        .description()
                        .filter(description -> !description.isBlank())
                        .orElseGet(aggregation::name),
                plan.accountPlan().id(),
                plan.plan().id(),
                product,
                pricing.content()
                        .accountingProduct()
                        .or(aggregation::accountingProduct)
                        .map(facts::product)
                        .orElse(product),
                Optional.of(stretch.aggregation().id()),
                Optional.of(aggregation.meter()),
                Optional.of(pricing.id()),
                stretch.period(),
                consumption.quantity(),
                consumption.units(),
                aggregation.unit(),
                rated.averageUnitPrice(),
                rated.amount(),
                rounded(rated.amount(), plan),
                rounded(rated.amount(), plan),
                BigDecimal.ONE,
                plan.currency(),
                rated.bands());
    }

    private static UnpricedUsage unpriced(PlanTerms plan, Stretch stretch, BigDecimal quantity) {
        return new UnpricedUsage(
                plan.accountPlan().id(),
                stretch.aggregation().id(),
                stretch.aggregation().content().name(),
                stretch.period(),
                quantity);
    }

    /** The one place where money loses digits. */
    private static BigDecimal rounded(BigDecimal exactAmount, PlanTerms plan) {
        return CurrencyRounding.standard(plan.currency()).round(exactAmount).amount();
    }

    /** A name made of what the line charges for, so that calculating again names it the same. */
    private Id<LineItem> lineId(PlanTerms plan, LineItemType type, Id<?> charged, Period servicePeriod) {
        String name = String.join(
                " ",
                plan.accountPlan().id().value(),
                type.name(),
                charged.value(),
                order.period().toString(),
                servicePeriod.from().toString());
        return new Id<>(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
    }
}

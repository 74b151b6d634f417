package io.tallystick.billing.correction;

import static java.util.stream.Collectors.toMap;

import io.tallystick.account.AccountPlan;
import io.tallystick.billing.Bill;
import io.tallystick.billing.Corrections.Correction;
import io.tallystick.billing.LineItem;
import io.tallystick.billing.LineItemType;
import io.tallystick.billing.UnpricedUsage;
import io.tallystick.catalog.Countable;
import io.tallystick.document.Document;
import io.tallystick.id.Id;
import io.tallystick.id.InvoiceNumber;
import io.tallystick.quantity.Exact;
import io.tallystick.rating.Earlier;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * An approved bill, counted again, and held against what it and the corrections of it said. For each line: correction =
 * line now - line as billed - what other bills put right of it, in rounded amounts, so that together they are the line
 * now. Example: 100 units at 0.15 billed as 15, 10 more came late and are 1.50 on the next bill, then 20 more: 130 units
 * are 19.50, less 15, less 1.50, so 3 on the bill after it.
 *
 * @param billed as it was approved
 * @param now the same, from the usage of the new bill
 * @param others further bills of the account, the new one left out
 */
record Recount(Document<Bill> billed, Bill now, List<Bill> others) {
    private static final int DESCRIPTION_MAX = 1000;

    Recount {
        others = List.copyOf(others);
    }

    /**
     * What has to be charged or given back, in the order of the bill's lines.
     *
     * @param carrier the period of the bill they will stand on
     */
    List<LineItem> corrections(Period carrier) {
        List<LineItem> corrections = new ArrayList<>();
        changes().values().forEach(change -> change.line(this, carrier).ifPresent(corrections::add));
        return corrections;
    }

    /** What other bills put right of it already, by line. */
    Map<Id<LineItem>, BigDecimal> elsewhere() {
        Map<Id<LineItem>, BigDecimal> sums = new LinkedHashMap<>();
        correctionsOnOthers()
                .forEach(line -> sums.merge(line.reference().line().orElseThrow(), line.subtotal(), BigDecimal::add));
        return sums;
    }

    /** Usage that nobody has charged or reported yet, where it is too late to charge it. */
    List<UnpricedUsage> tooLate() {
        Map<Used, UnpricedUsage> late = new LinkedHashMap<>();
        changes().values().forEach(change -> change.tooLate().ifPresent(usage -> add(late, usage, usage.quantity())));
        return remaining(late, others.stream().flatMap(other -> other.unpricedUsage().stream()));
    }

    /** Usage without a price that the bill does not say yet. */
    List<UnpricedUsage> unpriced() {
        Map<Used, UnpricedUsage> unpriced = new LinkedHashMap<>();
        now.unpricedUsage().forEach(usage -> add(unpriced, usage, usage.quantity()));
        billed.content().unpricedUsage().stream()
                .filter(usage -> usage.reason() != UnpricedUsage.Reason.LATE_USAGE)
                .filter(usage ->
                        billed.content().period().contains(usage.period().from()))
                .forEach(usage -> add(unpriced, usage, usage.quantity().negate()));
        return remaining(unpriced, others.stream().flatMap(other -> other.unpricedUsage().stream()));
    }

    /** Usage that no price applies to, told apart from other such usage. */
    private record Used(Id<AccountPlan> accountPlan, Countable counted, Period period, UnpricedUsage.Reason reason) {
        static Used of(UnpricedUsage usage) {
            return new Used(usage.accountPlan(), usage.counted(), usage.period(), usage.reason());
        }
    }

    private static void add(Map<Used, UnpricedUsage> sums, UnpricedUsage usage, BigDecimal quantity) {
        BigDecimal before = Optional.ofNullable(sums.get(Used.of(usage)))
                .map(UnpricedUsage::quantity)
                .orElse(BigDecimal.ZERO);
        sums.put(
                Used.of(usage),
                new UnpricedUsage(
                        usage.accountPlan(),
                        usage.counted(),
                        usage.name(),
                        usage.period(),
                        usage.reason(),
                        before.add(quantity)));
    }

    private static List<UnpricedUsage> remaining(Map<Used, UnpricedUsage> sums, Stream<UnpricedUsage> said) {
        said.filter(usage -> sums.containsKey(Used.of(usage)))
                .forEach(usage -> add(sums, usage, usage.quantity().negate()));
        return sums.values().stream()
                .filter(usage -> usage.quantity().signum() != 0)
                .toList();
    }

    private Stream<LineItem> correctionsOnOthers() {
        return others.stream()
                .flatMap(other -> other.lines().stream())
                .filter(line -> line.isCorrection() && line.reference().bill().equals(Optional.of(billed.id())));
    }

    /** By the line's id, which is the same for the same charge in every calculation; in the order of the lines. */
    private Map<Id<LineItem>, Change> changes() {
        Map<Id<LineItem>, List<LineItem>> corrections = new LinkedHashMap<>();
        correctionsOnOthers().forEach(line -> corrections
                .computeIfAbsent(line.reference().line().orElseThrow(), _ -> new ArrayList<>())
                .add(line));
        Map<Id<LineItem>, LineItem> before = byId(own(billed.content()));
        Map<Id<LineItem>, LineItem> after = byId(own(now));
        Map<Id<LineItem>, Change> changes = new LinkedHashMap<>();
        BiConsumer<Id<LineItem>, LineItem> change = (id, line) -> changes.computeIfAbsent(
                id,
                _ -> new Change(
                        line,
                        Optional.ofNullable(before.get(id)),
                        Optional.ofNullable(after.get(id)),
                        corrections.getOrDefault(id, List.of())));
        before.forEach(change);
        after.forEach(change);
        corrections.forEach((id, lines) -> change.accept(id, lines.getFirst()));
        return changes;
    }

    private static Stream<LineItem> own(Bill bill) {
        return bill.lines().stream().filter(line -> !line.isByHand() && !line.isCorrection());
    }

    private static Map<Id<LineItem>, LineItem> byId(Stream<LineItem> lines) {
        return lines.collect(toMap(LineItem::id, Function.identity(), (first, _) -> first, LinkedHashMap::new));
    }

    /**
     * One line.
     *
     * @param any of the lines below
     * @param before as it was billed, if it was
     * @param after as it is now, if it still is
     * @param corrections of it on other bills
     */
    private record Change(
            LineItem any, Optional<LineItem> before, Optional<LineItem> after, List<LineItem> corrections) {
        private BigDecimal difference(Function<LineItem, BigDecimal> part) {
            BigDecimal corrected = Stream.concat(before.stream(), corrections.stream())
                    .map(part)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            return after.map(part).orElse(BigDecimal.ZERO).subtract(corrected);
        }

        private Id<LineItem> id() {
            return before.or(() -> after)
                    .map(LineItem::id)
                    .or(() -> any.reference().line())
                    .orElseThrow();
        }

        Optional<LineItem> line(Recount recount, Period carrier) {
            BigDecimal amount = difference(LineItem::subtotal);
            BigDecimal units = difference(LineItem::units);
            if (amount.signum() == 0) {
                return Optional.empty();
            }
            InvoiceNumber number = recount.billed.content().invoiceNumber().orElseThrow();
            return Optional.of(new LineItem(
                    new Id<>(UUID.nameUUIDFromBytes("correction %s %s %s"
                                    .formatted(recount.billed.id(), id(), carrier)
                                    .getBytes(StandardCharsets.UTF_8))
                            .toString()),
                    1,
                    amount.signum() < 0 ? LineItemType.CREDIT_MEMO : LineItemType.DEBIT_MEMO,
                    description(number),
                    any.booking(),
                    new LineItem.Basis(
                            any.basis().counted(),
                            any.basis().meter(),
                            any.basis().pricing(),
                            any.basis().segment(),
                            Earlier.NOTHING,
                            difference(LineItem::quantity),
                            units,
                            any.basis().unit(),
                            units.signum() == 0 ? BigDecimal.ZERO : Exact.divide(amount, units),
                            List.of(),
                            Optional.empty()),
                    any.servicePeriod(),
                    new LineItem.Amounts(
                            amount,
                            amount,
                            amount,
                            BigDecimal.ONE,
                            any.amounts().currency()),
                    new LineItem.Reference(Optional.of(recount.billed.id()), Optional.of(id()), Optional.empty())));
        }

        private String description(InvoiceNumber number) {
            String described = before.or(() -> after).isPresent()
                    ? "Correction of invoice %s: %s".formatted(number, any.description())
                    : any.description();
            ToIntFunction<String> length = text -> text.codePointCount(0, text.length());
            return length.applyAsInt(described) <= DESCRIPTION_MAX
                    ? described
                    : described.substring(0, described.offsetByCodePoints(0, DESCRIPTION_MAX));
        }

        Optional<UnpricedUsage> tooLate() {
            return any.basis()
                    .counted()
                    .filter(_ -> any.type() != LineItemType.MINIMUM_SPEND)
                    .map(counted -> new UnpricedUsage(
                            any.booking().accountPlan().orElseThrow(),
                            counted,
                            any.description(),
                            any.servicePeriod(),
                            UnpricedUsage.Reason.LATE_USAGE,
                            difference(LineItem::quantity)))
                    .filter(usage -> usage.quantity().signum() != 0);
        }
    }

    /** What a bill says of these bills. */
    static Correction together(List<Recount> recounts, Period carrier, Predicate<Recount> isInTime) {
        List<LineItem> lines = new ArrayList<>();
        List<UnpricedUsage> unpriced = new ArrayList<>();
        Map<Id<Bill>, Map<Id<LineItem>, BigDecimal>> elsewhere = new LinkedHashMap<>();
        for (Recount recount : recounts) {
            if (isInTime.test(recount)) {
                lines.addAll(recount.corrections(carrier));
                elsewhere.put(recount.billed.id(), recount.elsewhere());
            } else {
                unpriced.addAll(recount.tooLate());
            }
            unpriced.addAll(recount.unpriced());
        }
        return new Correction(lines, unpriced, elsewhere);
    }
}

package io.tallystick.billing;

import static java.util.Comparator.comparing;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.billing.Terms.Assessment;
import io.tallystick.billing.calendar.Proration;
import io.tallystick.catalog.Pricing;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Watermark;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Bills as they stood at one watermark of the documents, so that a bill that depends on them is calculated again from the
 * same ones.
 *
 * @param bills of each account
 */
record EarlierBills(Map<Id<Account>, List<Document<Bill>>> bills) {
    /** Reads the bills that had one of these values for a key of {@link Bill#KIND}, as of one watermark. */
    interface Source {
        List<Document<Bill>> with(String key, Set<String> values);
    }

    /** All bills of some accounts: whoever needs a few of many asks for them by a key. */
    static EarlierBills ofAccounts(
            Documents documents, Watermark watermark, OrganizationId organization, Set<Id<Account>> accounts) {
        return of(documents
                .asOf(
                        watermark,
                        Bill.KIND,
                        organization,
                        Bill.OF_ACCOUNT,
                        accounts.stream().map(Id::value).collect(toUnmodifiableSet()))
                .stream());
    }

    /**
     * Bills that may charge for some of the time for which the bills of an order do. Where everything is charged in arrears
     * and always was, there are none.
     */
    static EarlierBills touching(Facts facts, BillOrder order, Source source) {
        Map<Id<AccountPlan>, List<String>> months = new HashMap<>();
        Set<Id<AccountPlan>> sharing = new HashSet<>();
        facts.accounts().stream().filter(account -> order.wants(account.id())).forEach(account -> {
            for (Document<AccountPlan> accountPlan : facts.accountPlansOf(account)) {
                facts.calendarOf(account, accountPlan, order)
                        .filter(calendar -> !accountPlan
                                .content()
                                .validity()
                                .start()
                                .isAfter(calendar.touched().to()))
                        .ifPresent(calendar -> {
                            months.put(accountPlan.id(), Bill.inMonths(accountPlan.id(), calendar.touched()));
                            if (facts.mayShareTime(accountPlan, calendar)) {
                                sharing.add(accountPlan.id());
                            }
                        });
            }
        });
        List<Document<Bill>> ahead = source.with(Bill.CHARGED_AHEAD, values(months, months.keySet()));
        ahead.forEach(bill -> sharing.addAll(bill.content().accountPlans()));
        return of(Stream.concat(ahead.stream(), source.with(Bill.BILLED_IN, values(months, sharing)).stream()));
    }

    private static Set<String> values(Map<Id<AccountPlan>, List<String>> months, Set<Id<AccountPlan>> wanted) {
        return wanted.stream()
                .flatMap(accountPlan -> months.getOrDefault(accountPlan, List.of()).stream())
                .collect(toUnmodifiableSet());
    }

    private static EarlierBills of(Stream<Document<Bill>> bills) {
        return new EarlierBills(
                bills.collect(toUnmodifiableMap(Document::id, identity(), (first, _) -> first)).values().stream()
                        .sorted(comparing((Document<Bill> bill) ->
                                        bill.content().period().from())
                                .thenComparingInt(Document::number))
                        .collect(groupingBy(bill -> bill.content().account())));
    }

    /** Those for periods that began before this one, by the beginning of their periods. */
    List<Document<Bill>> before(Id<Account> account, Period period) {
        return bills.getOrDefault(account, List.of()).stream()
                .filter(bill -> bill.content().period().from().isBefore(period.from()))
                .toList();
    }

    /** Whether the bill itself was there before. */
    boolean include(Assessment.Billable account) {
        return bills.getOrDefault(account.account().id(), List.of()).stream()
                .anyMatch(bill -> bill.content().period().equals(account.due().period()));
    }

    /**
     * What bills for other periods charge for an account plan. Later ones count as well: where an earlier period is billed
     * last, it is not to charge again what they charge already.
     */
    Charged charged(PlanTerms plan, Predicate<LineItem> counts) {
        return new Charged(linesOf(plan.accountPlan())
                .filter(charged ->
                        !charged.bill().content().period().equals(plan.due().period()) && counts.test(charged.line()))
                .toList());
    }

    /**
     * What the bill itself, as it was before, charges for an account plan in a later time, where that has a bill with
     * something of the account plan already, which counted on it; absent where the later time is still open.
     */
    Optional<List<LineItem>> own(PlanTerms plan, Period later) {
        Period billed = plan.due().period();
        boolean isBilled = linesOf(plan.accountPlan())
                .anyMatch(charged -> charged.bill().content().period().overlaps(later));
        return isBilled
                ? Optional.of(linesOf(plan.accountPlan())
                        .filter(charged -> charged.bill().content().period().equals(billed)
                                && charged.line().servicePeriod().overlaps(later))
                        .map(Line::line)
                        .toList())
                : Optional.empty();
    }

    /** Whether some bill charges for an account plan from an instant on, or gives back. */
    boolean reachBeyond(Document<AccountPlan> accountPlan, Instant from) {
        return linesOf(accountPlan)
                .anyMatch(charged -> charged.line().servicePeriod().to().isAfter(from));
    }

    private Stream<Line> linesOf(Document<AccountPlan> accountPlan) {
        return bills.getOrDefault(accountPlan.content().account(), List.of()).stream()
                .flatMap(bill -> bill.content().lines().stream()
                        .filter(line -> line.booking().accountPlan().equals(Optional.of(accountPlan.id())))
                        .map(line -> new Line(bill, line)));
    }

    /** A line, and where it stands. */
    record Line(Document<Bill> bill, LineItem line) {}

    /**
     * Some lines of other bills.
     *
     * @param lines by period of their bills
     */
    record Charged(List<Line> lines) {
        Charged {
            lines = List.copyOf(lines);
        }

        Charged during(Period period) {
            return new Charged(lines.stream()
                    .filter(charged -> charged.line().servicePeriod().overlaps(period))
                    .toList());
        }

        Charged of(Id<Pricing> pricing) {
            return new Charged(lines.stream()
                    .filter(charged -> charged.line().basis().pricing().equals(Optional.of(pricing)))
                    .toList());
        }

        Charged ofNoPricing() {
            return new Charged(lines.stream()
                    .filter(charged -> charged.line().basis().pricing().isEmpty())
                    .toList());
        }

        Stream<Id<Pricing>> pricings() {
            return lines.stream()
                    .flatMap(charged -> charged.line().basis().pricing().stream())
                    .distinct();
        }

        boolean isNothing() {
            return lines.isEmpty();
        }

        /**
         * What they come to for a period, as rounded: of a line that reaches beyond it, which only a changed calendar makes,
         * the part that its length says.
         */
        BigDecimal amountFor(Period period) {
            return lines.stream()
                    .map(charged -> Proration.ofTime(charged.line().servicePeriod(), period)
                            .of(charged.line().subtotal()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        /** The last one that charges something: what is given back refers to it. */
        Optional<Line> last() {
            return lines.reversed().stream()
                    .filter(charged -> charged.line().subtotal().signum() > 0)
                    .findFirst();
        }

        LineItem.Reference reference() {
            return last().map(charged -> LineItem.Reference.to(
                            charged.bill().id(), charged.line().id()))
                    .orElse(LineItem.Reference.NONE);
        }
    }
}

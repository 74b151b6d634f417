package io.tallystick.billing.correction;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.tallystick.account.Account;
import io.tallystick.account.OrganizationConfig;
import io.tallystick.billing.Bill;
import io.tallystick.billing.Bill.Counted;
import io.tallystick.billing.BillJob;
import io.tallystick.billing.BillState;
import io.tallystick.billing.Biller;
import io.tallystick.billing.Corrections;
import io.tallystick.billing.Corrections.Carrier;
import io.tallystick.billing.Corrections.Correction;
import io.tallystick.billing.Watermarks;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Watermark;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.usage.UsageStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Puts right on a new bill what approved bills of the account would say today: usage that came late, or was voided, after
 * they were calculated. Each of them is calculated again with its own documents and order, and the usage of the new bill.
 *
 * <p>Only who is concerned is calculated again: one question for each meter and earlier period finds the accounts, so
 * that nothing late costs next to nothing. Safe for use by many threads; blocks while it reads.
 */
public final class LateUsage implements Corrections {
    /** Accounts whose bills are read at once. */
    private static final int ACCOUNTS_AT_ONCE = 500;

    private final Documents documents;
    private final UsageStore usage;
    private final Biller plain;

    public LateUsage(Documents documents, UsageStore usage) {
        this.documents = documents;
        this.usage = usage;
        this.plain = new Biller(documents, usage, () -> {
            throw new IllegalStateException("Expected bills to be calculated again and not to be made.");
        });
    }

    @Override
    public Map<Carrier, Correction> find(OrganizationId organization, Watermarks watermarks, List<Carrier> carriers) {
        Set<Counted> approved = documents.values(Bill.KIND, organization, Bill.COUNTED).stream()
                .map(Counted::read)
                .collect(toUnmodifiableSet());
        if (carriers.isEmpty() || approved.isEmpty()) {
            return Map.of();
        }
        Changes changes = Changes.of(documents, usage, organization, watermarks);
        LateWindow window = LateWindow.of(lateUsageDays(organization, watermarks.documents()), carriers);
        Set<Integer> concerned = new HashSet<>();
        window.toLookAt(approved).forEach((end, states) -> concerned.addAll(changes.before(end, states)));
        Map<Id<Account>, Integer> numbers = concerned.isEmpty() ? Map.of() : numbers(organization, watermarks);
        List<Carrier> some = carriers.stream()
                .filter(carrier -> concerned.contains(numbers.get(carrier.account())))
                .toList();
        Map<Carrier, Correction> found = new HashMap<>();
        for (int i = 0; i < some.size(); i += ACCOUNTS_AT_ONCE) {
            found.putAll(corrections(
                    organization,
                    watermarks,
                    some.subList(i, Math.min(some.size(), i + ACCOUNTS_AT_ONCE)),
                    window,
                    bill -> changes.before(
                                    bill.content().period().to(),
                                    Set.of(bill.content().watermarks().usage()))
                            .contains(numbers.get(bill.content().account()))));
        }
        return Map.copyOf(found);
    }

    private Map<Carrier, Correction> corrections(
            OrganizationId organization,
            Watermarks watermarks,
            List<Carrier> carriers,
            LateWindow window,
            Predicate<Document<Bill>> isConcerned) {
        Map<Id<Account>, List<Document<Bill>>> bills = documents
                .asOf(
                        watermarks.documents(),
                        Bill.KIND,
                        organization,
                        Bill.OF_ACCOUNT,
                        carriers.stream()
                                .map(carrier -> carrier.account().value())
                                .collect(toUnmodifiableSet()))
                .stream()
                .collect(groupingBy(bill -> bill.content().account()));
        Map<Carrier, List<Document<Bill>>> toCount = new LinkedHashMap<>();
        carriers.forEach(carrier -> toCount.put(
                carrier,
                bills.getOrDefault(carrier.account(), List.of()).stream()
                        .filter(bill -> LateWindow.isBefore(carrier, bill.content())
                                && bill.content().status() == BillState.Status.APPROVED
                                && isConcerned.test(bill))
                        .sorted(comparing((Document<Bill> bill) ->
                                        bill.content().period().from())
                                .thenComparingInt(Document::number))
                        .toList()));
        Map<Id<Bill>, Bill> now = countedAgain(
                organization,
                watermarks,
                toCount.values().stream().flatMap(List::stream).toList());
        Map<Carrier, Correction> corrections = new HashMap<>();
        toCount.forEach((carrier, billed) -> corrections.put(
                carrier,
                Recount.together(
                        recounts(carrier, billed, now, bills.getOrDefault(carrier.account(), List.of())),
                        carrier.due().period(),
                        recount -> window.isInTime(carrier, recount.billed().content()))));
        return corrections;
    }

    /**
     * Each of these bills beside what it would say now.
     *
     * @param all bills of the account
     */
    private static List<Recount> recounts(
            Carrier carrier, List<Document<Bill>> billed, Map<Id<Bill>, Bill> now, List<Document<Bill>> all) {
        List<Bill> others = all.stream()
                .map(Document::content)
                .filter(bill -> !LateWindow.isOf(carrier, bill))
                .toList();
        return billed.stream()
                .map(bill -> new Recount(
                        bill,
                        Optional.ofNullable(now.get(bill.id())).orElseThrow(),
                        others.stream()
                                .filter(other -> !other.standsFor(bill.content()))
                                .toList()))
                .toList();
    }

    /** Those of one job and state of the documents together, because their terms are read together. */
    private Map<Id<Bill>, Bill> countedAgain(
            OrganizationId organization, Watermarks watermarks, List<Document<Bill>> billed) {
        record From(Id<BillJob> job, Watermark documents) {}

        Map<Id<Bill>, Bill> now = new HashMap<>();
        Map<From, List<Document<Bill>>> together = billed.stream()
                .collect(groupingBy(
                        bill -> new From(
                                bill.content().billJob().orElseThrow(),
                                bill.content().watermarks().documents()),
                        LinkedHashMap::new,
                        toList()));
        together.forEach((from, bills) -> {
            List<Id<Account>> accounts = new ArrayList<>(
                    bills.stream().map(bill -> bill.content().account()).collect(toSet()));
            Map<Id<Account>, List<Bill>> again = plain
                    .calculatedAgain(
                            organization, from.job(), new Watermarks(from.documents(), watermarks.usage()), accounts)
                    .stream()
                    .collect(groupingBy(Bill::account));
            bills.forEach(bill -> again.getOrDefault(bill.content().account(), List.of()).stream()
                    .filter(bill.content()::standsFor)
                    .findFirst()
                    .ifPresentOrElse(counted -> now.put(bill.id(), counted), () -> {
                        throw new IllegalStateException(
                                "Expected approved bill %s to be calculated again as of %s, but its account has no such bill then."
                                        .formatted(bill.id(), from));
                    }));
        });
        return now;
    }

    private int lateUsageDays(OrganizationId organization, Watermark asOf) {
        return documents.asOf(asOf, OrganizationConfig.KIND, organization).stream()
                .map(Document::content)
                .findFirst()
                .orElse(OrganizationConfig.STANDARD)
                .lateUsageDays();
    }

    private Map<Id<Account>, Integer> numbers(OrganizationId organization, Watermarks watermarks) {
        return documents.asOf(watermarks.documents(), Account.KIND, organization).stream()
                .collect(toMap(Document::id, Document::number));
    }
}

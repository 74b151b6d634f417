package io.tallystick.billing;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.tallystick.account.Account;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Watermark;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Bills as they stood at one watermark of the documents, so that a bill that depends on them is calculated again from the
 * same ones.
 *
 * @param bills of each account
 */
record EarlierBills(Map<Id<Account>, List<Document<Bill>>> bills) {
    /** All bills of some accounts: whoever needs a few of many asks for them by a key. */
    static EarlierBills ofAccounts(
            Documents documents, Watermark watermark, OrganizationId organization, Set<Id<Account>> accounts) {
        return new EarlierBills(documents
                .asOf(
                        watermark,
                        Bill.KIND,
                        organization,
                        Bill.OF_ACCOUNT,
                        accounts.stream().map(Id::value).collect(toUnmodifiableSet()))
                .stream()
                .collect(groupingBy(bill -> bill.content().account())));
    }

    /** Those for periods that began before this one, by the beginning of their periods. */
    List<Document<Bill>> before(Id<Account> account, Period period) {
        return bills.getOrDefault(account, List.of()).stream()
                .filter(bill -> bill.content().period().from().isBefore(period.from()))
                .sorted(comparing(
                                (Document<Bill> bill) -> bill.content().period().from())
                        .thenComparingInt(Document::number))
                .toList();
    }
}

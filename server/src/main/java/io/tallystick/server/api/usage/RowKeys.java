package io.tallystick.server.api.usage;

import io.tallystick.account.Account;
import io.tallystick.document.Document;
import io.tallystick.server.json.UsageQuestion;
import io.tallystick.server.json.UsageQuestion.Aggregated;
import io.tallystick.server.json.UsageQuestion.Direction;
import io.tallystick.server.json.UsageQuestion.Group;
import io.tallystick.server.json.UsageQuestion.Sort;
import io.tallystick.usage.UsageQuery.RowOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the parts of a row are called. A row has {@code account} and {@code accountId} where it is grouped by account,
 * {@code time} (ISO start of the bucket) where it is grouped by time, one key per text field grouped by, and one key
 * {@code FUNCTION.fieldCode} per aggregation; {@code FUNCTION.meterCode.fieldCode} where that would be said twice.
 */
final class RowKeys {
    static final String ACCOUNT = "account";
    static final String ACCOUNT_ID = "accountId";
    static final String TIME = "time";
    static final String EXPLAIN = "explain";
    private static final Set<String> OWN = Set.of(ACCOUNT, ACCOUNT_ID, TIME, EXPLAIN);

    private final ResolvedQuestion question;

    RowKeys(ResolvedQuestion question) {
        this.question = question;
    }

    String aggregation(Aggregated asked) {
        boolean isSaidByAnother = question.asked().aggregations().stream()
                .anyMatch(other -> !other.meter().equals(asked.meter())
                        && other.function() == asked.function()
                        && other.field().equals(asked.field()));
        return isSaidByAnother
                ? asked.function() + "."
                        + question.meter(asked.meter()).content().code() + "." + asked.field()
                : asked.function() + "." + asked.field();
    }

    /** The field's code, unless a row may have a key of that name already. */
    String dimension(Group.ByDimension group) {
        String field = group.field().value();
        return OWN.contains(field) ? question.meter(group.meter()).content().code() + "." + field : field;
    }

    /** Every key that rows of this question can be sorted by. */
    List<String> all() {
        List<String> keys = new ArrayList<>();
        if (question.isByAccount()) {
            keys.addAll(List.of(ACCOUNT, ACCOUNT_ID));
        }
        if (!question.bucketEdges().isEmpty()) {
            keys.add(TIME);
        }
        question.dimensions().forEach(group -> keys.add(dimension(group)));
        question.asked().aggregations().forEach(asked -> keys.add(aggregation(asked)));
        return keys;
    }

    /** What the question wants its rows sorted by; every key is one of {@link #all}. */
    RowOrder order() {
        return new RowOrder(question.asked().sorting().stream()
                .map(sort -> key(sort, sort.direction() == Direction.DESC))
                .toList());
    }

    private RowOrder.Key key(Sort sort, boolean isDescending) {
        if (question.isByAccount() && sort.key().equals(ACCOUNT)) {
            return new RowOrder.ByAccount(
                    accounts(account -> account.content().code().value()), isDescending);
        }
        if (question.isByAccount() && sort.key().equals(ACCOUNT_ID)) {
            return new RowOrder.ByAccount(accounts(account -> account.id().value()), isDescending);
        }
        if (!question.bucketEdges().isEmpty() && sort.key().equals(TIME)) {
            return new RowOrder.ByBucket(isDescending);
        }
        return index(question.dimensions(), this::dimension, sort)
                .<RowOrder.Key>map(index -> new RowOrder.ByText(index, isDescending))
                .or(() -> index(question.asked().aggregations(), this::aggregation, sort)
                        .map(index -> new RowOrder.ByValue(index, isDescending)))
                .orElseThrow(() -> new IllegalStateException(
                        "Expected one of the keys %s, but was %s.".formatted(all(), sort.key())));
    }

    private static <T> Optional<Integer> index(List<T> parts, Function<T, String> name, Sort sort) {
        int index = parts.stream().map(name).toList().indexOf(sort.key());
        return index < 0 ? Optional.empty() : Optional.of(index);
    }

    private Map<Integer, String> accounts(Function<Document<Account>, String> name) {
        Map<Integer, String> names = new HashMap<>();
        question.allAccounts().get().forEach((number, account) -> names.put(number, name.apply(account)));
        return names;
    }

    /** Whether this is a query whose rows are put in order over several meters. */
    static boolean isSortedOverMeters(UsageQuestion asked) {
        return !asked.sorting().isEmpty()
                && asked.aggregations().stream()
                                .map(Aggregated::meter)
                                .distinct()
                                .count()
                        > 1;
    }
}

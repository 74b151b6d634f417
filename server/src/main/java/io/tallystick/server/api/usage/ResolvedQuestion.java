package io.tallystick.server.api.usage;

import static java.util.stream.Collectors.toSet;

import io.tallystick.account.Account;
import io.tallystick.catalog.Meter;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.server.json.Faults;
import io.tallystick.server.json.UsageQuestion;
import io.tallystick.server.json.UsageQuestion.Group;
import io.tallystick.server.json.UsageQuestion.Wanted;
import io.tallystick.usage.UsageAnswer;
import io.tallystick.usage.UsageQuery;
import io.tallystick.usage.UsageQuery.Slot;
import io.tallystick.usage.UsageWatermark;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A usage query whose every name was found, and whose parts fit together.
 *
 * @param meters what is asked, by id
 * @param accounts which accounts count
 * @param bucketEdges where it is grouped by time
 * @param page where the page before ended
 * @param allAccounts the accounts of the organization by number, looked up when first needed
 */
record ResolvedQuestion(
        UsageQuestion asked,
        Map<Id<Meter>, Document<Meter>> meters,
        UsageQuery.Accounts accounts,
        List<Instant> bucketEdges,
        Optional<PageToken> page,
        Supplier<Map<Integer, Document<Account>>> allAccounts) {
    ResolvedQuestion {
        bucketEdges = List.copyOf(bucketEdges);
    }

    static Optional<ResolvedQuestion> of(
            UsageQuestion asked, Documents documents, OrganizationId organization, Faults faults) {
        QuestionResolver resolver = new QuestionResolver(asked, documents, organization, faults);
        Map<Id<Meter>, Document<Meter>> meters = resolver.meters();
        UsageQuery.Accounts accounts = resolver.accounts();
        List<Instant> edges = resolver.bucketEdges();
        Optional<PageToken> page = resolver.page();
        ResolvedQuestion resolved =
                new ResolvedQuestion(asked, meters, accounts, edges, page, () -> byNumber(documents, organization));
        if (faults.isEmpty()) {
            resolver.check(resolved);
        }
        return faults.isEmpty() ? Optional.of(resolved) : Optional.empty();
    }

    Document<Meter> meter(Id<Meter> id) {
        Document<Meter> meter = meters.get(id);
        if (meter == null) {
            throw new IllegalStateException("Expected meter %s to be resolved, but it is not.".formatted(id));
        }
        return meter;
    }

    /** The text fields grouped by, all of one meter. */
    List<Group.ByDimension> dimensions() {
        return asked.groups().stream()
                .filter(Group.ByDimension.class::isInstance)
                .map(Group.ByDimension.class::cast)
                .toList();
    }

    boolean isByAccount() {
        return asked.groups().stream().anyMatch(Group.ByAccount.class::isInstance);
    }

    /** The filters that apply to one meter, by slot. */
    List<UsageQuery.TextFilter> filters(Document<Meter> meter) {
        return asked.filters().stream()
                .filter(filter -> filter.meter().equals(meter.id()))
                .map(filter -> new UsageQuery.TextFilter(
                        textSlot(meter.content(), filter.field()),
                        filter.values().stream()
                                .flatMap(each ->
                                        each instanceof Wanted.Text(String value) ? Stream.of(value) : Stream.empty())
                                .collect(toSet()),
                        filter.values().contains(new Wanted.Absent())))
                .toList();
    }

    /** The meters of the aggregations, in the order in which they are named first. */
    List<Id<Meter>> aggregatedMeters() {
        return asked.aggregations().stream()
                .map(UsageQuestion.Aggregated::meter)
                .distinct()
                .toList();
    }

    /** The state to answer from, where the question names one. */
    Optional<UsageWatermark> asOf() {
        return page.map(PageToken::watermark).or(() -> asked.watermark().map(UsageWatermark::new));
    }

    /** Asks for what stands behind the answer. */
    UsageAnswer.Evidence.Query evidence(OrganizationId organization, UsageWatermark asOf) {
        List<Document<Meter>> about = asked.aggregations().isEmpty()
                ? List.copyOf(meters.values())
                : aggregatedMeters().stream().map(this::meter).toList();
        return new UsageAnswer.Evidence.Query(
                organization,
                about.stream()
                        .map(meter -> new UsageAnswer.Evidence.Subject(
                                meter.number(), meter.content().code().value(), filters(meter)))
                        .toList(),
                asked.period(),
                accounts,
                switch (accounts) {
                    case UsageQuery.Accounts.All _ -> Optional.empty();
                    case UsageQuery.Accounts.Only(Set<Integer> numbers) -> Optional.of(codes(numbers));
                },
                asOf);
    }

    private Set<String> codes(Set<Integer> numbers) {
        Map<Integer, Document<Account>> all = allAccounts.get();
        return numbers.stream()
                .flatMap(number -> Optional.ofNullable(all.get(number)).stream())
                .map(account -> account.content().code().value())
                .collect(toSet());
    }

    static Slot.TextSlot textSlot(Meter meter, FieldCode field) {
        return new Slot.TextSlot(meter.slots().text(field).orElseThrow());
    }

    private static Map<Integer, Document<Account>> byNumber(Documents documents, OrganizationId organization) {
        Map<Integer, Document<Account>> accounts = new LinkedHashMap<>();
        documents
                .asOf(documents.watermark(), Account.KIND, organization)
                .forEach(account -> accounts.put(account.number(), account));
        return accounts;
    }
}

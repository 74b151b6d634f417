package io.tallystick.server.api.usage;

import io.tallystick.account.Account;
import io.tallystick.catalog.FieldCategory;
import io.tallystick.catalog.Meter;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Kind;
import io.tallystick.id.FieldCode;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.server.http.Texts;
import io.tallystick.server.json.Fault;
import io.tallystick.server.json.Faults;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.UsageQuestion;
import io.tallystick.server.json.UsageQuestion.Aggregated;
import io.tallystick.server.json.UsageQuestion.FieldType;
import io.tallystick.server.json.UsageQuestion.Group;
import io.tallystick.time.BucketSize;
import io.tallystick.time.TimeBuckets;
import io.tallystick.usage.UsageQuery;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what the question names and says what it cannot find. */
record QuestionResolver(UsageQuestion asked, Documents documents, OrganizationId organization, Faults faults) {
    Map<Id<Meter>, Document<Meter>> meters() {
        Map<Id<Meter>, Document<Meter>> found = new LinkedHashMap<>();
        asked.meters().forEach(id -> add(found, "meterIds", id));
        asked.aggregations().forEach(each -> add(found, "aggregations.meterId", each.meter()));
        asked.filters().forEach(each -> add(found, "dimensionFilters.meterId", each.meter()));
        asked.groups().forEach(group -> {
            if (group instanceof Group.ByDimension(Id<Meter> meter, var _)) {
                add(found, "groups.meterId", meter);
            }
        });
        if (found.isEmpty() && asked.aggregations().isEmpty()) {
            documents
                    .asOf(documents.watermark(), Meter.KIND, organization)
                    .forEach(meter -> found.put(meter.id(), meter));
        }
        return found;
    }

    private void add(Map<Id<Meter>, Document<Meter>> found, String field, Id<Meter> id) {
        if (!found.containsKey(id)) {
            find(Meter.KIND, field, id).ifPresent(meter -> found.put(id, meter));
        }
    }

    private <T> Optional<Document<T>> find(Kind<T> kind, String field, Id<T> id) {
        Optional<Document<T>> document = documents.find(kind, organization, id);
        if (document.isEmpty()) {
            faults.add(new Fault(field, Fault.Code.UNKNOWN_REFERENCE, Texts.dangling(field, kind.name(), id.value())));
        }
        return document;
    }

    UsageQuery.Accounts accounts() {
        if (asked.accounts().isEmpty()) {
            return new UsageQuery.Accounts.All();
        }
        Set<Integer> numbers = new HashSet<>();
        asked.accounts().forEach(id -> find(Account.KIND, "accountIds", id)
                .ifPresent(account -> numbers.add(account.number())));
        return new UsageQuery.Accounts.Only(numbers);
    }

    /** Holds fields and functions against the meters that were found. */
    void check(ResolvedQuestion resolved) {
        asked.aggregations()
                .forEach(each -> check(each, resolved.meter(each.meter()).content()));
        asked.filters().forEach(filter -> {
            checkText(
                    "dimensionFilters.fieldCode", resolved.meter(filter.meter()).content(), filter.field());
            checkIsAsked("dimensionFilters.meterId", filter.meter());
        });
        if (!asked.meters().isEmpty()) {
            asked.aggregations().forEach(each -> checkIsAmongMeters(each.meter()));
        }
        resolved.dimensions().forEach(group -> {
            checkText("groups.fieldCode", resolved.meter(group.meter()).content(), group.field());
            checkAggregationsOf(group);
        });
        checkSorting(resolved);
        if (asked.explain()
                && !asked.aggregations().isEmpty()
                && (long) RowEvidence.repeated(asked) * asked.limit() > RowEvidence.REPEATED_MAX) {
            invalid(
                    "explain",
                    "Expected limit times the number of accountIds and dimensionFilters.values to be at most %d where every row is explained, but was %d. Ask with a smaller limit, or for fewer accounts and values."
                            .formatted(RowEvidence.REPEATED_MAX, (long) RowEvidence.repeated(asked) * asked.limit()));
        }
    }

    private void checkSorting(ResolvedQuestion resolved) {
        if (!faults.isEmpty()) {
            return; // names of rows need fields and functions that fit
        }
        List<String> keys =
                asked.aggregations().isEmpty() ? List.of(MeasurementRows.TIME) : new RowKeys(resolved).all();
        asked.sorting().stream()
                .filter(sort -> !keys.contains(sort.key()))
                .forEach(sort -> invalid(
                        "sort.sortBy",
                        "Expected a key of this query's rows to sort by, one of %s, but was %s."
                                .formatted(
                                        String.join(", ", keys),
                                        Json.of(sort.key()).shown())));
    }

    /** Where the page before ended. */
    Optional<PageToken> page() {
        Optional<PageToken> page = asked.nextToken().flatMap(PageToken::read);
        if (asked.nextToken().isPresent()) {
            if (page.isEmpty()) {
                invalid(
                        "nextToken",
                        "Expected nextToken as the page before had it, but was %s."
                                .formatted(Json.of(asked.nextToken().get()).shown()));
            } else if (asked.watermark().isPresent()
                    && !asked.watermark().get().equals(page.get().watermark().value())) {
                invalid(
                        "watermark",
                        "Expected the watermark of nextToken, %s, or none, but was %s."
                                .formatted(
                                        page.get().watermark().value(),
                                        Json.of(asked.watermark().get()).shown()));
            }
        }
        return page;
    }

    private void check(Aggregated each, Meter meter) {
        Optional<FieldCategory> category = meter.category(each.field());
        boolean isNumeric = each.type() == FieldType.MEASURE;
        if (category.isEmpty() || category.get().isNumeric() != isNumeric) {
            invalid(
                    "aggregations.fieldCode",
                    "Expected %s to be a %s field of meter %s, but %s."
                            .formatted(each.field(), each.type(), meter.code(), what(meter, each.field())));
        } else if (!each.function().fits(category.get())) {
            invalid(
                    "aggregations.function",
                    "Expected a function that fits the %s field %s, but was %s."
                            .formatted(each.type(), each.field(), each.function()));
        }
    }

    /** A filter on a meter that nothing is asked of would look as if it had narrowed the answer. */
    private void checkIsAsked(String at, Id<Meter> meter) {
        boolean isAsked = asked.aggregations().isEmpty()
                ? asked.meters().isEmpty() || asked.meters().contains(meter)
                : asked.aggregations().stream().anyMatch(each -> each.meter().equals(meter));
        if (!isAsked) {
            invalid(
                    at,
                    "Expected a meter that the query asks about, but was %s, of which nothing is asked."
                            .formatted(meter));
        }
    }

    private void checkIsAmongMeters(Id<Meter> meter) {
        if (!asked.meters().contains(meter)) {
            invalid(
                    "aggregations.meterId",
                    "Expected the meter of each aggregation among meterIds, but %s is not there.".formatted(meter));
        }
    }

    private void checkAggregationsOf(Group.ByDimension group) {
        asked.aggregations().stream()
                .filter(each -> !each.meter().equals(group.meter()))
                .findFirst()
                .ifPresent(other -> invalid(
                        "groups.meterId",
                        "Expected all aggregations of the meter %s whose field %s is grouped by, but one is of meter %s."
                                .formatted(group.meter(), group.field(), other.meter())));
    }

    private void checkText(String at, Meter meter, FieldCode field) {
        boolean isText =
                meter.category(field).filter(category -> !category.isNumeric()).isPresent();
        if (!isText) {
            invalid(
                    at,
                    "Expected %s to be a text field of meter %s, but %s."
                            .formatted(field, meter.code(), what(meter, field)));
        }
    }

    private static String what(Meter meter, FieldCode field) {
        return meter.category(field)
                .map(category -> "it is " + category)
                .orElseGet(() -> "its fields are " + meter.fieldCodes());
    }

    List<Instant> bucketEdges() {
        List<BucketSize> sizes = asked.groups().stream()
                .filter(Group.ByTime.class::isInstance)
                .map(group -> ((Group.ByTime) group).size())
                .toList();
        if (sizes.isEmpty()) {
            return List.of();
        }
        if (sizes.size() > 1) {
            invalid(
                    "groups",
                    "Expected one group of type TIME, but there are %d, of %s.".formatted(sizes.size(), sizes));
            return List.of();
        }
        return switch (TimeBuckets.covering(asked.period(), sizes.getFirst(), asked.zone())) {
            case TimeBuckets.Edges(List<Instant> instants) -> instants;
            case TimeBuckets.TooMany tooMany -> {
                invalid("groups", tooMany.message());
                yield List.of();
            }
        };
    }

    private void invalid(String field, String message) {
        faults.add(new Fault(field, Fault.Code.INVALID, message));
    }
}

package io.tallystick.server.api.search;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Facets;
import io.tallystick.document.Listing;
import io.tallystick.id.Id;
import io.tallystick.server.api.resource.ListDoor;
import io.tallystick.server.api.resource.Resource;
import io.tallystick.server.api.search.Search.Hit;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.json.Fault;
import io.tallystick.server.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * {@code GET /bills/search}, {@code /accounts/search}: documents that meet the terms of {@code searchQuery}, sorted, a page
 * from {@code fromDocument} on. Source: m3ter API, search.
 */
public final class SearchDoor<T> {
    private static final int PAGE_SIZE_MAX = 100;
    private static final int PAGE_SIZE = 10;

    private final Resource<T> resource;
    private final Facets<T> facets;
    private final Documents documents;

    /**
     * @param facets under whose key the kind of the resource keeps its cards
     */
    public SearchDoor(Resource<T> resource, Facets<T> facets, Documents documents) {
        this.resource = resource;
        this.facets = facets;
        this.documents = documents;
    }

    public Answer search(Call call) {
        List<Fault> faults = new ArrayList<>();
        Search<T> search = Search.of(call, facets, faults);
        int pageSize =
                ListDoor.number(call, "pageSize", 1, PAGE_SIZE_MAX, faults).orElse(PAGE_SIZE);
        OptionalInt first = ListDoor.number(call, "fromDocument", 0, Integer.MAX_VALUE, faults);
        // a client that follows nextToken sends everything it sent before along with it
        int from =
                ListDoor.number(call, "nextToken", 0, Integer.MAX_VALUE, faults).orElse(first.orElse(0));
        if (!faults.isEmpty()) {
            return Answer.problem(Problem.of(faults));
        }
        List<Hit<T>> hits = documents.sift(resource.kind(), call.organization(), facets.key(), search::hit).stream()
                .sorted(search.order())
                .toList();
        int end = (int) Math.min(hits.size(), (long) from + pageSize);
        List<Hit<T>> page = from < hits.size() ? hits.subList(from, end) : List.of();
        Json.ObjBuilder body = Json.obj().with("data", new Json.Arr(written(call, page)));
        if (end < hits.size()) {
            body.with("nextToken", Integer.toString(end));
        }
        return Answer.ok(body.build());
    }

    private List<Json> written(Call call, List<Hit<T>> page) {
        if (page.isEmpty()) {
            return List.of();
        }
        Listing<T> listing = Listing.newest(resource.kind(), call.organization(), PAGE_SIZE_MAX)
                .ids(page.stream().map(hit -> hit.card().id().value()).collect(toSet()));
        Map<Id<T>, Document<T>> byId =
                documents.list(listing).documents().stream().collect(toMap(Document::id, Function.identity()));
        return page.stream()
                .flatMap(hit -> Optional.ofNullable(byId.get(hit.card().id())).stream())
                .<Json>map(resource::write)
                .toList();
    }
}

package io.tallystick.server.api;

import static java.util.Objects.requireNonNull;

import io.tallystick.document.Changes;
import io.tallystick.document.Documents;
import io.tallystick.document.Kind;
import io.tallystick.document.Revision;
import io.tallystick.document.Watermark;
import io.tallystick.id.OrganizationId;
import io.tallystick.server.api.usage.RefusedDoor;
import io.tallystick.server.json.Json;
import io.tallystick.usage.KeptQuery;
import io.tallystick.usage.KeptQuery.Filter.OfRefusals;
import io.tallystick.usage.KeptQuery.Place;
import io.tallystick.usage.KeptQuery.Span;
import io.tallystick.usage.KeptRefusal;
import io.tallystick.usage.UsageStore;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks back through what happened in an organization: the history of its documents and what was refused, two stores,
 * merged by time. Read in pieces, as far as somebody goes. Nothing is kept for events alone.
 */
final class Events {
    static final String REFUSED = "ingest.validation.failure";
    private static final int PIECE = 100;

    private final OrganizationId organization;
    private final Documents documents;
    private final UsageStore usage;
    private final Map<String, EventKind<?>> kinds;
    private final Map<Kind<?>, Set<Revision.Change>> wanted;
    private final Deque<Revision<?>> changes = new ArrayDeque<>();
    private final Deque<KeptRefusal> refusals = new ArrayDeque<>();
    private boolean hasMoreChanges;
    private boolean hasMoreRefusals;
    private Cursor cursor;

    /** Where a walk stands in each store; absent: at its latest. */
    record Cursor(Optional<Watermark> change, Optional<Place> refusal) {
        static final Cursor LATEST = new Cursor(Optional.empty(), Optional.empty());
    }

    /**
     * Something that happened.
     *
     * @param actioned when somebody dealt with it, where that is known
     * @param account id or code of the account it speaks of
     * @param resource id of the document it speaks of
     * @param content what it says
     */
    record Event(
            String id,
            String name,
            Instant time,
            Optional<Instant> actioned,
            Optional<String> account,
            Optional<String> resource,
            Json.Obj content) {}

    Events(Documents documents, UsageStore usage, List<EventKind<?>> all, OrganizationId organization, Walk walk) {
        this.documents = documents;
        this.usage = usage;
        this.organization = organization;
        kinds = new HashMap<>();
        wanted = new HashMap<>();
        for (EventKind<?> kind : all) {
            kinds.put(kind.resource().kind().name(), kind);
            Set<Revision.Change> some = new HashSet<>();
            kind.names().forEach((change, name) -> {
                if (walk.names().contains(name)) {
                    some.add(change);
                }
            });
            if (!some.isEmpty()) {
                wanted.put(kind.resource().kind(), some);
            }
        }
        hasMoreChanges = !wanted.isEmpty();
        hasMoreRefusals = walk.names().contains(REFUSED);
        cursor = walk.from();
    }

    /** What to walk through, and from where. */
    record Walk(Set<String> names, Cursor from) {
        Walk {
            names = Set.copyOf(names);
        }
    }

    /** Where the walk stands now. */
    Cursor cursor() {
        return cursor;
    }

    /** The next event back in time. */
    Optional<Event> next() {
        fill();
        if (changes.isEmpty() && refusals.isEmpty()) {
            return Optional.empty();
        }
        boolean isChange = refusals.isEmpty()
                || (!changes.isEmpty()
                        && !time(changes.element())
                                .isBefore(refusals.element().refusal().receivedAt()));
        if (isChange) {
            Revision<?> change = changes.remove();
            cursor = new Cursor(Optional.of(change.watermark()), cursor.refusal());
            return Optional.of(event(change));
        }
        KeptRefusal refusal = refusals.remove();
        cursor = new Cursor(cursor.change(), Optional.of(refusal.place()));
        return Optional.of(event(refusal));
    }

    private void fill() {
        if (changes.isEmpty() && hasMoreChanges) {
            changes.addAll(documents.changes(new Changes(organization, wanted, cursor.change(), PIECE)));
            hasMoreChanges = changes.size() == PIECE;
        }
        if (refusals.isEmpty() && hasMoreRefusals) {
            KeptRefusal.Page page = usage.refusals(new KeptQuery<>(
                    organization, OfRefusals.ALL, Span.ALWAYS, Span.ALWAYS, Optional.empty(), cursor.refusal(), PIECE));
            refusals.addAll(page.refusals());
            hasMoreRefusals = page.next().isPresent();
        }
    }

    private Event event(Revision<?> change) {
        EventKind<?> kind = requireNonNull(kinds.get(change.document().kind().name()), "asked for by these kinds");
        return new Event(
                "document-" + change.watermark().value(),
                requireNonNull(kind.names().get(change.change()), "asked for by these changes"),
                time(change),
                Optional.empty(),
                EventKind.account(change.document()),
                Optional.of(change.document().id().value()),
                Json.obj()
                        .with("by", change.author().name())
                        .with(
                                "eventData",
                                Json.obj()
                                        .with("newDto", kind.write(change.document()))
                                        .build())
                        .build());
    }

    private static Event event(KeptRefusal kept) {
        Json.Obj refusal = RefusedDoor.write(kept);
        String id = kept.place().commit() + "-" + kept.place().position();
        return new Event(
                "refused-" + id,
                REFUSED,
                kept.refusal().receivedAt(),
                kept.resent().map(KeptRefusal.Resent::at),
                kept.refusal().accountCode(),
                Optional.empty(),
                Json.obj()
                        .with("file", "refused-" + id + ".json")
                        .with("eventData", Json.obj().with("newDto", refusal).build())
                        .build());
    }

    private static Instant time(Revision<?> change) {
        return change.author().at();
    }
}

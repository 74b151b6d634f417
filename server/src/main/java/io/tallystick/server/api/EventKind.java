package io.tallystick.server.api;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.billing.Bill;
import io.tallystick.document.Document;
import io.tallystick.document.Revision.Change;
import io.tallystick.id.Id;
import io.tallystick.server.api.resource.Resource;
import io.tallystick.server.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A sort of document whose history is told as events.
 *
 * @param type first part of the name of its events
 * @param resource what is told of, and how it looks
 * @param changes those that can happen to it
 */
record EventKind<T>(String type, Resource<T> resource, Set<Change> changes) {
    private static final String CONFIGURATION = "configuration";
    private static final String BILLING = "billing";

    EventKind {
        changes = Set.copyOf(changes);
    }

    /** People make, change and delete it. */
    static <T> EventKind<T> configuration(Resource<T> resource) {
        return new EventKind<>(CONFIGURATION, resource, Set.of(Change.values()));
    }

    /** There is one, which people change. */
    static <T> EventKind<T> singleConfiguration(Resource<T> resource) {
        return new EventKind<>(CONFIGURATION, resource, Set.of(Change.CREATED, Change.REPLACED));
    }

    /** Billing makes it, and these changes happen to it. */
    static <T> EventKind<T> billing(Resource<T> resource, Set<Change> changes) {
        return new EventKind<>(BILLING, resource, changes);
    }

    /** The names of its events by what happened, in the order in which they happen. */
    Map<Change, String> names() {
        Map<Change, String> names = new LinkedHashMap<>();
        for (Change change : List.of(Change.CREATED, Change.REPLACED, Change.DELETED)) {
            if (changes.contains(change)) {
                names.put(change, type + "." + resource.kind().name() + "." + word(change));
            }
        }
        return names;
    }

    /** What its events say, in m3ter's words. */
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", "string");
        fields.put("version", "int");
        fields.putAll(resource.shape().words());
        List.of("dtCreated", "dtLastModified", "createdBy", "lastModifiedBy")
                .forEach(name -> fields.put(name, "string"));
        return fields;
    }

    /** A document of this kind, as clients see it. */
    Json.Obj write(Document<?> document) {
        return resource.write(new Document<>(
                resource.kind(),
                document.organization(),
                new Id<>(document.id().value()),
                document.number(),
                document.version(),
                document.audit(),
                resource.kind().type().cast(document.content())));
    }

    /** Id of the account that a document speaks of. */
    static Optional<String> account(Document<?> document) {
        return switch (document.content()) {
            case Account _ -> Optional.of(document.id().value());
            case AccountPlan accountPlan -> Optional.of(accountPlan.account().value());
            case Bill bill -> Optional.of(bill.account().value());
            default -> Optional.empty();
        };
    }

    private static String word(Change change) {
        return switch (change) {
            case CREATED -> "created";
            case REPLACED -> "updated";
            case DELETED -> "deleted";
        };
    }
}

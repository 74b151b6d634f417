package io.tallystick.document;

import io.tallystick.id.OrganizationId;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What to list: one page, newest (highest number) first.
 *
 * @param kind of these documents
 * @param organization of this organization
 * @param ids only these, where not empty
 * @param keyed for each named key of the kind, only documents with one of these values
 * @param where only documents whose content passes
 * @param before only documents with a number below it: where the page before ended
 * @param limit at most so many, 1 to 1000
 */
public record Listing<T>(
        Kind<T> kind,
        OrganizationId organization,
        Set<String> ids,
        Map<String, Set<String>> keyed,
        Predicate<T> where,
        OptionalInt before,
        int limit) {
    private static final int LIMIT_MAX = 1000;

    public Listing {
        ids = Set.copyOf(ids);
        Map<String, Set<String>> copy = new HashMap<>();
        keyed.forEach((key, values) -> copy.put(key, Set.copyOf(values)));
        keyed = Map.copyOf(copy);
        keyed.keySet().stream()
                .filter(key -> kind.key(key).isEmpty())
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalArgumentException(
                            "Expected a key of kind %s, but was \"%s\".".formatted(kind, key));
                });
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("Expected a limit of 1 to %d, but was %d.".formatted(LIMIT_MAX, limit));
        }
    }

    /** The first page of everything of a kind. */
    public static <T> Listing<T> newest(Kind<T> kind, OrganizationId organization, int limit) {
        return new Listing<>(kind, organization, Set.of(), Map.of(), _ -> true, OptionalInt.empty(), limit);
    }

    /** The same for the page that follows one that ended with {@link Page#next}. */
    public Listing<T> before(int number) {
        return new Listing<>(kind, organization, ids, keyed, where, OptionalInt.of(number), limit);
    }

    public Listing<T> ids(Set<String> some) {
        return new Listing<>(kind, organization, some, keyed, where, before, limit);
    }

    /** Also only documents that have one of these values for a key; none has one of none. */
    public Listing<T> keyed(String key, Set<String> values) {
        Map<String, Set<String>> more = new HashMap<>(keyed);
        more.put(key, values);
        return new Listing<>(kind, organization, ids, more, where, before, limit);
    }

    public Listing<T> where(Predicate<T> predicate) {
        return new Listing<>(kind, organization, ids, keyed, predicate, before, limit);
    }
}

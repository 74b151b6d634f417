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
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("Expected a limit of 1 to %d, but was %d.".formatted(LIMIT_MAX, limit));
        }
    }
}

package io.tallystick.document;

import io.tallystick.id.OrganizationId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which changes of documents to show.
 *
 * @param organization of this organization
 * @param kinds of documents of these kinds, and of each these changes
 * @param before only changes before this state: where the page before ended
 * @param limit at most so many, 1 to 1000
 */
public record Changes(
        OrganizationId organization, Map<Kind<?>, Set<Revision.Change>> kinds, Optional<Watermark> before, int limit) {
    private static final int LIMIT_MAX = 1000;

    public Changes {
        Map<Kind<?>, Set<Revision.Change>> copy = new HashMap<>();
        kinds.forEach((kind, changes) -> copy.put(kind, Set.copyOf(changes)));
        kinds = Map.copyOf(copy);
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("Expected a limit of 1 to %d, but was %d.".formatted(LIMIT_MAX, limit));
        }
    }
}

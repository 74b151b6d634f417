package io.tallystick.usage;

import java.util.List;

/**
 * What one request brought, in the order in which it was sent: of twins in it the first counts.
 *
 * @param elements all of them become part of one commit
 * @param resent empty; or, where the elements were refused before and are sent again, which refusal each one was kept as.
 *     An element counts only if that refusal was open until then
 */
public record Submission(List<Element> elements, List<KeptQuery.Place> resent) {
    public Submission {
        elements = List.copyOf(elements);
        resent = List.copyOf(resent);
        if (!resent.isEmpty() && resent.size() != elements.size()) {
            throw new IllegalArgumentException("Expected a refusal for each of %d elements, but there were %d."
                    .formatted(elements.size(), resent.size()));
        }
    }

    /** Elements that are sent for the first time, so far as the intake is told. */
    public Submission(List<Element> elements) {
        this(elements, List.of());
    }

    /** One element of a request, after the door has read it. */
    public sealed interface Element permits Measurement, Refusal {}

    /** An element as the intake decides about it: everything that does not depend on other elements is known. */
    public sealed interface Decidable permits Identified, Refusal {}
}

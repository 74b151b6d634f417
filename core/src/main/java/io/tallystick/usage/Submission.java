package io.tallystick.usage;

import java.util.List;

/**
 * What one request brought, in the order in which it was sent: of twins in it the first counts.
 *
 * @param elements all of them become part of one commit
 */
public record Submission(List<Element> elements) {
    public Submission {
        elements = List.copyOf(elements);
    }

    /** One element of a request, after the door has read it. */
    public sealed interface Element permits Measurement, Refusal {}
}

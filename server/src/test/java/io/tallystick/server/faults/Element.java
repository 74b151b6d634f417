package io.tallystick.server.faults;

import io.tallystick.server.proof.Sample;

/** One measurement of a request. */
sealed interface Element {
    /** How it is written in the request. */
    String json();

    /** One that is well formed: it counts, or is a duplicate, or a conflict. */
    record Whole(Sample sample, String json) implements Element {}

    /** One that the door has to refuse, whatever its uid is. */
    record Broken(String json) implements Element {}
}

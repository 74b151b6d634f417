package io.tallystick.document;

import java.time.Instant;

/**
 * Who writes, and when: the same for every document of one transaction.
 *
 * @param name for example {@code USER_<id>} or {@code KEY_<id>}
 * @param at the moment of writing, from the edge's clock
 */
public record Author(String name, Instant at) {}

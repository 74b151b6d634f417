package io.tallystick.server.access;

/** What the holder of a key may do in its organization. */
public enum Role {
    /** Everything. */
    ADMIN,
    /** Look at everything, change nothing. */
    READ,
    /** Send measurements, and nothing else. */
    INGEST;

    /** Whether it includes another one. */
    public boolean includes(Role needed) {
        return this == ADMIN || this == needed;
    }
}

package io.tallystick.usage;

import io.tallystick.id.OrganizationId;

/**
 * By what a measurement is recognised when it is sent again. There is no time in it and it never expires. Its scope is
 * the organization and the door: the same uid elsewhere is another identity.
 */
public sealed interface Identity {
    OrganizationId organization();

    Door door();

    /** The sender gave none: every sending counts. */
    record None(OrganizationId organization, Door door) implements Identity {}

    /**
     * The sender's own name for the measurement. The same name again is the same measurement.
     *
     * @param uid compared character by character, letter case included
     */
    record Uid(OrganizationId organization, Door door, String uid) implements Identity {
        /** Characters; the m3ter door allows 50 of them, the others need more. */
        public static final int LENGTH_MAX = 1024;

        public Uid {
            if (!isWellFormed(uid)) {
                throw new IllegalArgumentException(
                        "Expected a uid of 1 to %d well-formed characters, but was one of %d: \"%s\"."
                                .formatted(LENGTH_MAX, uid.length(), uid));
            }
        }

        /** Whether this can be a uid: 1 to {@link #LENGTH_MAX} characters, every surrogate in its pair. */
        public static boolean isWellFormed(String uid) {
            return !uid.isEmpty() && uid.length() <= LENGTH_MAX && FieldValue.TextValue.hasOnlyPairedSurrogates(uid);
        }
    }
}

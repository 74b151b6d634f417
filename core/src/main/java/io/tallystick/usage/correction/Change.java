package io.tallystick.usage.correction;

import io.tallystick.usage.Identity;
import io.tallystick.usage.Measurement;
import java.util.OptionalInt;

/** What somebody wants changed about the measurement that has a uid. */
public sealed interface Change {
    /** Which one. */
    Identity.Uid uid();

    /**
     * It is to count no more. What the wish says about it has to be true, so that a slip of a uid voids nothing.
     *
     * @param meter number of its meter's document
     * @param account number of its account's document, where the wish names one
     */
    record Voiding(Identity.Uid uid, int meter, OptionalInt account) implements Change {}

    /** This is to count in its place, whatever its time, account and meter were. */
    record Amendment(Identity.Uid uid, Measurement measurement) implements Change {
        public Amendment {
            if (!measurement.identity().equals(uid)) {
                throw new IllegalArgumentException(
                        "Expected a measurement with %s, but was %s.".formatted(uid, measurement.identity()));
            }
        }
    }
}

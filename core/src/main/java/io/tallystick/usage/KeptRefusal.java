package io.tallystick.usage;

import io.tallystick.usage.KeptQuery.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A refusal as it lies in the store.
 *
 * @param place its name, for ever
 * @param resent what came of it when it was sent again; absent: it is open
 */
public record KeptRefusal(Place place, Refusal refusal, Optional<Resent> resent) {
    /**
     * What came of sending a refused element again. From then on it cannot be sent again.
     *
     * @param at when it was sent again
     */
    public record Resent(Outcome outcome, Instant at) {}

    /** The end of an open refusal, written in the commit that decided it. */
    public record Settled(Place refusal, Resent resent) {}

    /** How an open refusal can end. */
    public enum Outcome {
        /** It counts. */
        ACCEPTED("accepted"),
        /** Its uid had been sent rightly meanwhile, with the same content, and counts already. */
        DUPLICATE("duplicate"),
        /** Its uid had been sent with other content meanwhile, which counts; this one is among the conflicts. */
        CONFLICT("conflict"),
        /** It was refused for another reason, under which there is a new refusal of it. */
        REFUSED_AGAIN("refused_again");

        private final String wireCode;

        Outcome(String wireCode) {
            this.wireCode = wireCode;
        }

        /** How it is written on the wire and at rest; never changed. */
        public String wireCode() {
            return wireCode;
        }

        /** The outcome with this code. */
        public static Outcome coded(String wireCode) {
            for (Outcome outcome : values()) {
                if (outcome.wireCode.equals(wireCode)) {
                    return outcome;
                }
            }
            throw new IllegalStateException("Expected the code of an outcome, but was \"%s\".".formatted(wireCode));
        }
    }

    /**
     * A part of a list of refusals.
     *
     * @param refusals the latest first
     * @param behind how many more match behind this page
     * @param next what to pass as {@link KeptQuery#after} for the next page; absent: this was the last one
     * @param watermark the state it was read from
     */
    public record Page(List<KeptRefusal> refusals, long behind, Optional<Place> next, UsageWatermark watermark) {
        public Page {
            refusals = List.copyOf(refusals);
        }
    }
}

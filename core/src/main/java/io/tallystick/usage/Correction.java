package io.tallystick.usage;

import io.tallystick.id.OrganizationId;
import io.tallystick.usage.KeptQuery.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A change of what counts under one uid, as one commit writes it. Nothing is taken back: what counted until then counts for
 * every watermark before, and its row learns no more than where it ended.
 *
 * @param target the uid
 * @param before what was last said under it
 * @param after what counts under it from this commit on; absent: nothing, it is voided
 * @param by who wanted it, not blank
 * @param at when it was wanted, from the edge's clock
 */
public record Correction(Target target, Last before, Optional<Identified> after, String by, Instant at) {
    /** Stands for the content of a uid under which nothing counts; no measurement has this content hash. */
    public static final int VOIDED = ContentHash.OF_NOTHING;

    public Correction {
        if (after.isEmpty() && !before.isCounted()) {
            throw new IllegalArgumentException(
                    "Expected a measurement that counts, but %s was voided before.".formatted(target.identity()));
        }
        if (after.isPresent() && !after.get().measurement().identity().equals(target.identity())) {
            throw new IllegalArgumentException("Expected a measurement with %s, but was %s."
                    .formatted(target.identity(), after.get().measurement().identity()));
        }
        if (by.isBlank()) {
            throw new IllegalArgumentException("Expected the name of who corrects, but it was blank.");
        }
    }

    public Kind kind() {
        if (after.isEmpty()) {
            return Kind.VOIDED;
        }
        return before.isCounted() ? Kind.AMENDED : Kind.REINSTATED;
    }

    /** What a correction does. */
    public enum Kind {
        /** What counted counts no more. */
        VOIDED("voided"),
        /** Something else counts in its place. */
        AMENDED("amended"),
        /** Something counts again where what counted was voided. */
        REINSTATED("reinstated");

        private final String wireCode;

        Kind(String wireCode) {
            this.wireCode = wireCode;
        }

        /** How it is written on the wire and at rest; never changed. */
        public String wireCode() {
            return wireCode;
        }

        /** The kind with this code. */
        public static Kind coded(String wireCode) {
            for (Kind kind : values()) {
                if (kind.wireCode.equals(wireCode)) {
                    return kind;
                }
            }
            throw new IllegalStateException("Expected the code of a correction, but was \"%s\".".formatted(wireCode));
        }
    }

    /**
     * A uid, and the hash by which it is found.
     *
     * @param uid what kind of uid it is, never none
     * @param high first 64 bits of the identity's hash
     * @param low last 64 bits of it
     */
    public record Target(Identity.Uid identity, Identified.Uid uid, long high, long low) {
        /** The uid with its hash in the scope, which is its own. */
        public static Target of(Identity.Uid identity, IdentityHash.Scope scope) {
            Identified.Uid uid = Identified.Uid.of(identity.uid());
            uid.hash(scope);
            return new Target(identity, uid, scope.high(), scope.low());
        }
    }

    /**
     * What was last said under a uid.
     *
     * @param place its commit, and where it stands among what that commit counted
     * @param meter number of the meter's document
     * @param account number of the account's document
     * @param contentHash of what was said
     * @param isCounted whether it counts; otherwise it was voided
     */
    public record Last(Place place, int meter, int account, Instant eventTime, int contentHash, boolean isCounted) {}

    /**
     * A correction as it lies in the store.
     *
     * @param place its name, for ever
     * @param uid the identity within its door
     * @param before what was last said until then
     * @param after what counted from then on; absent: nothing
     */
    public record Kept(
            Place place,
            Door door,
            String uid,
            Kind kind,
            String by,
            Instant at,
            Conflict.Version before,
            Optional<Conflict.Version> after) {}

    /**
     * A part of a list of corrections.
     *
     * @param corrections the latest first
     * @param next what to pass as {@link KeptQuery#after} for the next page; absent: this was the last one
     * @param watermark the state it was read from
     */
    public record Page(List<Kept> corrections, Optional<Place> next, UsageWatermark watermark) {
        public Page {
            corrections = List.copyOf(corrections);
        }
    }

    /** Whose it is. */
    public OrganizationId organization() {
        return target.identity().organization();
    }
}

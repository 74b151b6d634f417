package io.tallystick.usage;

/**
 * A measurement and the hash of its identity, made on the thread of its request so that the one writer has less to do.
 *
 * @param measurement with an identity or without one
 * @param high first 64 bits of the identity's hash; 0 without identity
 * @param low last 64 bits of it
 * @param uid what kind of uid it has
 * @param encoded what the store that will write it has worked out ahead
 */
public record Identified(Measurement measurement, long high, long low, Uid uid, UsageStore.Encoded encoded)
        implements Submission.Decidable {

    /** How an identity is written at rest. */
    public sealed interface Uid {
        /** The sender gave none. */
        record None() implements Uid {}

        /** A UUID in its canonical text form: 36 characters, lower case. */
        record Canonical(long high, long low) implements Uid {}

        /** Any other text. */
        record Text(String text) implements Uid {}

        /** The kind that a text is. */
        static Uid of(String text) {
            return Identified.uid(text);
        }

        /** Makes the scope hash it. */
        default void hash(IdentityHash.Scope scope) {
            switch (this) {
                case Canonical(long high, long low) -> scope.hash(high, low);
                case Text(String text) -> scope.hash(text);
                case None none -> throw new IllegalStateException("Expected a uid, but there was none.");
            }
        }
    }

    private static final Uid NONE = new Uid.None();
    private static final int UUID_LENGTH = 36;

    /** A measurement about which no store has worked out anything. */
    public static Identified of(Measurement measurement, IdentityHash.Scope scope) {
        return of(measurement, scope, UsageStore.Encoded.NOTHING);
    }

    /** The measurement with the hash of its identity in the scope, which is the identity's own. */
    public static Identified of(Measurement measurement, IdentityHash.Scope scope, UsageStore.Encoded encoded) {
        return switch (measurement.identity()) {
            case Identity.None none -> new Identified(measurement, 0, 0, NONE, encoded);
            case Identity.Uid(var organization, var door, String text) -> {
                Uid uid = Uid.of(text);
                uid.hash(scope);
                yield new Identified(measurement, scope.high(), scope.low(), uid, encoded);
            }
        };
    }

    /** Whether it can be recognized when it is sent again. */
    public boolean hasIdentity() {
        return !(uid instanceof Uid.None);
    }

    private static Uid uid(String text) {
        if (text.length() != UUID_LENGTH) {
            return new Uid.Text(text);
        }
        long high = 0;
        long low = 0;
        for (int i = 0, digits = 0; i < UUID_LENGTH; i++) {
            boolean isDash = i == 8 || i == 13 || i == 18 || i == 23;
            int digit = lowerHexDigit(text.charAt(i));
            if (isDash ? text.charAt(i) != '-' : digit < 0) {
                return new Uid.Text(text);
            }
            if (!isDash) {
                high = digits < 16 ? high << 4 | digit : high;
                low = digits < 16 ? low : low << 4 | digit;
                digits++;
            }
        }
        return new Uid.Canonical(high, low);
    }

    private static int lowerHexDigit(char character) {
        if (character >= '0' && character <= '9') {
            return character - '0';
        }
        return character >= 'a' && character <= 'f' ? character - 'a' + 10 : -1;
    }
}

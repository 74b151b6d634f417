package io.tallystick.usage.intake;

/**
 * How much memory identities take, and may take.
 *
 * @param identities how many are held
 * @param bytes outside the heap, now
 * @param bytesMax from which on no new identity is taken in
 */
public record IdentityBudget(long identities, long bytes, long bytesMax) {
    private static final int SCARCE_PERCENT = 80;

    /** How near its end it is. */
    public enum Stage {
        /** Below 80 %. */
        AMPLE,
        /** From 80 % on: time to give more memory. */
        SCARCE,
        /** What brings a new identity is refused. */
        REACHED
    }

    public Stage stage() {
        if (bytes >= bytesMax) {
            return Stage.REACHED;
        }
        return bytes >= bytesMax / 100 * SCARCE_PERCENT ? Stage.SCARCE : Stage.AMPLE;
    }

    /** In whole percent, rounded down. */
    public long percent() {
        return bytes / Math.max(1, bytesMax / 100);
    }
}

package io.tallystick.server.faults;

/**
 * What happened in a round.
 *
 * @param kills {@code kill -9} of a server
 * @param killsInCheckpoint of them, those in the middle of a checkpoint
 * @param stalls a server stood still
 * @param torn connections that ended before an answer
 * @param measurements that count at the end
 * @param anonymous of them, those without uid
 */
record Score(int kills, int killsInCheckpoint, int stalls, int torn, int measurements, int anonymous) {
    static final Score NOTHING = new Score(0, 0, 0, 0, 0, 0);

    Score plus(Score other) {
        return new Score(
                kills + other.kills,
                killsInCheckpoint + other.killsInCheckpoint,
                stalls + other.stalls,
                torn + other.torn,
                Math.addExact(measurements, other.measurements),
                anonymous + other.anonymous);
    }

    @Override
    public String toString() {
        return "%d kills (%d in a checkpoint), %d stalls, %d torn connections, %d measurements (%d without uid)"
                .formatted(kills, killsInCheckpoint, stalls, torn, measurements, anonymous);
    }
}

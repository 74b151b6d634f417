package io.tallystick.server.faults;

/** What happens to the server while clients send. Times are of this machine's clock: no two runs meet the same instant. */
sealed interface Fault {
    /** {@code kill -9}, so many milliseconds after so many answers. */
    record Kill(int answers, int millis) implements Fault {}

    /** {@code kill -9}, so many milliseconds after the database has begun to move its log into its file. */
    record KillInCheckpoint(int millis) implements Fault {}

    /** {@code kill -9} after so many answers, and again so many milliseconds after the start that follows, on its way up. */
    record KillTwice(int answers, int millis) implements Fault {}

    /** SIGSTOP after so many answers; after so many milliseconds SIGCONT, or {@code kill -9}. */
    record Stall(int answers, int millis, boolean endsInKill) implements Fault {}
}

package io.tallystick.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What is to be measured.
 *
 * @param parts at least one
 * @param events of one timed run
 * @param pairs how often runs that are compared alternate
 * @param large events in the store when questions are asked and the server is killed
 * @param identities of the memory test
 * @param billAccounts accounts of each size of bill job, the one that others are compared with first
 * @param postgresConnections of the PostgreSQL pipeline
 * @param seed of the events
 * @param directory where data directories are made
 * @param keep whether they stay
 * @param launch how a server is started
 */
record Plan(
        Set<Part> parts,
        int events,
        int pairs,
        long large,
        long identities,
        List<Integer> billAccounts,
        int postgresConnections,
        long seed,
        Path directory,
        boolean keep,
        Launch launch) {
    private static final int WARM_MAX = 500_000;

    Plan {
        parts = Set.copyOf(parts);
        billAccounts = List.copyOf(billAccounts);
        if (parts.isEmpty() || pairs < 1 || events < 1_000 || events % 1_000 != 0) {
            throw new IllegalArgumentException(
                    "Expected a part, a pair and 1000 events or more in thousands, but were %s, %d and %d."
                            .formatted(parts, pairs, events));
        }
        if (large < 1_000 || large % 1_000 != 0 || identities < 1 || postgresConnections < 1) {
            throw new IllegalArgumentException(
                    "Expected a large load of 1000 events or more in thousands, an identity and a connection, but were %d, %d and %d."
                            .formatted(large, identities, postgresConnections));
        }
        if (billAccounts.isEmpty() || billAccounts.stream().anyMatch(accounts -> accounts < 2)) {
            throw new IllegalArgumentException(
                    "Expected two accounts or more in each size of bill job, but were %s.".formatted(billAccounts));
        }
    }

    boolean has(Part part) {
        return parts.contains(part);
    }

    /** Events of a run beside something else: one that is made in one go. */
    int portion() {
        return Math.min(events, Batches.PLACES_MAX);
    }

    /** Events that are sent before the clock starts, so that every process is as warm as every other. */
    int warm() {
        return Math.min(events, WARM_MAX);
    }
}

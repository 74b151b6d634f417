package io.tallystick.server.store.duckdb;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What the usage store may use.
 *
 * @param file the database; made if it is not there
 * @param temporary directory for what does not fit into memory
 * @param memoryMib memory for tables and questions, in MiB, at least 64; outside the heap
 * @param threads that questions may use while nothing floods in, at least 1; a commit takes one
 * @param questionThreads questions answered at the same time, at least 1
 * @param questionsWaitingMax questions that wait for a thread; more are turned away
 * @param questionTimeout how long a question may take, its waiting included
 */
public record DuckDbSettings(
        Path file,
        Path temporary,
        int memoryMib,
        int threads,
        int questionThreads,
        int questionsWaitingMax,
        Duration questionTimeout) {
    private static final int MEMORY_MIB_MIN = 64;

    public DuckDbSettings {
        if (memoryMib < MEMORY_MIB_MIN || threads < 1 || questionThreads < 1 || questionsWaitingMax < 1) {
            throw new IllegalArgumentException(
                    "Expected at least %d MiB, 1 thread, 1 question thread and 1 question waiting, but were %d, %d, %d and %d."
                            .formatted(MEMORY_MIB_MIN, memoryMib, threads, questionThreads, questionsWaitingMax));
        }
        if (questionTimeout.isNegative() || questionTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "Expected a question timeout above 0 s, but was %s.".formatted(questionTimeout));
        }
    }

    /** Measured settings for a small machine, everything in one data directory. */
    public static DuckDbSettings in(Path data) {
        return new DuckDbSettings(
                data.resolve("usage.duckdb"), data.resolve("tmp"), 1024, 2, 2, 1000, Duration.ofSeconds(30));
    }
}

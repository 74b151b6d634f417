package io.tallystick.server.faults;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.seed.Seed;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That the simulation finds what it is for. */
@Timeout(120)
final class PlantedBugTest {
    private static final int ROUNDS_MAX = 3;
    private static final int LINES_SHOWN = 4;

    @TempDir
    private Path directory;

    @EnumSource
    @ParameterizedTest
    void isFoundWithinAFewRounds(PlantedBug bug) {
        Seed.runs(PlantedBugTest.class, 1, random -> {
            long seed = random.nextLong();
            AtomicInteger rounds = new AtomicInteger(1);
            Simulation simulation = new Simulation(
                    seed, FaultyServer.with(bug), directory, line -> System.out.println(bug + " " + line));

            assertThatThrownBy(() -> simulation.play(1, () -> rounds.incrementAndGet() <= ROUNDS_MAX))
                    .isInstanceOf(Simulation.Failed.class)
                    .hasMessageContaining("./tallystick simulate-faults --seed %d --from ", seed)
                    // by its oracle or by an answer that contradicts those before it, not by a server that fails
                    .hasMessageMatching("(?s).*(Expected no difference, but there are|that are new, in the answer).*")
                    .satisfies(found -> System.out.println(bug + " was found: "
                            + found.toString().lines().limit(LINES_SHOWN).collect(joining("\n"))));
        });
    }
}

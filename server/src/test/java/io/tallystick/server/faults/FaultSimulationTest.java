package io.tallystick.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.seed.Seed;
import io.tallystick.server.proof.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The simulation as part of every build; {@code ./tallystick simulate-faults} runs as much of it as one likes. */
@Timeout(180)
final class FaultSimulationTest {
    private static final Duration TIME = Duration.ofSeconds(30);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void everyAggregateEqualsTheOracleAfterEveryRound() {
        Seed.runs(FaultSimulationTest.class, 1, random -> {
            long seed = random.nextLong();
            System.out.println("FaultSimulationTest: " + Simulation.rerun(seed, 1));
            long end = System.nanoTime() + TIME.toNanos();
            Simulation simulation = new Simulation(
                    seed, ServerProcess.Program.ofClass(ServerProcess.class), directory, System.out::println);

            Summary summary = simulation.play(1, () -> System.nanoTime() < end);

            assertThat(summary.total().measurements()).isPositive();
            assertThat(summary.bytesLeft()).as("bytes left by all rounds").isZero();
        });
    }
}

package io.tallystick.server.faults;

import io.tallystick.server.proof.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./tallystick simulate-faults}, which the launcher starts; its help describes the options. */
@Command(name = "tallystick simulate-faults")
final class SimulateFaults implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--rounds", defaultValue = "60")
    private int rounds;

    @Option(names = "--from", defaultValue = "1")
    private int from;

    @Option(names = "--seed")
    private long seed = new SplittableRandom().nextLong() >>> 1;

    @Option(names = "--dist", required = true)
    private Path dist;

    @Option(names = "--work", required = true)
    private Path work;

    private SimulateFaults() {}

    public static void main(String... arguments) {
        // an interrupted run leaves no server behind
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> ProcessHandle.current()
                .descendants()
                .forEach(ProcessHandle::destroyForcibly)));
        System.exit(new CommandLine(new SimulateFaults()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        if (rounds < 1) {
            throw new ParameterException(
                    spec.commandLine(), "Expected at least 1 round, but --rounds is %d".formatted(rounds));
        }
        Path directory = Files.createTempDirectory(work, "faults-");
        System.out.printf(
                "seed %d; round K alone: %s%n",
                seed, "./tallystick simulate-faults --seed " + seed + " --from K --rounds 1");
        long began = System.nanoTime();
        AtomicInteger started = new AtomicInteger(1);
        try {
            Summary summary = new Simulation(seed, ServerProcess.Program.built(dist), directory, System.out::println)
                    .play(from, () -> started.getAndIncrement() < rounds);
            double seconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) / 1e3;
            System.out.println(summary.text(seconds));
            if (summary.bytesLeft() > 0) {
                System.err.printf(
                        "Expected nothing to be left in %s, but there are %d bytes.%n", directory, summary.bytesLeft());
                return ExitCode.SOFTWARE;
            }
            Files.delete(directory);
            return ExitCode.OK;
        } catch (Simulation.Failed difference) {
            System.err.println(difference.getMessage());
            return ExitCode.SOFTWARE;
        }
    }
}

package io.tallystick.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * A command that the launcher script carries out itself, because it needs the sources and Maven. It stands here so that
 * {@code help} knows all commands; carried out without the script it is wrong usage.
 */
@Command(mixinStandardHelpOptions = true)
final class LauncherCommand implements Runnable {
    private final CommandSpec spec;

    private LauncherCommand(String name, String... description) {
        spec = CommandSpec.forAnnotatedObject(this).name(name);
        spec.usageMessage().description(description);
    }

    static CommandLine test() {
        LauncherCommand command = new LauncherCommand(
                "test",
                "Build everything and run the tests; needs the sources and Maven.",
                "The last line is 'N passed, N failed' over all modules.");
        command.spec.addOption(OptionSpec.builder("--all")
                .description("Also the tests that need more than a JDK and Maven: PostgreSQL.")
                .build());
        return new CommandLine(command.spec);
    }

    static CommandLine build() {
        return new CommandLine(
                new LauncherCommand("build", "Build dist/, even if it is newer than the sources; needs Maven.").spec);
    }

    static CommandLine simulateFaults() {
        LauncherCommand command = new LauncherCommand(
                "simulate-faults",
                "Kill, stop and cut off servers under random load, and compare all they say with an oracle; needs Maven.",
                "Prints a line a round, and on a difference the line that reruns the round alone.");
        command.spec
                .addOption(option("--rounds", "N", "How many rounds to play. Default: 60."))
                .addOption(
                        option("--seed", "S", "What the rounds are drawn from. Default: a new one, which is printed."))
                .addOption(option("--from", "ROUND", "The number of the first round. Default: 1."));
        return new CommandLine(command.spec);
    }

    private static OptionSpec option(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(long.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    static CommandLine bench() {
        return new CommandLine(new LauncherCommand(
                        "bench",
                        "Measure intake, questions and starts of a server; needs the sources and Maven.",
                        "'./tallystick bench --help' in a checkout lists its options.")
                .spec);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Expected the launcher: ./tallystick %s in a checkout of the sources".formatted(spec.name()));
    }
}

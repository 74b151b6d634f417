package io.tallystick.cli;

import io.tallystick.server.app.HostProcess;
import io.tallystick.server.app.KeyCommand;
import io.tallystick.server.app.OrgCommand;
import io.tallystick.server.app.ServeCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root of the command line. Adding a command: one class like {@link VersionCommand}, one line in {@link #commandLine}. */
@Command(
        name = "tallystick",
        description = "Meters usage, rates it, bills it and reports it to AWS Marketplace.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:success", "1:failure", "2:wrong usage"})
final class Tallystick implements Runnable {
    @Spec
    private CommandSpec spec;

    private Tallystick() {}

    public static void main(String... arguments) {
        HostProcess.writeLogTo(System.err);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine root = new CommandLine(new Tallystick())
                .addSubcommand(ServeCommand.commandLine())
                .addSubcommand(new DemoCommand())
                .addSubcommand(OrgCommand.commandLine())
                .addSubcommand(KeyCommand.commandLine())
                .addSubcommand(LauncherCommand.test())
                .addSubcommand(LauncherCommand.build())
                .addSubcommand(LauncherCommand.simulateFaults())
                .addSubcommand(LauncherCommand.bench())
                .addSubcommand(new VersionCommand())
                .addSubcommand(new RehearseCommand())
                .addSubcommand(new HelpCommand());
        // for the root and for every command added above
        return root.setParameterExceptionHandler(Tallystick::explainWrongUsage);
    }

    /** Says what is wrong and what was probably meant; the whole usage text would bury both. */
    private static int explainWrongUsage(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, err);
        err.printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
        return ExitCode.USAGE;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Expected a command, but there is none");
    }
}

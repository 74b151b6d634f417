package io.tallystick.server.app;

import io.tallystick.server.settings.KnownSettings;
import io.tallystick.server.settings.Setting;
import io.tallystick.server.settings.Settings;
import io.tallystick.server.settings.SettingsAnswer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code tallystick serve}: its options are made from {@link KnownSettings}, so that each is described once. */
public final class ServeCommand implements Callable<Integer> {
    private final CommandSpec spec;

    private ServeCommand() {
        spec = CommandSpec.wrapWithoutInspection(this).name("serve").mixinStandardHelpOptions(true);
        spec.usageMessage()
                .description("Start the server and keep it running until it gets SIGTERM or Ctrl-C.")
                .footer(
                        "",
                        "Every setting can also be given as a variable (--port as " + KnownSettings.PORT.variable()
                                + ") or in the file of --config (port=8080).",
                        "docs/configuration.md lists them all.");
        KnownSettings.ALL.forEach(this::addOption);
        spec.addOption(OptionSpec.builder("--" + Settings.CONFIG)
                .paramLabel("FILE")
                .type(String.class)
                .description("A file of settings, key=value, one a line.")
                .build());
    }

    /** The command, to be added to the root of the command line. */
    public static CommandLine commandLine() {
        return new CommandLine(new ServeCommand().spec);
    }

    @Override
    public Integer call() throws InterruptedException {
        CommandLine commandLine = spec.commandLine();
        Settings settings =
                switch (Settings.read(flags(commandLine.getParseResult()), System.getenv())) {
                    case SettingsAnswer.Complete complete -> complete.settings();
                    case SettingsAnswer.Faulty faulty ->
                        throw new ParameterException(commandLine, String.join(System.lineSeparator(), faulty.faults()));
                };
        HostProcess.prepareFor(settings);
        return switch (Server.start(settings)) {
            case Start.Refused refused -> {
                commandLine.getErr().println(refused.reason());
                yield ExitCode.SOFTWARE;
            }
            case Start.Ready ready -> {
                Server server = ready.server();
                Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(server)));
                commandLine.getOut().println("tallystick is ready at " + server.address());
                commandLine.getOut().flush();
                server.awaitStop();
                yield ExitCode.OK;
            }
        };
    }

    /** Runs in the shutdown hook, and ends the process itself: after a signal the JDK would exit with 143, not with 0. */
    private void stop(Server server) {
        int exitCode = ExitCode.SOFTWARE;
        try {
            server.close();
            exitCode = ExitCode.OK;
        } catch (RuntimeException notClosed) {
            notClosed.printStackTrace(spec.commandLine().getErr());
        } finally {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    private static Map<String, String> flags(ParseResult parsed) {
        Map<String, String> flags = new HashMap<>();
        for (OptionSpec option : parsed.matchedOptions()) {
            flags.put(option.longestName().substring("--".length()), String.valueOf(option.<Object>getValue()));
        }
        return flags;
    }

    private void addOption(Setting<?> setting) {
        OptionSpec.Builder option = OptionSpec.builder(setting.option())
                .description(setting.meaning()
                        + setting.initial()
                                .map(text -> " Default: " + text + ".")
                                .orElse(""));
        switch (setting.flag()) {
            case Setting.Flag.Unspoken _ -> {}
            case Setting.Flag.Switch _ ->
                spec.addOption(option.type(boolean.class).arity("0").build());
            case Setting.Flag.Valued(String label) ->
                spec.addOption(option.type(String.class).paramLabel(label).build());
        }
    }
}

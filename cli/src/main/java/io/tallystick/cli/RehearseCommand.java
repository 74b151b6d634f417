package io.tallystick.cli;

import io.tallystick.server.app.HostProcess;
import io.tallystick.server.app.Server;
import io.tallystick.server.app.Start;
import io.tallystick.server.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code tallystick rehearse}: the start that the launcher records into the AOT cache of dist/. What is not loaded here is
 * loaded from class files later, which is slower but never wrong.
 */
@Command(
        name = "rehearse",
        hidden = true,
        description =
                "Start a server, bill the demo's example on it and stop it; the launcher records its AOT cache from this.",
        mixinStandardHelpOptions = true)
final class RehearseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "A new or empty data directory, which may be deleted afterwards.",
            required = true)
    private Path data;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings = Settings.defaults().withData(data).withPort(0).inDevelopment();
        HostProcess.prepareFor(settings);
        switch (Server.start(settings)) {
            case Start.Refused refused -> {
                spec.commandLine().getErr().println(refused.reason());
                return ExitCode.SOFTWARE;
            }
            case Start.Ready ready -> {
                try (Server server = ready.server();
                        InputStream health = server.address()
                                .resolve("/health/ready")
                                .toURL()
                                .openStream()) {
                    health.readAllBytes();
                    PrintWriter out = spec.commandLine().getOut();
                    out.print(BillTable.of(LambdaExample.run(server.address(), out::println), Ansi.OFF));
                }
                return ExitCode.OK;
            }
        }
    }
}

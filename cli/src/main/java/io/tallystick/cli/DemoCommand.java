package io.tallystick.cli;

import io.tallystick.server.app.DevCredentials;
import io.tallystick.server.app.FileTree;
import io.tallystick.server.app.HostProcess;
import io.tallystick.server.app.Server;
import io.tallystick.server.app.Start;
import io.tallystick.server.settings.Settings;
import io.tallystick.server.settings.SettingsAnswer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tallystick demo}: a server of its own, the example of AWS Lambda through its API, and the bills as a table. */
@Command(
        name = "demo",
        description = {
            "Start a server on a new data directory, bill AWS Lambda's prices for three accounts through its API and print the bills.",
            "The server then keeps running until Ctrl-C, so that you can look around."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--once", description = "Stop after the bills are printed.")
    private boolean once;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "The port to listen on. Default: any free one.")
    private String port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "A new or empty data directory, which is kept. Default: a temporary one, which is deleted at the end.")
    private Optional<String> data;

    @Override
    public Integer call() throws IOException, InterruptedException {
        // the variables of the environment are for the server that somebody runs, not for this one
        Settings settings =
                switch (Settings.read(Map.of("port", port, "dev", "true", "data", data.orElse(".")), Map.of())) {
                    case SettingsAnswer.Complete complete -> complete.settings();
                    case SettingsAnswer.Faulty faulty ->
                        throw new ParameterException(
                                spec.commandLine(), String.join(System.lineSeparator(), faulty.faults()));
                };
        if (data.isPresent()) {
            Optional<String> objection = objection(settings.data());
            if (objection.isPresent()) {
                return failed(objection.get());
            }
        }
        try (Ending ending = Ending.watch()) {
            return run(data.isPresent() ? settings : settings.withData(temporary(ending)), ending);
        }
    }

    private static Optional<String> objection(Path given) throws IOException {
        if (!Files.exists(given)) {
            return Optional.empty();
        }
        if (!Files.isDirectory(given)) {
            return Optional.of(
                    "Expected an empty directory, but %s is a file. Choose another with --data.".formatted(given));
        }
        try (Stream<Path> entries = Files.list(given)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .sorted()
                    .findFirst()
                    .map(name -> "Expected an empty directory, but %s has '%s' in it. Choose another with --data."
                            .formatted(given, name));
        }
    }

    private static Path temporary(Ending ending) throws IOException {
        Path directory = Files.createTempDirectory("tallystick-demo-");
        ending.add(() -> FileTree.delete(directory));
        return directory;
    }

    private int run(Settings settings, Ending ending) throws InterruptedException {
        HostProcess.prepareFor(settings);
        HostProcess.logWarningsOnly();
        say("starting a server");
        return switch (Server.start(settings)) {
            case Start.Refused refused -> failed(refused.reason());
            case Start.Ready ready -> {
                Server server = ready.server();
                ending.add(server::close);
                try {
                    print(LambdaExample.run(server.address(), this::say), server);
                } catch (RequestFailed failure) {
                    yield failed(failure.reason());
                }
                ending.isDone();
                if (!once) {
                    server.awaitStop();
                }
                yield ExitCode.OK;
            }
        };
    }

    private void print(List<ShownBill> bills, Server server) {
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println("AWS Lambda, December 2024: what three accounts used and what it costs them");
        out.print(BillTable.of(bills, spec.commandLine().getColorScheme().ansi()));
        out.println("Amounts are exact to the last digit and rounded once, at the bill's line.");
        out.println();
        if (once) {
            out.println("Without --once the server keeps running, and every number can be opened through its API.");
        } else {
            out.print(whatNext(bills.getFirst(), server));
        }
        out.flush();
    }

    private static String whatNext(ShownBill bill, Server server) {
        return """
                The server runs at %s until Ctrl-C.
                organization  %s
                access key    %s
                API secret    %s
                X-API-KEY     %s

                Open the lines of the bill of %s:
                curl -H 'X-API-KEY: %s' %s/organizations/%s/bills/%s/lineitems
                """
                .formatted(
                        server.address(),
                        DevCredentials.ORGANIZATION,
                        DevCredentials.ACCESS_KEY,
                        DevCredentials.API_SECRET,
                        DevCredentials.API_KEY,
                        bill.account(),
                        DevCredentials.API_KEY,
                        server.address(),
                        DevCredentials.ORGANIZATION,
                        bill.id());
    }

    private int failed(String reason) {
        spec.commandLine().getErr().println(reason);
        return ExitCode.SOFTWARE;
    }

    /** On the error stream: what is printed on the other one is the result. */
    private void say(String what) {
        spec.commandLine().getErr().println("demo: " + what + " ...");
        spec.commandLine().getErr().flush();
    }
}

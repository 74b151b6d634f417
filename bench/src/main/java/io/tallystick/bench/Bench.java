package io.tallystick.bench;

import io.tallystick.bench.measure.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./tallystick bench}. The launcher says where the program is and which JVM options it has. */
@Command(
        name = "bench",
        description = "Measure intake, questions, starts and bill jobs of a server, and check every figure it counts.",
        footer = {"", "docs/benchmarks.md says what each number means."},
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all figures are exact", "1:a figure is wrong, or a run failed", "2:wrong usage"})
final class Bench implements Callable<Integer> {
    private static final int QUICK_EVENTS = 100_000;
    private static final long QUICK_LARGE = 500_000;
    private static final long QUICK_IDENTITIES = 5_000_000;
    private static final int QUICK_BILLED = 1_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "Events of one timed run, in thousands. Default: ${DEFAULT-VALUE}.",
            defaultValue = "10000000")
    private int events;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            description = "How often compared runs alternate. Default: ${DEFAULT-VALUE}.",
            defaultValue = "3")
    private int pairs;

    @Option(
            names = "--large",
            paramLabel = "N",
            description = "Events before questions and kill. Default: ${DEFAULT-VALUE}.",
            defaultValue = "10000000")
    private long large;

    @Option(
            names = "--identities",
            paramLabel = "N",
            description = "Identities of the memory test. Default: ${DEFAULT-VALUE}.",
            defaultValue = "100000000")
    private long identities;

    @Option(
            names = "--bill-accounts",
            paramLabel = "N",
            split = ",",
            description = "Accounts of the bill jobs, joined by commas. Default: ${DEFAULT-VALUE}.",
            defaultValue = "10000,20000,100000")
    private List<Integer> billAccounts = List.of();

    @Option(
            names = "--quick",
            description = "A few minutes instead of many: few events, one pair. The figures mean little.")
    private boolean isQuick;

    @Option(
            names = "--only",
            paramLabel = "PART",
            split = ",",
            description = "Only these parts, joined by commas: ${COMPLETION-CANDIDATES}.")
    private Set<Part> only = EnumSet.allOf(Part.class);

    @Option(
            names = "--postgres-connections",
            paramLabel = "N",
            description = "Connections of the PostgreSQL pipeline. Default: ${DEFAULT-VALUE}.",
            defaultValue = "4")
    private int postgresConnections;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Another one gives other events. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description =
                    "Where data directories are made; not in memory, or fsync costs nothing. Default: ${DEFAULT-VALUE}.",
            defaultValue = "/var/tmp")
    private Path directory;

    @Option(names = "--keep", description = "Leave the data directories where they are.")
    private boolean isKept;

    @Option(
            names = "--jvm-option",
            paramLabel = "OPTION",
            description =
                    "An option for the JVM of the server, such as -XX:StartFlightRecording=filename=intake.jfr. May be repeated.")
    private List<String> jvmOptions = List.of();

    private Bench() {}

    public static void main(String... arguments) {
        // for SIGTERM and Ctrl-C: a server that nobody measures any more must not stay
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform()
                        .unstarted(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
        System.exit(new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException, ExecutionException {
        Plan plan = plan();
        Report report = new Report(System.err);
        PrintWriter out = spec.commandLine().getOut();
        String loadBefore = Machine.load();
        try {
            measure(plan, report);
        } catch (WrongFigureException wrong) {
            spec.commandLine().getErr().println("WRONG: " + wrong.getMessage());
            return ExitCode.SOFTWARE;
        }
        out.printf(
                "%nOn %s.%nLoad before: %s; after: %s.%nCommand: `./tallystick bench %s`%n%n%s",
                Machine.described(directory),
                loadBefore,
                Machine.load(),
                String.join(" ", spec.commandLine().getParseResult().originalArgs()),
                report.text());
        out.flush();
        return ExitCode.OK;
    }

    private static void measure(Plan plan, Report report)
            throws IOException, InterruptedException, SQLException, ExecutionException {
        StartPart starts = new StartPart(plan, report);
        if (plan.has(Part.STARTUP)) {
            starts.startup();
        }
        new IntakePart(plan, report).run();
        if (plan.has(Part.QUESTIONS) || plan.has(Part.RESTART)) {
            new LargePart(plan, report).run();
        }
        if (plan.has(Part.IDENTITIES)) {
            starts.identities();
        }
        if (plan.has(Part.BILLS)) {
            new BillsPart(plan, report).run();
        }
    }

    private Plan plan() throws IOException {
        Path home = Path.of(System.getProperty("tallystick.home", "."));
        List<String> javaOptions = Arrays.stream(
                        System.getProperty("tallystick.java-options", "").split(" ", -1))
                .filter(option -> !option.isEmpty())
                .toList();
        try {
            Files.createDirectories(directory);
            return new Plan(
                    parts(),
                    isQuick ? Math.min(events, QUICK_EVENTS) : events,
                    isQuick ? 1 : pairs,
                    isQuick ? Math.min(large, QUICK_LARGE) : large,
                    isQuick ? Math.min(identities, QUICK_IDENTITIES) : identities,
                    isQuick ? List.of(QUICK_BILLED, 2 * QUICK_BILLED) : billAccounts,
                    postgresConnections,
                    seed,
                    directory,
                    isKept,
                    Launch.ofDist(home.resolve("dist"), javaOptions, jvmOptions));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    /** Without PostgreSQL there is nothing to compare with; a quick run may go without, and says so. */
    private Set<Part> parts() throws IOException {
        Set<Part> parts = EnumSet.copyOf(only);
        if (parts.contains(Part.POSTGRES) && PostgresServer.installed().isEmpty()) {
            if (!isQuick) {
                throw new IOException(PostgresServer.missing());
            }
            spec.commandLine().getErr().println(PostgresServer.missing() + " Going on without it.");
            parts.remove(Part.POSTGRES);
        }
        return parts;
    }
}

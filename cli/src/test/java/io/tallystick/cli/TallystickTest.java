package io.tallystick.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class TallystickTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpListsEveryCommand() {
        assertThat(execute("help")).isZero();

        assertThat(out.toString().lines().map(String::strip))
                .anyMatch(line -> line.matches("serve +Start the server .*"))
                .anyMatch(line -> line.matches("demo +Start a server on a new data directory.*"))
                .anyMatch(line -> line.matches("org +Make and list organizations.*"))
                .anyMatch(line -> line.matches("key +Make and list access keys.*"))
                .anyMatch(line -> line.matches("test +Build everything and run the tests.*"))
                .anyMatch(line -> line.matches("build +Build dist/.*"))
                .anyMatch(line -> line.matches("simulate-faults +Kill, stop and cut off servers.*"))
                .anyMatch(line -> line.matches("bench +Measure intake.*"))
                .anyMatch(line -> line.matches("version +Print the version.*"))
                .anyMatch(line -> line.matches("2 +wrong usage"));
    }

    static List<String> everyCommandExplainsItself() {
        return Tallystick.commandLine().getSubcommands().keySet().stream()
                .sorted()
                .toList();
    }

    @MethodSource
    @ParameterizedTest
    void everyCommandExplainsItself(String command) {
        assertThat(execute(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: tallystick " + command);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void printsTheVersion() {
        assertThat(execute("version")).isZero();
        assertThat(out.toString()).startsWith("tallystick ");
        assertThat(execute("--version")).isZero();
    }

    @Test
    void wrongUsageIsExitCode2WithAHint() {
        assertThat(execute("serv")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "Unmatched argument at index 0: 'serv'",
                        "Did you mean: tallystick serve or tallystick version?",
                        "Try 'tallystick --help'.");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void wrongOptionIsExitCode2WithAHint() {
        assertThat(execute("serve", "--prt")).isEqualTo(2);
        assertThat(err.toString().lines()).containsExactly("Unknown option: '--prt'", "Try 'tallystick serve --help'.");
    }

    @Test
    void noCommandIsExitCode2() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly("Expected a command, but there is none", "Try 'tallystick --help'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bench", "build", "simulate-faults", "test"})
    void whatTheScriptDoesIsWrongUsageWithoutIt(String command) {
        assertThat(execute(command)).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("Expected the launcher: ./tallystick " + command + " in a checkout of the sources");
    }

    @Test
    @Timeout(60)
    void loadsNothingOfTheServerForACommandThatNeedsNone(@TempDir Path directory) throws Exception {
        try (Program program = Program.start(directory, List.of("-Xlog:class+load"), "version")) {
            assertThat(program.remainingOutput())
                    .contains("io.tallystick.cli.VersionCommand source:")
                    .doesNotContain("org.sqlite", "org.duckdb", "io.helidon");
            assertThat(program.exitCode()).isZero();
        }
    }

    private int execute(String... arguments) {
        CommandLine commandLine = Tallystick.commandLine();
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}

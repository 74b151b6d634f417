package io.tallystick.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code org} and {@code key} refuse; what they do beside a server is tested with real processes. */
final class OrgCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void refusesADirectoryThatIsNotThereAndMakesNone() {
        Path data = directory.resolve("none");

        assertThat(org("list", "--data", data.toString())).isEqualTo(1);

        assertThat(err)
                .hasToString(
                        "Expected a data directory that a server has made, but %s is not there. Start the server first, or choose another with --data.%n"
                                .formatted(data));
        assertThat(data).doesNotExist();
    }

    @Test
    void refusesAnEmptyDirectoryAndLeavesItEmpty() {
        assertThat(org("create", "Acme", "--data", directory.toString())).isEqualTo(1);

        assertThat(err.toString()).contains("but %s is empty.".formatted(directory));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void refusesADirectoryOfSomebodyElse() throws IOException {
        Path theirs = Files.writeString(directory.resolve("theirs.txt"), "theirs");

        assertThat(key("list", "--data", directory.toString())).isEqualTo(1);

        assertThat(err.toString()).contains("but %s has 'theirs.txt' in it".formatted(directory));
        assertThat(directory.toFile().list())
                .containsExactly(theirs.getFileName().toString());
    }

    @Test
    void refusesADirectoryOfANewerVersionAndTouchesNothing() throws IOException {
        Files.writeString(directory.resolve("format"), "2\n");

        assertThat(org("create", "Acme", "--data", directory.toString())).isEqualTo(1);

        assertThat(err.toString()).contains("made by a newer version of Tallystick");
        assertThat(directory.toFile().list()).containsExactly("format");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void callsANameOfNothingWrongUsage(String name) {
        assertThat(org("create", name, "--data", directory.toString())).isEqualTo(2);

        assertThat(err.toString())
                .startsWith("Expected a name of 1 to 200 characters, but was \"%s\".".formatted(name));
    }

    @Test
    void callsARoleThatDoesNotExistWrongUsage() {
        assertThat(key("create", "--org", "Acme", "--role", "INGEST")).isEqualTo(2);

        assertThat(err.toString())
                .startsWith("Invalid value for option '--role': Expected admin, read or ingest, but was 'INGEST'");
    }

    @Test
    void callsACommandWithoutAnAimWrongUsage() {
        assertThat(org()).isEqualTo(2);
        assertThat(key()).isEqualTo(2);

        assertThat(err.toString()).contains("Expected create or list, but there is none");
    }

    private int org(String... arguments) {
        return execute(OrgCommand.commandLine(), arguments);
    }

    private int key(String... arguments) {
        return execute(KeyCommand.commandLine(), arguments);
    }

    private int execute(CommandLine command, String... arguments) {
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}

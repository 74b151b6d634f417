package io.tallystick.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DataDirectoryTest {
    @TempDir
    private Path parent;

    @Test
    void makesANewDirectoryThatOnlyItsOwnerReads() throws IOException {
        Path data = parent.resolve("deep/data");

        try (DataDirectory directory = opened(data)) {
            assertThat(directory.path()).isEqualTo(data.toAbsolutePath());
            assertThat(data.resolve("format")).hasContent("1");
            assertThat(data.resolve("lock"))
                    .hasContent(Long.toString(ProcessHandle.current().pid()));
            assertThat(data.resolve("tmp")).isEmptyDirectory();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void takesAnEmptyDirectoryWithTheTracesOfAFreshDiskOrOfAStartThatWasCutOff() throws IOException {
        Files.createDirectory(parent.resolve("lost+found"));
        Files.writeString(parent.resolve("lock"), "1");
        Files.writeString(parent.resolve("format.new"), "");

        try (DataDirectory directory = opened(parent)) {
            assertThat(directory.path().resolve("format")).hasContent("1");
            assertThat(directory.path().resolve("format.new")).doesNotExist();
        }
    }

    @Test
    void emptiesTheTemporaryDirectoryAndNothingElse() throws IOException {
        opened(parent).close();
        Files.writeString(parent.resolve("kept"), "kept");
        Path outside = Files.createDirectory(parent.resolve("outside"));
        Files.writeString(outside.resolve("also"), "kept");
        Path deep = Files.createDirectories(parent.resolve("tmp/a/b"));
        Files.writeString(deep.resolve("left-behind"), "x");
        Files.createSymbolicLink(deep.resolve("link"), outside);

        try (DataDirectory directory = opened(parent)) {
            assertThat(directory.path().resolve("tmp")).isEmptyDirectory();
            assertThat(parent.resolve("kept")).hasContent("kept");
            assertThat(outside.resolve("also")).hasContent("kept");
        }
    }

    @Test
    void refusesADirectoryThatAnotherProcessUsesAndNamesThatProcess() throws IOException {
        try (ChildJvm other = ChildJvm.start(DirectoryHolder.class, parent.toString())) {
            assertThat(other.nextLine()).isEqualTo("holding %s", parent.toAbsolutePath());
            Files.writeString(parent.resolve("tmp/in-use"), "x");
            Map<String, FileTime> before = content(parent);

            assertThat(refused(parent))
                    .isEqualTo(
                            "Expected the data directory %s to be free, but process %s uses it. Stop that one, or choose another with --data.",
                            parent, other.process().pid());
            assertThat(content(parent)).isEqualTo(before);
        }
    }

    @Test
    void opensADirectoryWhoseProcessWasKilled() throws IOException {
        try (ChildJvm other = ChildJvm.start(DirectoryHolder.class, parent.toString())) {
            assertThat(other.nextLine()).startsWith("holding");
        }

        try (DataDirectory directory = opened(parent)) {
            assertThat(directory.path().resolve("lock"))
                    .hasContent(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void letsAnotherProcessHaveTheDirectoryAfterItIsClosed() throws IOException {
        opened(parent).close();

        try (ChildJvm other = ChildJvm.start(DirectoryHolder.class, parent.toString())) {
            assertThat(other.nextLine()).startsWith("holding");
        }
    }

    @Test
    void refusesADirectoryOfANewerVersionAndTouchesNothing() throws IOException {
        Files.writeString(parent.resolve("format"), "2\n");
        Files.createDirectory(parent.resolve("tmp"));
        Files.writeString(parent.resolve("tmp/theirs"), "x");
        Map<String, FileTime> before = content(parent);

        assertThat(refused(parent))
                .isEqualTo(
                        "Expected a data directory of format 1 or older, but %s has format 2, made by a newer version of Tallystick. Start that version, or choose another directory with --data.",
                        parent);
        assertThat(content(parent)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "0", "1.0", "99999999999", "one"})
    void refusesAFormatThatIsNoWholeNumber(String format) throws IOException {
        Files.writeString(parent.resolve("format"), format);

        assertThat(refused(parent))
                .isEqualTo(
                        "Expected a whole number in %s, but it says '%s'. Restore the directory from a backup.",
                        parent.resolve("format"), format);
    }

    @Test
    void refusesADirectoryOfSomebodyElseAndTouchesNothing() throws IOException {
        Path theirs = Files.createDirectory(parent.resolve("tmp"));
        Files.writeString(theirs.resolve("precious"), "x");
        Map<String, FileTime> before = content(parent);

        assertThat(refused(parent))
                .isEqualTo(
                        "Expected an empty directory or one that Tallystick made, but %s has 'tmp' in it and no file 'format'. Choose another with --data.",
                        parent);
        assertThat(content(parent)).isEqualTo(before);
    }

    @Test
    void refusesAFile() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "x");

        assertThat(refused(file))
                .isEqualTo("Expected a directory for data, but %s is a file. Choose another with --data.", file);
        assertThat(file).hasContent("x");
    }

    /** Even root cannot make a directory below a file or in /proc, so this fails for every user. */
    @ParameterizedTest
    @ValueSource(strings = {"/proc/tallystick", "file/data"})
    void refusesAPlaceWhereNothingCanBeWritten(String place) throws IOException {
        Files.writeString(parent.resolve("file"), "x");
        Path data = parent.resolve(place);

        assertThat(refused(data))
                .startsWith("Expected to read and write in the data directory %s, but: ".formatted(data))
                .endsWith("Make it writable for this user, or choose another with --data.");
    }

    @Test
    void refusesADirectoryThatIsOursButCannotBeLocked() throws IOException {
        opened(parent).close();
        Files.delete(parent.resolve("lock"));
        Files.createDirectory(parent.resolve("lock"));
        Files.writeString(parent.resolve("tmp/kept"), "x");
        Map<String, FileTime> before = content(parent);

        assertThat(refused(parent)).startsWith("Expected to read and write in the data directory " + parent);
        assertThat(content(parent)).isEqualTo(before);
    }

    private static DataDirectory opened(Path data) {
        DataDirectory.Opening opening = DataDirectory.open(data);
        assertThat(opening).isInstanceOf(DataDirectory.Opening.Opened.class);
        return ((DataDirectory.Opening.Opened) opening).directory();
    }

    private static String refused(Path data) {
        DataDirectory.Opening opening = DataDirectory.open(data);
        assertThat(opening).isInstanceOf(DataDirectory.Opening.Refused.class);
        return ((DataDirectory.Opening.Refused) opening).reason();
    }

    /** Every file and directory below a root with the time of its last change. */
    private static Map<String, FileTime> content(Path root) throws IOException {
        Map<String, FileTime> content = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : all.toList()) {
                content.put(each.toString(), Files.getLastModifiedTime(each));
            }
        }
        return content;
    }
}

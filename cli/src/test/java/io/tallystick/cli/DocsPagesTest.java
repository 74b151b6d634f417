package io.tallystick.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pastes the pages of docs/ into a shell, as a reader would, beside a server of their own. It needs bash and curl. */
@Tag("needs-more")
@Timeout(120)
final class DocsPagesTest {
    private static final String READY = "tallystick is ready at ";
    private static final String ADDRESS_IN_PAGES = "http://127.0.0.1:8080";
    /** The shell ends where a command fails, and says the page's lines that led there, the innermost first. */
    private static final String STRICT =
            "set -Eeuo pipefail; failed() { local code=$? i; for ((i = 1; i < ${#BASH_SOURCE[@]}; i++)); do "
                    + "echo \"${BASH_SOURCE[i]}:${BASH_LINENO[i - 1]}: Expected exit code 0, but it is $code.\" >&2; done; }; "
                    + "trap failed ERR; ";

    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private Path directory;

    enum Walk {
        FIRST_BILL("first-bill.md"),
        REFUSED("refused.md"),
        API("api.md");

        private final String file;

        Walk(String file) {
            this.file = file;
        }

        String file() {
            return file;
        }

        /** What a reader has pasted into the same terminal before, as the page says. */
        private List<Walk> before() {
            return this == API ? List.of(FIRST_BILL) : List.of();
        }
    }

    @ParameterizedTest
    @EnumSource
    void pageAnswersWhatItShows(Walk walk) throws Exception {
        DocsPage page = DocsPage.read(walk.file);
        List<String> outputs = pasted(walk);
        List<List<DocsPage.Shown>> shown = page.shown();
        assertThat(outputs).hasSameSizeAs(shown);

        List<String> differences = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            differences.addAll(ShownAnswer.differences(page.name(), shown.get(i), outputs.get(i)));
        }
        assertThat(differences).isEmpty();
    }

    /** What each block of the page printed. */
    private List<String> pasted(Walk walk) throws IOException, InterruptedException {
        try (Program program = Program.start(directory, "serve", "--dev", "--port", "0")) {
            String ready = program.nextLine();
            assertThat(ready).as(program.errors()).startsWith(READY);
            write(walk, ready.substring(READY.length()));
            Path output = directory.resolve("output");
            Path errors = directory.resolve("errors");
            Process bash = new ProcessBuilder("bash", DocsPage.read(walk.file).name())
                    .directory(directory.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            try {
                assertThat(bash.waitFor(PATIENCE_SECONDS, SECONDS))
                        .as("ended in time")
                        .isTrue();
                assertThat(bash.exitValue())
                        .as("%s%s", Files.readString(errors), Files.readString(output))
                        .isZero();
            } finally {
                bash.destroyForcibly();
            }
            return DocsPage.outputs(Files.readString(output));
        }
    }

    /** Its shell as a script under the page's name, which is what bash calls it in messages; those before it likewise. */
    private void write(Walk walk, String address) throws IOException {
        StringBuilder before = new StringBuilder(STRICT);
        for (Walk earlier : walk.before()) {
            write(earlier, address);
            before.append(". ").append(DocsPage.read(earlier.file).name()).append(" >/dev/null; ");
        }
        DocsPage page = DocsPage.read(walk.file);
        Path script = directory.resolve(page.name());
        Files.createDirectories(script.getParent());
        Files.writeString(script, page.script(before.toString()).replace(ADDRESS_IN_PAGES, address));
    }
}

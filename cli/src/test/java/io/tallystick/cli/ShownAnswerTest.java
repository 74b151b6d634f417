package io.tallystick.cli;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShownAnswerTest {
    private static final DocsPage PAGE = page(
            """
            # A page
            ```sh
            BASE=here
            post it
            ```
            Prose.
            ```json
            {"total": 0.94,
             "lines": [{"id": "...", "quantity": 7}]}
            ```
            ```sh
            get it
            ```
            """);

    @Test
    void namesPageAndLineOfANumberThatDiffers() {
        assertThat(differences("{\"total\": 0.94, \"lines\": [{\"id\": \"a\", \"quantity\": 8}]}"))
                .containsExactly("docs/page.md:9: Expected the answer.lines[0].quantity to be 7, but it is 8.");
    }

    @Test
    void holdsTheLastAnswersAgainstThoseThatAreShown() {
        String right = "{\"lines\": [{\"id\": \"a\", \"quantity\": 7}], \"total\": 0.94}\n";
        assertThat(differences("{\"not\": \"shown\"}\n" + right)).isEmpty();
        assertThat(differences(right + "{}\n")).hasSize(2);
        assertThat(differences(""))
                .singleElement()
                .asString()
                .startsWith("docs/page.md:8: Expected 1 answers, but there are 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"...\"                         | 4",
                "\"Expected ..., but ... .\"     | \"Expected (a), but was b .\"",
                "{\"a\": 1, \"...\": \"...\"}    | {\"b\": 2, \"a\": 1}",
                "0.5                           | 0.50"
            })
    void leavesOpenWhatThePageLeavesOpen(String shown, String real) {
        assertThat(differences(shown, real)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1                         | 1.000000000000000000001",
                "1                         | \"1\"",
                "\"Expected ..., but ...\"   | \"Expected a\"",
                "{\"a\": 1}                  | {\"a\": 1, \"b\": 2}",
                "{\"a\": 1, \"b\": {\"c\": 2}} | {\"a\": 1}",
                "{\"...\": \"...\", \"a\": 1}  | {\"a\": 2}",
                "[1]                       | [1, 2]",
                "[1, {\"a\": 2}]             | [1]",
                "{\"a\": 1}                  | [1]"
            })
    void tellsOneDifference(String shown, String real) {
        assertThat(differences(shown, real)).hasSize(1);
    }

    @Test
    void putsShellWhereThePageHasItAndCutsItsOutputIntoBlocks() {
        assertThat(PAGE.script("set -e").lines())
                .containsExactly(
                        "set -e",
                        "",
                        "BASE=here",
                        "post it",
                        "printf '\\036'",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "get it",
                        "printf '\\036'");
        assertThat(DocsPage.outputs("one\036\036")).containsExactly("one", "");
        assertThat(PAGE.shown()).satisfiesExactly(first -> assertThat(first).hasSize(1), second -> assertThat(second)
                .isEmpty());
    }

    @Test
    void refusesAnAnswerThatNoShellGives() {
        assertThatThrownBy(() -> page("```json\n{}\n```\n").shown())
                .hasMessage("Expected shell above the answer at docs/page.md:2, but there is none.");
    }

    @Test
    void everyPageThatShowsAnAnswerIsRun() throws IOException {
        Set<String> showing = new HashSet<>();
        try (var files = Files.newDirectoryStream(Path.of("..", "docs"), "*.md")) {
            for (Path file : files) {
                String text = Files.readString(file);
                if (text.contains("```json") || text.contains("curl ")) {
                    showing.add(file.getFileName().toString());
                }
            }
        }
        assertThat(showing)
                .isEqualTo(Arrays.stream(DocsPagesTest.Walk.values())
                        .map(DocsPagesTest.Walk::file)
                        .collect(toSet()));
    }

    private static List<String> differences(String output) {
        return ShownAnswer.differences(PAGE.name(), PAGE.shown().getFirst(), output);
    }

    private static List<String> differences(String shown, String real) {
        return ShownAnswer.differences("docs/page.md", List.of(new DocsPage.Shown(1, shown)), real);
    }

    private static DocsPage page(String text) {
        return new DocsPage("docs/page.md", text.lines().toList());
    }
}

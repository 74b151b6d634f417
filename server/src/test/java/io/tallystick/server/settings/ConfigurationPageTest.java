package io.tallystick.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds docs/configuration.md against the declaration of the settings, or writes it with -Dtallystick.write-docs. */
final class ConfigurationPageTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");

    @Test
    void pageSaysWhatTheDeclarationSays() throws IOException {
        if (Boolean.getBoolean("tallystick.write-docs")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page());
        }

        assertThat(PAGE)
                .as(
                        "docs/configuration.md; to write it anew: "
                                + "mvn -pl core,server test -Dtest=ConfigurationPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dtallystick.write-docs=true")
                .hasContent(page());
    }

    private static String page() {
        StringBuilder page = new StringBuilder(
                """
                # Configuration

                A setting comes from a flag of `./tallystick serve`, from a `TALLYSTICK_*` variable, from the file named by
                `--config FILE` (or `TALLYSTICK_CONFIG`), or from its default; the first of these that has it wins. The file
                is a `.properties` file in UTF-8: one `key=value` a line, `#` starts a comment. An unknown key or variable
                stops the start with exit code 2, naming the nearest known one. Settings are read once, at the start.

                This page is generated from the declaration of the settings, and a test compares the two.
                """);
        KnownSettings.ALL.forEach(setting -> page.append(section(setting)));
        return page.toString();
    }

    private static String section(Setting<?> setting) {
        String flag =
                switch (setting.flag()) {
                    case Setting.Flag.Unspoken _ -> "none";
                    case Setting.Flag.Switch _ -> "`" + setting.option() + "`";
                    case Setting.Flag.Valued(String label) -> "`%s %s`".formatted(setting.option(), label);
                };
        return """

                ## `%s`

                %s

                | | |
                |---|---|
                | default | %s |
                | value | %s |
                | flag | %s |
                | variable | `%s` |
                | if it is wrong | %s |
                """
                .formatted(
                        setting.key(),
                        setting.meaning(),
                        setting.initial().map(text -> "`" + text + "`").orElse("none"),
                        setting.type().expected(),
                        flag,
                        setting.variable(),
                        setting.symptom());
    }
}

package io.tallystick.server.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ApiPageTest {
    private static final String PAGE =
            """
            | status | code | when |
            |---|---|---|
            | 400 | `invalid` | always |

            | code | when |
            |---|---|
            | `missing` | never |
            | `invalid` | always |
            """;

    @Test
    void readsTheTableWithTheHeader() {
        assertThat(ApiPage.rows(PAGE, List.of("code"))).containsExactly(List.of("missing"), List.of("invalid"));
        assertThat(ApiPage.rows(PAGE, List.of("status", "code"))).containsExactly(List.of("400", "invalid"));
    }

    @Test
    void missesATableThatIsNotThere() {
        assertThatThrownBy(() -> ApiPage.rows(PAGE, List.of("field")))
                .hasMessage("Expected one table with the header [field] in docs/api.md, but there are 0.");
    }
}

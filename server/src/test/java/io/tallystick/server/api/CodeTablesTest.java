package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.http.Problem;
import io.tallystick.server.json.ApiPage;
import io.tallystick.server.json.Fault;
import io.tallystick.usage.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/api.md tells every code that a client can meet. */
final class CodeTablesTest {
    @Test
    void pageTellsEveryErrorWithItsStatus() throws IOException {
        assertThat(ApiPage.rows("status", "code"))
                .containsExactlyElementsOf(Stream.of(Problem.Code.values())
                        .map(code -> List.of(Integer.toString(code.status()), code.word()))
                        .toList());
    }

    @Test
    void pageTellsEveryFaultOfAField() throws IOException {
        assertThat(ApiPage.rows("code"))
                .containsExactlyElementsOf(Stream.of(Fault.Code.values())
                        .map(code -> List.of(code.word()))
                        .toList());
    }

    @Test
    void pageTellsEveryReasonWhyAMeasurementIsRefused() throws IOException {
        assertThat(ApiPage.rows("code in details"))
                .containsExactlyElementsOf(Stream.of(Refusal.Reason.values())
                        .map(reason -> List.of(reason.wireCode()))
                        .toList());
    }
}

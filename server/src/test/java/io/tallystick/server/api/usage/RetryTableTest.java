package io.tallystick.server.api.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.json.ApiPage;
import io.tallystick.usage.KeptRefusal;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/api.md tells every outcome that a client can meet. */
final class RetryTableTest {
    @Test
    void pageTellsEveryOutcomeOfARetry() throws IOException {
        assertThat(ApiPage.rows("outcome of a retry"))
                .containsExactlyElementsOf(Stream.of(RetryDoor.Outcome.values())
                        .map(outcome -> List.of(outcome.word()))
                        .toList());
    }

    @Test
    void pageTellsEveryOutcomeOfARefusal() throws IOException {
        assertThat(ApiPage.rows("outcome of a refusal"))
                .containsExactlyElementsOf(Stream.of(KeptRefusal.Outcome.values())
                        .map(outcome -> List.of(outcome.wireCode()))
                        .toList());
    }
}

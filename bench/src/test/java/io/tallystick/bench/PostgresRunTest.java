package io.tallystick.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.bench.event.Events;
import io.tallystick.bench.measure.Rate;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rival is real: a PostgreSQL server is started, filled and found exact. */
@Tag("needs-more")
@Timeout(120)
final class PostgresRunTest {
    @Test
    void takesEveryEventInOnceAndEndsWithItsDirectory() throws Exception {
        Path left;
        try (Workplace workplace = Workplace.in(Path.of("/var/tmp"), false);
                PostgresServer server = PostgresServer.start(workplace.path().resolve("postgres"))) {
            left = workplace.path();

            Rate rate = PostgresRun.run(server, new Events(1, 1, 100), 10_000, 30_000, 2);

            assertThat(rate.events()).isEqualTo(30_000);
            assertThat(rate.perSecond()).isPositive();
            assertThat(rate.cpu()).isPositive();
        }
        assertThat(left).doesNotExist();
    }
}

package io.tallystick.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.bench.measure.Rate;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What runs in processes of its own beside the server. */
@Timeout(60)
final class StoreRunTest {
    @Test
    void storeTakesEventsInAndItsIdentitiesAreLearntFromDisk() throws Exception {
        try (Workplace workplace = Workplace.in(Path.of("target"), false)) {
            String directory = workplace.path().toString();

            Rate rate = Rate.ofLine(workplace.run(StoreRun.class, List.of(directory, "1", "1000", "2000")));
            String learnt = workplace.run(IdentitiesRun.class, List.of("disk", directory));

            assertThat(rate.events()).isEqualTo(2_000);
            assertThat(rate.perSecond()).isPositive();
            assertThat(learnt).as("identities, ns, bytes before, bytes after").startsWith("2970 ");
        }
    }

    @Test
    void randomIdentitiesAreLearntWithoutAStore() throws Exception {
        try (Workplace workplace = Workplace.in(Path.of("target"), false)) {
            assertThat(workplace.run(IdentitiesRun.class, List.of("random", "10000")))
                    .startsWith("10000 ");
        }
    }
}

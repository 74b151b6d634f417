package io.tallystick.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SeedTest {
    @Test
    void namesTheSeedAndTheLineThatRerunsAFailure() {
        assertThatThrownBy(() -> Seed.runs(SeedTest.class, 3, random -> {
                    throw new IllegalStateException("planted");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("(?s)Failed in run 1 of 3 with seed (-?\\d+)\\. Rerun with: "
                        + "mvn -B -pl core test -Dtest=SeedTest -Dtallystick\\.seed=\\1\nplanted");
    }

    @Test
    void givesEachRunOtherNumbers() {
        List<Long> seen = new ArrayList<>();

        Seed.runs(SeedTest.class, 5, random -> seen.add(random.nextLong()));

        assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    }
}

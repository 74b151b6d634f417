package io.tallystick.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.cli.LambdaUsage.Invocation;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LambdaUsageTest {
    @Test
    void drawsTheSameInEveryRunAndOnEveryMachine() {
        assertThat(LambdaUsage.draw("pluto", 2, 42))
                .isEqualTo(LambdaUsage.draw("pluto", 3, 42).subList(0, 2));
        assertThat(LambdaUsage.draw("pluto", 1, 42))
                .containsExactly(new Invocation("pluto-000", Instant.parse("2024-12-11T16:38:50Z"), 64, 1_537));
    }

    @Test
    void staysWithinDecemberAndTheBoundsAndReachesThem() {
        List<Invocation> many = LambdaUsage.draw("pluto", 200_000, 1);

        assertThat(many)
                .allMatch(each ->
                        !each.at().isBefore(LambdaUsage.FROM) && each.at().isBefore(LambdaUsage.TO));
        assertThat(many.stream().mapToInt(Invocation::memoryGb).summaryStatistics())
                .satisfies(memory -> assertThat(memory.getMin()).isEqualTo(1))
                .satisfies(memory -> assertThat(memory.getMax()).isEqualTo(100));
        assertThat(many.stream().mapToInt(Invocation::timeS).summaryStatistics())
                .satisfies(time -> assertThat(time.getMin()).isEqualTo(1_000))
                .satisfies(time -> assertThat(time.getMax()).isEqualTo(5_000));
        assertThat(many.stream().map(Invocation::uid)).doesNotHaveDuplicates();
    }
}

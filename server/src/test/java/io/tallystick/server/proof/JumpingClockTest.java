package io.tallystick.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.seed.Seed;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The server's clock is set forwards and back by days while it works: no number depends on it. */
@Timeout(120)
final class JumpingClockTest {
    private static final int ROUNDS = 4;
    private static final int BATCH = 7;
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path directory;

    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> InstantSource.system().instant().plus(offset.get());
    private int round;

    @Test
    void billIsTheSameWhateverTheClockDidBetweenRequestsAndDuringTheJob() {
        try (InProcess server = InProcess.start(directory.resolve("data"), clock)) {
            Seed.runs(JumpingClockTest.class, ROUNDS, random -> {
                round++;
                offset.set(Duration.ZERO);
                World world = World.draw(random, "c" + round);
                World.Installed installed = world.install(server.client());
                String account = "c" + round + "-0";
                String id = world.subscribe(installed, account);
                List<Sample> samples = world.samples(random, 60, account, true);

                for (int from = 0; from < samples.size(); from += BATCH) {
                    List<Sample> batch = samples.subList(from, Math.min(samples.size(), from + BATCH));
                    assertThat(send(server.client(), batch, random).count("accepted"))
                            .isEqualTo(batch.size());
                    jump(random);
                    assertThat(send(server.client(), batch, random).count("duplicates"))
                            .isEqualTo(batch.size());
                    jump(random);
                }
                server.restart(() -> jump(random));
                String job = server.client().startJob("2025-01-01", List.of(id));
                jump(random);
                server.client().awaitJob(job);
                JsonNode bill = server.client().read("bills/latest/" + id);

                assertThat(Oracle.text(bill)).isEqualTo(Oracle.bill(world, samples));
            });
        }
    }

    @Test
    void refusesWhatIsAheadOfAClockThatIsBehindAndTakesItWhenTheClockIsRight() {
        World world = World.simple("late", "SUM", BigDecimal.ONE);
        try (InProcess server = InProcess.start(directory.resolve("data"), clock)) {
            Client client = server.client();
            world.subscribe(world.install(client), "late-0");
            Instant now = InstantSource.system().instant();
            Sample early = world.sample("early", "late-0", now, "1");
            Sample next = world.sample("next", "late-0", now, "1");
            RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
            assertThat(send(client, List.of(early), random).count("accepted")).isEqualTo(1);

            offset.set(DAY.multipliedBy(-2));
            Client.Answer behind = send(client, List.of(early, next), random);
            assertThat(behind.count("refused")).as(behind.body().toString()).isEqualTo(2);
            assertThat(behind.body().toString()).contains("timestamp_in_future");

            offset.set(Duration.ZERO);
            Client.Answer right = send(client, List.of(early, next), random);
            assertThat(right.count("duplicates")).as(right.body().toString()).isEqualTo(1);
            assertThat(right.count("accepted")).isEqualTo(1);
        }
    }

    private void jump(RandomGenerator random) {
        offset.set(DAY.multipliedBy(random.nextInt(3) - 1L));
    }

    private static Client.Answer send(Client client, List<Sample> samples, RandomGenerator random) {
        Client.Answer answer = client.measure(
                samples.stream().map(sample -> sample.json(random)).toList());
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer;
    }
}

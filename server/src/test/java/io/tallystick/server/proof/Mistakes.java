package io.tallystick.server.proof;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Measurements that are sent wrongly first, and mended afterwards, so that what counts at last is what was right.
 *
 * @param sent what is sent first: right ones, wrong ones under right uids, and some that should not be there
 * @param amended the right ones in place of the wrong ones
 * @param voided those that should not be there
 */
record Mistakes(List<Sample> sent, List<Sample> amended, List<Sample> voided) {
    private static final int BATCH_MAX = 8;

    static Mistakes draw(List<Sample> right, RandomGenerator random) {
        List<Sample> sent = new ArrayList<>();
        List<Sample> amended = new ArrayList<>();
        List<Sample> voided = new ArrayList<>();
        for (Sample sample : right) {
            boolean isWrong = sample.uid().isPresent() && random.nextInt(4) == 0;
            sent.add(isWrong ? wrong(sample, random) : sample);
            if (isWrong) {
                amended.add(sample);
            }
            if (sample.uid().isPresent() && random.nextInt(5) == 0) {
                Sample superfluous = new Sample(
                        Optional.of(sample.uid().get() + "-twin"),
                        sample.meter(),
                        sample.account(),
                        sample.at(),
                        sample.numbers(),
                        sample.texts());
                sent.add(superfluous);
                voided.add(superfluous);
            }
        }
        return new Mistakes(sent, amended, voided);
    }

    /** Of another account, another time, or another content. */
    private static Sample wrong(Sample sample, RandomGenerator random) {
        return switch (random.nextInt(3)) {
            case 0 ->
                new Sample(
                        sample.uid(),
                        sample.meter(),
                        sample.account().replace('b', 'a'),
                        sample.at(),
                        sample.numbers(),
                        sample.texts());
            case 1 ->
                new Sample(
                        sample.uid(),
                        sample.meter(),
                        sample.account(),
                        sample.at().minus(Duration.ofDays(40)),
                        sample.numbers(),
                        sample.texts());
            default -> sample.withOtherContent(random);
        };
    }

    /** Mends them in any order, some twice. */
    void mend(Client client, RandomGenerator random) {
        int times = 1 + random.nextInt(2);
        for (int time = 1; time <= times; time++) {
            boolean isFirst = time == 1;
            List<Sample> left = Sample.shuffled(amended, random);
            while (!left.isEmpty()) {
                List<Sample> batch = left.subList(0, 1 + random.nextInt(Math.min(left.size(), BATCH_MAX)));
                Client.Answer answer = client.post(
                        "measurements/amend",
                        batch.stream()
                                .map(sample -> sample.json(random))
                                .collect(joining(",", "{\"amendments\":[", "]}")));
                assertThat(answer.count(isFirst ? "amended" : "unchanged"))
                        .as(answer.body().toString())
                        .isEqualTo(batch.size());
                left = left.subList(batch.size(), left.size());
            }
            if (!voided.isEmpty()) {
                Client.Answer answer = client.post(
                        "measurements/void",
                        voided.stream()
                                .map(sample -> "{\"uid\":\"%s\",\"meter\":\"%s\"}"
                                        .formatted(sample.uid().orElseThrow(), sample.meter()))
                                .collect(joining(",", "{\"voids\":[", "]}")));
                assertThat(answer.count(isFirst ? "voided" : "alreadyVoided"))
                        .as(answer.body().toString())
                        .isEqualTo(voided.size());
            }
        }
    }
}

package io.tallystick.server.faults;

import static java.util.stream.Collectors.joining;

import io.tallystick.server.proof.Sample;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What one request voids, or amends; every uid stands in one of a script's wishes at most.
 *
 * @param number its place in the script
 * @param isVoid whether the measurements are to count no more; otherwise these are to count under their uids
 */
record Wish(int number, boolean isVoid, List<Sample> samples) {
    Wish {
        samples = List.copyOf(samples);
    }

    String path() {
        return isVoid ? "measurements/void" : "measurements/amend";
    }

    String body(RandomGenerator random) {
        return samples.stream()
                .map(sample -> isVoid
                        ? "{\"uid\":\"%s\",\"meter\":\"%s\",\"account\":\"%s\"}"
                                .formatted(sample.uid().orElseThrow(), sample.meter(), sample.account())
                        : sample.json(random))
                .collect(joining(",", isVoid ? "{\"voids\":[" : "{\"amendments\":[", "]}"));
    }
}

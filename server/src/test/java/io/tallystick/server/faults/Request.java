package io.tallystick.server.faults;

import io.tallystick.server.proof.Sample;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a client sends at once.
 *
 * @param number its place in the script
 * @param tear how the connection of its first sending ends too early
 */
record Request(int number, List<Element> elements, Optional<Tear> tear) {
    Request {
        elements = List.copyOf(elements);
    }

    /**
     * The client goes away before it has an answer.
     *
     * @param isWhole whether all was sent before
     * @param millis how long it waits before it goes
     * @param isReset whether it goes without a farewell
     */
    record Tear(boolean isWhole, int millis, boolean isReset) {}

    /** Measurements without a uid: each sending of them counts. */
    List<Sample> anonymous() {
        return samples().filter(sample -> sample.uid().isEmpty()).toList();
    }

    /** What a careful client sends again when it does not know whether the first sending arrived. */
    List<Element> withoutAnonymous() {
        return elements.stream()
                .filter(element -> switch (element) {
                    case Element.Whole(Sample sample, var _) -> sample.uid().isPresent();
                    case Element.Broken _ -> true;
                })
                .toList();
    }

    Stream<Sample> samples() {
        return elements.stream().flatMap(element -> switch (element) {
            case Element.Whole(Sample sample, var _) -> Stream.of(sample);
            case Element.Broken _ -> Stream.empty();
        });
    }
}

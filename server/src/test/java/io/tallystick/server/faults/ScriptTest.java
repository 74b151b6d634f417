package io.tallystick.server.faults;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.proof.Sample;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ScriptTest {
    private static final List<Script> SCRIPTS =
            IntStream.rangeClosed(1, 100).mapToObj(round -> Script.of(1, round)).toList();

    @Test
    void aRoundIsDrawnFromItsSeedAndNumberAlone() {
        assertThat(Script.of(1, 7)).isEqualTo(SCRIPTS.get(6)).isNotEqualTo(Script.of(1, 8));
        assertThat(Script.of(2, 7)).isNotEqualTo(SCRIPTS.get(6));
    }

    @Test
    void roundsMeetEveryKindOfFault() {
        assertThat(SCRIPTS.stream()
                        .flatMap(script -> script.faults().stream())
                        .map(Fault::getClass)
                        .collect(toSet()))
                .containsExactlyInAnyOrder(
                        Fault.Kill.class, Fault.KillInCheckpoint.class, Fault.KillTwice.class, Fault.Stall.class);
        assertThat(SCRIPTS.stream()
                        .flatMap(script -> script.requests().stream())
                        .flatMap(request -> request.tear().stream())
                        .map(Request.Tear::isWhole)
                        .collect(toSet()))
                .containsExactlyInAnyOrder(true, false);
    }

    @Test
    void halfOfTheRoundsAreKilledAndAFifthStallWithMeasurementsThatHaveNoUid() {
        assertThat(rounds(script -> script.faults().stream().anyMatch(ScriptTest::kills)))
                .isGreaterThanOrEqualTo(50);
        assertThat(rounds(script -> script.faults().stream().anyMatch(Fault.Stall.class::isInstance)
                        && script.requests().stream()
                                .anyMatch(request -> !request.anonymous().isEmpty())))
                .isGreaterThanOrEqualTo(20);
    }

    @Test
    void everyRoundSendsTwinsInOneRequestAndOtherContentsAndBrokenOnes() {
        assertThat(SCRIPTS).allSatisfy(script -> {
            Set<Sample> contents =
                    script.requests().stream().flatMap(Request::samples).collect(toSet());
            assertThat(script.requests()).anyMatch(ScriptTest::hasTwins);
            assertThat(contents.stream()
                            .flatMap(sample -> sample.uid().stream())
                            .distinct()
                            .count())
                    .as("uids of measurements with a uid")
                    .isLessThan(contents.stream()
                            .filter(sample -> sample.uid().isPresent())
                            .count());
            assertThat(script.requests().stream().flatMap(request -> request.elements().stream()))
                    .anyMatch(Element.Broken.class::isInstance);
        });
    }

    private static boolean kills(Fault fault) {
        return switch (fault) {
            case Fault.Kill _, Fault.KillInCheckpoint _, Fault.KillTwice _ -> true;
            case Fault.Stall stall -> stall.endsInKill();
        };
    }

    private static boolean hasTwins(Request request) {
        Set<String> uids = new HashSet<>();
        return request.samples().flatMap(sample -> sample.uid().stream()).anyMatch(uid -> !uids.add(uid));
    }

    private static long rounds(Predicate<Script> which) {
        return SCRIPTS.stream().filter(which).count();
    }
}

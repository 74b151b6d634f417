package io.tallystick.server.faults;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What a run was.
 *
 * @param scores of its rounds
 * @param roundBytesMax size of the largest directory of a round, at the end of the round
 * @param bytesLeft size of what is left of all rounds
 */
record Summary(List<Score> scores, long roundBytesMax, long bytesLeft) {
    Summary {
        scores = List.copyOf(scores);
    }

    long rounds(Predicate<Score> which) {
        return scores.stream().filter(which).count();
    }

    Score total() {
        return scores.stream().reduce(Score.NOTHING, Score::plus);
    }

    /** For the end of a run that took so long. */
    String text(double seconds) {
        return String.format(
                Locale.ROOT,
                """
                %d rounds without a difference in %.0f s, %.2f s a round: %s
                rounds with kill -9: %d, with one in a checkpoint: %d, with a stall and measurements without uid: %d
                directories: at most %.1f MB at the end of a round, %d bytes left of all""",
                scores.size(),
                seconds,
                seconds / scores.size(),
                total(),
                rounds(score -> score.kills() > 0),
                rounds(score -> score.killsInCheckpoint() > 0),
                rounds(score -> score.stalls() > 0 && score.anonymous() > 0),
                roundBytesMax / 1e6,
                bytesLeft);
    }
}

package io.tallystick.server.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One way in which measurements can arrive: stages follow each other, the lanes of a stage run at once, the batches of a
 * lane follow each other. All is drawn before it is sent.
 *
 * @param expected how many elements of all batches get each verdict
 */
record Delivery(List<Stage> stages, Map<String, Integer> expected) {
    private static final int BATCH_MAX = 8;

    record Stage(List<Lane> lanes) {}

    record Lane(List<List<String>> batches) {}

    /** Once, one after the other, in the order of the list. */
    static Delivery inOrder(List<Sample> samples, RandomGenerator random) {
        List<String> elements =
                samples.stream().map(sample -> sample.json(random)).toList();
        return new Delivery(
                List.of(new Stage(List.of(new Lane(split(elements, random))))), Map.of("accepted", samples.size()));
    }

    /**
     * In any order and split, many of them two or three times and written in other ways, mixed with elements that must
     * not count: other content under a known uid, and malformed ones under any. What differs from its original comes
     * later than the original, in the same lane or a later stage, so that which came first is no question of luck.
     */
    static Delivery shuffled(List<Sample> samples, RandomGenerator random, int stageCount, int laneCount) {
        Map<String, Integer> expected = new LinkedHashMap<>();
        expected.put("accepted", samples.size());
        List<Sample> left = Sample.shuffled(samples, random);
        List<Sample> earlier = new ArrayList<>();
        List<Stage> stages = new ArrayList<>();
        for (int stage = 1; stage <= stageCount; stage++) {
            List<Sample> now = left.subList(0, samples.size() * stage / stageCount - earlier.size());
            List<List<String>> lanes = new ArrayList<>();
            List<List<Sample>> own = new ArrayList<>();
            for (int lane = 0; lane < laneCount; lane++) {
                lanes.add(new ArrayList<>());
                own.add(new ArrayList<>(earlier));
            }
            for (Sample sample : now) {
                int lane = random.nextInt(laneCount);
                lanes.get(lane).add(sample.json(random));
                own.get(lane).add(sample);
                disturb(sample, own.get(lane), lanes.get(lane), expected, random);
                copies(sample, lanes, expected, random);
            }
            stages.add(new Stage(
                    lanes.stream().map(lane -> new Lane(split(lane, random))).toList()));
            earlier.addAll(now);
            left = left.subList(now.size(), left.size());
        }
        return new Delivery(stages, expected);
    }

    private static void disturb(
            Sample sample,
            List<Sample> known,
            List<String> lane,
            Map<String, Integer> expected,
            RandomGenerator random) {
        Sample original = known.get(random.nextInt(known.size()));
        if (original.uid().isPresent() && random.nextInt(4) == 0) {
            lane.add(original.withOtherContent(random).json(random));
            expected.merge("conflicts", 1, Integer::sum);
        }
        if (original.uid().isPresent() && random.nextInt(4) == 0) {
            lane.add(original.json(random));
            expected.merge("duplicates", 1, Integer::sum);
        }
        if (sample.uid().isPresent() && random.nextInt(6) == 0) {
            lane.addFirst(sample.malformed(random));
            expected.merge("refused", 1, Integer::sum);
        }
    }

    /** In any lane, before or after the original: they race, and one of them counts. */
    private static void copies(
            Sample sample, List<List<String>> lanes, Map<String, Integer> expected, RandomGenerator random) {
        if (sample.uid().isEmpty()) {
            return;
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            List<String> lane = lanes.get(random.nextInt(lanes.size()));
            lane.add(random.nextInt(lane.size() + 1), sample.json(random));
            expected.merge("duplicates", 1, Integer::sum);
        }
    }

    private static List<List<String>> split(List<String> elements, RandomGenerator random) {
        List<List<String>> batches = new ArrayList<>();
        for (int from = 0; from < elements.size(); ) {
            int to = Math.min(elements.size(), from + 1 + random.nextInt(BATCH_MAX));
            batches.add(List.copyOf(elements.subList(from, to)));
            from = to;
        }
        return batches;
    }
}

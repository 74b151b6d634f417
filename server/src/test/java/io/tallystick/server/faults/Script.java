package io.tallystick.server.faults;

import io.tallystick.server.proof.Sample;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Everything a round does, drawn from its seed before it begins.
 *
 * @param clients how many send at once
 * @param requests in the order in which they are taken up
 * @param faults in their order
 * @param wishes what is voided and amended when all requests are acknowledged
 * @param kills after how many answers to wishes the server is killed, each time
 * @param seed of what is drawn while it is played
 */
record Script(
        Scene scene,
        int clients,
        List<Request> requests,
        List<Fault> faults,
        List<Wish> wishes,
        List<Integer> kills,
        long seed) {
    private static final int FRESH_MIN = 300;
    private static final int FRESH_MAX = 2_500;
    private static final int BATCH_MAX = 300;

    /** DuckDB moves its log into its file when the log has 16 MB. */
    private static final int LOG_BYTES = 17_000_000;

    private static final int WISHES = 20;
    private static final int WISH_MAX = 10;
    private static final BigDecimal AMENDED_BY = BigDecimal.valueOf(7);

    private static final int BALLAST_BYTES = 400_000;

    Script {
        requests = List.copyOf(requests);
        faults = List.copyOf(faults);
        wishes = List.copyOf(wishes);
        kills = List.copyOf(kills);
    }

    /** The script of one round of a run. */
    static Script of(long seed, int round) {
        // a generator of its own for every round: any of them can be drawn without those before it
        return draw(new SplittableRandom(new SplittableRandom(seed).nextLong() + round * 0x9E3779B97F4A7C15L));
    }

    static Script draw(RandomGenerator random) {
        Scene scene = Scene.draw(random);
        List<Fault> faults = faults(random);
        List<Element> elements = Sample.shuffled(elements(scene, random), random);
        List<Request> requests = new ArrayList<>();
        boolean isTorn = random.nextBoolean();
        for (int from = 0; from < elements.size(); ) {
            int to = Math.min(elements.size(), from + batchSize(random));
            requests.add(
                    new Request(requests.size(), elements.subList(from, to), isTorn ? tear(random) : Optional.empty()));
            from = to;
        }
        if (faults.stream().anyMatch(Fault.KillInCheckpoint.class::isInstance)) {
            requests = withBallast(requests, random);
        }
        return new Script(
                scene,
                2 + random.nextInt(5),
                requests,
                faults,
                wishes(elements, random),
                random.nextInt(3) == 0 ? List.of() : List.of(random.nextInt(WISHES)),
                random.nextLong());
    }

    /** Of measurements with a uid, each in one wish at most; amended to what no other content of the uid is. */
    private static List<Wish> wishes(List<Element> elements, RandomGenerator random) {
        Map<String, Sample> byUid = new TreeMap<>();
        elements.forEach(element -> {
            switch (element) {
                case Element.Whole(Sample sample, var _) ->
                    sample.uid().ifPresent(uid -> byUid.putIfAbsent(uid, sample));
                case Element.Broken _ -> {}
            }
        });
        List<Sample> samples = Sample.shuffled(List.copyOf(byUid.values()), random);
        List<Wish> wishes = new ArrayList<>();
        for (int from = 0; wishes.size() < WISHES; ) {
            int to = Math.min(samples.size(), from + 1 + random.nextInt(WISH_MAX));
            boolean isVoid = random.nextBoolean();
            wishes.add(new Wish(
                    wishes.size(),
                    isVoid,
                    samples.subList(from, to).stream()
                            .map(sample -> isVoid ? sample : sample.plus(AMENDED_BY))
                            .toList()));
            from = to;
        }
        return wishes;
    }

    /** How many of the well formed measurements of the script carry each uid. */
    Map<String, Integer> mentions() {
        Map<String, Integer> mentions = new HashMap<>();
        requests.stream()
                .flatMap(Request::samples)
                .flatMap(sample -> sample.uid().stream())
                .forEach(uid -> mentions.merge(uid, 1, Integer::sum));
        return mentions;
    }

    private static List<Fault> faults(RandomGenerator random) {
        List<Fault> faults = new ArrayList<>();
        int count = List.of(0, 1, 1, 1, 1, 2, 2, 3).get(random.nextInt(8));
        for (int i = 0; i < count; i++) {
            faults.add(
                    switch (random.nextInt(9)) {
                        case 8 -> new Fault.KillTwice(random.nextInt(12), random.nextInt(700));
                        case 0, 1, 2 -> new Fault.Kill(random.nextInt(12), random.nextInt(40));
                        case 3, 4 -> new Fault.Stall(random.nextInt(12), 20 + random.nextInt(400), true);
                        case 5, 6 -> new Fault.Stall(random.nextInt(12), 20 + random.nextInt(400), false);
                        default -> new Fault.KillInCheckpoint(random.nextInt(30));
                    });
        }
        return faults;
    }

    /** Fresh ones with and without uid, copies, other contents under a known uid, and broken ones. */
    private static List<Element> elements(Scene scene, RandomGenerator random) {
        List<Element> elements = new ArrayList<>();
        Set<Instant> anonymousTimes = new HashSet<>();
        int fresh = FRESH_MIN + random.nextInt(FRESH_MAX - FRESH_MIN);
        for (int i = 0; i < fresh; i++) {
            boolean isAnonymous = random.nextInt(7) == 0;
            Sample sample = scene.sample(random, isAnonymous ? Optional.empty() : Optional.of(uid(random, i)));
            if (isAnonymous && !anonymousTimes.add(sample.at())) {
                // another one has this time: they could not be told apart
                continue;
            }
            elements.add(whole(sample, random));
            if (!isAnonymous) {
                for (int copies = random.nextInt(9) - 6; copies > 0; copies--) {
                    elements.add(whole(sample, random));
                }
                for (int others = random.nextInt(12) - 10; others > 0; others--) {
                    elements.add(whole(sample.withOtherContent(random), random));
                }
                if (random.nextInt(15) == 0) {
                    elements.add(new Element.Broken(sample.malformed(random)));
                }
            }
        }
        return elements;
    }

    /** A canonical UUID is stored in another way than any other text. */
    private static String uid(RandomGenerator random, int number) {
        return random.nextBoolean()
                ? "text-" + number
                : "%08x-0000-4000-8000-%012x".formatted(random.nextInt(), number);
    }

    private static Element whole(Sample sample, RandomGenerator random) {
        return new Element.Whole(sample, sample.json(random));
    }

    private static int batchSize(RandomGenerator random) {
        return 1 + random.nextInt(Scene.any(random, List.of(1, 10, 60, BATCH_MAX)));
    }

    private static Optional<Request.Tear> tear(RandomGenerator random) {
        return random.nextInt(8) > 0
                ? Optional.empty()
                : Optional.of(new Request.Tear(random.nextInt(4) > 0, random.nextInt(30), random.nextBoolean()));
    }

    /** Refused elements are kept with all they said, so large ones fill the log and cost the oracle nothing. */
    private static List<Request> withBallast(List<Request> requests, RandomGenerator random) {
        StringBuilder digits = new StringBuilder();
        while (digits.length() < 2 * BALLAST_BYTES) {
            digits.append(Long.toHexString(random.nextLong()));
        }
        List<List<Element>> all = new ArrayList<>();
        for (int i = 0; i < LOG_BYTES / BALLAST_BYTES + 1; i++) {
            int from = random.nextInt(BALLAST_BYTES);
            all.add(List.of(new Element.Broken("{\"account\":\"made0\",\"uid\":\"ballast %d\",\"what\":{\"t\":\"%s\"}}"
                    .formatted(i, digits.substring(from, from + BALLAST_BYTES)))));
        }
        List<Request> mixed = new ArrayList<>();
        // most of the ordinary ones come when the log is about full
        int early = requests.size() / 4;
        List<Integer> order =
                Sample.shuffled(IntStream.range(0, all.size() + early).boxed().toList(), random);
        for (int place : order) {
            List<Element> elements = place < all.size()
                    ? all.get(place)
                    : requests.get(place - all.size()).elements();
            Optional<Request.Tear> tear = place < all.size()
                    ? Optional.empty()
                    : requests.get(place - all.size()).tear();
            mixed.add(new Request(mixed.size(), elements, tear));
        }
        requests.subList(early, requests.size())
                .forEach(request -> mixed.add(new Request(mixed.size(), request.elements(), request.tear())));
        return mixed;
    }
}

package io.tallystick.server.faults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.proof.Client;
import io.tallystick.server.proof.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the clients of a round sent and what they were told. Each answer is held against all answers before it. For any
 * thread.
 */
final class Ledger {
    /** Verdicts that come with a measurement that counts. */
    private static final Set<String> REMARKS = Set.of("undefined_field", "calculation_error");

    private final Map<String, Integer> mentions;
    private final Map<String, Sample> counting = new HashMap<>();
    private final Map<String, Set<Sample>> conflicting = new HashMap<>();
    private final Map<Integer, Story> stories = new HashMap<>();
    private long acceptedCount;
    private long unansweredCount;

    Ledger(Script script) {
        mentions = script.mentions();
        script.requests().forEach(request -> stories.put(request.number(), new Story(request)));
    }

    /**
     * One way of a request to the server.
     *
     * @param acceptedMin what of it nobody has sent before, so that it must be new
     * @param acceptedMax what of it nobody was told to count, so that it may be new
     */
    record Sending(Request request, List<Element> elements, boolean hasAnonymous, int acceptedMin, int acceptedMax) {}

    /** What became of a request so far. */
    private static final class Story {
        private final Request request;
        private int sendings;
        private int answers;
        private int anonymousAnswered;
        private int anonymousUnanswered;

        Story(Request request) {
            this.request = request;
        }
    }

    /** What became of a request's measurements without uid. */
    record Anonymous(Request request, int timesMin, int timesMax) {}

    /** Notes that a request is about to be sent, with or without its measurements that have no uid. */
    synchronized Sending begin(Request request, boolean withAnonymous) {
        Story story = story(request);
        List<Element> elements = withAnonymous ? request.elements() : request.withoutAnonymous();
        int anonymous = withAnonymous ? request.anonymous().size() : 0;
        Set<String> unknown = new HashSet<>();
        int unmentioned = 0;
        for (String uid :
                request.samples().flatMap(sample -> sample.uid().stream()).toList()) {
            if (!counting.containsKey(uid)) {
                unknown.add(uid);
            }
            if (story.sendings == 0 && isMentionedOnce(uid)) {
                unmentioned++;
            }
        }
        story.sendings++;
        return new Sending(request, elements, withAnonymous, anonymous + unmentioned, anonymous + unknown.size());
    }

    /** Notes that the whole of a request was never sent: it cannot count. */
    synchronized void neverSent(Sending sending) {
        story(sending.request()).sendings--;
    }

    /** Notes that there was no answer. */
    synchronized void unanswered(Sending sending) {
        unansweredCount += sending.elements().size();
        story(sending.request()).anonymousUnanswered += sending.hasAnonymous() ? 1 : 0;
    }

    /** Notes an answer with success. */
    synchronized void answered(Sending sending, Client.Answer answer) {
        assertThat(answer.status()).as("answer %s", answer.body()).isEqualTo(200);
        Map<Integer, String> verdicts = verdicts(answer.body());
        int refused = 0;
        int conflicts = 0;
        for (int i = 0; i < sending.elements().size(); i++) {
            Optional<String> verdict = Optional.ofNullable(verdicts.get(i));
            switch (sending.elements().get(i)) {
                case Element.Broken(String json) -> {
                    assertThat(verdict.isPresent() && !verdict.get().equals("conflict"))
                            .as("verdict %s on a broken measurement: %s", verdict, json)
                            .isTrue();
                    refused++;
                }
                case Element.Whole(Sample sample, var _) -> conflicts += told(sample, verdict);
            }
        }
        int accepted = answer.count("accepted");
        assertThat(List.of(answer.count("conflicts"), answer.count("refused")))
                .as(
                        "conflicts and refused measurements of %d in the answer %s",
                        sending.elements().size(), answer.body())
                .isEqualTo(List.of(conflicts, refused));
        assertThat(accepted + answer.count("duplicates") + conflicts + refused)
                .as("verdicts in the answer %s", answer.body())
                .isEqualTo(sending.elements().size());
        assertThat(accepted)
                .as(
                        "measurements of request %d that are new, in the answer %s",
                        sending.request().number(), answer.body())
                .isBetween(sending.acceptedMin(), sending.acceptedMax());
        acceptedCount += accepted;
        Story story = story(sending.request());
        story.answers++;
        story.anonymousAnswered += sending.hasAnonymous() ? 1 : 0;
    }

    /** Whether a request was answered at least once. */
    synchronized boolean isAnswered(Request request) {
        return story(request).answers > 0;
    }

    /** The one measurement of each uid that counts, as far as answers have told. */
    synchronized Map<String, Sample> counting() {
        return Map.copyOf(counting);
    }

    /** How often the measurements without uid of each request may count. */
    synchronized List<Anonymous> anonymous() {
        return stories.values().stream()
                .map(story -> new Anonymous(
                        story.request, story.anonymousAnswered, story.anonymousAnswered + story.anonymousUnanswered))
                .toList();
    }

    /**
     * Of each request that was sent once and got no answer, its measurements that no other request has: all of them count
     * or none.
     */
    synchronized Collection<List<Sample>> wholeOrNotAtAll() {
        List<List<Sample>> groups = new ArrayList<>();
        for (Story story : stories.values()) {
            if (story.sendings == 1 && story.answers == 0) {
                groups.add(story.request
                        .samples()
                        .filter(sample ->
                                sample.uid().map(this::isMentionedOnce).orElse(true))
                        .toList());
            }
        }
        return groups;
    }

    /** How many measurements were told to be new. */
    synchronized long acceptedCount() {
        return acceptedCount;
    }

    /** How many measurements were sent without an answer. */
    synchronized long unansweredCount() {
        return unansweredCount;
    }

    /** Whether it is a conflict, 1 or 0. */
    private int told(Sample sample, Optional<String> verdict) {
        assertThat(verdict.orElse("conflict")).as("verdict on %s", sample).isEqualTo("conflict");
        if (sample.uid().isEmpty()) {
            assertThat(verdict).as("verdict on %s", sample).isEmpty();
            return 0;
        }
        String uid = sample.uid().get();
        Set<Sample> others = conflicting.computeIfAbsent(uid, _ -> new HashSet<>());
        if (verdict.isPresent()) {
            others.add(sample);
        } else {
            Sample first = counting.computeIfAbsent(uid, _ -> sample);
            assertThat(sample)
                    .as("content told to count under a uid that has other content")
                    .isEqualTo(first);
        }
        Optional.ofNullable(counting.get(uid)).ifPresent(first -> assertThat(others)
                .as("contents told to conflict with the one that counts under %s", uid)
                .doesNotContain(first));
        return verdict.isPresent() ? 1 : 0;
    }

    private boolean isMentionedOnce(String uid) {
        return mentions.getOrDefault(uid, 0) == 1;
    }

    private Story story(Request request) {
        return requireNonNull(stories.get(request.number()));
    }

    /** The verdicts that an answer tells one by one: those on measurements that are neither new nor duplicates. */
    private static Map<Integer, String> verdicts(JsonNode answer) {
        Map<Integer, String> verdicts = new HashMap<>();
        for (JsonNode detail : answer.path("details")) {
            String code = detail.get("code").stringValue();
            if (!REMARKS.contains(code)) {
                verdicts.put(detail.get("index").intValue(), code);
            }
        }
        return verdicts;
    }
}

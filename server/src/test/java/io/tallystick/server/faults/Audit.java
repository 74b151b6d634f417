package io.tallystick.server.faults;

import static java.util.Objects.requireNonNull;

import io.tallystick.server.proof.Client;
import io.tallystick.server.proof.Metered;
import io.tallystick.server.proof.Sample;
import io.tallystick.time.Period;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds everything a server says against what its clients were told. The server is quiet meanwhile. */
final class Audit {
    private final Script script;
    private final Ledger ledger;
    private final Correctors correctors;
    private final Client client;
    private final Map<String, Metered> meters;
    private final Map<Sample, Row> shown = new HashMap<>();
    private final Findings findings = new Findings();

    Audit(Script script, Ledger ledger, Correctors correctors, Client client) {
        this.script = script;
        this.ledger = ledger;
        this.correctors = correctors;
        this.client = client;
        meters = script.scene().meters().stream().collect(Collectors.toMap(Metered::code, Function.identity()));
    }

    /**
     * After a restart, before anything is sent again: what was acknowledged is there once, what was not is there once or
     * not at all, and no request is there in part.
     */
    void afterRestart() {
        rows();
        findings.throwIfAny();
    }

    /** When everything is acknowledged: the same, and every aggregate of every account and hour. Gives what counts. */
    List<Sample> atTheEnd(Map<String, String> meterIds) {
        Map<String, Sample> counting = ledger.counting();
        script.mentions().keySet().stream()
                .filter(uid -> !counting.containsKey(uid))
                .forEach(uid ->
                        findings.add("uid %s: expected an answer that it counts, but there was none".formatted(uid)));
        List<Sample> all = rows();
        long voided = script.wishes().stream()
                .filter(Wish::isVoid)
                .mapToLong(wish -> wish.samples().size())
                .sum();
        long untold = all.size() + voided - ledger.acceptedCount();
        if (untold < 0 || untold > ledger.unansweredCount()) {
            findings.add(
                    "expected %d measurements that were told to be new and at most %d that were not answered, but %d count"
                            .formatted(ledger.acceptedCount(), ledger.unansweredCount(), all.size()));
        }
        Map<Question, CompletableFuture<Question.Table>> asked = new LinkedHashMap<>();
        for (Metered meter : script.scene().meters()) {
            for (Period window : script.scene().windows()) {
                Question question = new Question(meter, requireNonNull(meterIds.get(meter.code())), window);
                asked.put(question, CompletableFuture.supplyAsync(() -> question.ask(client)));
            }
        }
        asked.forEach((question, answer) -> findings.compare(question, question.expect(all), answer.join()));
        findings.throwIfAny();
        return all;
    }

    /** Compares the measurements one by one, and gives those that count. */
    private List<Sample> rows() {
        Map<Row, Integer> rows = new HashMap<>();
        Question.measurements(client).forEach(row -> rows.merge(row, 1, Integer::sum));
        List<Sample> counting = new ArrayList<>();
        Set<Row> explained = new HashSet<>();
        Map<String, Sample> told = ledger.counting();
        Map<String, Integer> contents = new HashMap<>();
        Set<String> corrected = corrected(told, rows, counting, explained);
        script.requests().stream().flatMap(Request::samples).distinct().forEach(sample -> {
            Row row = row(sample);
            if (sample.uid().isPresent() && !corrected.contains(sample.uid().get())) {
                String uid = sample.uid().get();
                int times = rows.getOrDefault(row, 0);
                boolean must = sample.equals(told.get(uid));
                boolean may = must || !told.containsKey(uid);
                if (times > (may ? 1 : 0) || (must && times == 0)) {
                    findings.add("uid %s: expected %s, but it is there %d times: %s"
                            .formatted(uid, wanted(must, may), times, row));
                }
                if (times > 0 && contents.merge(uid, 1, Integer::sum) > 1) {
                    findings.add("uid %s: expected one content, but there are more: %s".formatted(uid, row));
                }
                if (must || times > 0) {
                    counting.add(sample);
                }
                explained.add(row);
            }
        });
        ledger.anonymous().forEach(story -> explained.addAll(anonymous(story, rows, counting)));
        ledger.wholeOrNotAtAll().forEach(request -> whole(request, rows));
        rows.keySet().stream()
                .filter(row -> !explained.contains(row))
                .forEach(row -> findings.add("expected what was sent, but there is %s".formatted(row)));
        return counting;
    }

    /**
     * What was to be voided or amended: all of a wish, or nothing of it, which is possible until it is acknowledged. Gives the
     * uids.
     */
    private Set<String> corrected(
            Map<String, Sample> told, Map<Row, Integer> rows, List<Sample> counting, Set<Row> explained) {
        Set<String> uids = new HashSet<>();
        script.wishes().stream().filter(correctors::isSent).forEach(wish -> {
            Set<Boolean> done = new HashSet<>();
            for (Sample after : wish.samples()) {
                String uid = after.uid().orElseThrow();
                Sample before = requireNonNull(told.get(uid), "corrected after it was acknowledged");
                int befores = rows.getOrDefault(row(before), 0);
                int afters = wish.isVoid() ? 0 : rows.getOrDefault(row(after), 0);
                boolean isDone = befores == 0 && afters == (wish.isVoid() ? 0 : 1);
                if (!isDone && (correctors.isAcknowledged(wish) || befores != 1 || afters != 0)) {
                    findings.add("uid %s: expected it %s, but as it was it is there %d times, amended %d times"
                            .formatted(uid, wish.isVoid() ? "voided" : "amended", befores, afters));
                }
                if (!isDone || !wish.isVoid()) {
                    counting.add(isDone ? after : before);
                }
                done.add(isDone);
                uids.add(uid);
                explained.add(row(before));
                explained.add(row(after));
            }
            if (done.size() > 1) {
                findings.add(
                        "corrections %d: expected all of them or none, but there is a part".formatted(wish.number()));
            }
        });
        return uids;
    }

    /** Each sending of a request adds all of its measurements without uid, or none. */
    private List<Row> anonymous(Ledger.Anonymous story, Map<Row, Integer> rows, List<Sample> counting) {
        List<Row> explained = new ArrayList<>();
        Set<Integer> times = new HashSet<>();
        for (Sample sample : story.request().anonymous()) {
            Row row = row(sample);
            int there = rows.getOrDefault(row, 0);
            times.add(there);
            if (there < story.timesMin() || there > story.timesMax()) {
                findings.add("without uid: expected %d to %d times, but it is there %d times: %s"
                        .formatted(story.timesMin(), story.timesMax(), there, row));
            }
            counting.addAll(Collections.nCopies(there, sample));
            explained.add(row);
        }
        if (times.size() > 1) {
            findings.add(
                    "request %d: expected its measurements without uid as often as each other, but they are there %s times"
                            .formatted(story.request().number(), times));
        }
        return explained;
    }

    private void whole(List<Sample> request, Map<Row, Integer> rows) {
        long there =
                request.stream().filter(sample -> rows.containsKey(row(sample))).count();
        if (there != 0 && there != request.size()) {
            findings.add(
                    "a request without an answer: expected all of its %d measurements or none, but %d are there, not %s"
                            .formatted(
                                    request.size(),
                                    there,
                                    request.stream()
                                            .map(this::row)
                                            .filter(row -> !rows.containsKey(row))
                                            .findFirst()));
        }
    }

    private static String wanted(boolean must, boolean may) {
        return must ? "once" : may ? "once at most" : "never, because other content counts";
    }

    private Row row(Sample sample) {
        return shown.computeIfAbsent(sample, each -> Row.of(requireNonNull(meters.get(each.meter())), each));
    }
}

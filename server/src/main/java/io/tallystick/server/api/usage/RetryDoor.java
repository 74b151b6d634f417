package io.tallystick.server.api.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.json.Faults;
import io.tallystick.server.json.Json;
import io.tallystick.usage.KeptQuery;
import io.tallystick.usage.KeptQuery.Filter.OfRefusals;
import io.tallystick.usage.KeptQuery.Place;
import io.tallystick.usage.KeptRefusal;
import io.tallystick.usage.Refusal;
import io.tallystick.usage.Submission;
import io.tallystick.usage.UsageStore;
import io.tallystick.usage.intake.Intake;
import io.tallystick.usage.intake.Reply;
import io.tallystick.usage.intake.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /organizations/{orgId}/measurements/refused/retry}: sends refused elements again, as they were sent first, by
 * what is defined now; they are received now. A refusal ends in the commit that counts its element, so however often it is
 * retried it counts once. One that is refused with the same words stays as it is; refused with others it ends, and a new
 * one takes its place. Ours.
 */
public final class RetryDoor {
    private static final Logger LOG = LoggerFactory.getLogger(RetryDoor.class);

    /** As many as {@code POST /measurements} takes. */
    private static final int ELEMENTS_MAX = 1000;

    private final UsageStore usage;
    private final Intake intake;
    private final MeasurementsDoor measurements;

    public RetryDoor(UsageStore usage, Intake intake, MeasurementsDoor measurements) {
        this.usage = usage;
        this.intake = intake;
        this.measurements = measurements;
    }

    /** What became of one refusal, as clients see it. */
    enum Outcome {
        ACCEPTED("accepted", "accepted"),
        DUPLICATE("duplicate", "duplicates"),
        CONFLICT("conflict", "conflicts"),
        REFUSED("refused", "refused"),
        ALREADY_RESENT("already_resent", "alreadyResent"),
        NOT_FOUND("not_found", "notFound");

        private final String word;
        private final String count;

        /**
         * @param word on the wire
         * @param count name of the number of them
         */
        Outcome(String word, String count) {
            this.word = word;
            this.count = count;
        }

        String word() {
            return word;
        }
    }

    /**
     * One line of the answer.
     *
     * @param refusal why it is refused now, where it is
     */
    private record Result(Place place, Outcome outcome, Optional<Refusal> refusal) {}

    public Answer retry(Call call) {
        return call.withObjectOrNothing(body -> {
            Faults faults = new Faults();
            KeptParameters parameters = KeptParameters.ofBody(body, faults);
            Optional<KeptParameters.Token> token = parameters.token();
            KeptQuery<OfRefusals> query = RefusedDoor.query(call, parameters, token, ELEMENTS_MAX);
            return faults.isEmpty()
                    ? KeptParameters.answer(() -> retry(call, query))
                    : Answer.problem(Problem.of(faults.found()));
        });
    }

    private Answer retry(Call call, KeptQuery<OfRefusals> query) {
        KeptRefusal.Page page = usage.refusals(query);
        List<Result> results = new ArrayList<>();
        page.refusals().stream()
                .filter(kept -> kept.resent().isPresent())
                .forEach(kept -> results.add(new Result(kept.place(), Outcome.ALREADY_RESENT, Optional.empty())));
        unknown(query, page).forEach(place -> results.add(new Result(place, Outcome.NOT_FOUND, Optional.empty())));
        List<KeptRefusal> open =
                page.refusals().stream().filter(kept -> kept.resent().isEmpty()).toList();
        Resending resending = resending(call, open, results);
        return switch (intake.submit(resending.submission())) {
            case Reply.Receipt receipt -> {
                for (int i = 0; i < receipt.verdicts().size(); i++) {
                    results.add(resending.result(i, receipt.verdicts().get(i)));
                }
                yield Answer.ok(write(results, page));
            }
            case Reply refused -> Answer.problem(problem(refused));
        };
    }

    /** What goes to the intake; elements that are refused with the same words as before do not. */
    private record Resending(Submission submission) {
        Result result(int index, Verdict verdict) {
            Place place = submission.resent().get(index);
            Optional<Refusal> refusal =
                    submission.elements().get(index) instanceof Refusal again ? Optional.of(again) : Optional.empty();
            return switch (verdict) {
                case ACCEPTED -> new Result(place, Outcome.ACCEPTED, Optional.empty());
                case DUPLICATE -> new Result(place, Outcome.DUPLICATE, Optional.empty());
                case CONFLICT, VOIDED -> new Result(place, Outcome.CONFLICT, Optional.empty());
                case REFUSED -> new Result(place, Outcome.REFUSED, refusal);
                case ALREADY_RESENT -> new Result(place, Outcome.ALREADY_RESENT, Optional.empty());
            };
        }
    }

    private Resending resending(Call call, List<KeptRefusal> open, List<Result> results) {
        List<Submission.Element> elements = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        if (!open.isEmpty()) {
            List<Submission.Element> read = measurements.readAgain(call, body(open));
            for (int i = 0; i < read.size(); i++) {
                KeptRefusal before = open.get(i);
                if (read.get(i) instanceof Refusal again && isTheSame(before.refusal(), again)) {
                    results.add(new Result(before.place(), Outcome.REFUSED, Optional.of(again)));
                } else {
                    elements.add(read.get(i));
                    places.add(before.place());
                }
            }
        }
        return new Resending(new Submission(elements, places));
    }

    private static byte[] body(List<KeptRefusal> refusals) {
        return refusals.stream()
                .map(kept -> kept.refusal().payload())
                .collect(joining(",", "{\"measurements\":[", "]}"))
                .getBytes(UTF_8);
    }

    private static boolean isTheSame(Refusal before, Refusal again) {
        return before.reason() == again.reason() && before.text().equals(again.text());
    }

    /** Places that were named and are not there, or do not pass what else was asked for. */
    private static Set<Place> unknown(KeptQuery<OfRefusals> query, KeptRefusal.Page page) {
        if (page.next().isPresent()) {
            return Set.of(); // what is not on this page may be on the next
        }
        Set<Place> unknown = new HashSet<>(query.filter().places());
        unknown.removeAll(page.refusals().stream().map(KeptRefusal::place).collect(toSet()));
        query.after().ifPresent(after -> unknown.removeIf(place -> !isBehind(place, after)));
        return unknown;
    }

    private static boolean isBehind(Place place, Place after) {
        return place.commit() < after.commit()
                || (place.commit() == after.commit() && place.position() < after.position());
    }

    private static Problem problem(Reply refused) {
        return switch (refused) {
            case Reply.Receipt _ -> throw new IllegalStateException("Expected no receipt, but was one.");
            case Reply.Overloaded(Duration waited) ->
                Problem.of(
                        Problem.Code.OVERLOADED,
                        "Expected room in the queue, but it was full for %d s. Nothing was resent; repeat the retry."
                                .formatted(waited.toSeconds()));
            case Reply.IdentityBudgetReached _ ->
                Problem.of(
                        Problem.Code.IDENTITY_BUDGET_REACHED,
                        "Expected memory for the uids of what is resent, but intake.identity-memory is used up. Nothing was resent; raise the setting, restart, and repeat the retry.");
            case Reply.Closing _ ->
                Problem.of(
                        Problem.Code.UNAVAILABLE,
                        "Expected the server to take measurements in, but it is stopping, or cannot any more and its log says why. Nothing was resent; repeat the retry.");
            case Reply.OutcomeUnknown(String text) -> {
                LOG.error("door=retry outcome=unknown reason=\"{}\"", text);
                yield Problem.of(
                        Problem.Code.UNAVAILABLE,
                        "Expected the disk to take what was resent, but it failed; whether it is kept is unknown. Repeat the retry: what was kept is answered as already_resent.");
            }
        };
    }

    private static Json write(List<Result> results, KeptRefusal.Page page) {
        Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, 0L);
        }
        results.forEach(result -> counts.merge(result.outcome(), 1L, Long::sum));
        Json.ObjBuilder body = Json.obj();
        counts.forEach((outcome, count) -> body.with(outcome.count, count));
        body.with("left", page.behind());
        page.next()
                .ifPresent(next ->
                        body.with(KeptParameters.NEXT_TOKEN, new KeptParameters.Token(page.watermark(), next).text()));
        return body.with(
                        "data",
                        new Json.Arr(results.stream().map(RetryDoor::write).toList()))
                .build();
    }

    private static Json write(Result result) {
        Json.ObjBuilder body = Json.obj()
                .with("id", KeptParameters.id(result.place()))
                .with("outcome", result.outcome().word());
        result.refusal().ifPresent(refusal -> body.with("code", refusal.reason().wireCode())
                .with("message", refusal.text()));
        return body.build();
    }
}

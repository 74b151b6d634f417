package io.tallystick.server.api.usage;

import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.json.Fault;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.JsonText;
import io.tallystick.usage.Measurement;
import io.tallystick.usage.Refusal;
import io.tallystick.usage.Submission;
import io.tallystick.usage.intake.IdentityBudget;
import io.tallystick.usage.intake.Intake;
import io.tallystick.usage.intake.Reply;
import io.tallystick.usage.intake.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * {@code POST /organizations/{orgId}/measurements}. The answer leaves when everything it speaks of is on disk and
 * counted. What is wrong with one element refuses that element; a body that is no array of measurements is refused
 * whole. Source: m3ter API, Submit measurements; the counts in the answer are ours.
 */
public final class MeasurementsDoor {
    private static final Logger LOG = LoggerFactory.getLogger(MeasurementsDoor.class);
    private static final int ELEMENTS_MAX = 1000;
    private static final String ARRAY = "measurements";

    private final Intake intake;
    private final Directory directory;
    private final Limits limits;

    public MeasurementsDoor(Intake intake, Directory directory, Limits limits) {
        this.intake = intake;
        this.directory = directory;
        this.limits = limits;
    }

    /**
     * What the door lets in.
     *
     * @param bytesMax of a body, unpacked
     * @param aheadMax how far ahead of now an event may be
     */
    public record Limits(int bytesMax, Duration aheadMax) {}

    public Answer submit(Call call) {
        return call.withBytes(limits.bytesMax(), body -> {
            ElementReader elements = new ElementReader(directory, limits.aheadMax(), call, body);
            Optional<Problem> unreadable = read(body, ARRAY, elements);
            return unreadable.isPresent()
                    ? Answer.problem(unreadable.get())
                    // only now, when nothing can refuse the whole batch any more, may an account be made
                    : submit(elements.finish());
        });
    }

    /** What a body of measurements for another purpose holds, read as this door reads its own. */
    public sealed interface Reading {
        record Read(List<Submission.Element> elements) implements Reading {
            public Read {
                elements = List.copyOf(elements);
            }
        }

        /** The whole body is refused. */
        record Unreadable(Problem problem) implements Reading {}
    }

    /**
     * Reads measurements that are not to be counted as new ones.
     *
     * @param array name of the member that holds them
     */
    public Reading read(Call call, byte[] body, String array) {
        ElementReader elements = new ElementReader(directory, limits.aheadMax(), call, body);
        return read(body, array, elements)
                .<Reading>map(Reading.Unreadable::new)
                .orElseGet(() -> new Reading.Read(elements.finish()));
    }

    /** The elements of a body that this door took before, read anew by what is defined now. */
    List<Submission.Element> readAgain(Call call, byte[] body) {
        ElementReader elements = new ElementReader(directory, limits.aheadMax(), call, body);
        Optional<Problem> unreadable = read(body, ARRAY, elements);
        if (unreadable.isPresent()) {
            throw new IllegalStateException("Expected elements that were read once to be readable, but: "
                    + unreadable.get().message());
        }
        return elements.finish();
    }

    /** Reads every element, or says why the whole body is refused. */
    private static Optional<Problem> read(byte[] body, String array, ElementReader elements) {
        Optional<String> fault = JsonText.encodingFault(body);
        if (fault.isPresent()) {
            return Optional.of(Problem.of(Problem.Code.MALFORMED, fault.get()));
        }
        try (JsonParser parser = JsonText.STREAMING.createParser(ObjectReadContext.empty(), body)) {
            return read(parser, array, elements);
        } catch (JacksonException e) {
            String place = elements.count() == 0 ? "" : " It is after %s[%d].".formatted(array, elements.count() - 1);
            return Optional.of(Problem.of(Problem.Code.MALFORMED, JsonText.message(e) + place));
        }
    }

    private static Optional<Problem> read(JsonParser parser, String array, ElementReader elements) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return invalid(
                    array,
                    "Expected a JSON object with an array \"%s\", but the body is not an object.".formatted(array));
        }
        boolean isThere = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (!name.equals(array)) {
                parser.skipChildren();
            } else if (token != JsonToken.START_ARRAY || isThere) {
                return invalid(
                        array,
                        "Expected %s to be one array, but it is %s."
                                .formatted(array, isThere ? "there twice" : "something else"));
            } else {
                isThere = true;
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    if (elements.count() == ELEMENTS_MAX) {
                        return invalid(
                                array,
                                "Expected 1 to %d %s, but there are more. Send them in parts."
                                        .formatted(ELEMENTS_MAX, array));
                    }
                    elements.read(parser);
                }
            }
        }
        if (parser.nextToken() != null) {
            return invalid(array, "Expected one JSON object, but there is more after it.");
        }
        return elements.count() == 0
                ? invalid(
                        array,
                        "Expected 1 to %d %s, but %s."
                                .formatted(
                                        ELEMENTS_MAX,
                                        array,
                                        isThere ? "there are none" : "the array \"%s\" is absent".formatted(array)))
                : Optional.empty();
    }

    private static Optional<Problem> invalid(String array, String message) {
        return Optional.of(Problem.of(List.of(new Fault(array, Fault.Code.INVALID, message))));
    }

    private Answer submit(List<Submission.Element> elements) {
        return switch (intake.submit(new Submission(elements))) {
            case Reply.Receipt(List<Verdict> verdicts, var _) -> Answer.ok(receipt(elements, verdicts));
            case Reply.Overloaded(Duration waited) ->
                Answer.problem(Problem.of(
                        Problem.Code.OVERLOADED,
                        "Expected room in the queue, but it was full for %d s. Nothing of this request was kept; send it again, with the same uids."
                                .formatted(waited.toSeconds())));
            case Reply.IdentityBudgetReached(IdentityBudget budget) ->
                Answer.problem(Problem.of(
                        Problem.Code.IDENTITY_BUDGET_REACHED,
                        "Expected memory for new uids, but they take %d of the %d bytes they may. Nothing of this request was kept; send it again, with the same uids, when the operator has raised intake.identity-memory and started the server again. What was sent before is still answered as a duplicate."
                                .formatted(budget.bytes(), budget.bytesMax())));
            case Reply.Closing _ ->
                Answer.problem(
                        Problem.of(
                                Problem.Code.UNAVAILABLE,
                                "Expected the server to take measurements in, but it is stopping, or cannot any more and its log says why. Nothing of this request was kept; send it again, with the same uids."));
            case Reply.OutcomeUnknown(String text) -> {
                LOG.error("door=measurements outcome=unknown reason=\"{}\"", text);
                yield Answer.problem(
                        Problem.of(
                                Problem.Code.UNAVAILABLE,
                                "Expected the disk to take the measurements, but it failed; whether they are kept is unknown. Send them again, with the same uids: what was kept becomes a duplicate."));
            }
        };
    }

    private static Json receipt(List<Submission.Element> elements, List<Verdict> verdicts) {
        Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
        verdicts.forEach(verdict -> counts.merge(verdict, 1L, Long::sum));
        Json.ObjBuilder body = Json.obj()
                .with("result", "accepted")
                .with("accepted", counts.getOrDefault(Verdict.ACCEPTED, 0L))
                .with("duplicates", counts.getOrDefault(Verdict.DUPLICATE, 0L))
                .with("conflicts", counts.getOrDefault(Verdict.CONFLICT, 0L) + counts.getOrDefault(Verdict.VOIDED, 0L))
                .with("refused", counts.getOrDefault(Verdict.REFUSED, 0L));
        List<Json> notes = notes(elements, verdicts);
        if (!notes.isEmpty()) {
            body.with("details", new Json.Arr(notes));
        }
        return body.build();
    }

    /** One entry for each element that did not simply count. */
    private static List<Json> notes(List<Submission.Element> elements, List<Verdict> verdicts) {
        List<Json> notes = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            int index = i;
            switch (verdicts.get(i)) {
                case DUPLICATE, ALREADY_RESENT -> {}
                case CONFLICT ->
                    notes.add(
                            note(
                                    index,
                                    "conflict",
                                    "Expected the same content as the measurement that has this uid, but it differs. The first one stays and counts; this one is kept for inspection."));
                case VOIDED ->
                    notes.add(
                            note(
                                    index,
                                    "voided",
                                    "Expected a uid whose measurement counts, but it was voided. This one is kept for inspection; amend it if something is to count under its uid."));
                case REFUSED -> {
                    if (elements.get(i) instanceof Refusal refusal) {
                        notes.add(note(index, refusal.reason().wireCode(), refusal.text()));
                    }
                }
                case ACCEPTED -> {
                    if (elements.get(i) instanceof Measurement measurement) {
                        measurement
                                .remarks()
                                .undefined()
                                .keySet()
                                .forEach(field -> notes.add(note(
                                        index,
                                        "undefined_field",
                                        "Expected a field that the meter defines, but %s is none. It is kept with the measurement."
                                                .formatted(field))));
                        measurement
                                .remarks()
                                .failedCalculations()
                                .forEach((field, reason) ->
                                        notes.add(note(index, "calculation_error", Fault.placed(reason, field))));
                    }
                }
            }
        }
        return notes;
    }

    private static Json note(int index, String code, String message) {
        return Json.obj()
                .with("index", index)
                .with("code", code)
                .with("message", message)
                .build();
    }
}

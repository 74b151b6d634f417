package io.tallystick.server.api.usage.correction;

import io.tallystick.account.Account;
import io.tallystick.catalog.Meter;
import io.tallystick.document.Documents;
import io.tallystick.id.OrganizationId;
import io.tallystick.server.api.usage.correction.Element.Fault;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.json.Json;
import io.tallystick.usage.correction.Change;
import io.tallystick.usage.correction.Outcome;
import io.tallystick.usage.intake.CorrectionReply;
import io.tallystick.usage.intake.Intake;
import io.tallystick.usage.intake.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the elements of a request corrected, and answers what became of each of them. */
final class Corrected {
    private static final Logger LOG = LoggerFactory.getLogger(Corrected.class);

    private final Documents documents;
    private final Intake intake;

    Corrected(Documents documents, Intake intake) {
        this.documents = documents;
        this.intake = intake;
    }

    /** What became of an element, as clients see it. */
    enum Word {
        VOIDED("voided", "voided"),
        ALREADY_VOIDED("already_voided", "alreadyVoided"),
        AMENDED("amended", "amended"),
        REINSTATED("reinstated", "reinstated"),
        UNCHANGED("unchanged", "unchanged"),
        UNKNOWN_UID("unknown_uid", "unknownUids"),
        REFUSED("refused", "refused");

        private final String word;
        private final String count;

        /**
         * @param word on the wire
         * @param count name of the number of them
         */
        Word(String word, String count) {
            this.word = word;
            this.count = count;
        }

        String word() {
            return word;
        }

        String count() {
            return count;
        }
    }

    private record Line(Word word, Optional<Fault> fault) {
        static Line of(Word word) {
            return new Line(word, Optional.empty());
        }

        static Line refused(Fault fault) {
            return new Line(Word.REFUSED, Optional.of(fault));
        }
    }

    /**
     * Corrects.
     *
     * @param words those that can come of such a request
     */
    Answer answer(Call call, List<Element> sent, List<Word> words) {
        List<Element> elements = eachUidOnce(sent);
        List<Change> changes = elements.stream()
                .flatMap(element -> switch (element) {
                    case Element.Told(Change change) -> List.of(change).stream();
                    case Element.Wrong _ -> List.<Change>of().stream();
                })
                .toList();
        return switch (intake.correct(changes, call.author().name(), call.receivedAt())) {
            case CorrectionReply.Corrected(List<Outcome> outcomes, var _) ->
                Answer.ok(write(elements, lines(call.organization(), elements, outcomes), words));
            case CorrectionReply.Failed(Reply.Failure failure) -> Answer.problem(problem(failure));
        };
    }

    /** A commit changes what counts under a uid once, so of two wishes in one request nobody could say which is to stay. */
    private static List<Element> eachUidOnce(List<Element> elements) {
        Map<String, Integer> first = new HashMap<>();
        List<Element> once = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            Element element = elements.get(i);
            Optional<Integer> before = element.uid()
                    .map(uid -> first.putIfAbsent(uid, once.size()))
                    .filter(index -> index != once.size());
            once.add(
                    before.isPresent() && element instanceof Element.Told
                            ? new Element.Wrong(
                                    element.uid(),
                                    Fault.in(
                                            "uid",
                                            "repeated_uid",
                                            "Expected each uid once in a request, but this one is at index %d, too. Send what is to be done to it in one request after the other."
                                                    .formatted(before.get())))
                            : element);
        }
        return once;
    }

    private List<Line> lines(OrganizationId organization, List<Element> elements, List<Outcome> outcomes) {
        List<Line> lines = new ArrayList<>();
        int next = 0;
        for (Element element : elements) {
            lines.add(
                    switch (element) {
                        case Element.Wrong(var _, Fault fault) -> Line.refused(fault);
                        case Element.Told _ -> line(organization, outcomes.get(next++));
                    });
        }
        return lines;
    }

    private Line line(OrganizationId organization, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Voided _ -> Line.of(Word.VOIDED);
            case Outcome.AlreadyVoided _ -> Line.of(Word.ALREADY_VOIDED);
            case Outcome.Amended _ -> Line.of(Word.AMENDED);
            case Outcome.Reinstated _ -> Line.of(Word.REINSTATED);
            case Outcome.Unchanged _ -> Line.of(Word.UNCHANGED);
            case Outcome.Unknown _ -> Line.of(Word.UNKNOWN_UID);
            case Outcome.OfOtherMeter(int number) ->
                Line.refused(Fault.in(
                        "meter",
                        "other_meter",
                        "Expected the meter of the measurement that has this uid, which is \"%s\"."
                                .formatted(documents.asOf(documents.watermark(), Meter.KIND, organization).stream()
                                        .filter(meter -> meter.number() == number)
                                        .map(meter -> meter.content().code().value())
                                        .findFirst()
                                        .orElse("of no meter any more"))));
            case Outcome.OfOtherAccount(int number) ->
                Line.refused(Fault.in(
                        "account",
                        "other_account",
                        "Expected the account of the measurement that has this uid, which is \"%s\"."
                                .formatted(documents.asOf(documents.watermark(), Account.KIND, organization).stream()
                                        .filter(account -> account.number() == number)
                                        .map(account -> account.content().code().value())
                                        .findFirst()
                                        .orElse("of no account any more"))));
        };
    }

    private static Json write(List<Element> elements, List<Line> lines, List<Word> words) {
        Json.ObjBuilder body = Json.obj();
        words.forEach(word -> body.with(
                word.count(), lines.stream().filter(line -> line.word() == word).count()));
        List<Json> data = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Json.ObjBuilder entry = Json.obj().with("index", i);
            elements.get(i).uid().ifPresent(uid -> entry.with("uid", uid));
            entry.with("outcome", lines.get(i).word().word());
            lines.get(i).fault().ifPresent(fault -> {
                entry.with("code", fault.code());
                fault.field().ifPresent(field -> entry.with("field", field));
                entry.with("message", fault.message());
            });
            data.add(entry.build());
        }
        return body.with("data", new Json.Arr(data)).build();
    }

    private static Problem problem(Reply.Failure failure) {
        return switch (failure) {
            case Reply.Overloaded(Duration waited) ->
                Problem.of(
                        Problem.Code.OVERLOADED,
                        "Expected room in the queue, but it was full for %d s. Nothing was corrected; send it again."
                                .formatted(waited.toSeconds()));
            case Reply.IdentityBudgetReached _ ->
                throw new IllegalStateException("Expected no need for memory, because a correction brings no uid.");
            case Reply.Closing _ ->
                Problem.of(
                        Problem.Code.UNAVAILABLE,
                        "Expected the server to take corrections, but it is stopping, or cannot any more and its log says why. Nothing was corrected; send it again.");
            case Reply.OutcomeUnknown(String text) -> {
                LOG.error("door=corrections outcome=unknown reason=\"{}\"", text);
                yield Problem.of(
                        Problem.Code.UNAVAILABLE,
                        "Expected the disk to take the corrections, but it failed; whether they are kept is unknown. Send them again: what was kept is answered as already_voided or unchanged.");
            }
        };
    }
}

package io.tallystick.server.api.usage;

import io.tallystick.document.Documents;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.json.Fault;
import io.tallystick.server.json.Faults;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.Shapes;
import io.tallystick.server.json.UsageQuestion;
import io.tallystick.server.json.View;
import io.tallystick.usage.QuestionFailedException;
import io.tallystick.usage.QuestionFailedException.Reason;
import io.tallystick.usage.Refusal;
import io.tallystick.usage.UsageAnswer.Evidence;
import io.tallystick.usage.UsageStore;
import io.tallystick.usage.UsageWatermark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code POST /organizations/{orgId}/usage/query}. Source: m3ter API, Usage query; the names in a row are ours. */
public final class UsageDoor {
    private final Documents documents;
    private final UsageStore usage;

    public UsageDoor(Documents documents, UsageStore usage) {
        this.documents = documents;
        this.usage = usage;
    }

    /**
     * The rows of an answer.
     *
     * @param hasMore whether the limit cut some off
     * @param next where measurements go on
     */
    record Rows(List<Json> rows, boolean hasMore, Optional<PageToken> next) {
        Rows {
            rows = List.copyOf(rows);
        }
    }

    public Answer query(Call call) {
        return call.withObject(body -> {
            Faults faults = new Faults();
            Optional<UsageQuestion> question = Shapes.USAGE_QUESTION.make(
                    Shapes.USAGE_QUESTION.read(explained(call, body, faults), View.WIRE, faults, () -> ""), faults);
            Optional<ResolvedQuestion> resolved =
                    question.flatMap(asked -> ResolvedQuestion.of(asked, documents, call.organization(), faults));
            return resolved.map(asked -> call.whileClientWaits(() -> answer(asked, call)))
                    .orElseGet(() -> Answer.problem(Problem.of(faults.found())));
        });
    }

    /** {@code ?explain=true} says the same as the member of the body. */
    private static Json.Obj explained(Call call, Json.Obj body, Faults faults) {
        List<Fault> wrong = new ArrayList<>();
        Optional<Boolean> flag = call.flag("explain", wrong);
        wrong.forEach(faults::add);
        return flag.map(explain ->
                        Json.obj().withAll(body).with("explain", explain).build())
                .orElse(body);
    }

    private Answer answer(ResolvedQuestion question, Call call) {
        try {
            long beganNanos = System.nanoTime();
            UsageWatermark asOf = question.asOf().orElseGet(usage::watermark);
            Rows rows = question.asked().aggregations().isEmpty()
                    ? new MeasurementRows(question, usage, asOf).read()
                    : new AggregatedRows(question, usage, asOf).read();
            Json.ObjBuilder answer =
                    Json.obj().with("data", new Json.Arr(rows.rows())).with("hasMoreData", rows.hasMore());
            rows.next().ifPresent(next -> answer.with("nextToken", next.written()));
            if (question.asked().explain()) {
                Duration duration = Duration.ofNanos(System.nanoTime() - beganNanos);
                Evidence evidence = usage.evidence(question.evidence(call.organization(), asOf));
                answer.with("explain", explanation(evidence, duration, asOf));
            }
            return Answer.ok(answer.build());
        } catch (UnansweredException e) {
            return invalid(e.field(), e.text());
        } catch (QuestionFailedException e) {
            if (e.reason() == Reason.UNKNOWN_WATERMARK && question.asOf().isPresent()) {
                return invalid(
                        question.asked().nextToken().isPresent() ? "nextToken" : "watermark",
                        "Expected a watermark that an answer of this server named, but was another. Leave it out to ask about the present.");
            }
            throw e;
        }
    }

    private static Answer invalid(String field, String message) {
        return Answer.problem(Problem.of(List.of(new Fault(field, Fault.Code.INVALID, message))));
    }

    private static Json explanation(Evidence evidence, Duration duration, UsageWatermark asOf) {
        Json.ObjBuilder refusals = Json.obj();
        for (Refusal.Reason reason : Refusal.Reason.values()) {
            Optional.ofNullable(evidence.refusals().get(reason))
                    .ifPresent(count -> refusals.with(reason.wireCode(), count));
        }
        return Json.obj()
                .with("rowsScanned", evidence.rowsScanned())
                .with("measurements", evidence.measurements())
                .with("refusals", refusals.build())
                .with("conflicts", evidence.conflicts())
                .with("durationMs", duration.toMillis())
                .with("watermark", asOf.value())
                .build();
    }
}

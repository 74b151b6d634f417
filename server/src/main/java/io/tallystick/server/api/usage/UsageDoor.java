package io.tallystick.server.api.usage;

import io.tallystick.document.Documents;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.json.Faults;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.Shapes;
import io.tallystick.server.json.UsageQuestion;
import io.tallystick.server.json.View;
import io.tallystick.usage.UsageStore;
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
     */
    record Rows(List<Json> rows, boolean hasMore) {
        Rows {
            rows = List.copyOf(rows);
        }
    }

    public Answer query(Call call) {
        return call.withObject(body -> {
            Faults faults = new Faults();
            Optional<UsageQuestion> question =
                    Shapes.USAGE_QUESTION.make(Shapes.USAGE_QUESTION.read(body, View.WIRE, faults, () -> ""), faults);
            Optional<ResolvedQuestion> resolved =
                    question.flatMap(asked -> ResolvedQuestion.of(asked, documents, call.organization(), faults));
            return resolved.map(this::answer).orElseGet(() -> Answer.problem(Problem.of(faults.found())));
        });
    }

    private Answer answer(ResolvedQuestion question) {
        Rows rows = question.asked().aggregations().isEmpty()
                ? MeasurementRows.read(question, usage)
                : AggregatedRows.read(question, usage);
        return Answer.ok(Json.obj()
                .with("data", new Json.Arr(rows.rows()))
                .with("hasMoreData", rows.hasMore())
                .build());
    }
}

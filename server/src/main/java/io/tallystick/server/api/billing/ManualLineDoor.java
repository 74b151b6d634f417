package io.tallystick.server.api.billing;

import io.tallystick.billing.Bill;
import io.tallystick.billing.correction.ManualLine;
import io.tallystick.billing.correction.ManualLine.Direction;
import io.tallystick.billing.correction.ManualLines;
import io.tallystick.billing.correction.ManualLines.Misfit;
import io.tallystick.billing.correction.ManualLines.Outcome;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Registered;
import io.tallystick.id.Id;
import io.tallystick.server.api.resource.Resource;
import io.tallystick.server.api.resource.Rules;
import io.tallystick.server.api.resource.SeenVersion;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.http.Texts;
import io.tallystick.server.json.Fault;
import io.tallystick.server.json.Faults;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.Shape;
import io.tallystick.server.json.Values;
import io.tallystick.server.json.View;
import io.tallystick.server.json.correction.ManualLineJson;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** {@code /bills/{id}/creditlineitems} or {@code /debitlineitems}. Source: m3ter API, CreditLineItem and DebitLineItem. */
public final class ManualLineDoor {
    public static final Resource<ManualLine> CREDITS =
            resource("creditlineitems", Direction.CREDIT, ManualLineJson.CREDIT);
    public static final Resource<ManualLine> DEBITS = resource("debitlineitems", Direction.DEBIT, ManualLineJson.DEBIT);

    private final Direction direction;
    private final Resource<ManualLine> resource;
    private final Documents documents;
    private final ManualLines lines;

    private ManualLineDoor(Direction direction, Resource<ManualLine> resource, Documents documents) {
        this.direction = direction;
        this.resource = resource;
        this.documents = documents;
        this.lines = new ManualLines(documents);
    }

    public static ManualLineDoor credits(Documents documents) {
        return new ManualLineDoor(Direction.CREDIT, CREDITS, documents);
    }

    public static ManualLineDoor debits(Documents documents) {
        return new ManualLineDoor(Direction.DEBIT, DEBITS, documents);
    }

    private static Resource<ManualLine> resource(String path, Direction direction, Shape<ManualLine> shape) {
        return new Resource<>(path, direction.kind(), shape, List.of(), Rules.none());
    }

    /** All of the bill, newest first. */
    public Answer list(Call call) {
        if (documents.find(Bill.KIND, call.organization(), bill(call)).isEmpty()) {
            return unknown(Bill.KIND.name(), bill(call).value());
        }
        List<Json> all =
                documents
                        .findBy(
                                direction.kind(),
                                call.organization(),
                                ManualLine.BILL,
                                bill(call).value())
                        .reversed()
                        .stream()
                        .<Json>map(resource::write)
                        .toList();
        return Answer.ok(Json.obj().with("data", new Json.Arr(all)).build());
    }

    public Answer get(Call call) {
        return ManualLines.of(documents, call.organization(), bill(call), direction, line(call))
                .map(line -> Answer.ok(resource.write(line)))
                .orElseGet(() -> unknown(direction.kind().name(), line(call).value()));
    }

    public Answer create(Call call) {
        return call.withObject(body -> {
            Faults faults = new Faults();
            Id<ManualLine> id = new Id<>(UUID.randomUUID().toString());
            return answer(call, body, faults, line -> lines.create(call.organization(), id, line, call.author()));
        });
    }

    public Answer replace(Call call) {
        return call.withObject(body -> {
            Faults faults = new Faults();
            int version = SeenVersion.of(body, faults);
            return answer(
                    call,
                    body,
                    faults,
                    line -> lines.replace(call.organization(), line(call), version, line, call.author()));
        });
    }

    public Answer delete(Call call) {
        return answer(lines.delete(call.organization(), bill(call), direction, line(call), call.author()));
    }

    private Answer answer(Call call, Json.Obj body, Faults faults, Function<ManualLine, Outcome> write) {
        Values<ManualLine> values = resource.shape().read(body, View.WIRE, faults, () -> "");
        values.set(ManualLineJson.BILL, bill(call));
        Optional<ManualLine> line = resource.shape().make(values, faults);
        return line.map(wanted -> answer(write.apply(wanted)))
                .orElseGet(() -> Answer.problem(Problem.of(faults.found())));
    }

    private Answer answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(Document<ManualLine> line) -> Answer.ok(resource.write(line));
            case Outcome.Unknown(String kind, String id) -> unknown(kind, id);
            case Outcome.Closed(String reason) -> Answer.problem(Problem.of(Problem.Code.CONFLICT, reason));
            case Outcome.Unfit(List<Misfit> misfits) ->
                Answer.problem(Problem.of(misfits.stream()
                        .map(misfit -> new Fault(misfit.field(), Fault.Code.INVALID, misfit.message()))
                        .toList()));
            case Outcome.Refused(Registered<ManualLine> by) -> Answer.problem(Texts.problem(by));
        };
    }

    private static Answer unknown(String kind, String id) {
        return Answer.problem(Problem.of(Problem.Code.NOT_FOUND, Texts.unknown(kind, id)));
    }

    private static Id<Bill> bill(Call call) {
        return new Id<>(call.path("id"));
    }

    private static Id<ManualLine> line(Call call) {
        return new Id<>(call.path("lineId"));
    }
}

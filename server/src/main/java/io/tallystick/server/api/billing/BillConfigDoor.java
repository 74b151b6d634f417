package io.tallystick.server.api.billing;

import io.tallystick.account.BillConfig;
import io.tallystick.billing.approval.LockDate;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Registered;
import io.tallystick.server.api.resource.Resource;
import io.tallystick.server.api.resource.Rules;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.http.Texts;
import io.tallystick.server.json.Fault;
import io.tallystick.server.json.Faults;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.Shapes;
import io.tallystick.server.json.View;
import java.util.List;
import java.util.Optional;

/** {@code /billconfig}: one of each organization, there from the beginning. Source: m3ter API, BillConfig. */
public final class BillConfigDoor {
    private static final Resource<BillConfig> RESOURCE =
            new Resource<>("billconfig", BillConfig.KIND, Shapes.BILL_CONFIG, List.of(), Rules.none());

    /** Version of what nobody has changed yet. */
    private static final int FIRST = 0;

    private final Documents documents;
    private final LockDate lockDate;

    public BillConfigDoor(Documents documents) {
        this.documents = documents;
        this.lockDate = new LockDate(documents);
    }

    public Answer get(Call call) {
        return Answer.ok(documents
                .find(BillConfig.KIND, call.organization(), BillConfig.ID)
                .map(RESOURCE::write)
                .orElseGet(() -> Json.obj()
                        .with("id", BillConfig.ID.value())
                        .with("version", FIRST)
                        .build()));
    }

    public Answer replace(Call call) {
        return call.withObject(body -> {
            Faults faults = new Faults();
            Optional<BillConfig> wanted =
                    Shapes.BILL_CONFIG.make(Shapes.BILL_CONFIG.read(body, View.WIRE, faults, () -> ""), faults);
            int version = version(body, faults);
            return wanted.filter(_ -> faults.isEmpty())
                    .map(config -> answer(lockDate.set(call.organization(), config, version, call.author())))
                    .orElseGet(() -> Answer.problem(Problem.of(faults.found())));
        });
    }

    private static Answer answer(LockDate.Outcome outcome) {
        return switch (outcome) {
            case LockDate.Outcome.Done(Document<BillConfig> config) -> Answer.ok(RESOURCE.write(config));
            case LockDate.Outcome.Stale(Registered.Stale<BillConfig> stale) -> Answer.problem(Texts.problem(stale));
            case LockDate.Outcome.Open(String reason) -> Answer.problem(Problem.of(Problem.Code.CONFLICT, reason));
        };
    }

    /** Absent counts as the version before the first change, so that the first one needs none. */
    private static int version(Json.Obj body, Faults faults) {
        Optional<Json> sent = body.member("version");
        if (sent.isEmpty()) {
            return FIRST;
        }
        if (sent.get() instanceof Json.Num(String literal) && literal.matches("[0-9]{1,9}")) {
            return Integer.parseInt(literal);
        }
        faults.add(new Fault(
                "version",
                Fault.Code.INVALID,
                "Expected the version that was read before the change, a whole number, but was %s."
                        .formatted(sent.get().shown())));
        return FIRST;
    }
}

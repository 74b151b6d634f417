package io.tallystick.server.api.billing;

import io.tallystick.billing.BillOrder;
import io.tallystick.billing.Biller;
import io.tallystick.document.Documents;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.json.Fault;
import io.tallystick.server.json.Faults;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.Shapes;
import io.tallystick.server.json.View;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /bills/preview}: what a bill job for one account would make now. Writes nothing. The description names the
 * path alone, so its body is ours: {@code accountId} and the fields of a bill job.
 */
public final class PreviewDoor {
    private static final String ACCOUNT = "accountId";
    private static final String ACCOUNTS = "accountIds";

    private final Biller biller;
    private final Orders orders;

    public PreviewDoor(Documents documents, Biller biller) {
        this.biller = biller;
        this.orders = new Orders(documents);
    }

    public Answer preview(Call call) {
        return call.withObject(body -> {
            Faults faults = new Faults();
            Json.Obj job = job(body, faults);
            Optional<BillOrder> order = Shapes.BILL_JOB_REQUEST
                    .make(Shapes.BILL_JOB_REQUEST.read(job, View.WIRE, faults, () -> ""), faults)
                    .flatMap(request -> orders.of(request, call, faults));
            return order.map(wanted -> Answer.ok(write(call.whileClientWaits(
                            () -> biller.preview(call.organization(), wanted, call.receivedAt())))))
                    .orElseGet(() -> Answer.problem(Problem.of(faults.found())));
        });
    }

    /** The body as that of a bill job for the one account. */
    private static Json.Obj job(Json.Obj body, Faults faults) {
        Optional<Json> account = body.member(ACCOUNT);
        if (account.isEmpty() || body.member(ACCOUNTS).isPresent()) {
            faults.add(new Fault(
                    ACCOUNT,
                    account.isEmpty() ? Fault.Code.MISSING : Fault.Code.INVALID,
                    "Expected the account to preview in accountId and no accountIds, but %s."
                            .formatted(account.isEmpty() ? "accountId is absent" : "accountIds is there as well")));
        }
        Json.ObjBuilder job = Json.obj().withAll(body);
        account.ifPresent(one -> job.with(ACCOUNTS, new Json.Arr(List.of(one))));
        return job.build();
    }

    private static Json write(Biller.Preview preview) {
        List<Json> bills = preview.outcomes().stream().map(PreviewDoor::write).toList();
        List<Json> parked = preview.parked().stream()
                .<Json>map(account -> Shapes.PARKED.write(account, View.WIRE))
                .toList();
        return Json.obj()
                .with("data", new Json.Arr(bills))
                .with("parkedAccounts", new Json.Arr(parked))
                .build();
    }

    private static Json write(Biller.Previewed previewed) {
        Json.ObjBuilder bill = Json.obj();
        previewed.present().ifPresent(id -> bill.with("id", id.value()));
        return bill.withAll(Shapes.BILL.write(previewed.bill(), View.WIRE)).build();
    }
}

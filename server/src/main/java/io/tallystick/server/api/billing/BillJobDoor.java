package io.tallystick.server.api.billing;

import io.tallystick.account.BillConfig;
import io.tallystick.billing.Bill;
import io.tallystick.billing.BillJob;
import io.tallystick.billing.BillOrder;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Registered;
import io.tallystick.document.Registrar;
import io.tallystick.document.Transaction;
import io.tallystick.id.Id;
import io.tallystick.server.api.resource.Filter;
import io.tallystick.server.api.resource.ListDoor;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /billjobs}: asked for, looked at, cancelled. Source: m3ter API, BillJob. */
public final class BillJobDoor {
    /** Source: m3ter API, more than 10 running bill jobs are refused. */
    private static final int ACTIVE_MAX = 10;

    /** Source: m3ter API, {@code billIds} of a recalculation. */
    private static final int RECALCULATED_MAX = 100;

    public static final Resource<BillJob> RESOURCE = new Resource<>(
            "billjobs",
            BillJob.KIND,
            Shapes.BILL_JOB,
            List.of(new Filter.ByKey<>("status", "status"), new Filter.ByKey<>("active", "active")),
            Rules.none());

    private final Documents documents;
    private final BillJobs jobs;
    private final Orders orders;

    public BillJobDoor(Documents documents, BillJobs jobs) {
        this.documents = documents;
        this.jobs = jobs;
        this.orders = new Orders(documents);
    }

    public Answer list(Call call) {
        return ListDoor.list(call, RESOURCE, documents, BillJobDoor::write);
    }

    public Answer get(Call call) {
        return documents
                .find(BillJob.KIND, call.organization(), new Id<>(call.path("id")))
                .map(job -> Answer.ok(write(job)))
                .orElseGet(() -> unknown(call));
    }

    public Answer create(Call call) {
        return call.withObjectOrNothing(body -> {
            Faults faults = new Faults();
            Optional<BillOrder> order = Shapes.BILL_JOB_REQUEST
                    .make(Shapes.BILL_JOB_REQUEST.read(body, View.WIRE, faults, () -> ""), faults)
                    .flatMap(request -> orders.of(request, call, faults));
            return order.map(wanted -> create(call, BillJob.of(wanted)))
                    .orElseGet(() -> Answer.problem(Problem.of(faults.found())));
        });
    }

    /** Pending bills, calculated again as everything stands now. */
    public Answer recalculate(Call call) {
        return call.withObject(body -> {
            Faults faults = new Faults();
            Optional<BillJob> job = Shapes.BILL_APPROVAL
                    .make(Shapes.BILL_APPROVAL.read(body, View.WIRE, faults, () -> ""), faults)
                    .flatMap(wish -> recalculation(call, wish.bills().orElseGet(List::of), faults));
            return job.map(wanted -> create(call, wanted)).orElseGet(() -> Answer.problem(Problem.of(faults.found())));
        });
    }

    private Optional<BillJob> recalculation(Call call, List<Id<Bill>> ids, Faults faults) {
        if (ids.isEmpty() || ids.size() > RECALCULATED_MAX) {
            faults.add(new Fault(
                    "billIds",
                    Fault.Code.INVALID,
                    "Expected 1 to %d billIds to calculate again, but there were %d."
                            .formatted(RECALCULATED_MAX, ids.size())));
        }
        List<Document<Bill>> bills = new ArrayList<>();
        for (Id<Bill> id : ids) {
            documents
                    .find(Bill.KIND, call.organization(), id)
                    .ifPresentOrElse(
                            bills::add,
                            () -> faults.add(new Fault(
                                    "billIds",
                                    Fault.Code.UNKNOWN_REFERENCE,
                                    Texts.dangling("billIds", Bill.KIND.name(), id.value()))));
        }
        for (Document<Bill> bill : bills) {
            bill.content()
                    .invoiceNumber()
                    .ifPresent(number -> faults.add(new Fault(
                            "billIds",
                            Fault.Code.INVALID,
                            "Expected bill %s to be PENDING to be calculated again, but it is APPROVED as invoice %s."
                                    .formatted(bill.id(), number))));
        }
        return bills.stream()
                .flatMap(bill -> bill.content().billJob().stream())
                .flatMap(job -> documents.find(BillJob.KIND, call.organization(), job).stream())
                .findFirst()
                .filter(_ -> faults.isEmpty())
                .map(job -> BillJob.recalculating(job.content().order(), ids));
    }

    public Answer cancel(Call call) {
        Optional<Document<BillJob>> cancelled = documents.write(call.author(), transaction -> transaction
                .find(BillJob.KIND, call.organization(), new Id<>(call.path("id")))
                .map(job -> job.content().isActive()
                        ? transaction.update(job, job.content().cancelled())
                        : job));
        return cancelled.map(job -> Answer.ok(write(job))).orElseGet(() -> unknown(call));
    }

    private Answer create(Call call, BillJob wanted) {
        Outcome outcome = documents.write(call.author(), transaction -> refusal(transaction, call, wanted.order())
                .<Outcome>map(Outcome.Refused::new)
                .orElseGet(() -> new Outcome.Decided(new Registrar(transaction, call.organization())
                        .create(BillJob.KIND, new Id<>(UUID.randomUUID().toString()), wanted))));
        return switch (outcome) {
            case Outcome.Decided(Registered.Done<BillJob>(Document<BillJob> job)) -> {
                jobs.start(job.organization(), job.id());
                yield Answer.ok(write(job));
            }
            case Outcome.Decided(Registered<BillJob> refused) -> Answer.problem(Texts.problem(refused));
            case Outcome.Refused(Problem problem) -> Answer.problem(problem);
        };
    }

    /** What came of a transaction. */
    private sealed interface Outcome {
        record Decided(Registered<BillJob> registered) implements Outcome {}

        record Refused(Problem problem) implements Outcome {}
    }

    private static Optional<Problem> refusal(Transaction transaction, Call call, BillOrder order) {
        BillConfig config = BillConfig.of(transaction, call.organization());
        if (config.isClosed(order.billDate())) {
            return Optional.of(Problem.of(
                    Problem.Code.CONFLICT,
                    "Expected a billDate from the billLockDate %s on, because the books are closed before it, but was %s."
                            .formatted(config.lockDate().orElseThrow(), order.billDate())));
        }
        int active = transaction
                .findBy(BillJob.KIND, call.organization(), "active", "true")
                .size();
        return active < ACTIVE_MAX
                ? Optional.empty()
                : Optional.of(Problem.of(
                        Problem.Code.OVERLOADED,
                        "Expected fewer than %d active bill jobs, but there are as many. Wait for one, or cancel one."
                                .formatted(ACTIVE_MAX)));
    }

    private static Json write(Document<BillJob> job) {
        return RESOURCE.write(job);
    }

    private static Answer unknown(Call call) {
        return Answer.problem(Problem.of(Problem.Code.NOT_FOUND, Texts.unknown(BillJob.KIND.name(), call.path("id"))));
    }
}

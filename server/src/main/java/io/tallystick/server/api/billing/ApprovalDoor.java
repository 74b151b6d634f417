package io.tallystick.server.api.billing;

import io.tallystick.account.Account;
import io.tallystick.billing.Bill;
import io.tallystick.billing.approval.Approvals;
import io.tallystick.billing.approval.Decision;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Registered;
import io.tallystick.id.Id;
import io.tallystick.server.api.resource.Filter;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.http.Texts;
import io.tallystick.server.json.ApprovalJson.StatusWish;
import io.tallystick.server.json.Fault;
import io.tallystick.server.json.Faults;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.Shapes;
import io.tallystick.server.json.View;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/** What {@code /bills} can become: approved, locked, deleted. Source: m3ter API, Bills. */
public final class ApprovalDoor {
    private static final String ACCOUNTS = "accountIds";
    private static final String START = "externalInvoiceDateStart";
    private static final String END = "externalInvoiceDateEnd";

    private final Documents documents;
    private final Approvals approvals;

    public ApprovalDoor(Documents documents) {
        this.documents = documents;
        this.approvals = new Approvals(documents);
    }

    public Answer status(Call call) {
        return call.withObject(body -> {
            Faults faults = new Faults();
            Optional<StatusWish> wish =
                    Shapes.BILL_STATUS.make(Shapes.BILL_STATUS.read(body, View.WIRE, faults, () -> ""), faults);
            return wish.map(wanted -> answer(decide(call, wanted)))
                    .orElseGet(() -> Answer.problem(Problem.of(faults.found())));
        });
    }

    private Decision decide(Call call, StatusWish wish) {
        OptionalInt seen = wish.version().map(OptionalInt::of).orElseGet(OptionalInt::empty);
        return switch (wish.status()) {
            case APPROVED -> approvals.approve(call.organization(), id(call), seen, call.author());
            case PENDING -> approvals.reopen(call.organization(), id(call), call.author());
        };
    }

    public Answer lock(Call call) {
        return answer(approvals.lock(call.organization(), id(call), call.author()));
    }

    public Answer delete(Call call) {
        return answer(approvals.delete(call.organization(), id(call), call.author()));
    }

    /** Many at once: those that the body names, otherwise the pending ones that the query describes. */
    public Answer approve(Call call) {
        return call.withObjectOrNothing(body -> {
            Faults faults = new Faults();
            return Shapes.BILL_APPROVAL
                    .make(Shapes.BILL_APPROVAL.read(body, View.WIRE, faults, () -> ""), faults)
                    .map(wish -> wish.bills()
                            .map(bills -> approveNamed(call, new LinkedHashSet<>(bills)))
                            .orElseGet(() -> approveDescribed(call)))
                    .orElseGet(() -> Answer.problem(Problem.of(faults.found())));
        });
    }

    private Answer approveNamed(Call call, Set<Id<Bill>> bills) {
        Decision decision = approvals.approve(call.organization(), bills, call.author());
        return switch (decision) {
            case Decision.Done(List<Document<Bill>> done, int changed) ->
                Answer.ok(approved(changed, done.size() - changed));
            case Decision.Unknown(List<Id<Bill>> ids) ->
                Answer.problem(Problem.of(ids.stream()
                        .map(id -> new Fault("billIds", Fault.Code.UNKNOWN_REFERENCE, unknown(id.value())))
                        .toList()));
            case Decision.Refused _, Decision.Forbidden _ -> answer(decision);
        };
    }

    private Answer approveDescribed(Call call) {
        Set<String> accounts = call.queryAll(ACCOUNTS);
        List<Fault> faults = new ArrayList<>();
        Optional<LocalDate> start = date(call, START, faults);
        Optional<LocalDate> end = date(call, END, faults);
        accounts.stream()
                .filter(account -> documents
                        .find(Account.KIND, call.organization(), new Id<>(account))
                        .isEmpty())
                .forEach(account -> faults.add(new Fault(
                        ACCOUNTS,
                        Fault.Code.UNKNOWN_REFERENCE,
                        Texts.dangling(ACCOUNTS, Account.KIND.name(), account))));
        if (faults.isEmpty() && accounts.isEmpty() && start.isEmpty() && end.isEmpty()) {
            faults.add(new Fault(
                    "billIds",
                    Fault.Code.MISSING,
                    "Expected billIds in the body, or %s, %s or %s in the query, to say which bills are approved, but there is none of them."
                            .formatted(ACCOUNTS, START, END)));
        }
        if (!faults.isEmpty()) {
            return Answer.problem(Problem.of(faults));
        }
        Predicate<Bill> dated = bill ->
                start.map(date -> !bill.externalInvoiceDate().isBefore(date)).orElse(true)
                        && end.map(date -> bill.externalInvoiceDate().isBefore(date))
                                .orElse(true);
        Optional<String> missing = accounts.stream()
                .filter(account -> !hasBill(call, account, dated))
                .findFirst()
                .map(account -> noBill(call, new Id<>(account)));
        if (missing.isPresent()) {
            return Answer.problem(Problem.of(Problem.Code.CONFLICT, missing.get()));
        }
        int changed = approvals.approveAll(
                call.organization(),
                dated.and(bill ->
                        accounts.isEmpty() || accounts.contains(bill.account().value())),
                call.author());
        return Answer.ok(approved(changed, 0));
    }

    private boolean hasBill(Call call, String account, Predicate<Bill> dated) {
        return documents.findBy(Bill.KIND, call.organization(), "accountId", account).stream()
                .anyMatch(bill -> dated.test(bill.content()));
    }

    private String noBill(Call call, Id<Account> account) {
        String why = approvals
                .whyParked(call.organization(), account)
                .orElse("No bill job has made one; have one made by POST /billjobs.");
        return "Expected a bill of account %s to approve, but it has none that matches. %s".formatted(account, why);
    }

    private static Optional<LocalDate> date(Call call, String parameter, List<Fault> faults) {
        Set<String> values = call.queryAll(parameter);
        return values.isEmpty() ? Optional.empty() : Filter.date(parameter, values, faults);
    }

    private static Json approved(int changed, int before) {
        String message = before == 0
                ? "Bills approved: %d.".formatted(changed)
                : "Bills approved: %d. Approved before: %d.".formatted(changed, before);
        return Json.obj().with("message", message).with("approved", changed).build();
    }

    private static Answer answer(Decision decision) {
        return switch (decision) {
            case Decision.Done(List<Document<Bill>> bills, int _) ->
                Answer.ok(BillDoor.RESOURCE.write(bills.getFirst()));
            case Decision.Unknown(List<Id<Bill>> ids) ->
                Answer.problem(Problem.of(
                        Problem.Code.NOT_FOUND, unknown(ids.getFirst().value())));
            case Decision.Refused(Registered<Bill> by) -> Answer.problem(Texts.problem(by));
            case Decision.Forbidden(String reason) -> Answer.problem(Problem.of(Problem.Code.CONFLICT, reason));
        };
    }

    /** Whoever looks for the bill of a parked account looks here. */
    private static String unknown(String id) {
        return Texts.unknown(Bill.KIND.name(), id)
                + " An account that was parked has no bill; its bill job says why in parkedAccounts.";
    }

    private static Id<Bill> id(Call call) {
        return new Id<>(call.path("id"));
    }
}

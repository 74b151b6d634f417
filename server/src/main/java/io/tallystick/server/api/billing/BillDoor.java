package io.tallystick.server.api.billing;

import io.tallystick.account.Account;
import io.tallystick.billing.Bill;
import io.tallystick.billing.BillState;
import io.tallystick.billing.LineItem;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.id.Id;
import io.tallystick.server.api.resource.Filter;
import io.tallystick.server.api.resource.ListDoor;
import io.tallystick.server.api.resource.Resource;
import io.tallystick.server.api.resource.Rules;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.http.Texts;
import io.tallystick.server.json.BillJson;
import io.tallystick.server.json.Fault;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.LineItemJson;
import io.tallystick.server.json.Shapes;
import io.tallystick.server.json.View;
import io.tallystick.time.BillFrequency;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** {@code /bills}: looked at, as a whole or line by line. Source: m3ter API, Bills. */
public final class BillDoor {
    public static final Resource<Bill> RESOURCE = new Resource<>(
            "bills",
            Bill.KIND,
            Shapes.BILL,
            List.of(
                    new Filter.ByKey<>("accountId", "accountId"),
                    new Filter.ByKey<>("billJobId", "billJobId"),
                    words("status", BillState.Status.values()),
                    new Filter.ByWord<>("locked", "locked", List.of("true", "false")),
                    new Filter.ByKey<>("billDate", "billDate"),
                    byDate("billDate", (bill, date) -> bill.billDate().equals(date)),
                    words("billingFrequency", BillFrequency.values()),
                    notBefore("billDateStart", Bill::billDate),
                    before("billDateEnd", Bill::billDate),
                    notBefore("externalInvoiceDateStart", Bill::externalInvoiceDate),
                    before("externalInvoiceDateEnd", Bill::externalInvoiceDate)),
            Rules.none());

    private final Documents documents;

    public BillDoor(Documents documents) {
        this.documents = documents;
    }

    public Answer list(Call call) {
        List<Fault> faults = new ArrayList<>();
        boolean isSlim = call.flag("excludeLineItems", faults).orElse(false);
        boolean isWithoutTotal = !call.flag("includeBillTotal", faults).orElse(true);
        if (!faults.isEmpty()) {
            return Answer.problem(Problem.of(faults));
        }
        return ListDoor.list(call, RESOURCE, documents, bill -> {
            Map<String, Json> members = new LinkedHashMap<>(write(bill).members());
            if (isSlim) {
                members.remove(BillJson.LINE_ITEMS);
            }
            if (isWithoutTotal) {
                members.remove(BillJson.BILL_TOTAL);
            }
            return new Json.Obj(members);
        });
    }

    public Answer get(Call call) {
        return bill(call).map(bill -> Answer.ok(write(bill))).orElseGet(() -> unknown(call));
    }

    /** The bill of an account with the latest period. */
    public Answer latest(Call call) {
        Id<Account> account = new Id<>(call.path("id"));
        if (documents.find(Account.KIND, call.organization(), account).isEmpty()) {
            return Answer.problem(
                    Problem.of(Problem.Code.NOT_FOUND, Texts.unknown(Account.KIND.name(), account.value())));
        }
        return documents.findBy(Bill.KIND, call.organization(), "accountId", account.value()).stream()
                .max(Comparator.comparing(
                                (Document<Bill> bill) -> bill.content().period().to())
                        .thenComparingInt(Document::number))
                .map(bill -> Answer.ok(write(bill)))
                .orElseGet(() -> Answer.problem(Problem.of(
                        Problem.Code.NOT_FOUND,
                        "Expected a bill of account %s, but none was made yet.".formatted(account))));
    }

    public Answer lineItems(Call call) {
        return bill(call)
                .map(bill -> Answer.ok(Json.obj()
                        .with(
                                "data",
                                new Json.Arr(bill.content().lines().stream()
                                        .map(line -> write(bill, line))
                                        .toList()))
                        .build()))
                .orElseGet(() -> unknown(call));
    }

    public Answer lineItem(Call call) {
        String wanted = call.path("lineId");
        return bill(call)
                .map(bill -> bill.content().lines().stream()
                        .filter(line -> line.id().value().equals(wanted))
                        .map(line -> Answer.ok(write(bill, line)))
                        .findFirst()
                        .orElseGet(() -> Answer.problem(Problem.of(
                                Problem.Code.NOT_FOUND,
                                "Expected the id of a line of bill %s, but there is none with id %s."
                                        .formatted(bill.id(), wanted)))))
                .orElseGet(() -> unknown(call));
    }

    private Optional<Document<Bill>> bill(Call call) {
        return documents.find(Bill.KIND, call.organization(), new Id<>(call.path("id")));
    }

    private static Json.Obj write(Document<Bill> bill) {
        return RESOURCE.write(bill);
    }

    private static Json write(Document<Bill> bill, LineItem line) {
        return Json.obj()
                .with("billId", bill.id().value())
                .with("version", bill.version())
                .withAll(LineItemJson.IN_LIST.write(line, View.WIRE))
                .build();
    }

    private static Answer unknown(Call call) {
        return Answer.problem(Problem.of(Problem.Code.NOT_FOUND, Texts.unknown(Bill.KIND.name(), call.path("id"))));
    }

    private static Filter<Bill> words(String name, Enum<?>[] words) {
        return new Filter.ByWord<>(name, name, Stream.of(words).map(Enum::name).toList());
    }

    private static Filter<Bill> notBefore(String parameter, Function<Bill, LocalDate> date) {
        return byDate(parameter, (bill, limit) -> !date.apply(bill).isBefore(limit));
    }

    private static Filter<Bill> before(String parameter, Function<Bill, LocalDate> date) {
        return byDate(parameter, (bill, limit) -> date.apply(bill).isBefore(limit));
    }

    private static Filter<Bill> byDate(String parameter, BiPredicate<Bill, LocalDate> passes) {
        return new Filter.ByLook<>(parameter, (values, call, faults) -> Filter.date(parameter, values, faults)
                .<Predicate<Bill>>map(limit -> bill -> passes.test(bill, limit))
                .orElse(_ -> false));
    }
}

package io.tallystick.server.api.billing;

import io.tallystick.account.Account;
import io.tallystick.billing.Bill;
import io.tallystick.billing.LineItem;
import io.tallystick.billing.correction.Corrected;
import io.tallystick.catalog.Meter;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.id.Id;
import io.tallystick.server.api.resource.ListDoor;
import io.tallystick.server.api.usage.MeasurementRows;
import io.tallystick.server.api.usage.PageToken;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.http.Texts;
import io.tallystick.server.json.Fault;
import io.tallystick.server.json.Json;
import io.tallystick.server.json.LineItemJson;
import io.tallystick.server.json.View;
import io.tallystick.usage.MeasurementQuery;
import io.tallystick.usage.StoredMeasurement;
import io.tallystick.usage.UsageQuery;
import io.tallystick.usage.UsageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /bills/{id}/lineitems/{lineId}/explain}: what a line was computed from, in the state in which it was
 * computed, down to the measurements, so that anybody can compute it again by hand. Ours: m3ter's API has none.
 */
public final class ExplainDoor {
    /** Measurements looked at for one page; those of other segments are not shown. */
    private static final int LOOKED_AT = 2_000;

    private final Documents documents;
    private final UsageStore usage;

    public ExplainDoor(Documents documents, UsageStore usage) {
        this.documents = documents;
        this.usage = usage;
    }

    public Answer explain(Call call) {
        List<Fault> faults = new ArrayList<>();
        int pageSize = ListDoor.pageSize(call, faults);
        Optional<PageToken> page = page(call, faults);
        if (!faults.isEmpty()) {
            return Answer.problem(Problem.of(faults));
        }
        Optional<Document<Bill>> bill = documents.find(Bill.KIND, call.organization(), new Id<>(call.path("id")));
        if (bill.isEmpty()) {
            return Answer.problem(Problem.of(Problem.Code.NOT_FOUND, Texts.unknown(Bill.KIND.name(), call.path("id"))));
        }
        return bill.get().content().lines().stream()
                .filter(line -> line.id().value().equals(call.path("lineId")))
                .findFirst()
                .map(line ->
                        call.whileClientWaits(() -> explanation(bill.get(), line, call.query("input"), page, pageSize)))
                .orElseGet(() -> Answer.problem(Problem.of(
                        Problem.Code.NOT_FOUND,
                        "Expected the id of a line of bill %s, but there is none with id %s."
                                .formatted(bill.get().id(), call.path("lineId")))));
    }

    private static Optional<PageToken> page(Call call, List<Fault> faults) {
        Optional<String> sent = call.query("nextToken");
        Optional<PageToken> page = sent.flatMap(PageToken::read);
        if (sent.isPresent() && page.isEmpty()) {
            faults.add(new Fault(
                    "nextToken",
                    Fault.Code.INVALID,
                    "Expected the nextToken of an earlier answer, but was \"%s\".".formatted(sent.get())));
        }
        return page;
    }

    private Answer explanation(
            Document<Bill> bill, LineItem line, Optional<String> input, Optional<PageToken> page, int pageSize) {
        Optional<Corrected> corrected = Corrected.by(documents, bill, line);
        InForce inForce =
                InForce.of(documents, corrected.map(Corrected::invoice).orElse(bill), line);
        if (input.isPresent() && !inForce.measuredInputs().contains(input.get())) {
            return Answer.problem(Problem.of(List.of(new Fault(
                    "input",
                    Fault.Code.INVALID,
                    "Expected input to be a name in the line's calculation that was measured, one of %s, but was \"%s\"."
                            .formatted(inForce.measuredInputs(), input.get())))));
        }
        Json.ObjBuilder answer = Json.obj()
                .with("billId", bill.id().value())
                .with("billVersion", bill.version())
                .with("lineItem", LineItemJson.IN_LIST.write(line, View.WIRE))
                .with("inForce", inForce.written())
                .with(
                        "steps",
                        new Json.Arr(inForce.steps().stream().map(Json::of).toList()));
        corrected.ifPresent(found -> answer.with("correction", correction(found)));
        inForce.measuredOn(input)
                .flatMap(meter -> measurements(bill, line, inForce, meter, page, pageSize))
                .ifPresent(found -> answer.with("measurements", found));
        return Answer.ok(answer.build());
    }

    /** A correction by what it compares: what the line would say now, less what was billed, less what is put right elsewhere. */
    private static Json correction(Corrected corrected) {
        Json.ObjBuilder written = Json.obj()
                .with("billId", corrected.invoice().id().value())
                .with("lineItemId", corrected.line().value());
        corrected
                .invoice()
                .content()
                .invoiceNumber()
                .ifPresent(number -> written.with("sequentialInvoiceNumber", number.value()));
        return written.with("now", figure(corrected.now()))
                .with("billed", figure(corrected.billed()))
                .with("elsewhere", figure(corrected.elsewhere()))
                .build();
    }

    private static Json figure(Corrected.Figure figure) {
        return Json.obj()
                .with("quantity", figure.quantity())
                .with("units", figure.units())
                .with("amount", figure.amount())
                .build();
    }

    /** What was counted, oldest first; nothing for a line that counts nothing. */
    private Optional<Json> measurements(
            Document<Bill> bill,
            LineItem line,
            InForce inForce,
            Document<Meter> meter,
            Optional<PageToken> page,
            int pageSize) {
        Optional<Document<Account>> account = inForce.account();
        if (account.isEmpty() || !line.type().isUsage()) {
            return Optional.empty();
        }
        StoredMeasurement.Page looked = usage.measurements(new MeasurementQuery(
                meter.number(),
                line.servicePeriod(),
                new UsageQuery.Accounts.Only(Set.of(account.get().number())),
                List.of(),
                Optional.of(bill.content().watermarks().usage()),
                page.map(PageToken::place),
                MeasurementQuery.Direction.OLDEST_FIRST,
                LOOKED_AT));
        List<StoredMeasurement> counted = looked.measurements().stream()
                .filter(measurement -> inForce.counts(measurement.texts()))
                .toList();
        List<StoredMeasurement> shown = counted.subList(0, Math.min(pageSize, counted.size()));
        Json.ObjBuilder found = Json.obj()
                .with(
                        "data",
                        new Json.Arr(shown.stream()
                                .<Json>map(measurement -> MeasurementRows.write(meter.content(), measurement, account))
                                .toList()));
        Optional<StoredMeasurement.Place> next =
                shown.size() < counted.size() ? Optional.of(shown.getLast().place()) : looked.next();
        next.ifPresent(place -> found.with(
                "nextToken", new PageToken(bill.content().watermarks().usage(), place).written()));
        return Optional.of(found.build());
    }
}

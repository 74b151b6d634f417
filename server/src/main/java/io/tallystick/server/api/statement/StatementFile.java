package io.tallystick.server.api.statement;

import static java.util.stream.Collectors.joining;

import io.tallystick.billing.Bill;
import io.tallystick.billing.LineItem;
import io.tallystick.billing.statement.Statement;
import io.tallystick.billing.statement.Statement.Counted;
import io.tallystick.id.InvoiceNumber;
import io.tallystick.server.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A statement as a file: for programs, or for a spreadsheet. */
record StatementFile(Statement statement) {
    private static final List<String> COLUMNS = List.of(
            "account",
            "invoice",
            "line",
            "type",
            "product",
            "description",
            "segment",
            "service_period_start",
            "service_period_end",
            "function",
            "date",
            "quantity",
            "measurements",
            "line_quantity",
            "line_units",
            "unit",
            "line_amount",
            "currency");

    Json json() {
        Bill bill = bill();
        Json.ObjBuilder written = Json.obj()
                .with("billId", statement.bill().id().value())
                .with("billVersion", statement.bill().version())
                .with("accountId", bill.account().value())
                .with("accountCode", bill.accountCode().value())
                .with("startDateTimeUTC", bill.period().from().toString())
                .with("endDateTimeUTC", bill.period().to().toString())
                .with("timezone", bill.zone().getId())
                .with("currency", bill.currency().code())
                .with("billTotal", bill.total());
        bill.invoiceNumber().ifPresent(number -> written.with("sequentialInvoiceNumber", number.value()));
        return written.with(
                        "lineItems",
                        new Json.Arr(statement.entries().stream()
                                .map(StatementFile::entry)
                                .toList()))
                .build();
    }

    private static Json entry(Statement.Entry entry) {
        LineItem line = entry.line();
        Json.ObjBuilder written = Json.obj()
                .with("lineItemId", line.id().value())
                .with("sequenceNumber", line.sequenceNumber())
                .with("lineItemType", line.type().name())
                .with("productName", line.booking().product().name())
                .with("description", line.description())
                .with("servicePeriodStartDate", line.servicePeriod().from().toString())
                .with("servicePeriodEndDate", line.servicePeriod().to().toString())
                .with("quantity", line.quantity())
                .with("units", line.units())
                .with("unit", line.basis().unit())
                .with("convertedSubtotal", line.convertedSubtotal());
        if (!line.basis().segment().isEmpty()) {
            Json.ObjBuilder segment = Json.obj();
            line.basis().segment().forEach(segment::with);
            written.with("segment", segment.build());
        }
        entry.counted().ifPresent(counted -> written.with(
                        "aggregation", counted.function().name())
                .with(
                        "usage",
                        new Json.Arr(
                                counted.days().stream().map(StatementFile::day).toList())));
        return written.build();
    }

    private static Json day(Statement.Day day) {
        return Json.obj()
                .with("date", day.date().toString())
                .with("quantity", day.quantity())
                .with("measurements", day.measurements())
                .build();
    }

    /** A row for each day of a line, one without a day for a line that counts nothing. */
    String csv() {
        Csv csv = new Csv().row(COLUMNS.stream().map(Csv::of).toList());
        for (Statement.Entry entry : statement.entries()) {
            List<Statement.Day> days = entry.counted().map(Counted::days).orElseGet(List::of);
            if (days.isEmpty()) {
                csv.row(row(entry, Optional.empty()));
            }
            days.forEach(day -> csv.row(row(entry, Optional.of(day))));
        }
        return csv.text();
    }

    private List<Csv.Cell> row(Statement.Entry entry, Optional<Statement.Day> day) {
        LineItem line = entry.line();
        Csv.Cell none = Csv.of("");
        return List.of(
                Csv.of(bill().accountCode().value()),
                Csv.of(bill().invoiceNumber().map(InvoiceNumber::value).orElse("")),
                Csv.of(new BigDecimal(line.sequenceNumber())),
                Csv.of(line.type().name()),
                Csv.of(line.booking().product().name()),
                Csv.of(line.description()),
                Csv.of(segment(line.basis().segment())),
                Csv.of(line.servicePeriod().from().toString()),
                Csv.of(line.servicePeriod().to().toString()),
                Csv.of(entry.counted().map(counted -> counted.function().name()).orElse("")),
                day.map(some -> Csv.of(some.date().toString())).orElse(none),
                day.map(some -> Csv.of(some.quantity())).orElse(none),
                day.map(some -> Csv.of(new BigDecimal(some.measurements()))).orElse(none),
                Csv.of(line.quantity()),
                Csv.of(line.units()),
                Csv.of(line.basis().unit()),
                Csv.of(line.convertedSubtotal()),
                Csv.of(bill().currency().code()));
    }

    private static String segment(Map<String, String> segment) {
        return segment.entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(joining("; "));
    }

    private Bill bill() {
        return statement.bill().content();
    }
}

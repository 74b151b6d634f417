package io.tallystick.server.api.billing;

import static java.util.Objects.requireNonNullElse;

import io.tallystick.account.Account;
import io.tallystick.account.OrganizationConfig;
import io.tallystick.billing.BillOrder;
import io.tallystick.document.Documents;
import io.tallystick.id.Id;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Texts;
import io.tallystick.server.json.BillJobRequest;
import io.tallystick.server.json.Fault;
import io.tallystick.server.json.Faults;
import io.tallystick.time.Calendars;
import java.time.LocalDate;
import java.util.Optional;

/** Makes the order of a bill job out of what somebody asks for and what the organization says. */
record Orders(Documents documents) {
    /** The order, or nothing and what is wrong with it. */
    Optional<BillOrder> of(BillJobRequest request, Call call, Faults faults) {
        for (Id<Account> account : request.accounts()) {
            if (documents.find(Account.KIND, call.organization(), account).isEmpty()) {
                faults.add(new Fault(
                        "accountIds",
                        Fault.Code.UNKNOWN_REFERENCE,
                        Texts.dangling("accountIds", Account.KIND.name(), account.value())));
            }
        }
        OrganizationConfig config = OrganizationConfig.of(documents, call.organization());
        Calendars calendars = request.calendar().or(config.zone(), config.epochs());
        LocalDate today = LocalDate.ofInstant(call.receivedAt(), calendars.zone());
        Optional<BillOrder> order = order(request, calendars, today, faults);
        order.filter(wanted -> wanted.billDate().isAfter(today))
                .ifPresent(early -> faults.add(new Fault(
                        "billDate",
                        Fault.Code.INVALID,
                        "Expected a billDate until today in %s, %s, because the period before it must be over, but was %s."
                                .formatted(calendars.zone(), today, early.billDate()))));
        return order.filter(_ -> faults.isEmpty());
    }

    private static Optional<BillOrder> order(
            BillJobRequest request, Calendars calendars, LocalDate today, Faults faults) {
        try {
            return Optional.of(new BillOrder(
                    request.accounts(),
                    calendars,
                    BillOrder.billDate(request.billDate(), request.lastDateInBillingPeriod(), today, calendars),
                    request.dueDate(),
                    request.externalInvoiceDate()));
        } catch (IllegalArgumentException e) {
            // the order says in words which of its rules the dates break
            faults.add(new Fault(
                    "billDate", Fault.Code.INVALID, requireNonNullElse(e.getMessage(), "Expected dates that agree.")));
            return Optional.empty();
        }
    }
}

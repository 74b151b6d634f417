package io.tallystick.server.json;

import static io.tallystick.server.json.Field.optional;

import io.tallystick.account.Account;
import io.tallystick.id.Id;
import io.tallystick.time.BillFrequency;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What {@code POST /billjobs} is sent, as JSON. Source: m3ter API, BillJob. */
final class BillJobRequestJson {
    private static final int ACCOUNTS_MAX = 100;

    private static final Field<BillJobRequest, List<Id<Account>>> ACCOUNTS =
            optional("accountIds", Types.list(Types.id(), 0, ACCOUNTS_MAX), request -> Optional.of(request.accounts()));
    private static final Field<BillJobRequest, LocalDate> BILL_DATE =
            optional("billDate", Types.DATE, BillJobRequest::billDate);
    private static final Field<BillJobRequest, LocalDate> LAST_DATE =
            optional("lastDateInBillingPeriod", Types.DATE, BillJobRequest::lastDateInBillingPeriod);
    private static final Field<BillJobRequest, BillFrequency> FREQUENCY = optional(
            "billingFrequency",
            Types.choiceOf(BillFrequency.class, BillFrequency.MONTHLY),
            _ -> Optional.of(BillFrequency.MONTHLY));
    private static final Field<BillJobRequest, LocalDate> DUE_DATE =
            optional("dueDate", Types.DATE, BillJobRequest::dueDate);
    private static final Field<BillJobRequest, LocalDate> INVOICE_DATE =
            optional("externalInvoiceDate", Types.DATE, BillJobRequest::externalInvoiceDate);

    static final Shape<BillJobRequest> SHAPE = Shape.of(
                    values -> new BillJobRequest(
                            values.find(ACCOUNTS).orElseGet(List::of),
                            values.find(BILL_DATE),
                            values.find(LAST_DATE),
                            values.find(DUE_DATE),
                            values.find(INVOICE_DATE)),
                    ACCOUNTS,
                    BILL_DATE,
                    LAST_DATE,
                    FREQUENCY,
                    DUE_DATE,
                    INVOICE_DATE)
            .accepting(
                    Neutral.of("billFrequencyInterval", 1),
                    Neutral.of("timezone", "UTC"),
                    Neutral.of("dayEpoch", "2022-01-01"),
                    Neutral.of("weekEpoch", "2022-01-04"),
                    Neutral.of("monthEpoch", "2022-01-01"),
                    Neutral.of("yearEpoch", "2022-01-01"),
                    Neutral.absent("targetCurrency"),
                    Neutral.absent("currencyConversions"));

    private BillJobRequestJson() {}
}

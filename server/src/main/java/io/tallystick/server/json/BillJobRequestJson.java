package io.tallystick.server.json;

import static io.tallystick.server.json.Field.optional;

import io.tallystick.account.Account;
import io.tallystick.id.Id;
import io.tallystick.time.BillFrequency;
import io.tallystick.time.Cycle;
import java.time.LocalDate;
import java.time.ZoneId;
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
            "billingFrequency", Types.FREQUENCY, request -> request.calendar().frequency());
    private static final Field<BillJobRequest, Integer> INTERVAL =
            optional("billFrequencyInterval", Types.integer(1, Cycle.INTERVAL_MAX), request -> request.calendar()
                    .interval());
    private static final Field<BillJobRequest, ZoneId> ZONE =
            optional("timezone", Types.NAMED_ZONE, request -> request.calendar().zone());
    private static final Field<BillJobRequest, LocalDate> DAY_EPOCH =
            optional("dayEpoch", Types.DATE, request -> request.calendar().dayEpoch());
    private static final Field<BillJobRequest, LocalDate> WEEK_EPOCH =
            optional("weekEpoch", Types.DATE, request -> request.calendar().weekEpoch());
    private static final Field<BillJobRequest, LocalDate> MONTH_EPOCH =
            optional("monthEpoch", Types.DATE, request -> request.calendar().monthEpoch());
    private static final Field<BillJobRequest, LocalDate> YEAR_EPOCH =
            optional("yearEpoch", Types.DATE, request -> request.calendar().yearEpoch());
    private static final Field<BillJobRequest, LocalDate> DUE_DATE =
            optional("dueDate", Types.DATE, BillJobRequest::dueDate);
    private static final Field<BillJobRequest, LocalDate> INVOICE_DATE =
            optional("externalInvoiceDate", Types.DATE, BillJobRequest::externalInvoiceDate);

    static final Shape<BillJobRequest> SHAPE = Shape.of(
                    values -> new BillJobRequest(
                            values.find(ACCOUNTS).orElseGet(List::of),
                            values.find(BILL_DATE),
                            values.find(LAST_DATE),
                            new BillJobRequest.Calendar(
                                    values.find(FREQUENCY),
                                    values.find(INTERVAL),
                                    values.find(ZONE),
                                    values.find(DAY_EPOCH),
                                    values.find(WEEK_EPOCH),
                                    values.find(MONTH_EPOCH),
                                    values.find(YEAR_EPOCH)),
                            values.find(DUE_DATE),
                            values.find(INVOICE_DATE)),
                    ACCOUNTS,
                    BILL_DATE,
                    LAST_DATE,
                    FREQUENCY,
                    INTERVAL,
                    ZONE,
                    DAY_EPOCH,
                    WEEK_EPOCH,
                    MONTH_EPOCH,
                    YEAR_EPOCH,
                    DUE_DATE,
                    INVOICE_DATE)
            .accepting(Neutral.absent("targetCurrency"), Neutral.absent("currencyConversions"));

    private BillJobRequestJson() {}
}

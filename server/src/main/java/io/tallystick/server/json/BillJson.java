package io.tallystick.server.json;

import static io.tallystick.server.json.Field.answered;
import static io.tallystick.server.json.Field.answeredIfPresent;
import static io.tallystick.server.json.Field.optional;
import static io.tallystick.server.json.Field.required;
import static io.tallystick.server.json.Field.shown;

import io.tallystick.account.Account;
import io.tallystick.account.AccountPlan;
import io.tallystick.billing.Bill;
import io.tallystick.billing.BillJob;
import io.tallystick.billing.BillState;
import io.tallystick.billing.LineItem;
import io.tallystick.billing.UnpricedUsage;
import io.tallystick.billing.Watermarks;
import io.tallystick.catalog.Aggregation;
import io.tallystick.catalog.CompoundAggregation;
import io.tallystick.catalog.Countable;
import io.tallystick.document.Author;
import io.tallystick.id.Code;
import io.tallystick.id.Id;
import io.tallystick.id.InvoiceNumber;
import io.tallystick.quantity.Currency;
import io.tallystick.time.BillFrequency;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A bill as JSON. Source: m3ter API, Bill; {@code unpricedUsage} and {@code watermarks} are ours. {@code endDate} is, as
 * {@code endDateTimeUTC}, the first one after the period.
 */
public final class BillJson {
    private static final Type<String> AUTHOR_NAME = Types.text(1, 200);
    private static final Type<InvoiceNumber> INVOICE_NUMBER =
            Types.mapped(Types.text(1, 100), InvoiceNumber::new, InvoiceNumber::value);
    private static final Field<Bill, Id<Account>> ACCOUNT = answered("accountId", Types.id(), Bill::account);
    private static final Field<Bill, Code> ACCOUNT_CODE = answered("accountCode", Types.CODE, Bill::accountCode);
    private static final Field<Bill, BillFrequency> FREQUENCY =
            answered("billingFrequency", Types.choice(BillFrequency.class), Bill::frequency);
    private static final Field<Bill, Integer> INTERVAL =
            answered("billFrequencyInterval", Types.integer(1, 365), Bill::frequencyInterval);
    private static final Field<Bill, LocalDate> START_DATE = shown(
            "startDate", Types.DATE, bill -> LocalDate.ofInstant(bill.period().from(), bill.zone()));
    private static final Field<Bill, LocalDate> END_DATE = shown(
            "endDate", Types.DATE, bill -> LocalDate.ofInstant(bill.period().to(), bill.zone()));
    private static final Field<Bill, Instant> START =
            answered("startDateTimeUTC", Types.INSTANT, bill -> bill.period().from());
    private static final Field<Bill, Instant> END =
            answered("endDateTimeUTC", Types.INSTANT, bill -> bill.period().to());
    private static final Field<Bill, ZoneId> ZONE = answered("timezone", Types.ZONE, Bill::zone);
    private static final Field<Bill, LocalDate> BILL_DATE = answered("billDate", Types.DATE, Bill::billDate);
    private static final Field<Bill, LocalDate> DUE_DATE = answered("dueDate", Types.DATE, Bill::dueDate);
    private static final Field<Bill, LocalDate> INVOICE_DATE =
            answered("externalInvoiceDate", Types.DATE, Bill::externalInvoiceDate);
    private static final Field<Bill, Currency> CURRENCY = answered("currency", Types.CURRENCY, Bill::currency);
    private static final Field<Bill, BigDecimal> TOTAL = answered(BillJson.BILL_TOTAL, Types.DECIMAL, Bill::total);
    private static final Field<Bill, BillState.Status> STATUS =
            answered("status", Types.choice(BillState.Status.class), Bill::status);
    private static final Field<Bill, Boolean> LOCKED = answered("locked", Types.FLAG, Bill::locked);
    private static final Field<Bill, String> APPROVED_BY =
            answeredIfPresent("approvedBy", AUTHOR_NAME, bill -> approval(bill).map(Author::name));
    private static final Field<Bill, Instant> APPROVED_AT = answeredIfPresent(
            "dtApproved", Types.INSTANT, bill -> approval(bill).map(Author::at));
    private static final Field<Bill, InvoiceNumber> NUMBER =
            answeredIfPresent("sequentialInvoiceNumber", INVOICE_NUMBER, Bill::invoiceNumber);
    private static final Field<Bill, String> LOCKED_BY = answeredIfPresent(
            "lockedBy", AUTHOR_NAME, bill -> bill.state().locking().map(Author::name));
    private static final Field<Bill, Instant> LOCKED_AT = answeredIfPresent(
            "dtLocked", Types.INSTANT, bill -> bill.state().locking().map(Author::at));
    private static final Field<Bill, Id<BillJob>> JOB = answeredIfPresent("billJobId", Types.id(), Bill::billJob);
    private static final Field<Bill, Instant> CREATED = answered("createdDate", Types.INSTANT, Bill::created);
    private static final Field<Bill, Instant> CALCULATED =
            answered("lastCalculatedDate", Types.INSTANT, Bill::lastCalculated);
    private static final Field<Bill, String> PURCHASE_ORDER =
            answeredIfPresent("purchaseOrderNumber", Types.text(0, 100), Bill::purchaseOrderNumber);
    private static final Field<Bill, Watermarks> WATERMARKS =
            answered("watermarks", BillJobJson.WatermarksJson.SHAPE.asType(), Bill::watermarks);
    private static final Field<Bill, List<UnpricedUsage>> UNPRICED = answered(
            "unpricedUsage", Types.list(UnpricedUsageJson.SHAPE.asType(), 0, Integer.MAX_VALUE), Bill::unpricedUsage);
    private static final Field<Bill, List<LineItem>> LINES =
            answered("lineItems", Types.list(LineItemJson.IN_BILL.asType(), 0, Integer.MAX_VALUE), Bill::lines);

    static final Shape<Bill> SHAPE = Shape.of(
            BillJson::make,
            ACCOUNT,
            ACCOUNT_CODE,
            FREQUENCY,
            INTERVAL,
            START_DATE,
            END_DATE,
            START,
            END,
            ZONE,
            BILL_DATE,
            DUE_DATE,
            INVOICE_DATE,
            CURRENCY,
            TOTAL,
            STATUS,
            LOCKED,
            APPROVED_BY,
            APPROVED_AT,
            NUMBER,
            LOCKED_BY,
            LOCKED_AT,
            JOB,
            CREATED,
            CALCULATED,
            PURCHASE_ORDER,
            WATERMARKS,
            UNPRICED,
            LINES);

    /** A field that a list leaves out on request. */
    public static final String BILL_TOTAL = "billTotal";

    /** A field that a list leaves out on request. */
    public static final String LINE_ITEMS = "lineItems";

    private BillJson() {}

    private static Bill make(Values<Bill> values) {
        return new Bill(
                values.get(ACCOUNT),
                values.get(ACCOUNT_CODE),
                values.get(FREQUENCY),
                values.get(INTERVAL),
                new Period(values.get(START), values.get(END)),
                values.get(ZONE),
                values.get(BILL_DATE),
                values.get(DUE_DATE),
                values.get(INVOICE_DATE),
                values.get(CURRENCY),
                values.get(LINES),
                values.get(TOTAL),
                values.get(UNPRICED),
                state(values),
                values.find(JOB),
                values.get(CREATED),
                values.get(CALCULATED),
                values.get(WATERMARKS),
                values.find(PURCHASE_ORDER));
    }

    private static BillState state(Values<Bill> values) {
        if (values.get(STATUS) == BillState.Status.PENDING) {
            return new BillState.Pending();
        }
        BillState.Approved approved = new BillState.Approved(
                new Author(values.get(APPROVED_BY), values.get(APPROVED_AT)), values.get(NUMBER));
        return values.get(LOCKED)
                ? new BillState.Locked(approved, new Author(values.get(LOCKED_BY), values.get(LOCKED_AT)))
                : approved;
    }

    private static Optional<Author> approval(Bill bill) {
        return bill.state().approval().map(BillState.Approved::by);
    }

    /** Usage that a bill does not charge, as JSON. */
    static final class UnpricedUsageJson {
        private static final Field<UnpricedUsage, Id<AccountPlan>> ACCOUNT_PLAN =
                required("accountPlanId", Types.id(), UnpricedUsage::accountPlan);
        private static final Field<UnpricedUsage, Id<Aggregation>> AGGREGATION =
                optional("aggregationId", Types.id(), usage -> usage.counted().aggregation());
        private static final Field<UnpricedUsage, Id<CompoundAggregation>> COMPOUND = optional(
                "compoundAggregationId", Types.id(), usage -> usage.counted().compound());
        private static final Field<UnpricedUsage, String> NAME =
                required("name", Types.text(0, 200), UnpricedUsage::name);
        private static final Field<UnpricedUsage, Instant> START = required(
                "servicePeriodStartDate", Types.INSTANT, usage -> usage.period().from());
        private static final Field<UnpricedUsage, Instant> END = required(
                "servicePeriodEndDate", Types.INSTANT, usage -> usage.period().to());

        /** Bills that were made before there were segments do not say it: then it can only be the price. */
        private static final Field<UnpricedUsage, UnpricedUsage.Reason> REASON =
                optional("reason", Types.choice(UnpricedUsage.Reason.class), usage -> Optional.of(usage.reason()));

        private static final Field<UnpricedUsage, BigDecimal> QUANTITY =
                required("quantity", Types.DECIMAL, UnpricedUsage::quantity);

        static final Shape<UnpricedUsage> SHAPE = Shape.of(
                values -> new UnpricedUsage(
                        values.get(ACCOUNT_PLAN),
                        Countable.of(values.find(AGGREGATION), values.find(COMPOUND)),
                        values.get(NAME),
                        new Period(values.get(START), values.get(END)),
                        values.find(REASON).orElse(UnpricedUsage.Reason.NO_PRICE_IN_FORCE),
                        values.get(QUANTITY)),
                ACCOUNT_PLAN,
                AGGREGATION,
                COMPOUND,
                NAME,
                START,
                END,
                REASON,
                QUANTITY);

        private UnpricedUsageJson() {}
    }
}

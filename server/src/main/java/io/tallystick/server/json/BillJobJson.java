package io.tallystick.server.json;

import static io.tallystick.server.json.Field.answered;
import static io.tallystick.server.json.Field.answeredIfPresent;
import static io.tallystick.server.json.Field.former;
import static io.tallystick.server.json.Field.required;
import static io.tallystick.server.json.Field.shown;

import io.tallystick.account.Account;
import io.tallystick.billing.Bill;
import io.tallystick.billing.BillJob;
import io.tallystick.billing.BillOrder;
import io.tallystick.billing.Parked;
import io.tallystick.billing.Watermarks;
import io.tallystick.document.Watermark;
import io.tallystick.id.Id;
import io.tallystick.time.BillFrequency;
import io.tallystick.time.Calendars;
import io.tallystick.time.Cycle;
import io.tallystick.time.Epochs;
import io.tallystick.usage.UsageWatermark;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A bill job as JSON. Source: m3ter API, BillJob; {@code parkedAccounts} and {@code failure} are ours.
 */
final class BillJobJson {
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private static final Field<BillJob, List<Id<Account>>> ACCOUNTS =
            answered("accountIds", Types.list(Types.id(), 0, UNLIMITED), job -> job.order()
                    .accounts());
    private static final Field<BillJob, BillFrequency> FREQUENCY =
            answeredIfPresent("billingFrequency", Types.choice(BillFrequency.class), job -> job.order()
                    .calendars()
                    .frequency());
    private static final Field<BillJob, Integer> INTERVAL =
            answeredIfPresent("billFrequencyInterval", Types.integer(1, Cycle.INTERVAL_MAX), job -> job.order()
                    .calendars()
                    .interval());
    private static final Field<BillJob, LocalDate> BILL_DATE =
            answered("billDate", Types.DATE, job -> job.order().billDate());
    private static final Field<BillJob, LocalDate> LAST_DATE = shown(
            "lastDateInBillingPeriod", Types.DATE, job -> job.order().billDate().minusDays(1));

    /** Jobs were for one month each. */
    private static final Field<BillJob, Instant> FORMER_END = former("periodEnd", Types.INSTANT);

    private static final Field<BillJob, ZoneId> ZONE =
            answered("timezone", Types.ZONE, job -> job.order().calendars().zone());
    private static final Field<BillJob, LocalDate> DAY_EPOCH = epoch("dayEpoch", Epochs::day);
    private static final Field<BillJob, LocalDate> WEEK_EPOCH = epoch("weekEpoch", Epochs::week);
    private static final Field<BillJob, LocalDate> MONTH_EPOCH = epoch("monthEpoch", Epochs::month);
    private static final Field<BillJob, LocalDate> YEAR_EPOCH = epoch("yearEpoch", Epochs::year);
    private static final Field<BillJob, LocalDate> DUE_DATE =
            answeredIfPresent("dueDate", Types.DATE, job -> job.order().dueDate());
    private static final Field<BillJob, LocalDate> INVOICE_DATE = answeredIfPresent(
            "externalInvoiceDate", Types.DATE, job -> job.order().externalInvoiceDate());
    private static final Field<BillJob, String> TYPE =
            shown("type", Types.text(1, 20), job -> job.recalculates().isEmpty() ? "CREATE" : "RECALCULATE");
    private static final Field<BillJob, List<Id<Bill>>> RECALCULATES = answeredIfPresent(
            "recalculates", Types.list(Types.id(), 1, UNLIMITED), job -> Optional.of(job.recalculates())
                    .filter(bills -> !bills.isEmpty()));
    private static final Field<BillJob, BillJob.Status> STATUS =
            answered("status", Types.choice(BillJob.Status.class), BillJob::status);
    private static final Field<BillJob, Watermarks> WATERMARKS =
            answeredIfPresent("watermarks", WatermarksJson.SHAPE.asType(), BillJob::watermarks);
    private static final Field<BillJob, Integer> TOTAL = answered("total", Types.integer(0, UNLIMITED), BillJob::total);
    private static final Field<BillJob, Integer> PENDING =
            answered("pending", Types.integer(0, UNLIMITED), BillJob::pending);
    private static final Field<BillJob, List<Id<Bill>>> BILLS =
            answered("billIds", Types.list(Types.id(), 0, UNLIMITED), BillJob::bills);
    private static final Field<BillJob, List<Parked>> PARKED =
            answered("parkedAccounts", Types.list(ParkedJson.SHAPE.asType(), 0, UNLIMITED), BillJob::parked);
    private static final Field<BillJob, String> FAILURE =
            answeredIfPresent("failure", Types.text(0, 100_000), BillJob::failure);

    static final Shape<BillJob> SHAPE = Shape.of(
            BillJobJson::make,
            ACCOUNTS,
            FREQUENCY,
            INTERVAL,
            BILL_DATE,
            LAST_DATE,
            FORMER_END,
            ZONE,
            DAY_EPOCH,
            WEEK_EPOCH,
            MONTH_EPOCH,
            YEAR_EPOCH,
            DUE_DATE,
            INVOICE_DATE,
            TYPE,
            RECALCULATES,
            STATUS,
            WATERMARKS,
            TOTAL,
            PENDING,
            BILLS,
            PARKED,
            FAILURE);

    private BillJobJson() {}

    private static Field<BillJob, LocalDate> epoch(String name, Function<Epochs, LocalDate> of) {
        return answered(
                name, Types.DATE, job -> of.apply(job.order().calendars().epochs()));
    }

    private static BillJob make(Values<BillJob> values) {
        ZoneId zone = values.get(ZONE);
        Epochs epochs = new Epochs(
                values.find(DAY_EPOCH).orElseGet(Epochs.STANDARD::day),
                values.find(WEEK_EPOCH).orElseGet(Epochs.STANDARD::week),
                values.find(MONTH_EPOCH).orElseGet(Epochs.STANDARD::month),
                values.find(YEAR_EPOCH).orElseGet(Epochs.STANDARD::year));
        BillOrder order = new BillOrder(
                values.get(ACCOUNTS),
                new Calendars(values.find(FREQUENCY), values.find(INTERVAL), epochs, zone),
                values.find(BILL_DATE).orElseGet(() -> LocalDate.ofInstant(values.get(FORMER_END), zone)),
                values.find(DUE_DATE),
                values.find(INVOICE_DATE));
        return new BillJob(
                order,
                values.find(RECALCULATES).orElseGet(List::of),
                values.get(STATUS),
                values.find(WATERMARKS),
                values.get(TOTAL),
                values.get(PENDING),
                values.get(BILLS),
                values.get(PARKED),
                values.find(FAILURE));
    }

    /** An account that could not be billed, as JSON. */
    static final class ParkedJson {
        private static final Field<Parked, Id<Account>> ACCOUNT = required("accountId", Types.id(), Parked::account);
        private static final Field<Parked, String> REASON = required("reason", Types.text(0, 100_000), Parked::reason);

        static final Shape<Parked> SHAPE =
                Shape.of(values -> new Parked(values.get(ACCOUNT), values.get(REASON)), ACCOUNT, REASON);
    }

    /** The two watermarks of a bill as JSON. */
    static final class WatermarksJson {
        private static final Field<Watermarks, String> DOCUMENTS = required(
                "documents",
                Types.text(1, 100),
                watermarks -> Long.toString(watermarks.documents().value()));
        private static final Field<Watermarks, String> USAGE = required(
                "usage", Types.text(1, 1000), watermarks -> watermarks.usage().value());

        static final Shape<Watermarks> SHAPE = Shape.of(
                values -> new Watermarks(
                        new Watermark(Long.parseLong(values.get(DOCUMENTS))), new UsageWatermark(values.get(USAGE))),
                DOCUMENTS,
                USAGE);

        private WatermarksJson() {}
    }
}

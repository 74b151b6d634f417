package io.tallystick.server.json;

import static io.tallystick.server.json.Field.optional;
import static io.tallystick.server.json.Field.required;

import io.tallystick.account.BillConfig;
import io.tallystick.billing.Bill;
import io.tallystick.billing.BillState;
import io.tallystick.billing.approval.InvoiceSequence;
import io.tallystick.id.Id;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What brings bills into the books, as JSON. Source: m3ter API, Bills and BillConfig. */
public final class ApprovalJson {
    private static final int VERSION_MAX = Integer.MAX_VALUE;

    private static final Field<BillConfig, LocalDate> LOCK_DATE =
            optional("billLockDate", Types.DATE, BillConfig::lockDate);

    static final Shape<BillConfig> BILL_CONFIG = Shape.of(values -> new BillConfig(values.find(LOCK_DATE)), LOCK_DATE);

    private static final Field<InvoiceSequence, Integer> NEXT =
            required("next", Types.integer(1, Integer.MAX_VALUE), InvoiceSequence::next);

    static final Shape<InvoiceSequence> INVOICE_SEQUENCE =
            Shape.of(values -> new InvoiceSequence(values.get(NEXT)), NEXT);

    private static final Field<StatusWish, BillState.Status> STATUS =
            required("status", Types.choice(BillState.Status.class), StatusWish::status);
    private static final Field<StatusWish, Integer> VERSION =
            optional("version", Types.integer(1, VERSION_MAX), StatusWish::version);

    static final Shape<StatusWish> STATUS_WISH =
            Shape.of(values -> new StatusWish(values.get(STATUS), values.find(VERSION)), STATUS, VERSION);

    private static final Field<ApprovalWish, List<Id<Bill>>> BILLS =
            optional("billIds", Types.list(Types.id(), 1, ApprovalWish.BILLS_MAX), ApprovalWish::bills);

    static final Shape<ApprovalWish> APPROVAL_WISH = Shape.of(values -> new ApprovalWish(values.find(BILLS)), BILLS);

    private ApprovalJson() {}

    /**
     * What {@code PUT /bills/{id}/status} is sent.
     *
     * @param version of the bill that was looked at; ours
     */
    public record StatusWish(BillState.Status status, Optional<Integer> version) {}

    /**
     * What {@code POST /bills/approve} is sent.
     *
     * @param bills absent: the query says which
     */
    public record ApprovalWish(Optional<List<Id<Bill>>> bills) {
        static final int BILLS_MAX = 500;
    }
}

package io.tallystick.server.json.correction;

import static io.tallystick.server.json.Field.answered;
import static io.tallystick.server.json.Field.optional;
import static io.tallystick.server.json.Field.required;

import io.tallystick.billing.Bill;
import io.tallystick.billing.LineItem;
import io.tallystick.billing.LineItemType;
import io.tallystick.billing.correction.ManualLine;
import io.tallystick.billing.correction.ManualLine.Direction;
import io.tallystick.billing.reason.Reason;
import io.tallystick.catalog.Product;
import io.tallystick.id.Id;
import io.tallystick.server.json.Field;
import io.tallystick.server.json.Shape;
import io.tallystick.server.json.Types;
import io.tallystick.server.json.Values;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A line by hand as JSON. {@code reasonId} and {@code creditReasonId} (or {@code debitReasonId}) mean the same; both are
 * answered. Source: m3ter API, CreditLineItem and DebitLineItem.
 */
public final class ManualLineJson {
    private static final int DESCRIPTION_MAX = 1000;

    /** The house knows it from the path. */
    public static final Field<ManualLine, Id<Bill>> BILL = answered("billId", Types.id(), ManualLine::bill);

    private static final Field<ManualLine, BigDecimal> AMOUNT =
            required("amount", Types.decimalAbove(BigDecimal.ZERO), ManualLine::amount);
    private static final Field<ManualLine, BigDecimal> ON_BILL =
            optional("amountToApplyOnBill", Types.decimalAbove(BigDecimal.ZERO), ManualLine::amountOnBill);
    private static final Field<ManualLine, String> DESCRIPTION =
            required("description", Types.text(1, DESCRIPTION_MAX), ManualLine::description);
    private static final Field<ManualLine, Id<Product>> PRODUCT =
            required("productId", Types.id(), ManualLine::product);
    private static final Field<ManualLine, Id<Product>> ACCOUNTING_PRODUCT =
            required("accountingProductId", Types.id(), ManualLine::accountingProduct);
    private static final Field<ManualLine, Id<Bill>> REFERENCED_BILL =
            required("referencedBillId", Types.id(), ManualLine::referencedBill);
    private static final Field<ManualLine, Id<LineItem>> REFERENCED_LINE =
            required("referencedLineItemId", Types.id(), ManualLine::referencedLine);
    private static final Field<ManualLine, Instant> START =
            required("servicePeriodStartDate", Types.INSTANT, line -> line.servicePeriod()
                    .from());
    private static final Field<ManualLine, Instant> END = required(
            "servicePeriodEndDate", Types.INSTANT, line -> line.servicePeriod().to());
    private static final Field<ManualLine, LineItemType> TYPE =
            optional("lineItemType", Types.choice(LineItemType.class), line -> Optional.of(line.type()));
    private static final Field<ManualLine, Id<Reason>> REASON = optional("reasonId", Types.id(), ManualLine::reason);

    public static final Shape<ManualLine> CREDIT = shape(Direction.CREDIT, "creditReasonId");
    public static final Shape<ManualLine> DEBIT = shape(Direction.DEBIT, "debitReasonId");

    private ManualLineJson() {}

    private static Shape<ManualLine> shape(Direction direction, String ownName) {
        Field<ManualLine, Id<Reason>> ownReason = optional(ownName, Types.id(), ManualLine::reason);
        return Shape.of(
                values -> make(values, direction, reason(values, ownReason)),
                BILL,
                AMOUNT,
                ON_BILL,
                DESCRIPTION,
                PRODUCT,
                ACCOUNTING_PRODUCT,
                REFERENCED_BILL,
                REFERENCED_LINE,
                START,
                END,
                TYPE,
                REASON,
                ownReason);
    }

    private static ManualLine make(Values<ManualLine> values, Direction direction, Optional<Id<Reason>> reason) {
        return new ManualLine(
                values.get(BILL),
                direction,
                values.find(TYPE).orElseGet(direction::memo),
                values.get(DESCRIPTION),
                values.get(AMOUNT),
                values.find(ON_BILL),
                values.get(PRODUCT),
                values.get(ACCOUNTING_PRODUCT),
                values.get(REFERENCED_BILL),
                values.get(REFERENCED_LINE),
                new Period(values.get(START), values.get(END)),
                reason);
    }

    private static Optional<Id<Reason>> reason(Values<ManualLine> values, Field<ManualLine, Id<Reason>> ownReason) {
        Optional<Id<Reason>> own = values.find(ownReason);
        Optional<Id<Reason>> general = values.find(REASON);
        if (own.isPresent() && general.isPresent() && !own.equals(general)) {
            throw new IllegalArgumentException(
                    "Expected reasonId and %s to be the same, but were %s and %s. Send one of them."
                            .formatted(ownReason.name(), general.get(), own.get()));
        }
        return own.or(() -> general);
    }
}

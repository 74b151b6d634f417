package io.tallystick.billing.correction;

import io.tallystick.billing.Bill;
import io.tallystick.billing.LineItem;
import io.tallystick.billing.LineItemType;
import io.tallystick.billing.reason.Reason;
import io.tallystick.catalog.Product;
import io.tallystick.document.Document;
import io.tallystick.document.Kind;
import io.tallystick.id.Id;
import io.tallystick.quantity.Currency;
import io.tallystick.quantity.Exact;
import io.tallystick.rating.Earlier;
import io.tallystick.time.Period;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody gives back or charges by hand on a pending bill. A document of its own, so that the bill can be
 * calculated again without losing it. Source: m3ter API, CreditLineItem and DebitLineItem.
 *
 * @param bill on which it stands
 * @param type the direction's own memo, or MANUAL_ADJUSTMENT
 * @param description never blank
 * @param amount above 0, in the currency of the bill; the direction says its sign there
 * @param amountOnBill as much of it as the bill is to show, above 0; absent: all of it
 * @param referencedBill what it puts right: a bill of the same account, possibly the one it stands on
 * @param referencedLine a line of that bill
 */
public record ManualLine(
        Id<Bill> bill,
        Direction direction,
        LineItemType type,
        String description,
        BigDecimal amount,
        Optional<BigDecimal> amountOnBill,
        Id<Product> product,
        Id<Product> accountingProduct,
        Id<Bill> referencedBill,
        Id<LineItem> referencedLine,
        Period servicePeriod,
        Optional<Id<Reason>> reason) {
    /** Key of the bill on which it stands. */
    public static final String BILL = "billId";

    /** What becomes of the bill's total. */
    public enum Direction {
        CREDIT(LineItemType.CREDIT_MEMO),
        DEBIT(LineItemType.DEBIT_MEMO);

        private final LineItemType memo;

        Direction(LineItemType memo) {
            this.memo = memo;
        }

        /** The type of a line that says none. */
        public LineItemType memo() {
            return memo;
        }

        public Kind<ManualLine> kind() {
            return switch (this) {
                case CREDIT -> CREDITS;
                case DEBIT -> DEBITS;
            };
        }

        /** The list its reasons are from. */
        public Kind<Reason> reasons() {
            return switch (this) {
                case CREDIT -> Reason.CREDIT;
                case DEBIT -> Reason.DEBIT;
            };
        }
    }

    public static final Kind<ManualLine> CREDITS = kept("creditlineitem", Reason.CREDIT);
    public static final Kind<ManualLine> DEBITS = kept("debitlineitem", Reason.DEBIT);

    private static Kind<ManualLine> kept(String name, Kind<Reason> reasons) {
        return Kind.of(name, ManualLine.class)
                .refersTo(BILL, Bill.KIND, ManualLine::bill)
                .refersTo("referencedBillId", Bill.KIND, ManualLine::referencedBill)
                .refersTo("productId", Product.KIND, ManualLine::product)
                .refersTo("accountingProductId", Product.KIND, ManualLine::accountingProduct)
                .mayReferTo("reasonId", reasons, ManualLine::reason);
    }

    public ManualLine {
        if (type != direction.memo() && type != LineItemType.MANUAL_ADJUSTMENT) {
            throw new IllegalArgumentException("Expected lineItemType %s or %s for a %s line item, but was %s."
                    .formatted(direction.memo(), LineItemType.MANUAL_ADJUSTMENT, direction, type));
        }
        if (description.isBlank()) {
            throw new IllegalArgumentException("Expected a description of the line item, but it is blank.");
        }
        amount = positive("amount", amount);
        amountOnBill = amountOnBill.map(part -> positive("amountToApplyOnBill", part));
        if (amountOnBill.isPresent() && amountOnBill.get().compareTo(amount) > 0) {
            throw new IllegalArgumentException("Expected amountToApplyOnBill up to the amount, %s, but was %s."
                    .formatted(amount.toPlainString(), amountOnBill.get().toPlainString()));
        }
    }

    private static BigDecimal positive(String field, BigDecimal amount) {
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException(
                    "Expected %s above 0, but was %s.".formatted(field, amount.toPlainString()));
        }
        return Exact.plain(amount);
    }

    /** What the bill's total goes up by; below 0 for a credit. */
    public BigDecimal charged() {
        BigDecimal part = amountOnBill.orElse(amount);
        return switch (direction) {
            case CREDIT -> part.negate();
            case DEBIT -> part;
        };
    }

    /** As it stands on the bill; the bill gives it its place. */
    LineItem line(Id<ManualLine> id, Currency currency, Document<Product> booked, Document<Product> accounting) {
        BigDecimal charged = charged();
        return new LineItem(
                new Id<>(id.value()),
                1,
                type,
                description,
                new LineItem.Booking(
                        Optional.empty(),
                        Optional.empty(),
                        LineItem.BookedProduct.of(booked),
                        LineItem.BookedProduct.of(accounting)),
                new LineItem.Basis(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Earlier.NOTHING,
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        "",
                        charged,
                        List.of()),
                servicePeriod,
                new LineItem.Amounts(charged, charged, charged, BigDecimal.ONE, currency),
                new LineItem.Reference(Optional.of(referencedBill), Optional.of(referencedLine), reason));
    }
}

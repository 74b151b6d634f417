package io.tallystick.billing.correction;

import static java.util.Comparator.comparingInt;

import io.tallystick.billing.Bill;
import io.tallystick.billing.BillState;
import io.tallystick.billing.LineItem;
import io.tallystick.billing.reason.Reason;
import io.tallystick.catalog.ListedCurrency;
import io.tallystick.catalog.Product;
import io.tallystick.document.Author;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Reading;
import io.tallystick.document.Registered;
import io.tallystick.document.Registrar;
import io.tallystick.document.Transaction;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.quantity.Currency;
import io.tallystick.quantity.CurrencyRounding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Writes lines by hand onto pending bills. The line and the bill that shows it change in one transaction, so that the
 * bill's total is right at once and its version moves. Safe for use by many threads.
 */
public final class ManualLines {
    private final Documents documents;

    public ManualLines(Documents documents) {
        this.documents = documents;
    }

    /** What came of the wish to write, change or take away a line. A refusal has changed nothing. */
    public sealed interface Outcome {
        record Done(Document<ManualLine> line) implements Outcome {}

        /** There is no such bill, or it has no such line. */
        record Unknown(String kind, String id) implements Outcome {}

        /** The bill is no longer pending; the text says since which number. */
        record Closed(String reason) implements Outcome {}

        /** The line contradicts what it is to stand on, or what it refers to. */
        record Unfit(List<Misfit> misfits) implements Outcome {
            public Unfit {
                misfits = List.copyOf(misfits);
            }
        }

        /** Refused by the rules that all documents share. */
        record Refused(Registered<ManualLine> by) implements Outcome {}
    }

    /**
     * What is wrong with a line.
     *
     * @param field as the wire calls it
     */
    public record Misfit(String field, String message) {}

    public Outcome create(OrganizationId organization, Id<ManualLine> id, ManualLine line, Author author) {
        return write(organization, line.bill(), author, (transaction, bill) -> {
            List<Misfit> misfits = misfits(transaction, bill, id, line, Optional.empty());
            return misfits.isEmpty()
                    ? outcome(new Registrar(transaction, organization)
                            .create(line.direction().kind(), id, line))
                    : new Outcome.Unfit(misfits);
        });
    }

    /**
     * Writes the next version of a line.
     *
     * @param version the version that the writer has seen
     */
    public Outcome replace(
            OrganizationId organization, Id<ManualLine> id, int version, ManualLine line, Author author) {
        return write(organization, line.bill(), author, (transaction, bill) -> {
            Optional<Document<ManualLine>> present = of(transaction, organization, line.bill(), line.direction(), id);
            if (present.isEmpty()) {
                return new Outcome.Unknown(line.direction().kind().name(), id.value());
            }
            List<Misfit> misfits =
                    misfits(transaction, bill, id, line, present.get().content().reason());
            return misfits.isEmpty()
                    ? outcome(new Registrar(transaction, organization)
                            .replace(line.direction().kind(), id, version, line))
                    : new Outcome.Unfit(misfits);
        });
    }

    public Outcome delete(
            OrganizationId organization,
            Id<Bill> bill,
            ManualLine.Direction direction,
            Id<ManualLine> id,
            Author author) {
        return write(
                organization,
                bill,
                author,
                (transaction, _) ->
                        of(transaction, organization, bill, direction, id).isPresent()
                                ? outcome(new Registrar(transaction, organization).delete(direction.kind(), id))
                                : new Outcome.Unknown(direction.kind().name(), id.value()));
    }

    /** A line of this bill and direction. */
    public static Optional<Document<ManualLine>> of(
            Reading documents,
            OrganizationId organization,
            Id<Bill> bill,
            ManualLine.Direction direction,
            Id<ManualLine> id) {
        return documents
                .find(direction.kind(), organization, id)
                .filter(line -> line.content().bill().equals(bill));
    }

    private Outcome write(OrganizationId organization, Id<Bill> id, Author author, Step step) {
        return documents.write(author, transaction -> {
            Optional<Document<Bill>> found = transaction.find(Bill.KIND, organization, id);
            if (found.isEmpty()) {
                return new Outcome.Unknown(Bill.KIND.name(), id.value());
            }
            Document<Bill> bill = found.get();
            Optional<BillState.Approved> approval = bill.content().state().approval();
            if (approval.isPresent()) {
                return closed(bill, approval.get());
            }
            Outcome outcome = step.decide(transaction, bill);
            if (outcome instanceof Outcome.Done) {
                transaction.update(bill, bill.content().byHand(lines(transaction, organization, bill)));
            }
            return outcome;
        });
    }

    private static Outcome closed(Document<Bill> bill, BillState.Approved approval) {
        return new Outcome.Closed(
                "Expected bill %s to be PENDING to change its line items, but it is %s as invoice %s. Put it right on a later bill."
                        .formatted(
                                bill.id(),
                                bill.content().locked() ? "APPROVED and locked" : "APPROVED",
                                approval.number()));
    }

    /** All that somebody has written by hand, in the order in which it was written. */
    private static List<LineItem> lines(Transaction transaction, OrganizationId organization, Document<Bill> bill) {
        Function<Id<Product>, Document<Product>> product = id -> transaction
                .find(Product.KIND, organization, id)
                .orElseThrow(() -> new IllegalStateException(
                        "Expected product %s, which a line item refers to, but it does not exist.".formatted(id)));
        return Stream.of(ManualLine.Direction.values())
                .flatMap(direction ->
                        transaction
                                .findBy(
                                        direction.kind(),
                                        organization,
                                        ManualLine.BILL,
                                        bill.id().value())
                                .stream())
                .sorted(comparingInt(Document::number))
                .map(line -> line.content()
                        .line(
                                line.id(),
                                bill.content().currency(),
                                product.apply(line.content().product()),
                                product.apply(line.content().accountingProduct())))
                .toList();
    }

    /**
     * Everything that is wrong with a line.
     *
     * @param kept the reason it has already, which may have been archived since
     */
    private static List<Misfit> misfits(
            Transaction transaction,
            Document<Bill> bill,
            Id<ManualLine> id,
            ManualLine line,
            Optional<Id<Reason>> kept) {
        List<Misfit> misfits = new ArrayList<>();
        CurrencyRounding rounding =
                rounding(transaction, bill.organization(), bill.content().currency());
        places("amount", line.amount(), rounding).ifPresent(misfits::add);
        line.amountOnBill()
                .flatMap(part -> places("amountToApplyOnBill", part, rounding))
                .ifPresent(misfits::add);
        transaction
                .find(Bill.KIND, bill.organization(), line.referencedBill())
                .flatMap(referenced -> reference(bill, referenced, id, line))
                .ifPresent(misfits::add);
        line.reason()
                .filter(reason -> !kept.equals(Optional.of(reason)))
                .flatMap(reason -> transaction.find(line.direction().reasons(), bill.organization(), reason))
                .filter(reason -> reason.content().isArchived())
                .map(reason -> new Misfit(
                        "reasonId",
                        "Expected a reason that is offered for choice, but \"%s\" is archived."
                                .formatted(reason.content().name())))
                .ifPresent(misfits::add);
        return misfits;
    }

    private static Optional<Misfit> places(String field, BigDecimal amount, CurrencyRounding rounding) {
        return amount.stripTrailingZeros().scale() <= rounding.decimalPlaces()
                ? Optional.empty()
                : Optional.of(new Misfit(
                        field,
                        "Expected %s to have at most the %d decimal places of %s, but was %s."
                                .formatted(
                                        field, rounding.decimalPlaces(), rounding.currency(), amount.toPlainString())));
    }

    private static Optional<Misfit> reference(
            Document<Bill> bill, Document<Bill> referenced, Id<ManualLine> id, ManualLine line) {
        if (!referenced.content().account().equals(bill.content().account())) {
            return Optional.of(new Misfit(
                    "referencedBillId",
                    "Expected referencedBillId to be a bill of account %s, whose bill it puts right, but bill %s is of account %s."
                            .formatted(
                                    bill.content().accountCode(),
                                    referenced.id(),
                                    referenced.content().accountCode())));
        }
        if (!referenced.content().currency().equals(bill.content().currency())) {
            return Optional.of(new Misfit(
                    "referencedBillId",
                    "Expected referencedBillId to be a bill in %s, as bill %s is, but bill %s is in %s."
                            .formatted(
                                    bill.content().currency(),
                                    bill.id(),
                                    referenced.id(),
                                    referenced.content().currency())));
        }
        boolean isPending = referenced.content().status() == BillState.Status.PENDING;
        return referenced.content().lines().stream()
                        .anyMatch(each -> each.id().equals(line.referencedLine())
                                && !each.id().value().equals(id.value())
                                && !(isPending && each.isByHand()))
                ? Optional.empty()
                : Optional.of(new Misfit(
                        "referencedLineItemId",
                        "Expected referencedLineItemId to be a line of bill %s that is calculated, or any line of it once it is approved, but was %s."
                                .formatted(referenced.id(), line.referencedLine())));
    }

    private static CurrencyRounding rounding(Reading reading, OrganizationId organization, Currency currency) {
        return reading.findBy(ListedCurrency.KIND, organization, "code", currency.code()).stream()
                .flatMap(listed -> listed.content().rounding().stream())
                .findFirst()
                .orElseGet(() -> CurrencyRounding.standard(currency));
    }

    private static Outcome outcome(Registered<ManualLine> registered) {
        return switch (registered) {
            case Registered.Done<ManualLine>(Document<ManualLine> line) -> new Outcome.Done(line);
            case Registered.Unknown<ManualLine> _,
                    Registered.Stale<ManualLine> _,
                    Registered.Taken<ManualLine> _,
                    Registered.Dangling<ManualLine> _,
                    Registered.InUse<ManualLine> _ -> new Outcome.Refused(registered);
        };
    }

    /** What to do with a line of a pending bill, in the transaction that found the bill. */
    @FunctionalInterface
    private interface Step {
        Outcome decide(Transaction transaction, Document<Bill> bill);
    }
}

package io.tallystick.billing.correction;

import io.tallystick.billing.Bill;
import io.tallystick.billing.LineItem;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.id.Id;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a correction was computed from: now - billed - elsewhere = the correction, in quantity, units and amount.
 *
 * @param invoice the bill that is put right
 * @param line of that bill, whether it has it or would have it now
 * @param billed what the line said
 * @param elsewhere what other bills had put right of it
 * @param now what the line would say from the usage of the correcting bill
 */
public record Corrected(Document<Bill> invoice, Id<LineItem> line, Figure billed, Figure elsewhere, Figure now) {
    /** A part of the comparison; all 0 where nothing was said. */
    public record Figure(BigDecimal quantity, BigDecimal units, BigDecimal amount) {
        private static Figure of(List<LineItem> lines) {
            return new Figure(
                    sum(lines, LineItem::quantity), sum(lines, LineItem::units), sum(lines, LineItem::subtotal));
        }

        private static BigDecimal sum(List<LineItem> lines, Function<LineItem, BigDecimal> part) {
            return lines.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    /** Nothing for a line that is no correction. */
    public static Optional<Corrected> by(Documents documents, Document<Bill> bill, LineItem correction) {
        if (!correction.isCorrection()) {
            return Optional.empty();
        }
        Id<Bill> id = correction.reference().bill().orElseThrow();
        Id<LineItem> line = correction.reference().line().orElseThrow();
        Document<Bill> invoice = documents
                .find(Bill.KIND, bill.organization(), id)
                .orElseThrow(() -> new IllegalStateException(
                        "Expected approved bill %s to exist, but it does not.".formatted(id)));
        List<LineItem> billed = invoice.content().lines().stream()
                .filter(each -> each.id().equals(line))
                .toList();
        List<LineItem> elsewhere = documents
                .asOf(
                        bill.content().watermarks().documents(),
                        Bill.KIND,
                        bill.organization(),
                        Bill.CORRECTS,
                        Set.of(id.value()))
                .stream()
                .filter(other -> !other.content().standsFor(bill.content()))
                .flatMap(other -> other.content().lines().stream())
                .filter(each -> each.isCorrection()
                        && each.reference().bill().equals(Optional.of(id))
                        && each.reference().line().equals(Optional.of(line)))
                .toList();
        List<LineItem> all = Stream.of(billed, elsewhere, List.of(correction))
                .flatMap(List::stream)
                .toList();
        return Optional.of(new Corrected(invoice, line, Figure.of(billed), Figure.of(elsewhere), Figure.of(all)));
    }
}

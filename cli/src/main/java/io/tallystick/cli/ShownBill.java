package io.tallystick.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A bill as the server answers it, as far as the table shows it.
 *
 * @param account name of the account
 * @param total in the currency, the sum of what its lines charge
 */
record ShownBill(String account, String id, String currency, List<Line> lines, BigDecimal total) {
    ShownBill {
        lines = List.copyOf(lines);
    }

    /**
     * What one aggregation costs.
     *
     * @param quantity as measured
     * @param units what is priced: quantity / quantity per unit, rounded as the aggregation says
     * @param exact amount before rounding
     * @param charged amount on the bill
     */
    record Line(
            String description,
            String unit,
            BigDecimal quantity,
            BigDecimal units,
            List<Band> bands,
            BigDecimal exact,
            BigDecimal charged) {
        Line {
            bands = List.copyOf(bands);
        }
    }

    /**
     * What one band of the price costs.
     *
     * @param from the units it begins above
     * @param exact amount, which is never rounded
     */
    record Band(BigDecimal from, BigDecimal units, BigDecimal unitPrice, BigDecimal exact) {}

    static ShownBill read(String account, Received bill) throws RequestFailed {
        List<Line> lines = new ArrayList<>();
        for (Received line : bill.objects("lineItems")) {
            lines.add(line(line));
        }
        return new ShownBill(account, bill.text("id"), bill.text("currency"), lines, bill.number("billTotal"));
    }

    private static Line line(Received line) throws RequestFailed {
        List<Band> bands = new ArrayList<>();
        for (Received band : line.objects("usagePerPricingBand")) {
            bands.add(new Band(
                    band.number("lowerLimit"),
                    band.number("bandUnits"),
                    band.number("unitPrice"),
                    band.number("bandSubtotal")));
        }
        return new Line(
                line.text("description"),
                line.text("unit"),
                line.number("quantity"),
                line.number("units"),
                bands,
                line.number("exactAmount"),
                line.number("subtotal"));
    }
}

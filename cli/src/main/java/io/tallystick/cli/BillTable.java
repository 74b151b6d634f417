package io.tallystick.cli;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.tallystick.cli.ShownBill.Band;
import io.tallystick.cli.ShownBill.Line;
import io.tallystick.cli.TextTable.Alignment;
import io.tallystick.cli.TextTable.Column;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Help.Ansi;

/** Bills as a table: for each account its lines, under each line the bands of its price, then the sums over all. */
final class BillTable {
    private static final int CENTS = 2;
    private static final String NOTHING = "";

    private BillTable() {}

    /** All bills in one table; they must be in one currency, which the heading names. */
    static String of(List<ShownBill> bills, Ansi ansi) {
        String currency = currency(bills);
        TextTable table = new TextTable(List.of(
                new Column("Account", Alignment.LEFT),
                new Column("Quantity", Alignment.POINT),
                new Column("Units", Alignment.POINT),
                new Column("Unit", Alignment.LEFT),
                new Column("Price per unit", Alignment.POINT),
                new Column("Exact amount", Alignment.POINT),
                new Column(currency, Alignment.POINT)));
        for (ShownBill bill : bills) {
            add(table, bill);
            table.rule();
        }
        addSums(table, bills);
        return table.render(ansi);
    }

    private static String currency(List<ShownBill> bills) {
        List<String> currencies =
                bills.stream().map(ShownBill::currency).distinct().toList();
        if (currencies.size() != 1) {
            throw new IllegalArgumentException("Expected bills in one currency, but were in " + currencies + ".");
        }
        return currencies.getFirst();
    }

    private static void add(TextTable table, ShownBill bill) {
        table.strongRow(bill.account(), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING);
        for (Line line : bill.lines()) {
            add(table, line);
            for (Band band : line.bands()) {
                table.row(
                        "    above " + plain(band.from()),
                        NOTHING,
                        plain(band.units()),
                        NOTHING,
                        plain(band.unitPrice()),
                        plain(band.exact()),
                        NOTHING);
            }
        }
        table.strongRow("  total", NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, money(bill.total()));
    }

    private static void add(TextTable table, Line line) {
        table.row(
                "  " + line.description(),
                plain(line.quantity()),
                plain(line.units()),
                line.unit(),
                NOTHING,
                plain(line.exact()),
                money(line.charged()));
    }

    private static void addSums(TextTable table, List<ShownBill> bills) {
        table.strongRow("All accounts", NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING);
        bills.stream()
                .flatMap(bill -> bill.lines().stream())
                .collect(groupingBy(
                        Line::description, LinkedHashMap::new, collectingAndThen(toList(), BillTable::sumOfLines)))
                .values()
                .forEach(sum -> add(table, sum));
        table.strongRow("  total", NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, money(sum(bills, ShownBill::total)));
    }

    private static Line sumOfLines(List<Line> lines) {
        return new Line(
                lines.getFirst().description(),
                lines.getFirst().unit(),
                sum(lines, Line::quantity),
                sum(lines, Line::units),
                List.of(),
                sum(lines, Line::exact),
                sum(lines, Line::charged));
    }

    private static <T> BigDecimal sum(List<T> parts, Function<T, BigDecimal> number) {
        return parts.stream().map(number).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** All digits, with commas between thousands: 1234567.8900 gives 1,234,567.89. */
    static String plain(BigDecimal number) {
        return grouped(number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros());
    }

    /** The same with two decimals at least: 5 gives 5.00. */
    static String money(BigDecimal amount) {
        BigDecimal shortest = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
        return grouped(shortest.setScale(Math.max(CENTS, shortest.scale())));
    }

    private static String grouped(BigDecimal number) {
        String text = number.abs().toPlainString();
        int point = text.indexOf('.');
        String fraction = point < 0 ? "" : text.substring(point);
        String sign = number.signum() < 0 ? "-" : "";
        return sign + String.format(Locale.ROOT, "%,d", number.abs().toBigInteger()) + fraction;
    }
}

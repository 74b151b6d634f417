package io.tallystick.server.api.statement;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows of comma-separated values, as RFC 4180 has them. A text that a spreadsheet would take for a formula begins with an
 * apostrophe: whoever names an account must not run anything on the desk of whoever opens the file.
 */
final class Csv {
    private static final String FORMULA_SIGNS = "=+-@\t\r";

    private final StringBuilder written = new StringBuilder();

    /** One value. */
    sealed interface Cell {
        /** From outside, maybe. */
        record Text(String text) implements Cell {}

        /** Shown with all its digits, the sign before a negative one. */
        record Figure(BigDecimal number) implements Cell {}
    }

    static Cell of(String text) {
        return new Cell.Text(text);
    }

    static Cell of(BigDecimal number) {
        return new Cell.Figure(number);
    }

    Csv row(List<Cell> cells) {
        written.append(cells.stream().map(Csv::written).collect(joining(","))).append("\r\n");
        return this;
    }

    Csv row(Cell... cells) {
        return row(Stream.of(cells).toList());
    }

    String text() {
        return written.toString();
    }

    private static String written(Cell cell) {
        return switch (cell) {
            case Cell.Text(String text) -> quoted(isFormula(text) ? "'" + text : text);
            case Cell.Figure(BigDecimal number) -> number.toPlainString();
        };
    }

    private static boolean isFormula(String text) {
        return !text.isEmpty() && FORMULA_SIGNS.indexOf(text.charAt(0)) >= 0;
    }

    private static String quoted(String text) {
        boolean isPlain = text.chars().noneMatch(character -> ",\"\r\n".indexOf(character) >= 0)
                && text.strip().equals(text);
        return isPlain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}

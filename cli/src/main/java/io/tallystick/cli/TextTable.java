package io.tallystick.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Help.Ansi;

/** A table for a terminal, drawn with lines; numbers stand with their decimal points under each other. */
final class TextTable {
    /** How the cells of a column stand. */
    enum Alignment {
        LEFT,
        POINT
    }

    record Column(String heading, Alignment alignment) {}

    private sealed interface Row {
        record Cells(List<String> texts, boolean isStrong) implements Row {}

        record Rule() implements Row {}
    }

    private final List<Column> columns;
    private final List<Row> rows = new ArrayList<>();

    TextTable(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /** Adds a row; one text for each column, empty where there is nothing to say. */
    TextTable row(String... texts) {
        return add(List.of(texts), false);
    }

    /** Adds a row that stands out where the terminal can show that. */
    TextTable strongRow(String... texts) {
        return add(List.of(texts), true);
    }

    /** Adds a line across. */
    TextTable rule() {
        rows.add(new Row.Rule());
        return this;
    }

    private TextTable add(List<String> texts, boolean isStrong) {
        if (texts.size() != columns.size()) {
            throw new IllegalArgumentException(
                    "Expected %d cells, but there were %d.".formatted(columns.size(), texts.size()));
        }
        rows.add(new Row.Cells(texts, isStrong));
        return this;
    }

    /** The whole table, with a line end after each line. */
    String render(Ansi ansi) {
        List<Shape> shapes =
                IntStream.range(0, columns.size()).mapToObj(this::shape).toList();
        StringBuilder text = new StringBuilder();
        text.append(line(shapes, "┌", "┬", "┐"));
        text.append(cells(
                shapes,
                ansi,
                new Row.Cells(columns.stream().map(Column::heading).toList(), false),
                shape -> shape::heading));
        text.append(line(shapes, "├", "┼", "┤"));
        for (Row row : rows) {
            text.append(
                    switch (row) {
                        case Row.Rule _ -> line(shapes, "├", "┼", "┤");
                        case Row.Cells cells -> cells(shapes, ansi, cells, shape -> shape::cell);
                    });
        }
        return text.append(line(shapes, "└", "┴", "┘")).toString();
    }

    /**
     * How wide a column is, in characters.
     *
     * @param fraction what stands right of and with the decimal point; 0 where nothing does
     */
    private record Shape(Alignment alignment, int width, int fraction) {
        String heading(String text) {
            return switch (alignment) {
                case LEFT -> text + " ".repeat(width - text.length());
                case POINT -> " ".repeat(width - text.length()) + text;
            };
        }

        String cell(String text) {
            return switch (alignment) {
                case LEFT -> text + " ".repeat(width - text.length());
                case POINT -> {
                    String padded = text + " ".repeat(fraction - fraction(text));
                    yield " ".repeat(width - padded.length()) + padded;
                }
            };
        }

        static int fraction(String text) {
            int point = text.indexOf('.');
            return point < 0 ? 0 : text.length() - point;
        }
    }

    private Shape shape(int column) {
        List<String> texts = rows.stream()
                .filter(Row.Cells.class::isInstance)
                .map(row -> ((Row.Cells) row).texts().get(column))
                .toList();
        Column head = columns.get(column);
        int fraction =
                switch (head.alignment()) {
                    case LEFT -> 0;
                    case POINT -> texts.stream().mapToInt(Shape::fraction).max().orElse(0);
                };
        int before =
                switch (head.alignment()) {
                    case LEFT -> texts.stream().mapToInt(String::length).max().orElse(0);
                    case POINT ->
                        texts.stream()
                                .mapToInt(text -> text.length() - Shape.fraction(text))
                                .max()
                                .orElse(0);
                };
        return new Shape(head.alignment(), Math.max(head.heading().length(), before + fraction), fraction);
    }

    private static String line(List<Shape> shapes, String left, String between, String right) {
        return shapes.stream()
                .map(shape -> "─".repeat(shape.width() + 2))
                .collect(Collectors.joining(between, left, right + System.lineSeparator()));
    }

    private static String cells(
            List<Shape> shapes, Ansi ansi, Row.Cells cells, Function<Shape, Function<String, String>> how) {
        boolean isBold = cells.isStrong() && ansi.enabled();
        return IntStream.range(0, shapes.size())
                .mapToObj(i -> how.apply(shapes.get(i)).apply(cells.texts().get(i)))
                .map(text -> isBold ? Ansi.Style.bold.on() + text + Ansi.Style.bold.off() : text)
                .collect(Collectors.joining(" │ ", "│ ", " │" + System.lineSeparator()));
    }
}

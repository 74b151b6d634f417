package io.tallystick.server.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tables of docs/api.md, which tests hold against the code. */
public final class ApiPage {
    private static final Path PAGE = Path.of("..", "docs", "api.md");
    private static final Pattern TABLE = Pattern.compile("(?m)^\\|(.*)\\|\\n\\|[-|]+\\|\\n((?:\\|.*\\|\\n)*)");

    private ApiPage() {}

    /**
     * The rows of the table whose first header cells are these, each cut to as many cells, without backticks.
     *
     * @throws IllegalStateException where there is not exactly one such table
     */
    public static List<List<String>> rows(String... header) throws IOException {
        return rows(Files.readString(PAGE), List.of(header));
    }

    static List<List<String>> rows(String page, List<String> header) {
        List<String> tables = TABLE.matcher(page)
                .results()
                .filter(table ->
                        cells(table.group(1)).limit(header.size()).toList().equals(header))
                .map(table -> table.group(2))
                .toList();
        if (tables.size() != 1) {
            throw new IllegalStateException("Expected one table with the header %s in docs/api.md, but there are %d."
                    .formatted(header, tables.size()));
        }
        return tables.getFirst()
                .lines()
                .map(row -> cells(row.substring(1, row.length() - 1))
                        .limit(header.size())
                        .toList())
                .toList();
    }

    private static Stream<String> cells(String row) {
        return Arrays.stream(row.split("\\|", -1)).map(cell -> cell.strip().replace("`", ""));
    }
}
